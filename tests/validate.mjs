// validate.mjs DIR: is every page in it valid HTML?  TAP, a claim a page.
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const validator = new HtmlValidate(new StaticConfigLoader({
	extends: ["html-validate:recommended"],
	rules: {
		// Matters of taste, in which ours differs.
		"doctype-style": ["error", { style: "lowercase" }],
		"no-implicit-button-type": "off",
		"long-title": "off",
		// The values of a list are sent under one name.
		"form-dup-name": "off",
		// A list may have a name too.
		"aria-label-misuse": ["error", { allowAnyNamable: true }],
	},
}));

const dir = process.argv[2];
const pages = readdirSync(dir).filter((name) => name.endsWith(".html"));
for (const [i, name] of pages.entries()) {
	const report = validator.validateStringSync(readFileSync(join(dir, name), "utf8"));
	console.log(`${report.valid ? "ok" : "not ok"} ${i + 1} - ${name} is valid HTML`);
	for (const m of report.results.flatMap((result) => result.messages).slice(0, 5))
		console.log(`# line ${m.line}: ${m.ruleId}: ${m.message}`);
}
console.log(`1..${pages.length}`);
