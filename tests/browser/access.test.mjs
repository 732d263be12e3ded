/* Every type of page, in every language: no barrier that axe knows of. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { languages, openBrowser, openSite, types } from "./site.mjs";

const axe = readFileSync(
    createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
    "utf8",
);
let site, browser;

before(async () => {
	site = await openSite();
	browser = await openBrowser();
});
after(async () => {
	await browser?.close();
	await site?.close();
});

/* What axe has against a page, in words. */
async function barriers(page) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => axe.run());

	return violations.flatMap(({ id, help, nodes }) =>
	    nodes.map((n) => `${id}: ${help}\n\t${n.html.slice(0, 200)}`));
}

async function visit(settings, path) {
	const page = await browser.newPage(settings);

	try {
		await page.goto(site.url + path);
		return await barriers(page);
	} finally {
		await page.close();
	}
}

for (const lang of languages)
	for (const [type, path] of Object.entries(types))
		test(`${type} in ${lang} has no barrier`, async () => {
			assert.deepEqual(await visit({}, `/${lang}${path}`), []);
		});

for (const [type, path] of Object.entries(types))
	test(`${type} on a phone in the dark has no barrier`, async () => {
		const phone = {
			viewport: { width: 360, height: 640 },
			colorScheme: "dark",
		};

		assert.deepEqual(await visit(phone, `/fr${path}`), []);
	});

test("the open menu of a phone has no barrier", async () => {
	const phone = { viewport: { width: 360, height: 640 } };

	assert.deepEqual(await visit(phone, "/es/library#menu"), []);
});
