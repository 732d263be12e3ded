/* A stranger becomes a member, on a phone and without scripts. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openSite } from "./site.mjs";

let site, browser;

before(async () => {
	site = await openSite();
	browser = await openBrowser();
});
after(async () => {
	await browser?.close();
	await site?.close();
});

/* The path of the link in the mail of that name, as soon as it is there. */
async function linkInMail(name) {
	const dir = join(site.data, "mail");

	for (let i = 0; i < 100; i++) {
		const file = existsSync(dir) &&
		    readdirSync(dir).find((f) => f.endsWith(`-${name}.eml`));

		if (file) {
			const text = readFileSync(join(dir, file), "utf8")
			    .replace(/=\r?\n/g, "");

			return text.match(/http:\/\/[^/]*(\/\S*[\w-]{43})/)[1];
		}
		await new Promise((done) => setTimeout(done, 100));
	}
	assert.fail(`no mail ${name}`);
}

const width = (page) => page.evaluate(() =>
    document.documentElement.scrollWidth);

test("a stranger joins, signs out, and signs in with a new password",
    { skip: process.env.MUTUA_URL && "the site's mail is not ours to read" },
    async (t) => {
	const page = await browser.newPage({
		javaScriptEnabled: false,
		viewport: { width: 360, height: 640 },
	});
	const says = (words) => t.test(words, async () =>
	    assert.ok((await page.textContent("main")).includes(words)));
	const send = () => page.click("main form.fields button");

	t.after(() => page.close());
	await page.goto(`${site.url}/en/`);
	await page.click("header >> text=Join");
	await page.fill("#name", "Awa Exemple");
	await page.fill("#email", "awa@example.org");
	await page.fill("#password", "three blue goats");
	await page.waitForTimeout(2100);
	await send();
	await says("We have sent a mail to awa@example.org.");

	await page.goto(site.url + await linkInMail("join"));
	await says("Is this you?");
	await send();
	await says("Your account is open and you are signed in.");
	assert.equal(await width(page), 360, "the page is no wider than the phone");

	await page.click("header >> text=Sign out");
	await page.click("header >> text=Sign in");
	await page.click("main >> text=Forgotten the password?");
	await page.fill("#email", "awa@example.org");
	await send();
	await page.goto(site.url + await linkInMail("password"));
	await page.fill("#password", "four green goats");
	await send();
	await says("The password is changed. Sign in with it.");
	await page.fill("#email", "awa@example.org");
	await page.fill("#password", "four green goats");
	await send();
	assert.ok(page.url().endsWith("/en/dashboard"), "the member is in");
	assert.ok((await page.textContent("header")).includes("Awa Exemple"));
});
