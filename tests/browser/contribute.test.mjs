/*
 * The story of a scheme, in a real browser and with real mails: somebody joins
 * and adds it, an editor publishes it, it is found, its steward corrects it,
 * and an earlier version comes back.  Each part goes on where the last ended.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { barriers, freePort, openBrowser, openSite, run } from "./site.mjs";

const NAME = "Mutuelle de la Teranga";
const ADDRESS = "/en/schemes/mutuelle-de-la-teranga";
const PASSWORD = "long secret words";
const sink = fileURLToPath(new URL("../smtp_sink.mjs", import.meta.url));
let site, browser, mails, server, author, editor;

before(async () => {
	const port = await freePort();

	mails = mkdtempSync(join(tmpdir(), "mutua-mails-"));
	server = spawn(process.execPath, [sink, port, mails],
	    { stdio: ["ignore", "ignore", "inherit"] });
	site = await openSite(`smtp: smtp://127.0.0.1:${port}\n`);
	run(["member", "add", "Eva Exemple", "--email", "eva@example.org",
	    "--role", "editor", "--password-stdin", "--data", site.data],
	`${PASSWORD}\n`);
	browser = await openBrowser();
	author = await (await browser.newContext(
	    { viewport: { width: 360, height: 740 }, colorScheme: "dark" }))
	    .newPage();
	editor = await (await browser.newContext()).newPage();
});
after(async () => {
	await browser?.close();
	await site?.close();
	server?.kill();
	rmSync(mails, { recursive: true, force: true });
});

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/* All mails that have come, as text. */
function mailed() {
	return readdirSync(mails).filter((name) => name.endsWith(".eml"))
	    .map((name) => readFileSync(join(mails, name), "utf8")
	    .replace(/=\r?\n/g, "").replaceAll("=3D", "="));
}

/* Where a mail to somebody leads, when it has come: a path of this site that
 * begins so. */
async function linkTo(recipient, path) {
	for (let i = 0; i < 300; i++) {
		for (const mail of mailed()) {
			const [found] = mail.match(new RegExp(
			    `(?<=${site.url})${path}[\\w/-]*`)) ?? [];

			if (found && mail.includes(recipient))
				return found;
		}
		await pause(100);
	}
	throw new Error(`no mail to ${recipient} leads to ${path}`);
}

const go = (page, path) => page.goto(site.url + path);
const press = (page, name) => Promise.all([page.waitForNavigation(),
	page.getByRole("main").getByRole("button", { name, exact: true })
	    .first().click()]);

/* A page that everybody can use: no barrier, nothing beside the screen. */
async function sound(page) {
	assert.deepEqual(await barriers(page), []);
	assert.ok(await page.evaluate(() =>
	    document.documentElement.scrollWidth <= innerWidth),
	"nothing stands beside the screen");
}

/* A field of the form of a record, wherever its group is folded in. */
async function fill(page, name, value) {
	const field = page.locator(`[name="${name}"]`).first();

	await field.evaluate((at) => {
		for (let e = at; e; e = e.parentElement)
			if (e.tagName === "DETAILS")
				e.open = true;
	});
	if (await field.evaluate((at) => at.tagName) === "SELECT")
		await field.selectOption(value);
	else
		await field.fill(value);
}

async function fillAll(page, values) {
	for (const [name, value] of Object.entries(values))
		await fill(page, name, value);
}

/* Another row of a list. */
const more = (page, list) => Promise.all([page.waitForNavigation(),
	page.locator(`button[name="_more"][value="${list}"]`)
	    .evaluate((at) => at.form.requestSubmit(at))]);

async function signIn(page, email) {
	await go(page, "/en/sign-in");
	await page.fill("#email", email);
	await page.fill("#password", PASSWORD);
	await press(page, "Sign in");
}

/* A part of the story; if one fails, those after it make no sense. */
let goesOn = true;
const part = (name, what) => test(name, async (t) => {
	if (!goesOn)
		return t.skip("the story broke off before");
	goesOn = false;
	await what();
	goesOn = true;
});

