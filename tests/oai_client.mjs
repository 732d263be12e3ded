// A harvester for tests, which shares nothing with ours:
// node tests/oai_client.mjs URL MILLISECONDS [NAME=VALUE…]
//
// It asks for all records, page by page, with so long a pause after each, and
// writes a line for each record: its identifier, "deleted" or its first title.
// The last line begins with "#" and has the date of the first answer, and how many
// pages there were.  It fails if an identifier comes twice.
const [url, pause, ...rest] = process.argv.slice(2);
const given = Object.fromEntries(rest.map(r => r.split(/=(.*)/s).slice(0, 2)));
const seen = new Set();
let pages = 0;
let first = '';

const text = (xml, name) =>
	new RegExp(`<${name}(?: [^>]*[^/>])?>([^<]*)</`).exec(xml)?.[1] ?? '';

function take(record) {
	const id = text(record, 'identifier');
	if (id === '' || seen.has(id))
		throw new Error(`twice, or without a name: ${id}`);
	seen.add(id);
	const deleted = record.includes('status="deleted"');
	console.log(`${id}\t${deleted ? 'deleted' : text(record, 'dc:title')}`);
}

async function page(query) {
	const answer = await fetch(`${url}?${new URLSearchParams(query)}`);
	const xml = await answer.text();
	const code = /<error code="([^"]*)"/.exec(xml)?.[1];
	if (answer.status !== 200 || (code && code !== 'noRecordsMatch'))
		throw new Error(`${answer.status} ${code}: ${xml}`);
	first ||= text(xml, 'responseDate');
	pages++;
	xml.split('<record>').slice(1).forEach(take);
	return text(xml, 'resumptionToken');
}

let query = { verb: 'ListRecords', metadataPrefix: 'oai_dc', ...given };
for (;;) {
	const token = await page(query);
	if (token === '')
		break;
	query = { verb: 'ListRecords', resumptionToken: token };
	await new Promise(done => setTimeout(done, Number(pause)));
}
console.log(`# ${first} ${pages}`);
