/*
 * The pages of members, in every language, on a desk and on a phone: no barrier
 * that axe knows of, valid HTML, nothing beside the screen.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOf } from "../html.mjs";
import { barriers, languages, openBrowser, openSite, run } from "./site.mjs";

const PASSWORD = "long secret words";
const SCHEME = "/schemes/mutuelle-sante-um-pamecas";
const addresses = ["/dashboard", "/contribute", "/account", "/account/email",
	"/account/password", "/account/sessions", "/account/delete", "/files",
	"/watches", "/review", "/review?state=published", "/library/new",
	"/glossary/advocacy/edit", "/experts/new", "/schemes/new",
	`${SCHEME}/edit`, SCHEME, `${SCHEME}/history`, `${SCHEME}/history/1`,
	`${SCHEME}/withdraw`, "/links/acym-site", "/members/1",
	"/organisations/ilo-step/suggest", "/admin/members", "/admin/members/2",
	"/admin/mail", "/admin/jobs", "/changes"];
let site, browser;

async function signedIn(name, settings = {}) {
	const page = await (await browser.newContext(settings)).newPage();

	await page.goto(`${site.url}/en/sign-in`);
	await page.fill("#email", `${name}@example.org`);
	await page.fill("#password", PASSWORD);
	await page.press("#password", "Enter");
	await page.waitForURL(/dashboard/);
	return page;
}

/* Fill in one field of a page, and send its form. */
async function write(page, path, field, words, button) {
	await page.goto(site.url + path);
	await page.fill(field, words);
	if (path.endsWith("/suggest"))
		await page.waitForTimeout(3500); /* only programs are faster */
	await Promise.all([page.waitForNavigation(),
		page.locator(`main ${button}`).last().click()]);
}

/* Something of everything: a draft, what waits for review, a record that is
 * withdrawn. */
before(async () => {
	site = await openSite();
	for (const [name, role] of [["ada", "administrator"], ["awa", "member"]])
		run(["member", "add", `${name} Exemple`, "--email",
		    `${name}@example.org`, "--role", role, "--password-stdin",
		    "--data", site.data], `${PASSWORD}\n`);
	run(["member", "steward", "awa@example.org", "country", "SN",
	    "--data", site.data]);
	browser = await openBrowser();
	const ada = await signedIn("ada"), awa = await signedIn("awa");

	await write(ada, "/en/links/new", "#f-title-en", "A site",
	    "button[value=save]");
	addresses.push(new URL(ada.url()).pathname.slice(3));
	await write(awa, `/en/organisations/ilo-step/suggest`, "#words",
	    "Its name.", "form button");
	await write(awa, "/en/glossary/advocacy/edit", "#f-title-en",
	    "Advocacy, lobbying", "button[value=submit]");
	addresses.push(new URL(awa.url()).pathname.slice(3));
	await ada.goto(`${site.url}/en/review`);
	for (const link of await ada.locator(".list h3 a").all())
		addresses.push((await link.getAttribute("href")).slice(3));
	await write(ada, "/en/links/acym-site/withdraw", "#reason",
	    "It is gone.", "form.fields button");
	await ada.goto(`${site.url}/en${SCHEME}`);
	await ada.locator("form[action$='/watch'] button").first().click();
	await ada.waitForURL(/done=/);
	await ada.context().close();
	await awa.context().close();
});
after(async () => {
	await browser?.close();
	await site?.close();
});

const settings = {
	en: { colorScheme: "dark" },
	fr: { viewport: { width: 360, height: 640 }, colorScheme: "dark" },
	es: { viewport: { width: 360, height: 640 } },
};

for (const lang of languages)
	test(`members' pages in ${lang} have no barrier`, async (t) => {
		const page = await signedIn("ada", settings[lang]);

		for (const path of addresses)
			await t.test(`/${lang}${path}`, async () => {
				const answer = await page.goto(
				    `${site.url}/${lang}${path}`);

				assert.ok([200, 410].includes(answer.status()),
				    `${answer.status()}`);
				assert.deepEqual(faultsOf(await answer.text()), []);
				assert.deepEqual(await barriers(page), []);
				assert.ok(await page.evaluate(() =>
				    document.documentElement.scrollWidth <=
				    innerWidth), "nothing beside the screen");
			});
		await page.context().close();
	});
