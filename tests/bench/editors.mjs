/*
 * node tests/bench/editors.mjs URL SLUGS SECONDS MEMBERS: members at work.
 *
 * Each signs in, opens the form of a scheme, thinks, and sends it: one in five
 * is an editor, whose changes are published at once; the others' are sent in
 * for review.  A form is sent about every four seconds.  Prints one line of
 * what was answered, and how long the slow ones took.
 */
import { readFileSync } from "node:fs";
import { Browser } from "../soak/browser.mjs";

const [url, file, seconds, members] = process.argv.slice(2);
const slugs = readFileSync(file, "utf8").trim().split("\n");
const end = Date.now() + Number(seconds) * 1000 + 6000; /* after signing in */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const statuses = {}, times = [];

async function timed(what) {
	const begin = performance.now();
	let status = "broken";
	try {
		const answer = await what();
		status = answer.status;
		return answer;
	} catch (e) {
		status = e.status ?? "broken";
	} finally {
		times.push(performance.now() - begin);
		statuses[status] = (statuses[status] ?? 0) + 1;
	}
}

async function work(i) {
	const browser = new Browser(url, `192.0.2.${i + 1}`);

	await pause(i * 120);
	while (!browser.cookies.has("session")) {
		try {
			await browser.signIn(`bench${i}@example.org`, "a long password");
		} catch {
			await pause(500);
		}
	}
	for (let n = 0; Date.now() < end; n++) {
		const slug = slugs[(i + n * 50) % slugs.length];
		await timed(() => browser.send(`/en/schemes/${slug}/edit`, "summary.en",
		    { "summary.en": `Written by member ${i} for the ${n}th time.`,
			words: "bench" }, /publish|submit/));
		await pause(2000 + Math.random() * 4000);
	}
}

await Promise.all([...Array(Number(members)).keys()].map(work));
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor((times.length - 1) * share)]?.toFixed(0);
console.log(`${times.length} forms opened and sent, ${JSON.stringify(statuses)}, `
    + `both together p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
