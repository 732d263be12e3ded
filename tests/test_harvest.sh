#!/bin/sh
# mutua harvest: other repositories, good and bad ones, into the library.
. tests/tap.sh

port=$(free_port)
mkdir -p "$T/d" "$T/c" "$T/o"
cp content/codes.yaml content/country-codes.yaml "$T/c"
"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" "$T/c" > /dev/null 2>&1
node tests/oai_server.mjs "$port" "$T/o" &
started="$started $!"
site=http://127.0.0.1:$port
claim 'repositories are there' eventually curl -s -o /dev/null "$site/good?verb=Identify"

harvest() {
	wanted=$1
	shift
	gives "$wanted" "$mutua" harvest --data "$T/d" "$@"
}

sql() {
	sqlite3 -cmd '.timeout 5000' "$T/d/mutua.db" "$1"
}

is() {
	[ "$1" = "$2" ] || echo "# got “$1”, not “$2”"
	[ "$1" = "$2" ]
}

asked() {
	tail -n 1 "$T/o/log"
}

records() {
	printf '%s' "$1" > "$T/o/records"
}

five='["oai:r:1", {"title": "Premier", "language": "fre", "type": "Guide",
	"creator": ["Diop, A.", "Sy, B."], "date": "2004-05", "subject": ["Unheard of", "Sénégal"],
	"description": "<p>Deux <b>mots</b>.</p>", "identifier": ["R-1", "doi:10.1000/1"], "rights": "CC BY"}, false],
	["oai:r:2", {"title": "Second", "language": "eng", "coverage": "SEN"}, false],
	["oai:r:3", {"title": "Tercero", "language": "Spanish", "identifier": "https://example.org/3"}, false],
	["oai:r:4", {"title": "Fourth"}, false]'
records "[$five, [\"oai:r:5\", {\"title\": \"Fifth\"}, false]]"

claim 'addresses of the inside are not asked' harvest 1 "$site/good"
claim '… which is said' says 'not public'
printf 'fetch_allow: 127.0.0.1:%s\n' "$port" > "$T/d/mutua.yaml"
claim 'what is no address is refused' harvest 2 ftp://example.org/oai
claim 'so is a day that is none' harvest 2 --from 2026-02-30 "$site/good"
claim 'so is an organisation nobody knows' harvest 2 --organisation none "$site/good"
claim 'nothing is listed before the first harvest' harvest 0
claim '… but how to begin' says 'mutua harvest URL'

claim 'a rehearsal tells what would come' harvest 0 --dry-run "$site/good"
claim '… in numbers' says '5 added'
claim '… and writes nothing' is "$(sql 'SELECT count(*) FROM record')$(sql 'SELECT count(*) FROM harvest_source')" 00

