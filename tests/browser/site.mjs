/*
 * A running site for the browser tests: a fresh data directory with the
 * content loaded, served on a free port, and a browser to visit it.
 *
 * MUTUA names the program (build/mutua if not set), CHROMIUM the browser.
 * MUTUA_URL names a site that runs already, which is then left alone.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = resolve(root, process.env.MUTUA ??
    join(process.env.B ?? "build", "mutua"));

const axe = readFileSync(
    createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
    "utf8",
);

export const languages = ["en", "fr", "es"];

/* One address of every type of page, without the language. */
export const types = {
	home: "/",
	library: "/library",
	"library, narrowed": "/library?theme=microinsurance&language=en",
	document: "/library/step-in-africa-2007",
	glossary: "/glossary",
	"glossary, a letter": "/glossary?letter=M",
	term: "/glossary/third-party-payment",
	organisations: "/organisations",
	organisation: "/organisations/ilo-step",
	experts: "/experts",
	countries: "/countries",
	country: "/countries/sn",
	"country without a profile": "/countries/nz",
	schemes: "/schemes",
	"schemes as a table": "/schemes?view=table",
	"schemes on the map": "/schemes?view=map",
	"schemes, none found": "/schemes?q=zzzzzz",
	scheme: "/schemes/mutuelle-sante-um-pamecas",
	themes: "/themes",
	theme: "/themes/microinsurance",
	questions: "/questions",
	question: "/questions/why-extension",
	conventions: "/conventions",
	convention: "/conventions/c102",
	links: "/links",
	events: "/events",
	event: "/events/microinsurance-conference-2007",
	news: "/news",
	"news, all there was": "/news/archive",
	"a piece of news": "/news/mutua-opens",
	newsletter: "/newsletter",
	"what is new, by mail": "/digests",
	"the newsletter, by mail": "/digests?path=/newsletter",
	feeds: "/feeds",
	search: "/search?q=mutuelle+sante+senegal",
	"search, none found": "/search?q=zzzzzz",
	"search, empty": "/search",
	changes: "/changes",
	history: "/schemes/mutuelle-sante-um-pamecas/history",
	version: "/schemes/mutuelle-sante-um-pamecas/history/1",
	sitemap: "/sitemap",
	pages: "/pages",
	help: "/pages/help",
	about: "/pages/about",
	accessibility: "/pages/accessibility",
	privacy: "/pages/privacy",
	contribute: "/contribute",
	"a correction": "/schemes/mutuelle-sante-um-pamecas/suggest",
	join: "/join",
	"sign in": "/sign-in",
	"password, forgotten": "/password",
	"a link in a mail, used": "/join/used-Before",
	"no such page": "/library/no-such-document",
};

/* Run a command of the program, with what it reads. */
export function run(words, input = "") {
	const { status, stderr } = spawnSync(program,
	    [...words, "--share", root], { encoding: "utf8", input });

	if (status !== 0)
		throw new Error(`mutua ${words.join(" ")}: ${stderr}`);
}

export function freePort() {
	return new Promise((done) => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => done(port));
		});
	});
}

async function answers(url) {
	for (let i = 0; i < 100; i++) {
		try {
			if ((await fetch(url)).ok)
				return;
		} catch {
			/* not yet */
		}
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`${url} does not answer`);
}

/* Start a site, with these lines of settings: { url, data, close }. */
export async function openSite(settings = "") {
	if (process.env.MUTUA_URL)
		return { url: process.env.MUTUA_URL, close: async () => {} };

	const data = mkdtempSync(join(tmpdir(), "mutua-browser-"));
	const listen = `127.0.0.1:${await freePort()}`;

	run(["init", "--data", data]);
	run(["load", "--data", data, join(root, "content")]);
	writeFileSync(join(data, "mutua.yaml"), settings);
	const server = spawn(
	    program,
	    ["serve", "--data", data, "--listen", listen, "--workers", "1",
		"--share", root],
	    { stdio: ["ignore", "ignore", "inherit"] },
	);
	const ended = new Promise((done) => server.once("exit", done));
	const close = async () => {
		server.kill("SIGTERM");
		await ended;
		rmSync(data, { recursive: true, force: true });
	};

	try {
		await answers(`http://${listen}/healthz`);
	} catch (e) {
		await close();
		throw e;
	}
	return { url: `http://${listen}`, data, close };
}

/* A browser that reaches nothing but the site. */
export function openBrowser() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}

/* What axe has against a page, in words. */
export async function barriers(page) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() =>
	    axe.run({ resultTypes: ["violations"] }));

	return violations.flatMap(({ id, help, nodes }) =>
	    nodes.map((n) => `${id}: ${help}\n\t${n.html.slice(0, 200)}`));
}
