/*
 * The forms of records in a real browser: without scripts and without a mouse
 * they do all their work; with scripts they save themselves, and find records.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { barriers, openBrowser, openSite, run } from "./site.mjs";

const PASSWORD = "long secret words";
let site, browser;

before(async () => {
	site = await openSite();
	run(["member", "add", "Eva Exemple", "--email", "eva@example.org",
	    "--role", "editor", "--password-stdin", "--data", site.data],
	`${PASSWORD}\n`);
	browser = await openBrowser();
});
after(async () => {
	await browser?.close();
	await site?.close();
});

async function member(settings = {}) {
	const page = await (await browser.newContext(settings)).newPage();

	await page.goto(`${site.url}/en/sign-in`);
	await page.fill("#email", "eva@example.org");
	await page.fill("#password", PASSWORD);
	await page.press("#password", "Enter");
	await page.waitForURL(/dashboard/);
	return page;
}

test("without scripts rows are added, taken away and kept", async () => {
	const page = await member({ javaScriptEnabled: false });

	await page.goto(`${site.url}/en/library/new`);
	await page.fill("#f-title-en", "A report");
	await page.locator("#f-authors summary").click();
	await page.fill("#f-authors-0-name", "First Author");
	await page.click("button[value=authors]");
	assert.equal(await page.inputValue("#f-authors-0-name"), "First Author");
	assert.equal(await page.locator(":focus").getAttribute("id"),
	    "f-authors-2-name");
	await page.fill("#f-authors-2-name", "Third Author");
	await page.check("#f-authors-0-remove");
	await page.locator("button[value=save]").first().click();
	assert.match(page.url(), /contributions\/\d+\?done=saved/);
	assert.equal(await page.inputValue("#f-authors-0-name"), "Third Author");
	await page.locator("button[value=submit]").click();
	assert.match(await page.textContent(".faults"), /fill in/);
	await page.locator(".faults a").first().click();
	assert.match(page.url(), /#f-doctype/);
	await page.context().close();
});

test("a form has no barrier, on a phone and with faults", async () => {
	const page = await member({ viewport: { width: 360, height: 640 } });

	for (const path of ["/fr/schemes/new", "/es/glossary/advocacy/edit"]) {
		await page.goto(site.url + path);
		await page.evaluate(() => {
			for (const part of document.querySelectorAll("details"))
				part.open = true;
		});
		assert.deepEqual(await barriers(page), []);
		assert.equal(await page.evaluate(() =>
		    document.documentElement.scrollWidth <= innerWidth), true);
	}
	await page.goto(`${site.url}/fr/schemes/new`);
	await page.locator("button[value=submit]").click();
	assert.deepEqual(await barriers(page), []);
	assert.equal(await page.evaluate(() =>
	    document.activeElement.className), "faults");
	await page.context().close();
});

test("a form saves itself, and says so", async () => {
	const page = await member();

	await page.route("**/links/new", async (route) => {
		const answer = await route.fetch();

		await route.fulfill({ response: answer, body: (await answer.text())
		    .replace(" data-autosave", ' data-autosave="1"') });
	}, { times: 1 });
	await page.goto(`${site.url}/en/links/new`);
	await page.fill("#f-title-en", "A site");
	await page.waitForURL(/contributions\/\d+$/);
	await page.waitForFunction(() => /Saved at/.test(
	    document.querySelector("[role=status][data-saved]").textContent));
	await page.reload();
	assert.equal(await page.inputValue("#f-title-en"), "A site");
	await page.context().close();
});

test("a record is chosen with the keyboard", async () => {
	const page = await member();

	await page.goto(`${site.url}/en/links/new`);
	await page.locator("#f-related summary").press("Enter");
	await page.locator("#f-related-0-to").pressSequentially("accountab");
	await page.locator("#f-related-0-to-picks li").first().waitFor();
	assert.deepEqual(await barriers(page), []);
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	assert.equal(await page.inputValue("#f-related-0-to"),
	    "term/accountability");
	assert.match(page.url(), /links\/new$/);
	await page.context().close();
});

test("rows are folded, and links unfold what they lead to", async () => {
	const page = await member();
	const shown = (id) => page.locator(`#${id}`).isVisible();

	await page.goto(
	    `${site.url}/en/schemes/mutuelle-sante-um-pamecas/edit`);
	assert.equal(await shown("f-figures-0-value"), false);
	assert.match(await page.textContent("#f-figures-0 > summary"),
	    /Figures 1: .+, \d{4}/);
	await page.evaluate(() => { location.hash = "f-figures-0-value"; });
	await page.locator("#f-figures-0-value").waitFor();
	await page.goto(`${site.url}/en/schemes/new`);
	for (const link of await page.locator("form nav a").all()) {
		await link.click();
		assert.equal(await page.evaluate(() =>
		    document.querySelector(location.hash).open), true);
	}
	await page.context().close();
});