claim 'all pages of a repository are taken' harvest 0 "$site/good"
claim '… and counted' says '5 added, 0 changed, 0 the same, 0 deleted, 0 left alone, 0 bad'
claim 'each record becomes a document' is "$(sql "SELECT count(*) FROM record WHERE kind = 'document' AND entry = 'import' AND owner IS NULL")" 5
first=$(sql "SELECT json_object('t', t.title, 'l', r.lang, 's', t.summary, 'd', d.doctype, 'y', d.date, 'u', d.url, 'n', d.note)
	FROM record r JOIN record_text t ON t.record = r.id JOIN document d ON d.record = r.id WHERE r.slug = 'premier'")
claim 'title, language, type, date, address and rights find their places' \
	is "$first" '{"t":"Premier","l":"fr","s":"Deux mots.","d":"guide","y":"2004-05","u":"https://doi.org/10.1000/1","n":"CC BY"}'
claim 'authors stay in order' is "$(sql "SELECT group_concat(name, '; ') FROM (SELECT a.name FROM document_author a JOIN record r ON r.id = a.record WHERE r.slug = 'premier' ORDER BY place)")" 'Diop, A.; Sy, B.'
claim 'a subject that no list has becomes a keyword' is "$(sql "SELECT keyword FROM record_keyword")" 'Unheard of'
claim 'countries are known by their names and codes' is "$(sql "SELECT group_concat(slug) FROM record_country c JOIN record r ON r.id = c.record WHERE country = 'SN'")" 'premier,second'
claim 'languages are known by their names' is "$(sql "SELECT lang FROM record WHERE slug = 'tercero'")" es
claim 'where each is from is kept' is "$(sql "SELECT h.url || ' ' || identifier FROM harvest_record h JOIN record r ON r.id = h.record WHERE slug = 'second'")" "$site/good oai:r:2"

claim 'the next harvest asks for what is new' harvest 0 "$site/good"
claim '… since the first answer, to the day as they date' grep -qx '/good?verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01' "$T/o/log"
claim '… and changes nothing that is the same' says '0 added, 0 changed, 5 the same'
claim 'the sources can be listed' harvest 0
claim '… with how they stand' says 'last: 2026-03-01T00:00:00Z; records of the repository: 5'

# Changes there, and here.
sql "INSERT INTO member (name, email, email_key, lang, created) VALUES ('Ana', 'ana@example.org', 'ana@example.org', 'en', '');
	INSERT INTO revision (record, number, author, time, snapshot) SELECT record, 2, 1, '', snapshot FROM revision v JOIN record r ON r.id = v.record WHERE slug = 'fourth'"
five=$(echo "$five" | sed 's/"Second"/"Second, again"/; s/"Fourth"/"Fourth, again"/; s|{"title": "Tercero".*}, false|{}, true|')
records "[$five, [\"oai:r:5\", {}, true]]"
claim 'changes are taken' harvest 0 "$site/good"
claim '… counted by what they are' says '0 added, 1 changed, 1 the same, 2 deleted, 1 left alone, 0 bad'
claim 'what has changed there changes here' is "$(sql "SELECT title FROM record_text t JOIN record r ON r.id = t.record WHERE slug = 'second'")" 'Second, again'
claim 'what a member has edited stays' is "$(sql "SELECT title FROM record_text t JOIN record r ON r.id = t.record WHERE slug = 'fourth'")" Fourth
claim '… which is noted' is "$(sql "SELECT fate FROM harvest_record WHERE identifier = 'oai:r:4'")" edited
claim 'what is deleted there is withdrawn here' is "$(sql "SELECT status FROM record WHERE slug = 'tercero'")" archived
claim '… with the reason' is "$(sql "SELECT w.reason FROM withdrawal w JOIN record r ON r.id = w.record WHERE slug = 'tercero'")" 'Deleted at its source, Réserve'
records "[$five, [\"oai:r:5\", {\"title\": \"Fifth\"}, false]]"
claim 'what comes back there comes back here' harvest 0 "$site/good"
claim '… where it was' is "$(sql "SELECT count(*) || status FROM record WHERE slug LIKE 'fifth%'")" 1published

# The same from elsewhere.
records '[["oai:other:1", {"title": "Premier, ailleurs", "identifier": "http://dx.doi.org/10.1000/1"}, false],
	["oai:r:2", {"title": "Second"}, false], ["oai:other:3", {"title": "Own"}, false]]'
claim 'another repository is another source' harvest 0 --set x "$site/busy"
claim 'who is busy is asked again when they say' says '1 added'
claim 'what is here already, by DOI or identifier, is left out' says '2 left alone'
claim '… and its identifier there changes nothing of another’s' is "$(sql "SELECT title FROM record_text t JOIN record r ON r.id = t.record WHERE slug = 'second'")" 'Second, again'

# Sets.
sources=$(sql 'SELECT count(*) FROM harvest_source')
claim 'a set that a repository does not have is refused' harvest 1 --set such "$site/good"
claim '… with those it has, of all pages of their list' says 'no set “such”; it has articles, theses, x, col:1, col:2;'
claim '… before any record is asked for' is "$(asked)" '/good?verb=ListSets&resumptionToken=at 4'
claim '… and nothing is kept of it' is "$(sql 'SELECT count(*) FROM harvest_source')" "$sources"
claim '… which is said' says 'nothing is kept'
claim 'a repository without sets says so' harvest 1 --set such "$site/nosets"
claim '… in words' says 'has no sets; without --set all it has is harvested'
claim '… and nothing is kept of it, either' is "$(sql 'SELECT count(*) FROM harvest_source')" "$sources"
claim 'a set that has others below it is one' harvest 0 --dry-run --set col "$site/good"
claim 'a set that is known is not looked for again' harvest 0 --set x "$site/busy"
claim '… it is asked for' grep -q '^/busy?verb=ListRecords&metadataPrefix=oai_dc&set=x&from=' "$T/o/log"

# Ends too early.
records '[["oai:c:1", {"title": "C1"}, false], ["oai:c:2", {"title": "C2"}, false], ["oai:c:3", {"title": "C3"}, false]]'
touch "$T/o/cut"
claim 'a page that ends in the middle ends the harvest' harvest 1 "$site/cut"
claim '… and is named' says 'cut short'
claim '… what came before is there' says '2 added'
rm "$T/o/cut"
claim 'the next run goes on' harvest 0 "$site/cut"
claim '… with the page that was missing' is "$(asked)" '/cut?verb=ListRecords&resumptionToken=at 2'
claim '… and nothing is doubled' says '1 added, 0 changed, 0 the same'
sed 's/oai:c:/oai:e:/g; s/"C/"E/g' "$T/o/records" > "$T/o/r" && mv "$T/o/r" "$T/o/records"
claim 'a token that has expired begins the list again' harvest 0 "$site/expired"
claim '… without doubling what came before' says '3 added, 0 changed, 2 the same'
claim 'a token that comes again ends the harvest' harvest 1 "$site/round"
claim '… and is named' says 'round in circles'
claim 'so do tokens without any record' harvest 1 "$site/empty"
claim '… before long' says 'round in circles'

