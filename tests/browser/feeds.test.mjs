/*
 * The life of a partner's feed: brought by the address of a site, approved,
 * read again and again, through all that servers do.  At each step visitors see
 * the right news, and the partner why.
 *
 * A server of this test plays the partner.  Time goes by as feed_poll.due is
 * set to now: the site looks at once, and says when it has.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { faultsOf } from "../html.mjs";
import { item, openPartner, rss } from "./partner.mjs";
import { barriers, languages, openBrowser, openSite, run } from "./site.mjs";

const PASSWORD = "long secret words";
const one = { id: "n-1", title: "A clinic opens", link: "https://partner.example.org/1",
	text: "It opens &lt;b&gt;today&lt;/b&gt;.", date: "Mon, 02 Nov 2026 10:00:00 GMT" };
const two = { id: "n-2", title: "A mutual grows", link: "https://partner.example.org/2",
	text: "By a half.", date: "Tue, 03 Nov 2026 10:00:00 GMT" };
const three = { id: "n-3", title: "A third village joins",
	link: "https://partner.example.org/3", text: "With 200 families.",
	date: "Wed, 04 Nov 2026 10:00:00 GMT" };
let partner, hidden, site, browser, pia, eva, visitor;

/* A row of the site's databases, or a change in them. */
function sql(statement) {
	const { status, stdout, stderr } = spawnSync("sqlite3",
	    ["-bail", "-cmd", ".timeout 9000", join(site.data, "mutua.db"),
		`ATTACH '${join(site.data, "state.db")}' AS state; ${statement}`],
	    { encoding: "utf8" });

	assert.equal(status, 0, stderr);
	return stdout.trim();
}

/* Until a question is answered by something; what happens is written down, so
 * nobody waits for a time. */
async function until(question, seconds = 60) {
	for (let i = 0; i < seconds * 10; i++) {
		const answer = sql(question);

		if (answer)
			return answer;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`never: ${question}`);
}

/* Let the site look at a feed; what went wrong, "" if nothing. */
async function look(feed = 1) {
	sql(`INSERT INTO state.feed_poll (feed, due, pace) VALUES (${feed}, 0, 3600)
	    ON CONFLICT (feed) DO UPDATE SET looked = NULL, due = 0`);
	return (await until(`SELECT 'E' || coalesce(error, '') FROM state.feed_poll
	    WHERE feed = ${feed} AND looked IS NOT NULL`)).slice(1);
}

async function signedIn(name, settings = {}) {
	const page = await (await browser.newContext(settings)).newPage();

	await page.goto(`${site.url}/en/sign-in`);
	await page.fill("#email", `${name}@example.org`);
	await page.fill("#password", PASSWORD);
	await Promise.all([page.waitForURL(/dashboard/),
		page.press("#password", "Enter")]);
	return page;
}

const press = (page, name) => Promise.all([page.waitForNavigation(),
	page.getByRole("button", { name, exact: true }).first().click()]);
const follow = (page, name) => Promise.all([page.waitForNavigation(),
	page.getByRole("link", { name, exact: true }).first().click()]);
const text = async (page, path) => {
	if (path)
		await page.goto(site.url + path);
	return page.locator("main").innerText();
};

/* The news that visitors see of a feed. */
async function news(feed = 1) {
	await visitor.goto(`${site.url}/en/feeds/${feed}`);
	return visitor.locator("section[aria-labelledby=news] h3 a")
	    .allInnerTexts();
}

/* What the partner reads of it. */
const told = (feed = 1) => text(pia, `/en/feeds/${feed}`);

/* Bring a feed by its address, up to its preview. */
async function bring(address) {
	await pia.goto(`${site.url}/en/feeds/new`);
	await pia.fill("#address", address);
	await press(pia, "Look for the feed");
	await until(`SELECT 1 FROM state.feed_try
	    WHERE state <> 'looking' AND id = (SELECT max(id) FROM state.feed_try)`);
	if (await pia.getByText("See whether it is found").count())
		await follow(pia, "See whether it is found");
	return text(pia);
}

