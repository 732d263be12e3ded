// validate.mjs DIR: is every page in it valid HTML?  TAP, a claim a page.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { faultsOf } from "./html.mjs";

const dir = process.argv[2];
const pages = readdirSync(dir).filter((name) => name.endsWith(".html"));
for (const [i, name] of pages.entries()) {
	const faults = faultsOf(readFileSync(join(dir, name), "utf8"));
	console.log(`${faults.length ? "not ok" : "ok"} ${i + 1} - ${name} is valid HTML`);
	for (const fault of faults.slice(0, 5))
		console.log(`# ${fault}`);
}
console.log(`1..${pages.length}`);
