/* Every type of page, in every language: no barrier that axe knows of. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { barriers, languages, openBrowser, openSite, types } from "./site.mjs";

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