/* … and have it approved; its number. */
async function approved(path, trust = "publish") {
	await bring(partner.url + path);
	await press(pia, "Send for approval");
	const feed = Number(new URL(pia.url()).pathname.split("/").at(-1));

	await eva.goto(`${site.url}/en/feeds/${feed}`);
	await eva.check(`fieldset input[value=${trust}] >> nth=0`);
	await press(eva, "Approve the feed");
	await until(`SELECT 1 FROM state.feed_poll
	    WHERE feed = ${feed} AND looked IS NOT NULL`);
	return feed;
}

before(async () => {
	partner = await openPartner();
	hidden = await openPartner();
	site = await openSite(`fetch_allow: "${partner.host}"\n`);
	for (const [name, role] of [["pia", "partner"], ["eva", "editor"]])
		run(["member", "add", `${name} Exemple`, "--email",
		    `${name}@example.org`, "--role", role, "--password-stdin",
		    "--data", site.data], `${PASSWORD}\n`);
	run(["member", "spokesperson", "pia@example.org", "ilo-step",
	    "--data", site.data]);
	browser = await openBrowser();
	const plain = { javaScriptEnabled: false };

	pia = await signedIn("pia", plain);
	eva = await signedIn("eva", plain);
	visitor = await (await browser.newContext(plain)).newPage();
});
after(async () => {
	await browser?.close();
	await site?.close();
	await partner?.close();
	await hidden?.close();
});