part("somebody joins by the mail they get", async () => {
	await go(author, "/en/join");
	await author.fill("#name", "Awa Exemple");
	await author.fill("#email", "awa@example.org");
	await author.fill("#password", PASSWORD);
	await pause(3500); /* only programs are faster */
	await press(author, "Join");
	await go(author, await linkTo("awa@example.org", "/en/join/"));
	await press(author, "Open my account");
	await go(author, "/en/dashboard");
	assert.match(await author.textContent("main"), /Welcome/);
});

part("a member adds a scheme, and sees it wait", async () => {
	await go(author, "/en/schemes/new");
	await fillAll(author, {
		"title.en": NAME,
		name: NAME,
		country: "BJ",
		type: "community-mutual",
		status: "operating",
		status_date: "2026-01",
		"sources.0.reference": "Annual report 2025",
		"products.0.name": "Family cover",
		"figures.0.indicator": "members",
		"figures.0.value": "1100",
		"figures.0.year": "2024",
	});
	await more(author, "figures");
	await fillAll(author, {
		"figures.1.indicator": "members",
		"figures.1.value": "1200",
		"figures.1.year": "2025",
		words: "I have worked with them for years.",
	});
	await sound(author);
	await press(author, "Submit for review");
	await go(author, "/en/dashboard");
	assert.match(await author.textContent("main"),
	    new RegExp(`Waiting for review\\s+${NAME}`));
	await sound(author);
});

part("an editor reads and publishes it", async () => {
	await signIn(editor, "eva@example.org");
	await go(editor, await linkTo("eva@example.org", "/en/review/"));
	assert.match(await editor.textContent("main"), /Family cover/);
	await sound(editor);
	await editor.fill("#words", "Thank you, well done.");
	await press(editor, "Publish");
	assert.match(await editor.textContent("[role=status]"), /Published/);
	await sound(editor);
	await go(author, await linkTo("awa@example.org", "/en/schemes/"));
	assert.equal(await author.textContent("h1"), NAME);
});

part("everybody finds it, and what was in 2024", async () => {
	const page = await (await browser.newContext()).newPage();

	await go(page, "/en/search?q=teranga");
	await page.getByRole("link", { name: NAME }).first().click();
	assert.equal(new URL(page.url()).pathname, ADDRESS);
	assert.match(await page.textContent("main"), /1,100/);
	assert.match(await page.textContent("main"), /1,200/);
	assert.match(await page.textContent("main"), /Family cover/);
	await go(page, "/en/schemes?country=BJ&q=teranga");
	assert.match(await page.textContent("main"), new RegExp(NAME));
	await go(page, "/en/countries/bj");
	assert.equal(await page.locator(`a[href="${ADDRESS}"]`).count() > 0,
	    true);
	await page.close();
});

part("its steward corrects it without asking", async () => {
	run(["member", "steward", "awa@example.org", "record",
	    ADDRESS.replace("/en/schemes", "scheme"), "--data", site.data]);
	await go(author, `${ADDRESS}/edit`);
	await fill(author, "locality", "Thies");
	await fill(author, "words", "The town was missing.");
	await press(author, "Publish");
	await go(author, ADDRESS);
	assert.match(await author.textContent("main"), /Thies/);
	await go(author, `${ADDRESS}/history?from=1&to=2`);
	assert.match(await author.textContent(".changes ins"), /Thies/);
	await sound(author);
});

part("an earlier version comes back", async () => {
	await go(author, `${ADDRESS}/history/1`);
	await author.fill("#comment", "It is another town.");
	await press(author, "Publish this version again");
	await go(author, ADDRESS);
	assert.doesNotMatch(await author.textContent("main"), /Thies/);
	await go(author, `${ADDRESS}/history`);
	assert.equal(await author.locator(".revisions > li").count(), 3);
});

part("a visitor suggests something, and is answered", async () => {
	const page = await (await browser.newContext()).newPage();

	await go(page, `${ADDRESS}/suggest`);
	await page.fill("#words", "They have moved to Porto-Novo.");
	await page.fill("#email", "guest@example.org");
	await pause(3500); /* only programs are faster */
	await press(page, "Send");
	await go(editor, "/en/review");
	await Promise.all([editor.waitForNavigation(),
		editor.getByRole("main").getByRole("link", { name: NAME })
		    .first().click()]);
	await editor.fill("#words", "Thank you, it is corrected.");
	await press(editor, "It is done");
	assert.equal(await linkTo("guest@example.org", ADDRESS), ADDRESS);
	await page.close();
});
