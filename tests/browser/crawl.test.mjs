/* Every link of the site leads somewhere. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages, openSite } from "./site.mjs";

const AT_ONCE = 8;
let site;

before(async () => {
	site = await openSite();
});
after(() => site?.close());

const decode = (s) =>
    s.replace(/&(amp|lt|gt|quot|#39);/g, (_, n) =>
	({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[n]);

/* Addresses of this site that a page points to; the page's fragments too. */
function links(html, url) {
	const found = [];

	for (const [, value] of html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
		const to = new URL(decode(value), url);

		if (to.origin === site.url)
			found.push(to);
	}
	return found;
}

/* Choices among filters have no end: follow each alone, and as a page. */
function worthFollowing(to) {
	const chosen = [...to.searchParams];

	return chosen.length === 0 ||
	    (chosen.length === 1 && !chosen[0][1].includes(",") &&
		!/\.\w+$/.test(to.pathname));
}

async function look(path, from, state) {
	const answer = await fetch(site.url + path);
	const type = answer.headers.get("content-type") ?? "";

	state.visited++;
	if (answer.status !== 200) {
		state.faults.push(`${path}: ${answer.status}, from ${from}`);
		return;
	}
	const body = await answer.text();

	if (!type.startsWith("text/html"))
		return;
	for (const to of links(body, site.url + path)) {
		const next = to.pathname + to.search;

		if (to.hash && next === path &&
		    !body.includes(` id="${to.hash.slice(1)}"`))
			state.faults.push(`${path}: no ${to.hash} in it`);
		if (state.seen.has(next) || !worthFollowing(to))
			continue;
		state.seen.add(next);
		state.queue.push([next, path]);
	}
}

test("a crawl finds no broken link", { timeout: 600_000 }, async () => {
	const start = languages.map((l) => [`/${l}/`, "the start"]);
	const state = {
		seen: new Set(start.map(([path]) => path)),
		queue: start,
		faults: [],
		visited: 0,
	};

	while (state.queue.length > 0)
		await Promise.all(
		    state.queue.splice(0, AT_ONCE)
			.map(([path, from]) => look(path, from, state)),
		);
	assert.deepEqual(state.faults, []);
	assert.ok(state.visited > 500, `${state.visited} pages`);
});
