/* What a visitor does, with a keyboard, a phone, or without scripts. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { languages, openBrowser, openSite, types } from "./site.mjs";

const FIRST_VISIT = 14 * 1024;
const SOURCE_VISIT = 15 * 1024;
const STYLESHEET = 7 * 1024;
let site, browser;

before(async () => {
	site = await openSite();
	browser = await openBrowser();
});
after(async () => {
	await browser?.close();
	await site?.close();
});

async function open(t, path, settings = {}) {
	const page = await browser.newPage(settings);

	t.after(() => page.close());
	await page.goto(site.url + path);
	return page;
}

/* Press Tab until what has the focus says this, and the focus can be seen;
 * steps back (-1) go to what stands before it. */
async function tabTo(page, text, steps = 0) {
	for (let i = 0; i < 300; i++) {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(() => ({
			text: document.activeElement.textContent.trim(),
			outline: getComputedStyle(document.activeElement)
			    .outlineStyle,
		}));

		if (at.text === "" || !at.text.includes(text))
			continue;
		assert.notEqual(at.outline, "none", "the focus can be seen");
		for (; steps < 0; steps++)
			await page.keyboard.press("Shift+Tab");
		return;
	}
	assert.fail(`no way to "${text}" with the keyboard`);
}

async function follow(page, text) {
	await tabTo(page, text);
	await Promise.all([
		page.waitForNavigation(),
		page.keyboard.press("Enter"),
	]);
}

test("the keyboard leads past the menu to the content", async (t) => {
	const page = await open(t, "/en/library");

	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	assert.equal(await page.evaluate(() => document.activeElement.id),
	    "main");
});

test("the keyboard leads to a country", async (t) => {
	const page = await open(t, "/en/");

	await follow(page, "Countries");
	await follow(page, "Senegal");
	assert.equal(new URL(page.url()).pathname, "/en/countries/sn");
	assert.match(await page.textContent("h1"), /Senegal/);
});

test("the keyboard leads to a scheme", async (t) => {
	const page = await open(t, "/fr/");

	await follow(page, "Pays");
	await follow(page, "Sénégal");
	await follow(page, "PAMECAS");
	assert.equal(new URL(page.url()).pathname,
	    "/fr/schemes/mutuelle-sante-um-pamecas");
});

test("the keyboard leads through a search", async (t) => {
	const page = await open(t, "/en/");

	await tabTo(page, "Search", -1);
	await page.keyboard.type("third-party payment");
	await page.keyboard.press("Enter");
	await page.waitForURL(/search\?q=/);
	await follow(page, "third-party payment");
	assert.equal(new URL(page.url()).pathname,
	    "/en/glossary/third-party-payment");
});

test("without scripts, search finds and filters narrow", async (t) => {
	const page = await open(t, "/fr/library", { javaScriptEnabled: false });

	await page.fill("header input[name=q]", "mutuelle sante senegal");
	await page.press("header input[name=q]", "Enter");
	await page.waitForURL(/search\?q=/);
	const before = await page.locator(".list > li").count();

	assert.ok(before > 0, "there are results");
	await page.locator(".facets details a").first().click();
	await page.waitForURL(/kind=/);
	assert.ok((await page.locator(".list > li").count()) > 0);
});

test("with scripts, the search field suggests while one types", async (t) => {
	const page = await open(t, "/fr/");
	const field = page.locator("main input[name=q]");

	await field.pressSequentially("mutu");
	await page.waitForSelector("[role=option]");
	assert.equal(await field.getAttribute("aria-expanded"), "true");
	await page.keyboard.press("Escape");
	assert.ok(!(await page.isVisible("[role=listbox]")), "Escape closes");
	await field.pressSequentially("elle");
	await page.waitForSelector("[role=option]:visible");
	await page.keyboard.press("ArrowDown");
	assert.equal(
	    await page.getAttribute("[aria-selected=true]", "id"),
	    await field.getAttribute("aria-activedescendant"));
	await Promise.all([
		page.waitForNavigation(),
		page.keyboard.press("Enter"),
	]);
	assert.match(new URL(page.url()).pathname, /^\/fr\/glossary\//);
});

test("without scripts, the menu of a phone opens", async (t) => {
	const page = await open(t, "/en/library", {
		javaScriptEnabled: false,
		viewport: { width: 360, height: 640 },
	});

	assert.ok(!(await page.isVisible("#menu")));
	await page.click("a[href='#menu']");
	assert.ok(await page.isVisible("#menu"));
	await page.click("#menu a[href='/en/glossary']");
	await page.waitForURL(/glossary$/);
	assert.ok(!(await page.isVisible("#menu")), "and is closed again");
});

test("the language switch stays on the record", async (t) => {
	const page = await open(t, "/fr/schemes/mutuelle-sante-um-pamecas?from=a");

	await page.click(".languages a[hreflang=es]");
	await page.waitForURL(/\/es\//);
	assert.equal(new URL(page.url()).pathname, "/es/schemes/mutuelle-sante-um-pamecas");
	assert.equal(new URL(page.url()).search, "?from=a");
	assert.equal(await page.getAttribute("html", "lang"), "es");
	assert.match(await page.textContent("h1"), /PAMECAS/);
});

for (const lang of languages)
	test(`no page in ${lang} is wider than a phone`, async (t) => {
		const page = await open(t, `/${lang}/`, {
			viewport: { width: 360, height: 640 },
		});
		const wide = [];

		for (const path of Object.values(types)) {
			await page.goto(`${site.url}/${lang}${path}`);
			const over = await page.evaluate(() =>
			    document.documentElement.scrollWidth - innerWidth);

			if (over > 0)
				wide.push(`${path}: ${over} px`);
		}
		assert.deepEqual(wide, []);
	});

test("no page breaks its content policy or misses a file", async (t) => {
	const page = await open(t, "/en/");
	const faults = [];

	page.on("console", (m) =>
	    m.type() === "error" && faults.push(`${page.url()}: ${m.text()}`));
	page.on("pageerror", (e) => faults.push(`${page.url()}: ${e}`));
	page.on("response", (r) =>
	    r.status() >= 400 && r.url() !== page.url() &&
	    faults.push(`${r.url()}: ${r.status()}`));
	for (const [type, path] of Object.entries(types))
		if (!/no such|used/.test(type))
			await page.goto(`${site.url}/fr${path}`);
	assert.deepEqual(faults, []);
});

async function weight(url) {
	const answer = await fetch(url);

	return gzipSync(Buffer.from(await answer.arrayBuffer())).length;
}

test("a page and its stylesheet are light on the first visit", async () => {
	const html = await (await fetch(`${site.url}/en/`)).text();
	const css = /rel="stylesheet" href="([^"]+)"/.exec(html)[1];
	const style = await weight(site.url + css);
	const heavy = [];
	/* it names a hundred records that it is the source of */
	const most = (type) => type === "document" ? SOURCE_VISIT : FIRST_VISIT;

	assert.ok(style <= STYLESHEET, `the stylesheet: ${style} bytes`);
	for (const lang of languages)
		for (const [type, path] of Object.entries(types)) {
			const all = style +
			    (await weight(`${site.url}/${lang}${path}`));

			if (all > most(type) && !/countries|map/.test(type))
				heavy.push(`${lang} ${type}: ${all} bytes`);
		}
	assert.deepEqual(heavy, []);
});