# Broken and hostile.
claim 'entities are not put in' harvest 1 "$site/bomb"
claim '… their document is refused' says 'document type'
claim 'a web page is no repository' harvest 1 "$site/html"
claim '… which is said' says 'web page'
claim 'what is not well-formed is read as far as it can be' harvest 0 "$site/odd"
claim '… and told with its line' says 'not well-formed XML (line '
claim '… records without identifier or title are bad' says '2 added, 0 changed, 0 the same, 0 deleted, 0 left alone, 2 bad'
claim '… and named' says 'oai:x:3: title'
claim 'a date in words is none' is "$(sql "SELECT date IS NULL FROM document d JOIN harvest_record h ON h.record = d.record WHERE identifier = 'oai:x:1'")" 1
claim 'a time is cut to its day' is "$(sql "SELECT date FROM document d JOIN harvest_record h ON h.record = d.record WHERE identifier = 'oai:x:2'")" 2011-07-05
claim 'all sources can be harvested at once' harvest 1 --all
claim '… those that can be' says "$site/good: 0 added"

# Again, without a command.
jobs() {
	gives 0 "$mutua" jobs --data "$T/d" --once
}

# looked AGO [WHERE]: when sources were tried last; the others are not due.
looked() {
	sql "UPDATE harvest_source SET looked = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
	sql "UPDATE harvest_source SET looked = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-$1') WHERE ${2:-url = '$site/good'}"
}

n() {
	wc -l < "$T/o/log"
}

records '[["oai:r:6", {"title": "Sixth"}, false], ["oai:r:7", {"title": "Seventh"}, false], ["oai:r:8", {"title": "Eighth"}, false]]'
looked '23 hours'
before=$(n)
claim 'what was harvested a day ago at most is left alone' jobs
claim '… and not asked' is "$(n)" "$before"
looked '25 hours'
claim 'after a day jobs harvest it again' jobs
claim '… since the last answer, all pages' grep -q '^/good?verb=ListRecords&resumptionToken=at 2' "$T/o/log"
claim '… what is new there is here' is "$(sql "SELECT count(*) FROM record WHERE slug IN ('sixth', 'seventh', 'eighth')")" 3
claim '… which the log tells' grep -q "$site/good: 3 added" "$T/err"
claim '… and no more is due' is "$(sql "SELECT looked > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 minute') AND error IS NULL FROM harvest_source WHERE url = '$site/good'")" 1
records '[["oai:c:4", {"title": "C4"}, false], ["oai:c:5", {"title": "C5"}, false], ["oai:c:6", {"title": "C6"}, false]]'
touch "$T/o/cut"
looked '25 hours' "url = '$site/cut'"
claim 'where a server breaks off' jobs
claim '… that is kept, for editors to see' is "$(sql "SELECT error LIKE '%cut short%' FROM harvest_source WHERE url = '$site/cut'")" 1
rm "$T/o/cut"
looked '5 hours' "url = '$site/cut'"
before=$(n)
claim '… it is left in peace for some hours' jobs
claim '… and not asked' is "$(n)" "$before"
looked '7 hours' "url = '$site/cut'"
claim '… then it is gone on with' jobs
claim '… from where it broke off' is "$(asked)" '/cut?verb=ListRecords&resumptionToken=at 2'
claim '… to its end' is "$(sql "SELECT count(*) FROM record WHERE slug IN ('c4', 'c5', 'c6')")" 3
sql "UPDATE harvest_source SET token = 'at 2' WHERE url = '$site/cut'"
looked '11 minutes' "url = '$site/cut'"
claim 'a run that was killed is gone on with in minutes' jobs
claim '… where it was' is "$(sql "SELECT token IS NULL FROM harvest_source WHERE url = '$site/cut'")" 1
printf 'fetch_allow: 127.0.0.1:%s\nharvest_hours: 0\n' "$port" > "$T/d/mutua.yaml"
looked '9 days'
before=$(n)
claim 'a site may leave it to the command' jobs
claim '… then nobody is asked' is "$(n)" "$before"
claim 'a source can be forgotten' harvest 0 --forget "$site/good"
claim '… whose records stay' is "$(sql "SELECT status FROM record WHERE slug = 'sixth'")" published
claim '… once' harvest 1 --forget "$site/good"
claim '… which is said' says 'is not harvested'
claim 'the database is sound after all that' gives 0 "$mutua" check --data "$T/d"
finish
