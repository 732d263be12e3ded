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

/* English and Spanish on a desk; French on a phone, in the dark. */
const settings = {
	en: {},
	fr: { viewport: { width: 360, height: 640 }, colorScheme: "dark" },
	es: {},
};

/* What axe has against a page, in words. */
async function barriers(page) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() =>
	    axe.run({ resultTypes: ["violations"] }));

	return violations.flatMap(({ id, help, nodes }) =>
	    nodes.map((n) => `${id}: ${help}\n\t${n.html.slice(0, 200)}`));
}

for (const lang of languages)
	test(`no page in ${lang} has a barrier`, async (t) => {
		const page = await browser.newPage(settings[lang]);

		for (const [type, path] of Object.entries(types))
			await t.test(`${type} in ${lang}`, async () => {
				await page.goto(`${site.url}/${lang}${path}`);
				assert.deepEqual(await barriers(page), []);
			});
		await page.close();
	});

test("the open menu and filters of a phone have no barrier", async () => {
	const page = await browser.newPage(settings.fr);

	for (const part of ["menu", "facets"]) {
		await page.goto(`${site.url}/es/library#${part}`);
		assert.deepEqual(await barriers(page), []);
	}
	await page.close();
});