test("a feed's life", async (t) => {
	/* What comes after a step that failed would only fail as well. */
	let broken = false;
	const step = (name, how) => t.test(name, async (s) => {
		if (broken)
			return s.skip();
		broken = true;
		await how();
		broken = false;
	});

	await step("it is brought by the address of the site, without JavaScript", async () => {
		partner.serve("/", `<!doctype html><title>Us</title>
		    <link rel=alternate type="application/rss+xml" title="Notes" href="/feed.xml">
		    <link rel=alternate type="application/atom+xml" title="Other" href="/other.atom">`,
		{ "content-type": "text/html" });
		partner.serve("/feed.xml", rss([item(two), item(one)]),
		    { etag: '"a"', "last-modified": "Tue, 03 Nov 2026 10:00:00 GMT" });
		const found = await bring(partner.host);

		assert.match(found, /A mutual grows[\s\S]*A clinic opens/);
		assert.match(found, /It opens today\./, "as it would look");
		assert.match(found, /Other/, "other feeds of the site are offered");
		assert.equal(sql("SELECT count(*) FROM feed"), "0");
	});

	await step("it is sent, and an editor approves it", async () => {
		await press(pia, "Send for approval");
		assert.match(await text(pia), /waits for an editor/);
		assert.deepEqual((await visitor.goto(`${site.url}/en/feeds/1`)).status(), 404);
		await eva.goto(`${site.url}/en/review`);
		await follow(eva, "One feed waits for approval.");
		await follow(eva, "Field notes");
		assert.match(await text(eva), /A mutual grows/);
		await eva.check("fieldset input[value=publish] >> nth=0");
		await press(eva, "Approve the feed");
		await until("SELECT 1 FROM state.feed_poll WHERE looked IS NOT NULL");
	});

	await step("its entries are news with their source", async () => {
		assert.deepEqual(await news(), ["A mutual grows", "A clinic opens"]);
		const all = await text(visitor, "/en/news");

		assert.match(all, /A mutual grows[\s\S]*A clinic opens/);
		await visitor.goto(`${site.url}/en/feeds/1`);
		await follow(visitor, "A clinic opens");
		assert.equal(await visitor.locator('a[href="https://partner.example.org/1"]').count() > 0,
		    true, "with the way to where it comes from");
		assert.match(await text(visitor), /Strategies and Tools against social Exclusion/);
	});

	await step("RSS in: what has not changed is asked for with its ETag and date, and not sent", async () => {
		assert.equal(await look(), "");
		const { headers } = partner.asked("/feed.xml").at(-1);

		assert.equal(headers["if-none-match"], '"a"');
		assert.equal(headers["if-modified-since"], "Tue, 03 Nov 2026 10:00:00 GMT");
		assert.deepEqual(await news(), ["A mutual grows", "A clinic opens"]);
	});

	await step("a new entry comes in, an edited one is brought up to date: nothing doubles", async () => {
		await visitor.goto(`${site.url}/en/feeds/1`);
		const address = await visitor.getByRole("link", { name: "A clinic opens" })
		    .getAttribute("href");

		partner.serve("/feed.xml", rss([item(three), item(two),
			item({ ...one, title: "A clinic opened" })]), { etag: '"b"' });
		assert.equal(await look(), "");
		assert.deepEqual(await news(), ["A third village joins",
			"A mutual grows", "A clinic opened"]);
		assert.equal(await visitor.getByRole("link", { name: "A clinic opened" })
		    .getAttribute("href"), address, "at the address it had");
		assert.match(await text(visitor, address), /A clinic opened/);
	});

	await step("what leaves the feed stays, and is the same when it returns", async () => {
		partner.serve("/feed.xml", rss([item(three)]), { etag: '"c"' });
		await look();
		assert.equal((await news()).length, 3);
		partner.serve("/feed.xml", rss([item(one), item(two), item(three)]),
		    { etag: '"d"' });
		await look();
		assert.deepEqual(await news(), ["A third village joins",
			"A mutual grows", "A clinic opens"]);
	});

	await step("301: it is followed, and asked there at once the next time", async () => {
		partner.serve("/new/feed.xml", rss([item(one), item(two), item(three)]),
		    { etag: '"e"' });
		partner.say("/feed.xml", 301, { location: "/new/feed.xml" });
		assert.equal(await look(), "");
		const before = partner.asked("/feed.xml").length;

		assert.equal(await look(), "");
		assert.equal(partner.asked("/feed.xml").length, before);
		assert.equal(partner.asked("/new/feed.xml").length, 2);
		assert.match(await told(), /\/new\/feed\.xml/);
		assert.equal((await news()).length, 3);
	});

	/* What goes wrong is told, and harms nothing; then all is well again. */
	const wrong = (name, error, words, how) => t.test(name, async () => {
		const before = await news();

		await how();
		assert.equal(await look(), error);
		assert.match(await told(), words);
		assert.match(await text(pia, "/en/dashboard"), words);
		assert.match(await text(pia, "/en/feeds"), words);
		assert.doesNotMatch(await text(visitor, "/en/feeds/1"), words);
		assert.deepEqual(await news(), before);
		partner.serve("/new/feed.xml", rss([item(one), item(two), item(three)]));
		assert.equal(await look(), "");
		assert.doesNotMatch(await told(), words);
	});
	const here = "/new/feed.xml";

	await wrong("an error of the server is told", "status",
	    /answers with an error/, () => partner.say(here, 503));
	await wrong("slow: it is given up, in plain words", "timeout",
	    /takes longer than 20 seconds/, () => partner.answer(here, (_, response) => {
		    response.writeHead(200, { "content-type": "application/rss+xml" });
		    response.write("<rss version='2.0'>");
	    }));
	await wrong("huge: more than 5 MB is not read", "too-long", /longer than 5 MB/,
	    () => partner.serve(here, rss([item({ ...one, text: "x".repeat(6e6) })])));
	let sent = 0;

	await wrong("100 MB without an end are not taken in", "too-long", /longer than 5 MB/,
	    () => partner.answer(here, (_, response) => {
		    const piece = Buffer.alloc(1e6, "x");
		    const more = () => {
			    while (sent < 100e6 && !response.destroyed) {
				    sent += piece.length;
				    if (!response.write(piece))
					    return response.once("drain", more);
			    }
			    response.end();
		    };

		    more();
	    }));
	assert.ok(sent < 60e6, `${sent} bytes were sent`);
	await wrong("what is no feed is told", "not-a-feed", /is no feed/,
	    () => partner.serve(here, "<!doctype html><title>Hello</title><p>Hello",
		{ "content-type": "text/html" }));
	await wrong("an empty answer is no feed", "not-a-feed", /is no feed/,
	    () => partner.serve(here, ""));
	await wrong("endless redirects are not followed", "redirects", /sends us on/,
	    () => partner.answer(here, (request, response) => response
		.writeHead(302, { location: here }).end()));
	await wrong("a redirect to a service of the cloud is refused", "forbidden",
	    /private network/, () => partner.say(here, 302,
		{ location: "http://169.254.169.254/latest/meta-data/" }));
	await wrong("so is one to another port of the machine, which is not even connected to",
	    "forbidden", /private network/, () => partner.say(here, 301,
		{ location: `${hidden.url}/feed.xml` }));
	assert.equal(hidden.connections(), 0);
	await wrong("a redirect to a file is refused", "redirects", /sends us on/,
	    () => partner.say(here, 302, { location: "file:///etc/passwd" }));

	/* What can be read all the same comes in, with what is odd told. */
	const odd = (name, body, titles, words, headers) => t.test(name, async () => {
		partner.serve(here, body, headers);
		assert.equal(await look(), "");
		const now = await news();

		for (const title of titles)
			assert.equal(now.filter((n) => n === title).length, 1,
			    `${title} in ${now.join("; ")}`);
		if (words)
			assert.match(await told(), words);
	});
	const old = [item(one), item(two), item(three)];

	await odd("malformed: it is read as far as can be, and the fault told",
	    rss([item({ id: "m-1", title: "Broken & still read", text: "<p>open",
		    date: "Thu, 05 Nov 2026 10:00:00 GMT" }), ...old]).replace("</channel>", ""),
	    ["Broken & still read", "A clinic opens"], /not well-formed/);
	await odd("cut off in the middle: the whole entries before it come in",
	    rss([item({ id: "m-2", title: "Before the cut" }), ...old]).slice(0, 900),
	    ["Before the cut"], /What is odd/);
	await odd("a bomb of entities is not blown up",
	    rss([item({ id: "b-1", title: "Bomb &z;" })], { head: `<!DOCTYPE rss [
<!ENTITY a "${"ha".repeat(50)}">${"bcdefghijz".split("").map((c, i) =>
	`<!ENTITY ${c} "${`&${"abcdefghij"[i]};`.repeat(20)}">`).join("\n")}]>` }),
	    [], /DOCTYPE/);
	await odd("an entity of a file or of a server is not read",
	    rss([item({ id: "x-1", title: "Stolen: &f; &s;" })], { head: `<!DOCTYPE rss
[<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY s SYSTEM "${partner.url}/stolen">
<!ENTITY % p SYSTEM "${hidden.url}/dtd"> %p;]>` }), [], /DOCTYPE/);
	assert.equal(partner.asked("/stolen").length, 0);
	assert.equal(hidden.connections(), 0);
	assert.doesNotMatch(sql("SELECT group_concat(title) FROM record_text"), /root:/);
	await odd("NULs and control characters are left out",
	    rss([item({ id: "c-1", title: "Nul\0 and \x01bell", text: "A\0B" }), ...old]),
	    ["Nul and bell"], /[Cc]ontrol characters/);
	await odd("a wrong encoding is seen through",
	    Buffer.from(rss([item({ id: "e-1", title: "Santé à Thiès" })])
		.replace("UTF-8", "UTF-8"), "latin1"), ["Santé à Thiès"], /encoding|stand for no character/);
	await odd("the encoding of the header counts",
	    Buffer.from(rss([item({ id: "e-2", title: "Niños y niñas" })])
		.replace(' encoding="UTF-8"', ""), "latin1"), ["Niños y niñas"], null,
	    { "content-type": "application/rss+xml; charset=iso-8859-1" });
	await odd("entries without id and date come in once",
	    rss([item({ title: "Without anything", text: "Nothing else." })]),
	    ["Without anything"], /no id/);
	await odd("… also the next time",
	    rss([item({ title: "Without anything", text: "Nothing else." })], { title: "Other" }),
	    ["Without anything"], /no id/);

	await step("dates of ten years ago stand, those to come are now", async () => {
		partner.serve(here, rss([
			item({ id: "d-1", title: "Ten years ago", date: "Fri, 04 Nov 2016 10:00:00 GMT" }),
			item({ id: "d-2", title: "In ten years", date: "Wed, 04 Nov 2036 10:00:00 GMT" }),
			item({ id: "d-3", title: "Never", date: "yesterday or so" })]));
		assert.equal(await look(), "");
		const now = await news();

		assert.equal(now.at(-1), "Ten years ago");
		assert.ok(now.includes("In ten years") && now.includes("Never"));
		assert.match(await told(), /date cannot be understood/);
		assert.equal(sql(`SELECT count(*) FROM record
		    WHERE published > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+1 minute')
		    AND kind = 'news'`), "0");
	});

	await step("the same ids in two feeds are two", async () => {
		partner.serve("/second.xml", rss([
			item({ ...one, title: "Of the second", link: "https://partner.example.org/s1" })],
		{ title: "Second feed" }));
		const feed = await approved("/second.xml");

		assert.deepEqual(await news(feed), ["Of the second"]);
		assert.ok((await news()).includes("A clinic opens"));
	});

	await step("what two feeds of an organisation have is there once", async () => {
		partner.serve("/second.xml", rss([item({ ...two, id: "other" })],
		    { title: "Second feed" }));
		assert.equal(await look(2), "");
		assert.equal(sql(`SELECT count(*) FROM record_text
		    WHERE title = 'A mutual grows'`), "1");
	});

	await step("of a feed that is not trusted each entry waits for an editor", async () => {
		partner.serve("/third.xml", rss([item({ id: "r-1", title: "Read me first",
			text: "Words.", date: "Fri, 06 Nov 2026 10:00:00 GMT" })],
		{ title: "Third feed" }));
		const feed = await approved("/third.xml", "review");

		assert.deepEqual(await news(feed), []);
		await eva.goto(`${site.url}/en/review`);
		await follow(eva, "Read me first");
		await press(eva, "Publish");
		assert.deepEqual(await news(feed), ["Read me first"]);
	});

	await step("what an editor has changed by hand stays", async () => {
		const address = sql(`SELECT '/en/news/' || slug || '/edit' FROM record r
		    JOIN record_text t ON t.record = r.id WHERE t.title = 'A mutual grows'`);

		await eva.goto(site.url + address);
		await eva.fill("#f-title-en", "A mutual grows, they say");
		await press(eva, "Publish");
		partner.serve(here, rss([item(one), item({ ...two, title: "Overwritten" }),
			item(three)]));
		assert.equal(await look(), "");
		const now = await news();

		assert.ok(now.includes("A mutual grows, they say"));
		assert.ok(!now.includes("Overwritten"));
	});

	await step("what a feed says does nothing in a browser", async () => {
		const attack = `<p onclick="window.hit=1">Text<script>window.hit=1</script>
<img src="${hidden.url}/pixel.gif" width="1" height="1" onerror="window.hit=1">
<iframe src="${hidden.url}/frame"></iframe><style>@import "${hidden.url}/css"</style>
<a href="javascript:window.hit=1">go</a><svg onload="window.hit=1"></svg>
<form action="${hidden.url}/form"><input name=q></form></p>`;

		partner.serve(here, rss([item({ id: "s-1",
			title: "Harmless &lt;script&gt;window.hit=1&lt;/script&gt;",
			link: "javascript:window.hit=1", text: `<![CDATA[${attack.repeat(3)}]]>` })]));
		assert.equal(await look(), "");
		const page = await (await browser.newContext()).newPage();
		const requests = [];

		page.on("request", (r) => requests.push(r.url()));
		for (const path of ["/en/feeds/1", "/en/news", sql(`SELECT '/en/news/' || slug
		    FROM record r JOIN record_text t ON t.record = r.id
		    WHERE t.title LIKE 'Harmless%'`)]) {
			await page.goto(site.url + path);
			for (const link of await page.getByText("go", { exact: true }).all())
				await link.click({ timeout: 1000 }).catch(() => {});
			assert.match(await text(page), /Harmless/);
			assert.equal(await page.evaluate(() => window.hit), undefined);
			assert.equal(await page.locator("main iframe, main script:not([src^='/']),"
			    + " main style, main [onclick], main a[href^='javascript']").count(), 0);
		}
		assert.deepEqual(requests.filter((u) => !u.startsWith(site.url)), []);
		assert.equal(hidden.connections(), 0);
		await page.context().close();
	});

	await step("410: it is switched off, and the partner is told by mail too", async () => {
		partner.say(here, 410);
		assert.equal(await look(), "gone");
		assert.match(await told(), /gone for good/);
		assert.equal(sql("SELECT state FROM feed WHERE id = 1"), "gone");
		await until("SELECT 1 FROM state.outbox WHERE name = 'feed-off' AND sent IS NOT NULL");
		const mails = readdirSync(join(site.data, "mail"))
		    .map((f) => readFileSync(join(site.data, "mail", f), "utf8"));

		assert.ok(mails.some((m) => m.includes("To: <pia@example.org>") &&
		    m.includes("No longer read")));
		const before = partner.asked(here).length;

		sql("UPDATE state.feed_poll SET due = 0 WHERE feed = 1");
		await look(2);
		assert.equal(partner.asked(here).length, before, "and it is asked no more");
		assert.ok((await news()).includes("A clinic opens"), "its news stay");
	});

	await step("switched on, it is read again", async () => {
		partner.serve(here, rss([item({ id: "back", title: "Back again" })]));
		sql("UPDATE state.feed_poll SET looked = NULL WHERE feed = 1");
		await pia.goto(`${site.url}/en/feeds/1`);
		await press(pia, "Switch on");
		await until("SELECT 1 FROM state.feed_poll WHERE feed = 1 AND looked IS NOT NULL");
		assert.ok((await news()).includes("Back again"));
	});

	await step("deleted, it is gone, and its news stay", async () => {
		const all = await text(visitor, "/en/news");

		await pia.goto(`${site.url}/en/feeds/1`);
		await press(pia, "Delete the feed");
		await press(pia, "Delete the feed");
		assert.equal((await visitor.goto(`${site.url}/en/feeds/1`)).status(), 404);
		assert.equal(await text(visitor, "/en/news"), all);
	});
});

