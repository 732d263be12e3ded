/*
 * node tests/soak/durability.mjs: what was acknowledged is there afterwards.
 *
 * Editors change schemes and visitors ask for accounts while the server's
 * processes and the job runner are killed with SIGKILL at random.  Then every
 * edit that was answered as done must be a revision, every account asked for
 * must have had its mail from a real SMTP server, and "mutua check" must find
 * the indexes as the tables are.  Prints TAP.
 *	KILLS	how many processes to kill (200)
 *	B	the build directory (build)
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync,
    writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browser } from "./browser.mjs";

const kills = Number(process.env.KILLS ?? 200);
const mutua = join(process.env.B ?? "build", "mutua");
const editors = 6, joiners = 4;
const dir = mkdtempSync(join(tmpdir(), "mutua-soak-"));
const data = join(dir, "data"), mails = join(dir, "mails");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const run = (...words) => execFileSync(mutua, words, { encoding: "utf8" });

function freePort() {
	return new Promise((done) => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => done(port));
		});
	});
}

const port = await freePort(), smtp = await freePort();
const base = `http://127.0.0.1:${port}`;
let server, ended = false, over = false, claims = 0, failed = 0;
const acknowledged = [], joined = [];
const counted = { edits: 0, joins: 0, refused: 0, broken: 0, killed: {} };

function claim(good, words) {
	claims++;
	failed += good ? 0 : 1;
	console.log(`${good ? "" : "not "}ok ${claims} - ${words}`);
}

function prepare() {
	mkdirSync(mails);
	run("init", "--data", data);
	run("load", "--data", data, "content");
	for (let i = 0; i < editors; i++)
		execFileSync(mutua, ["member", "add", `Editor ${i}`, "--data", data, "--email",
		    `editor${i}@example.org`, "--role", "editor", "--password-stdin"],
		    { input: "a long password\n" });
	writeFileSync(join(data, "mutua.yaml"), `smtp: smtp://127.0.0.1:${smtp}\n`);
}

/* As systemd would: started again whenever it ends, until all is over. */
function start() {
	const log = openSync(join(dir, "serve.log"), "a");
	server = spawn(mutua, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`,
	    "--workers", "2"], { stdio: ["ignore", "ignore", log] });
	closeSync(log);
	server.once("exit", () => ended || setTimeout(start, 200));
}

/* All processes below one. */
function below(pid) {
	const all = spawnSync("ps", ["-o", "pid=,comm=", "--ppid", String(pid)], { encoding: "utf8" })
	    .stdout.trim().split("\n").filter(Boolean)
	    .map((line) => line.trim().split(/\s+/)).map(([p, name]) => ({ pid: Number(p), name }));
	return all.concat(...all.map((p) => below(p.pid)));
}

async function answers() {
	for (let i = 0; i < 400; i++) {
		try {
			if ((await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(1000) })).ok)
				return true;
		} catch {
			/* not yet */
		}
		await pause(50);
	}
	return false;
}

/* One of them, mostly the busy ones; now and then who watches over them. */
async function killer() {
	for (let n = 0; n < kills; n++) {
		await pause(100 + Math.random() * 500);
		const all = below(server.pid).filter((p) => p.name !== "ps");
		const whole = Math.random() < 0.1 || all.length === 0;
		const victim = whole ? { pid: server.pid, name: "serve" }
		    : all[Math.floor(Math.random() * all.length)];
		const name = whole ? "serve" : victim.name;

		try {
			process.kill(victim.pid, "SIGKILL");
		} catch {
			n--;
			continue;
		}
		counted.killed[name] = (counted.killed[name] ?? 0) + 1;
		if (n % 10 === 9 || whole)
			await answers();
		if (process.env.VERBOSE)
			console.log(`# ${n} ${name} ${JSON.stringify(counted)}`);
	}
	await pause(1000);
	over = true;
}

/* What fails because somebody was killed is tried again; what is answered
 * otherwise than it should be is counted. */
async function again(what) {
	while (!over) {
		try {
			return await what();
		} catch (e) {
			if (e.status !== undefined && e.status < 500)
				counted.refused++;
			else
				counted.broken++;
			await pause(30 + Math.random() * 60);
		}
	}
	return null;
}

async function edit(i, slugs) {
	const browser = new Browser(base, `192.0.2.${i + 1}`);
	let n = 0;

	while (!over) {
		if (!browser.cookies.has("session"))
			await again(() => browser.signIn(`editor${i}@example.org`, "a long password"));
		const slug = slugs[n % slugs.length], mark = `edit ${i}-${n++} of the soak`;
		const answer = await again(() => browser.send(`/en/schemes/${slug}/edit`,
		    "summary.en", { "summary.en": mark, words: mark }, /publish/));
		if (answer?.status === 303) {
			acknowledged.push({ slug, mark });
			counted.edits++;
		} else if (answer) {
			counted.refused++;
		}
	}
}

