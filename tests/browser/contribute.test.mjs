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
import { freePort, openBrowser, openSite, run } from "./site.mjs";

const NAME = "Mutuelle de la Teranga";
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
	author = await (await browser.newContext()).newPage();
	editor = await (await browser.newContext()).newPage();
});
after(async () => {
	await browser?.close();
	await site?.close();
	server?.kill();
	rmSync(mails, { recursive: true, force: true });
});

/* The words of the n-th mail, when it has come. */
async function mail(n) {
	for (let i = 0; i < 300; i++) {
		if (readdirSync(mails).includes(`${n}.eml`))
			return readFileSync(join(mails, `${n}.eml`), "utf8")
			    .replace(/=\r?\n/g, "").replaceAll("=3D", "=");
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`mail ${n} does not come`);
}

/* Where a mail leads, on this site. */
async function linkIn(n, path) {
	const found = (await mail(n)).match(
	    new RegExp(`${site.url}(${path}[\\w/-]*)`));

	assert.ok(found, `mail ${n} leads to ${path}`);
	return found[1];
}

const go = (page, path) => page.goto(site.url + path);
const press = (page, name) => Promise.all([page.waitForNavigation(),
	page.getByRole("main").getByRole("button", { name, exact: true })
	    .first().click()]);

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

async function signIn(page, email) {
	await go(page, "/en/sign-in");
	await page.fill("#email", email);
	await page.fill("#password", PASSWORD);
	await press(page, "Sign in");
}

test("somebody joins by the mail they get", async () => {
	await go(author, "/en/join");
	await author.fill("#name", "Awa Exemple");
	await author.fill("#email", "awa@example.org");
	await author.fill("#password", PASSWORD);
	await new Promise((done) => setTimeout(done, 3500));
	await press(author, "Join");
	await go(author, await linkIn(1, "/en/join/"));
	await press(author, "Open my account");
	await go(author, "/en/dashboard");
	assert.match(await author.textContent("main"), /Welcome/);
});