test("what can't be looked for is told to who brings it", async (t) => {
	const refused = (name, address, words) => t.test(name, async () => {
		assert.match(await bring(address()), words);
		assert.equal(await pia.inputValue("#organisation"), "ilo-step");
	});

	partner.serve("/page", "<!doctype html><title>Nothing</title><p>No feed here.",
	    { "content-type": "text/html" });
	await refused("a site without a feed", () => `${partner.url}/page`, /names no feed/);
	await refused("an address that is not there", () => `${partner.url}/none`,
	    /answers with an error\.[\s\S]*404/);
	await refused("a machine of ours", () => `${hidden.url}/feed.xml`, /private network/);
	await refused("a name that nobody has", () => "https://no-such-host.invalid/feed",
	    /no server of that name/);
	assert.equal(hidden.connections(), 0);
});

/* Pages of feeds in each state, in all languages. */
const settings = {
	en: { colorScheme: "dark" },
	fr: { viewport: { width: 360, height: 640 }, colorScheme: "dark" },
	es: { viewport: { width: 360, height: 640 } },
};

test("the pages of feeds have no barrier", async (t) => {
	const paths = ["/feeds", "/feeds/new", "/feeds/2", "/review", "/dashboard",
		"/pages/feeds"];

	partner.serve("/odd.xml", rss([item({ title: "No id" }), item({ ...one, date: "?" })],
	    { title: "Odd feed" }).replace("</channel>", ""));
	await bring(partner.url + "/odd.xml");
	paths.push(new URL(pia.url()).pathname.slice(3));
	await bring(`${partner.url}/none`);
	paths.push(new URL(pia.url()).pathname.slice(3));
	await bring(partner.host);
	await pia.goto(site.url + sql(`SELECT '/en/feeds/try/' || max(id) FROM state.feed_try
	    WHERE title = 'Odd feed'`));
	await press(pia, "Send for approval");
	paths.push(new URL(pia.url()).pathname.slice(3));
	sql(`UPDATE state.feed_poll SET error = 'status', detail = '503', failures = 3
	    WHERE feed = 2`);
	for (const lang of languages) {
		const page = await signedIn("eva", settings[lang]);

		for (const path of paths)
			await t.test(`/${lang}${path}`, async () => {
				const answer = await page.goto(`${site.url}/${lang}${path}`);

				assert.equal(answer.status(), 200);
				assert.deepEqual(faultsOf(await answer.text()), []);
				assert.deepEqual(await barriers(page), []);
				assert.ok(await page.evaluate(() =>
				    document.documentElement.scrollWidth <= innerWidth),
				"nothing beside the screen");
			});
		await page.context().close();
	}
});
