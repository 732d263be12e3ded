/*
 * The web site of a partner, on a port of its own: what it answers is changed
 * as a test goes on, and all that it was asked is kept.
 *
 *	const partner = await openPartner();
 *	partner.serve("/feed.xml", rss([item(1)]), { etag: '"1"' });
 *	partner.asked("/feed.xml").at(-1).headers["if-none-match"]
 */
import { createServer } from "node:http";

export async function openPartner() {
	const answers = new Map(), requests = [];
	let connections = 0;
	const server = createServer((request, response) => {
		const answer = answers.get(request.url);

		requests.push({ path: request.url, headers: request.headers });
		if (!answer)
			return response.writeHead(404).end("no such page");
		answer(request, response);
	});

	server.on("connection", () => connections++);
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address();

	return {
		host: `127.0.0.1:${port}`,
		url: `http://127.0.0.1:${port}`,
		asked: (path) => requests.filter((r) => !path || r.path === path),
		connections: () => connections,

		/* Answer with a body and headers, or 304 to who has it. */
		serve(path, body, headers = {}) {
			answers.set(path, (request, response) => {
				const known =
				    (headers.etag && request.headers["if-none-match"]
					=== headers.etag) ||
				    (!headers.etag && headers["last-modified"] &&
					request.headers["if-modified-since"]
					=== headers["last-modified"]);

				response.writeHead(known ? 304 : 200,
				    { "content-type": "application/rss+xml", ...headers });
				response.end(known ? undefined : body);
			});
		},
		/* Answer with a status and headers alone. */
		say(path, status, headers = {}) {
			answers.set(path, (request, response) =>
			    response.writeHead(status, headers).end());
		},
		/* Answer as a function does. */
		answer: (path, how) => answers.set(path, how),

		close: () => new Promise((done) => {
			server.close(done);
			server.closeAllConnections();
		}),
	};
}

/* An item of RSS; what is undefined is left out. */
export function item({ id, title, link, text, date }) {
	return `<item>
${id === undefined ? "" : `<guid isPermaLink="false">${id}</guid>`}
${title === undefined ? "" : `<title>${title}</title>`}
${link === undefined ? "" : `<link>${link}</link>`}
${text === undefined ? "" : `<description>${text}</description>`}
${date === undefined ? "" : `<pubDate>${date}</pubDate>`}
</item>`;
}

export function rss(items, { title = "Field notes", head = "" } = {}) {
	return `<?xml version="1.0" encoding="UTF-8"?>${head}
<rss version="2.0"><channel><title>${title}</title>
<link>https://partner.example.org/</link><description>Notes</description>
<language>en</language>
${items.join("\n")}
</channel></rss>`;
}
