// A web server for tests: node tests/web_sink.mjs PORT DIR
//
// It sends the files of DIR, each with an ETag by which it is asked again (304),
// and writes a line to DIR/log for each request: method, path, status; what is
// posted is added to DIR/posted, a line each.  Files
// beside them make it difficult, one line each:
//
//	NAME.how	status 404
//			header Location: /other
//			silent		says nothing, ever
//			huge		goes on for ever
//			broken		hangs up in the middle
//			plain		no ETag; nor have those above
//
// A path that has neither is 404.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';

const [port, dir] = [Number(process.argv[2]), process.argv[3]];

function read(path) {
	try {
		return fs.readFileSync(path);
	} catch {
		return null;
	}
}

// What is said about a file, by its first word.
function how(name) {
	const lines = String(read(`${dir}/${name}.how`) ?? '').split('\n').filter(Boolean);
	const rest = word => lines.filter(l => l.split(' ')[0] === word)
		.map(l => l.slice(word.length + 1));
	return { known: lines.length > 0, rest, is: word => rest(word).length > 0 };
}

const chunk = Buffer.alloc(64 * 1024, '<!-- and so on -->');

// One piece after the other, until nobody listens.
function goOn(response) {
	if (!response.destroyed)
		response.write(chunk, () => setImmediate(goOn, response));
}

function answer(request, response) {
	const name = request.url.slice(1).replace(/[^a-z0-9.-]/g, '') || 'index';
	const body = read(`${dir}/${name}`);
	const h = how(name);
	let status = Number(h.rest('status')[0] ?? (body || h.known ? 200 : 404));
	const headers = Object.fromEntries(h.rest('header').map(l => l.split(': ')));
	if (body && status === 200 && !['plain', 'huge', 'broken'].some(h.is)) {
		headers.ETag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
		if (request.headers['if-none-match'] === headers.ETag)
			status = 304;
	}
	fs.appendFileSync(`${dir}/log`, `${request.method} ${request.url} ${status}\n`);
	request.on('data', bytes => fs.appendFileSync(`${dir}/posted`, `${bytes}\n`));
	if (h.is('silent'))
		return;
	if (h.is('broken'))
		headers['Content-Length'] = '100000';
	response.writeHead(status, headers);
	if (h.is('huge')) {
		response.on('error', () => {});
		goOn(response);
	} else if (h.is('broken')) {
		response.write('<rss>');
		setTimeout(() => response.destroy(), 20);
	} else {
		response.end(status === 304 ? undefined : body ?? '');
	}
}

http.createServer(answer).listen(port, '127.0.0.1', () => console.log('ready'));