async function join_(i) {
	let n = 0;

	while (!over) {
		const browser = new Browser(base, `198.51.${i}.${n % 250}`);
		const email = `person${i}-${n++}@example.org`;
		const page = await again(() => browser.get("/en/join"));
		await pause(2100);
		const answer = await again(async () => {
			const { formsOf } = await import("./browser.mjs");
			const form = formsOf(page.text).find((f) => f.fields.some(([k]) => k === "email"));
			const fields = form.fields.filter(([k]) => !["name", "email", "password"].includes(k));
			return browser.post("/en/join", [...fields, ["name", "A Person"], ["email", email],
			    ["password", "another long password"]]);
		});
		if (answer && (answer.status === 200 || answer.status === 303)) {
			joined.push(email);
			counted.joins++;
		} else if (answer) {
			counted.refused++;
		}
	}
}

function query(sql) {
	const text = execFileSync("sqlite3", ["-json", join(data, "mutua.db"), sql],
	    { encoding: "utf8", maxBuffer: 1 << 30 });
	return text.trim() ? JSON.parse(text) : [];
}

/* Mails by whom they went to: the Message-IDs of each. */
function mailsByRecipient() {
	const by = new Map();
	for (const name of readdirSync(mails).filter((f) => f.endsWith(".eml"))) {
		const text = readFileSync(join(mails, name), "utf8");
		const to = text.match(/^To: .*?([^\s<]+@[^\s>]+)/mi)?.[1];
		const id = text.match(/^Message-ID: *(\S+)/mi)?.[1];
		by.set(to, [...(by.get(to) ?? []), id]);
	}
	return by;
}

async function mailsAreSent() {
	for (let i = 0; i < 1200; i++) {
		const [{ n }] = query(`ATTACH '${join(data, "state.db")}' AS state;
		    SELECT count(*) AS n FROM state.outbox WHERE sent IS NULL`);
		if (n === 0)
			return true;
		execFileSync("sqlite3", [join(data, "state.db"), ".timeout 5000",
		    "UPDATE outbox SET due = 0 WHERE sent IS NULL"]);
		await pause(100);
	}
	return false;
}

function judge() {
	const found = new Set(query("SELECT comment FROM revision WHERE comment LIKE 'edit %'")
	    .map((r) => r.comment));
	const lost = acknowledged.filter((a) => !found.has(a.mark));
	const by = mailsByRecipient();
	const silent = joined.filter((email) => !by.has(email));
	const ids = [...by.values()].flat();
	const twice = [...by.values()].filter((list) => list.length > 1);

	claim(acknowledged.length > kills / 4, `editors worked all the while: ${acknowledged.length} edits`);
	claim(lost.length === 0, "every acknowledged edit is a revision");
	lost.slice(0, 5).forEach((a) => console.log(`# lost: ${a.slug}: ${a.mark}`));
	claim(query("SELECT record FROM revision GROUP BY record HAVING count(*) <> max(number)").length === 0,
	    "no number of a revision is missing");
	claim(joined.length > 0 && silent.length === 0, `no mail is lost: ${joined.length} accounts asked for`);
	silent.slice(0, 5).forEach((email) => console.log(`# no mail: ${email}`));
	claim(twice.every((list) => new Set(list).size === 1),
	    "a mail that came twice can be known by its Message-ID");
	console.log(`# mails ${ids.length}, ${ids.length - new Set(ids).size} of them sent again`);
	const check = spawnSync(mutua, ["check", "--data", data], { encoding: "utf8" });
	claim(check.status === 0, "mutua check finds nothing");
	if (check.status !== 0)
		console.log(`${check.stdout}${check.stderr}`.replace(/^/gm, "# "));
}

prepare();
const sink = spawn("node", ["tests/smtp_sink.mjs", String(smtp), mails], { stdio: "ignore" });
start();
try {
	if (!await answers())
		throw new Error("the site does not start");
	const slugs = query("SELECT r.slug FROM record r JOIN record_text t ON t.record = r.id"
	    + " WHERE r.kind = 'scheme' AND t.lang = 'en' AND t.summary IS NOT NULL ORDER BY 1").map((r) => r.slug);
	const share = (i) => slugs.filter((_, k) => k % editors === i);

	await Promise.all([killer(), ...[...Array(editors).keys()].map((i) => edit(i, share(i))),
	    ...[...Array(joiners).keys()].map(join_)]);
	claim(await answers(), `the site answers after ${kills} kills`);
	claim(await mailsAreSent(), "all mails are sent in the end");
	judge();
	console.log(`# ${JSON.stringify(counted)}`);
} finally {
	ended = true;
	server.kill("SIGTERM");
	await new Promise((done) => server.exitCode !== null || server.signalCode !== null
	    ? done() : server.once("exit", done));
	sink.kill();
	rmSync(dir, { recursive: true, force: true });
}
console.log(`1..${claims}`);
process.exit(failed ? 1 : 0);
