/* Mails of what is new, and the newsletter: asked for, read and ended by a
 * visitor, written and sent by an editor; without scripts, in every language. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { barriers, languages, openBrowser, openSite, run } from "./site.mjs";

const skip = process.env.MUTUA_URL && "the site's mail is not ours to read";
let site, browser;

before(async () => {
	site = await openSite();
	browser = await openBrowser();
	if (!skip)
		run(["member", "add", "Ed Itor", "--email", "ed@example.org",
			"--role", "editor", "--password-stdin", "--data",
			site.data], "three blue goats\n");
});
after(async () => {
	await browser?.close();
	await site?.close();
});

/* The last mail of that name to an address, as soon as it is there. */
async function mailTo(name, address) {
	const dir = join(site.data, "mail");

	for (let i = 0; i < 100; i++) {
		const mails = (existsSync(dir) ? readdirSync(dir) : [])
		    .filter((f) => f.endsWith(`-${name}.eml`))
		    .sort((a, b) => parseInt(b, 10) - parseInt(a, 10))
		    .map((f) => readFileSync(join(dir, f), "utf8"));
		const mail = mails.find((m) => m.includes(`To: <${address}>`));

		if (mail)
			return mail.replace(/=\r?\n/g, "");
		await new Promise((done) => setTimeout(done, 100));
	}
	assert.fail(`no mail ${name} to ${address}`);
}

const path = (mail, begin) =>
    mail.match(new RegExp(`http://[^/]*(/${begin}/[\\w-]+)`))[1];

const openPage = (t) => browser.newPage({
	javaScriptEnabled: false,
	viewport: { width: 360, height: 640 },
}).then((page) => {
	t.after(() => page.close());
	return page;
});

const says = async (page, words) => assert.ok(
    (await page.textContent("main")).includes(words), `the page says: ${words}`);

/* What axe has against addresses, in every language, for who has the cookies
 * of a page. */
async function examine(paths, who) {
	const context = await browser.newContext({
		storageState: await who?.context().storageState(),
	});
	const page = await context.newPage();

	for (const lang of languages)
		for (const p of paths) {
			await page.goto(site.url +
			    p.replace(/^\/en\//, `/${lang}/`));
			const found = await barriers(page);

			assert.deepEqual(found, [], `${lang} ${p}`);
		}
	await context.close();
}

/* Ask, at the page where one is, and say yes. */
async function subscribe(page, address) {
	await page.fill("#email", address);
	await page.click("main form.fields button");
	await says(page, `We have sent a mail to ${address}.`);
	const link = path(await mailTo("subscribe", address),
	    "en/digests/confirm");

	await page.goto(site.url + link);
	await says(page, "Do you want these mails?");
	return link;
}

test("a visitor has what is new in a list sent, changes it, and ends it",
    { skip }, async (t) => {
	const page = await openPage(t);

	await page.goto(`${site.url}/en/library?country=BJ`);
	await page.click("main >> text=by e-mail");
	await page.selectOption("#period", "daily");
	const link = await subscribe(page, "awa@example.org");

	await examine([link, "/en/digests?path=/news",
		"/en/digests?path=/newsletter"]);
	await page.click("main button");
	await says(page, "The mails are on");
	await says(page, "Library, Benin");
	await page.click("text=Every Monday instead");
	await says(page, "every Monday");
	await examine([new URL(page.url()).pathname]);
	assert.equal(await page.evaluate(() =>
	    document.documentElement.scrollWidth), 360,
	"the page is no wider than the phone");
	await page.click("text=End all of them");
	await says(page, "Nothing is sent to this address any more");
});

/* Write an issue with a record in it, and publish it. */
async function write(page, title, item) {
	await page.goto(`${site.url}/en/newsletter/new`);
	await page.fill("[name='title.en']", title);
	await page.click("text=Add: What the issue holds");
	await page.fill("[name='items.0.item']", item);
	await page.fill("[name='items.0.note.en']", "Worth a look.");
	await page.click("[name='_do'][value='publish']");
	await says(page, "It is published.");
}

test("an editor writes issue 2 and sends it; a subscriber ends it with one click",
    { skip }, async (t) => {
	const visitor = await openPage(t), editor = await openPage(t);

	await visitor.goto(`${site.url}/en/newsletter`);
	await visitor.click("main >> text=Get it by e-mail");
	await subscribe(visitor, "ben@example.org");
	await visitor.click("main button");
	await says(visitor, "each issue");

	await editor.goto(`${site.url}/en/sign-in`);
	await editor.fill("#email", "ed@example.org");
	await editor.fill("#password", "three blue goats");
	await editor.click("main form.fields button");
	await write(editor, "The first", "document/step-in-africa-2007");
	await write(editor, "The second", "theme/microinsurance");
	await says(editor, "No. 2");
	await editor.click("text=Send this issue by e-mail");
	await says(editor, "The second (Mutua, no. 2)");
	await editor.click("text=Send me a test");
	await says(editor, "The test is on its way to you.");
	assert.match(await mailTo("newsletter", "ed@example.org"),
	    /Worth a look\./);
	await editor.check("#sure");
	await editor.click("text=Send it to all");
	await says(editor, "The issue is being sent.");

	const mail = await mailTo("newsletter", "ben@example.org");

	assert.match(mail, /List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
	await editor.click("text=Look again");
	await says(editor, "It was sent on");
	await visitor.goto(`${site.url}/en/newsletter/2`);
	await says(visitor, "Worth a look.");
	await examine(["/en/newsletter", "/en/newsletter/the-second",
		path(mail, "en/digests/end")]);
	await examine(["/en/newsletter/the-second/send"], editor);

	const ended = await fetch(site.url + path(mail, "en/digests/end"), {
		method: "POST",
		body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
	});

	assert.equal(ended.status, 200);
	await visitor.goto(site.url + path(mail, "en/digests/manage"));
	await says(visitor, "Nothing is sent to this address any more");
});
