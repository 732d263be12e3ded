/* The rules by which pages are valid HTML. */
import { HtmlValidate, StaticConfigLoader } from "html-validate";

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

/* What is wrong with a page, a line each. */
export const faultsOf = (html) => validator.validateStringSync(html).results
    .flatMap((result) => result.messages)
    .map((m) => `line ${m.line}: ${m.ruleId}: ${m.message}`);
