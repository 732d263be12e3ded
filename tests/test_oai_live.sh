#!/bin/sh
# OAI-PMH between programs: a harvester that shares nothing with ours takes a site
# while it changes, and one Mutua takes another, killed in the middle.
. tests/tap.sh

port=$(free_port)
"$mutua" init --data "$T/d" > /dev/null
mkdir "$T/c" "$T/o"
cp content/codes.yaml content/country-codes.yaml "$T/c"
"$mutua" load --data "$T/d" "$T/c" > /dev/null 2>&1

# documents FROM TO WORDS: so many lines of JSON.
documents() {
	seq "$1" "$2" | awk -v words="$3" \
		'{ printf "{\"id\":\"d%d\",\"lang\":\"en\",\"title\":\"%s %d\"}\n", $1, words, $1 }'
}

documents 1 900 First > "$T/first"
"$mutua" import documents --data "$T/d" "$T/first" > /dev/null
serve "$T/d" "$port" --no-jobs

site() {
	sqlite3 -cmd '.timeout 5000' "$T/d/mutua.db" "$1"
}

# Others write as long as it takes: some change, of the first half, some are new.
write() {
	n=0
	while [ ! -e "$T/enough" ]; do
		n=$((n + 1))
		{
			documents $((n * 37 % 400 + 1)) $((n * 37 % 400 + 20)) "Changed $n"
			documents $((1000 + n)) $((1000 + n)) New
		} > "$T/lines"
		"$mutua" import documents --data "$T/d" "$T/lines" > "$T/imported" 2>&1
	done
}

# What the site has: a line a document, as the harvester writes it.
what_there_is() {
	site "SELECT 'oai:127.0.0.1:document/' || r.slug || char(9) || t.title
		FROM record r JOIN record_text t ON t.record = r.id" | sort
}

# Of two harvests the later counts.
merge() {
	cat "$1" "$2" | grep -v '^#' | awk -F '\t' '{ last[$1] = $0 } END { for (i in last) print last[i] }' | sort
}

# Datestamps lie a little ahead: what is there must be older than the harvest.
settled() {
	[ "$(site "SELECT max(datestamp) < strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM stamp")" = 1 ]
}
eventually settled

write &
writer=$!
started="$started $writer"
oai=http://127.0.0.1:$port/oai
client() {
	node tests/oai_client.mjs "$oai" "$@"
}

eventually test -s "$T/imported"
client 150 > "$T/one" 2> "$T/err"
claim 'OAI-4: another program harvests it page by page, each record once, while it changes' \
	grep -q '^# ' "$T/one"
touch "$T/enough"
wait "$writer"
# Of 900 some leave for a later harvest; the second half stays.
claim '… in pages' [ "$(awk '/^#/ { print $3 }' "$T/one")" -ge 5 ]
merge "$T/one" /dev/null > "$T/merged"
what_there_is > "$T/there"
claim '… and something did change meanwhile' not cmp -s "$T/merged" "$T/there"
gives 0 client 0 "from=$(awk '/^#/ { print $2 }' "$T/one")"
cp "$T/out" "$T/two"
merge "$T/one" "$T/two" > "$T/merged"
claim 'OAI-4: what changed comes with the next harvest: nothing is lost' cmp "$T/merged" "$T/there"
claim 'OAI-5: which is not everything' [ "$(wc -l < "$T/two")" -lt "$(wc -l < "$T/one")" ]

# Mutua harvests Mutua, by way of somebody who stops answering.
relay=$(free_port)
node tests/oai_server.mjs "$relay" "$T/o" "$oai" &
started="$started $!"
for d in whole killed; do
	"$mutua" init --data "$T/$d" > /dev/null
	"$mutua" load --data "$T/$d" "$T/c" > /dev/null 2>&1
	echo "fetch_allow: 127.0.0.1:$port 127.0.0.1:$relay" > "$T/$d/mutua.yaml"
done
harvest() {
	gives 0 "$mutua" harvest --data "$T/$1" "$2"
}

# What a site has harvested, but for the repository's address.
harvested() {
	sqlite3 "$T/$1/mutua.db" "SELECT h.identifier, r.slug, t.title, h.fate
		FROM harvest_record h JOIN record r ON r.id = h.record
		JOIN record_text t ON t.record = r.id ORDER BY h.identifier"
}

claim 'one Mutua harvests another' harvest whole "$oai"
claim '… all of it' says "$(wc -l < "$T/there") added, 0 changed"
eventually curl -s -o "$T/out" "http://127.0.0.1:$relay/relay?verb=Identify"
touch "$T/o/stall"
"$mutua" harvest --data "$T/killed" "http://127.0.0.1:$relay/relay" > "$T/out" 2>&1 &
killed=$!
waits() {
	[ "$(grep -c ListRecords "$T/o/log")" = 3 ]
}
claim 'a third page is asked for' eventually waits
kill -9 "$killed"
wait "$killed" 2> /dev/null
claim 'killed in between, it has what came before' [ "$(harvested killed | wc -l)" = 200 ]
rm "$T/o/stall"
claim '… and goes on with the rest' harvest killed "http://127.0.0.1:$relay/relay"
claim '… only' says "$(($(wc -l < "$T/there") - 200)) added, 0 changed, 0 the same"
harvested whole > "$T/one"
harvested killed > "$T/two"
claim '… to the same end' cmp "$T/one" "$T/two"

# What changes there changes here, and no more.
{ documents 5 6 Later; documents 5000 5000 New; } > "$T/lines"
"$mutua" import documents --data "$T/d" "$T/lines" > /dev/null
claim 'the next harvest takes what has changed' harvest whole "$oai"
claim '… and nothing else' says '1 added, 2 changed'
claim 'the document says where it is from' [ "$(sqlite3 "$T/whole/mutua.db" \
	"SELECT count(*) FROM record WHERE entry = 'import'")" = "$(site "SELECT count(*) FROM record WHERE kind = 'document'")" ]
for d in d whole killed; do
	claim "the database is sound: $d" gives 0 "$mutua" check --data "$T/$d"
done
finish
