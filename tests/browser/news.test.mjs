/*
 * The story of a piece of news in a real browser: a partner writes it, with a
 * picture and by keyboard alone, for a time to come; it comes; an editor has
 * another announced, and readers without JavaScript close it.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";
import { barriers, languages, openBrowser, openSite, run } from "./site.mjs";

const PASSWORD = "long secret words";
const ADDRESS = "/news/a-fund-opens-in-thies";
let site, browser, partner, editor;

/* A picture of one colour. */
function png(width, height) {
	const chunk = (name, data) => {
		const body = Buffer.concat([Buffer.from(name), data]);
		const out = Buffer.alloc(body.length + 8);
		let crc = ~0;

		for (const byte of body) {
			crc ^= byte;
			for (let i = 0; i < 8; i++)
				crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
		}
		out.writeUInt32BE(data.length);
		body.copy(out, 4);
		out.writeInt32BE(~crc, body.length + 4);
		return out;
	};
	const head = Buffer.alloc(13);

	head.writeUInt32BE(width);
	head.writeUInt32BE(height, 4);
	head.set([8, 0], 8);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
		chunk("IHDR", head),
		chunk("IDAT", deflateSync(Buffer.concat(
		    Array(height).fill(Buffer.concat([Buffer.alloc(1),
			    Buffer.alloc(width, 0x90)]))))),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

before(async () => {
	site = await openSite();
	for (const role of ["partner", "editor"])
		run(["member", "add", `Somebody ${role}`, "--email",
		    `${role}@example.org`, "--role", role,
		    "--password-stdin", "--data", site.data],
		`${PASSWORD}\n`);
	run(["member", "spokesperson", "partner@example.org", "issa",
	    "--data", site.data]);
	writeFileSync(join(site.data, "picture.png"), png(640, 360));
	browser = await openBrowser();
	partner = await (await browser.newContext(
	    { viewport: { width: 360, height: 740 } })).newPage();
	editor = await (await browser.newContext()).newPage();
});
after(async () => {
	await browser?.close();
	await site?.close();
});

const go = (page, path) => page.goto(site.url + path);
const press = (page, name) => Promise.all([page.waitForNavigation(),
	page.getByRole("main").getByRole("button", { name, exact: true })
	    .first().click()]);

async function signIn(page, email) {
	await go(page, "/en/sign-in");
	await page.fill("#email", email);
	await page.fill("#password", PASSWORD);
	await press(page, "Sign in");
}

/* A page that everybody can use: no barrier, nothing beside the screen. */
async function sound(page) {
	assert.deepEqual(await barriers(page), []);
	assert.ok(await page.evaluate(() =>
	    document.documentElement.scrollWidth <= innerWidth),
	"nothing stands beside the screen");
}

/* Tab to a control and press a key there; folded groups are opened by it. */
async function tabTo(page, selector) {
	for (let i = 0; i < 200; i++) {
		await page.keyboard.press("Tab");
		if (await page.evaluate((s) =>
		    document.activeElement?.matches(s), selector))
			return;
		if (await page.evaluate(() => document.activeElement?.matches(
		    "details.group:not([open]) > summary")))
			await page.keyboard.press("Enter");
	}
	throw new Error(`the keyboard does not reach ${selector}`);
}

async function type(page, name, text) {
	await tabTo(page, `[name="${name}"]`);
	await page.keyboard.type(text);
}

let goesOn = true;
const part = (name, what) => test(name, async (t) => {
	if (!goesOn)
		return t.skip("the story broke off before");
	goesOn = false;
	await what();
	goesOn = true;
});

part("a partner writes news with the keyboard alone, and previews it",
    async () => {
	    await signIn(partner, "partner@example.org");
	    await go(partner, "/en/news");
	    await partner.getByRole("link", { name: "Write news" }).click();
	    await partner.waitForLoadState();
	    await sound(partner);
	    await type(partner, "title.en", "A fund opens in Thiès");
	    await type(partner, "summary.en", "It begins with two villages.");
	    await type(partner, "body.en", "It *begins* now.");
	    await partner.setInputFiles('[name="image"]',
	        join(site.data, "picture.png"));
	    await type(partner, "image_alt.en", "Women at a table");
	    await tabTo(partner, 'button[value="preview"]');
	    await Promise.all([partner.waitForNavigation(),
		    partner.keyboard.press("Enter")]);
	    assert.match(partner.url(), /\/contributions\/\d+\/preview$/);
	    await partner.getByText("nobody else sees this page").waitFor();
	    assert.equal(await partner.locator("article .prose em")
	        .textContent(), "begins");
	    assert.ok(await partner.locator("figure img").evaluate(
	        async (at) => { await at.decode(); return at.naturalWidth; }),
	    "the picture is there, for its author");
	    await sound(partner);
	    await Promise.all([partner.waitForNavigation(),
		    partner.getByRole("link", { name: "Back to editing" })
		        .click()]);
    });

part("it waits for the time that was chosen", async () => {
	await partner.locator('[name="published"]').fill("2031-02-03T08:00");
	await press(partner, "Publish");
	const words = await partner.getByRole("main").textContent();

	assert.match(words, /To be published on\s+3 February 2031, 08:00/);
	await sound(partner);
	await go(partner, "/en/dashboard");
	await partner.getByText("3 February 2031").waitFor();
	await sound(partner);
	assert.equal((await go(editor, `/en${ADDRESS}`)).status(), 404);
});

part("when it has come, everybody reads it, picture and all", async () => {
	const { status } = spawnSync("sqlite3", ["-cmd", ".timeout 5000",
		join(site.data, "state.db"),
		"UPDATE contribution SET due = 1 WHERE state = 'scheduled'"]);

	assert.equal(status, 0);
	for (let i = 0; i < 300; i++) {
		if ((await go(editor, `/en${ADDRESS}`)).ok())
			break;
		await new Promise((done) => setTimeout(done, 200));
	}
	const picture = editor.getByRole("img",
	    { name: "Women at a table" });

	assert.ok(await picture.evaluate(async (at) => {
		await at.decode();
		return at.naturalWidth === 640 && at.width > 0;
	}));
	for (const lang of languages) {
		await go(editor, `/${lang}${ADDRESS}`);
		await sound(editor);
		await go(partner, `/${lang}/news/archive`);
		await sound(partner);
	}
});

part("an editor has news announced above every page", async () => {
	await signIn(editor, "editor@example.org");
	await go(editor, "/en/news/new");
	await editor.locator('[name="title.en"]').fill("We move to new rooms");
	await editor.locator('[name="announce_until"]').evaluate((at) => {
		at.closest("details").open = true;
	});
	await editor.locator('[name="announce_until"]').fill("2031-01-01T00:00");
	await press(editor, "Publish");
	await editor.getByRole("region", { name: "Announcements" }).waitFor();
});

part("a reader closes it without JavaScript, by keyboard, and stays",
    async () => {
	    const context = await browser.newContext({
		    javaScriptEnabled: false,
		    viewport: { width: 360, height: 740 },
	    });
	    const reader = await context.newPage();

	    for (const lang of languages) {
		    await go(reader, `/${lang}/glossary?letter=M`);
		    await reader.getByRole("link", { name: "We move" }).waitFor();
		    await go(partner, `/${lang}/glossary?letter=M`);
		    await sound(partner);
	    }
	    await go(reader, "/fr/glossary?letter=M");
	    await reader.locator("section form button.plain").focus();
	    await Promise.all([reader.waitForNavigation(),
		    reader.keyboard.press("Enter")]);
	    assert.equal(reader.url(), `${site.url}/fr/glossary?letter=M`);
	    for (const path of ["/fr/glossary?letter=M", "/en/", "/es/news"]) {
		    await go(reader, path);
		    assert.equal(await reader.locator('form[action$="/close"]')
		        .count(), 0);
	    }
	    await go(partner, "/en/glossary?letter=M");
	    await partner.locator('form[action$="/close"]').waitFor();
	    await context.close();
    });
