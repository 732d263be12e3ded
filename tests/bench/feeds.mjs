// Many feeds, for the bench: node feeds.mjs PORT HOSTS [DELAY]
//
// Listens at 127.0.0.2 and the HOSTS - 1 addresses after it.  /N.xml is an RSS
// feed of 30 entries, the same each time; asked for what is new, it says 304.
// Every answer takes DELAY milliseconds (50).
import http from 'node:http';

const [port, hosts] = [Number(process.argv[2]), Number(process.argv[3])];
const delay = Number(process.argv[4] ?? 50);
const words = ('mutual insurance health members scheme village cover premium claims benefit women'
	+ ' cooperative savings harvest rain livestock clinic district assembly reserve').split(' ');

// Words by number: every entry is different, and the same the next time.
function text(n, length) {
	let out = '';
	for (let i = 0; i < length; i++)
		out += `${words[(n * 31 + i * i * 7 + i) % words.length]} `;
	return out.trim();
}

function entry(feed, n) {
	const date = new Date(Date.UTC(2026, 9, 30 - n, feed % 24)).toUTCString();
	return `<item><guid isPermaLink="false">f${feed}e${n}</guid>`
		+ `<title>${text(feed * 30 + n, 6)} ${feed}-${n}</title>`
		+ `<link>https://example.org/${feed}/${n}</link><pubDate>${date}</pubDate>`
		+ `<description>${text(feed + n, 30)}.</description>`
		+ `<content:encoded><![CDATA[<p>${text(feed * n, 120)}.</p><p>${text(n, 80)}.</p>]]>`
		+ '</content:encoded></item>\n';
}

function feed(n) {
	let items = '';
	for (let i = 0; i < 30; i++)
		items += entry(n, i);
	return '<?xml version="1.0"?>\n<rss version="2.0"'
		+ ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
		+ `<title>Feed ${n}</title><link>https://example.org/${n}/</link>`
		+ `<description>News</description><language>en</language>\n${items}</channel></rss>\n`;
}

function answer(request, response) {
	const n = Number(/^\/(\d+)\.xml$/.exec(request.url)?.[1] ?? 0);
	const etag = `"feed-${n}"`;
	const known = request.headers['if-none-match'] === etag;
	setTimeout(() => {
		response.writeHead(known ? 304 : 200, { ETag: etag, 'Content-Type': 'application/rss+xml' });
		response.end(known ? undefined : feed(n));
	}, delay);
}

for (let i = 0; i < hosts; i++)
	http.createServer(answer).listen(port, `127.0.0.${i + 2}`);
