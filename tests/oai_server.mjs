// Repositories for tests: node tests/oai_server.mjs PORT DIR [URL]
//
// Each path is one, with a nature of its own.  DIR/records, if it is there, is
// JSON of its records: [[identifier, elements, deleted], …], two on a page.
//
//	/good		as it should be
//	/busy		says 503 to every second request
//	/cut		ends in the middle of the second page, while DIR/cut is there
//	/expired	knows its own token no more, once
//	/round		gives the same token for ever
//	/empty		gives new tokens for ever, and no record
//	/bomb		entities within entities
//	/html		a web page
//	/odd		is not well-formed, and dates as it likes
//	/nosets		has no sets
//	/relay		is URL's, but does not answer while DIR/stall is there and
//			two pages were given
//
// DIR/log has a line for each request.
import fs from 'node:fs';
import http from 'node:http';

const [port, dir, url] = process.argv.slice(2);
const is = name => fs.existsSync(`${dir}/${name}`);
let asked = 0;
let relayed = 0;
let forgotten = false;

const records = () => is('records')
	? JSON.parse(fs.readFileSync(`${dir}/records`, 'utf8'))
	: [];

const element = (name, value) =>
	`<dc:${name}>${value.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</dc:${name}>`;

function record([id, elements, deleted]) {
	const header = `<header${deleted ? ' status="deleted"' : ''}>` +
		`<identifier>${id}</identifier><datestamp>2026-01-01</datestamp></header>`;
	const all = Object.entries(elements).flatMap(([name, values]) =>
		[values].flat().map(v => element(name, v)));
	return `<record>${header}${deleted ? '' : '<metadata><oai_dc:dc' +
		' xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"' +
		' xmlns:dc="http://purl.org/dc/elements/1.1/">' +
		`${all.join('\n')}</oai_dc:dc></metadata>`}</record>`;
}

const answer = (inside, date = '2026-03-01T00:00:00Z') =>
	'<?xml version="1.0" encoding="UTF-8"?>' +
	'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">' +
	`<responseDate>${date}</responseDate><request>x</request>${inside}</OAI-PMH>`;

const error = code => answer(`<error code="${code}">so it is</error>`);
const identify = answer('<Identify><repositoryName>Réserve</repositoryName>' +
	'<granularity>YYYY-MM-DD</granularity></Identify>');

// Two sets on a page; all but one have them.
function sets(token) {
	const all = ['articles', 'theses', 'x', 'col:1', 'col:2'];
	const at = Number((token ?? 'at 0').slice(3));
	const more = at + 2 < all.length ? `at ${at + 2}` : '';
	return answer(`<ListSets>${all.slice(at, at + 2).map(s =>
		`<set><setSpec>${s}</setSpec><setName>Set ${s}</setName></set>`).join('')}` +
		`<resumptionToken>${more}</resumptionToken></ListSets>`);
}

// The page that a token is for: "at 2".
function list(token) {
	const all = records();
	const at = Number((token ?? 'at 0').slice(3));
	const more = at + 2 < all.length ? `at ${at + 2}` : '';
	if (all.length === 0)
		return error('noRecordsMatch');
	return answer(`<ListRecords>${all.slice(at, at + 2).map(record).join('')}` +
		`<resumptionToken>${more}</resumptionToken></ListRecords>`);
}

const odd = answer('<ListRecords>' +
	record(['oai:x:1', { title: '<b>Fish & chips</b>', date: 'last summer',
		creator: 'X' }]).replace('&amp;', '&') +
	record(['', { title: 'Nameless' }]) +
	record(['oai:x:2', { title: 'Dated', date: '2011-07-05T10:00:00Z' }]) +
	record(['oai:x:3', { description: 'No title' }]) +
	'</ListRecords>', 'just now');

const bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' +
	answer('<ListRecords><record>&b;</record></ListRecords>');

const natures = {
	good: q => list(q.get('resumptionToken')),
	busy: q => asked % 2 === 0 ? 503 : list(q.get('resumptionToken')),
	cut: q => {
		const xml = list(q.get('resumptionToken'));
		return q.has('resumptionToken') && is('cut') ? xml.slice(0, -80) : xml;
	},
	expired: q => {
		if (!q.has('resumptionToken') || forgotten)
			return list(q.get('resumptionToken'));
		forgotten = true;
		return error('badResumptionToken');
	},
	round: () => list('at 0'),
	empty: () => answer('<ListRecords>' +
		`<resumptionToken>n${asked}</resumptionToken></ListRecords>`),
	bomb: () => bomb,
	nosets: q => q.get('verb') === 'ListSets' || q.has('set')
		? error('noSetHierarchy')
		: list(q.get('resumptionToken')),
	html: () => '<!DOCTYPE html><html><p>Welcome</html>',
	odd: () => odd,
};

async function relay(q, res) {
	if (q.get('verb') === 'ListRecords' && ++relayed > 2 && is('stall'))
		return;
	const theirs = await fetch(`${url}?${q}`);
	res.writeHead(theirs.status, { 'content-type': 'text/xml' });
	res.end(await theirs.text());
}

http.createServer((req, res) => {
	const { pathname, searchParams: q } = new URL(req.url, 'http://x');
	const name = pathname.slice(1);
	fs.appendFileSync(`${dir}/log`, `${decodeURIComponent(req.url)}\n`);
	asked++;
	if (name === 'relay')
		return void relay(q, res);
	const body = q.get('verb') === 'Identify' ? identify
		: q.get('verb') === 'ListSets' && name !== 'nosets' ? sets(q.get('resumptionToken'))
			: natures[name](q);
	if (body === 503)
		res.writeHead(503, { 'retry-after': '1' });
	else
		res.writeHead(200, { 'content-type': 'text/xml' });
	res.end(body === 503 ? 'busy' : body);
}).listen(Number(port), '127.0.0.1');
