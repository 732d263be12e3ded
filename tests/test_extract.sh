#!/bin/sh
# The words in files: read in a sandbox, and found by the search.
. tests/tap.sh

sh tests/database.sh "$B" test-data content
mkdir -p "$T/d/files"
cp "$B"/test-data/*.db "$T/d/"

sql() {
	sqlite3 "$T/d/mutua.db" "$1"
}

# keep FILE TYPE: as an upload would, for the n-th document; prints its hash
keep() {
	sha=$(sha256sum < "$1" | cut -c 1-64)
	two=$(echo "$sha" | cut -c 1-2)
	mkdir -p "$T/d/files/$two"
	cp "$1" "$T/d/files/$two/$sha"
	sql "INSERT INTO file
		(sha256, name, type, bytes, added, member) VALUES ('$sha', 'x', '$2', $(wc -c < "$1"), '2026-01-01T00:00:00Z', NULL);
		INSERT INTO file_text (sha256, state) VALUES ('$sha', 'waiting')"
	sqlite3 "$T/d/state.db" "INSERT INTO job (job, subject, created, due) VALUES ('text', '$sha', 1, 1)"
	echo "$sha"
}

attach() {
	sql "INSERT INTO document_file (record, place, file)
		SELECT record, (SELECT count(*) FROM document_file), '$1' FROM document
		ORDER BY record LIMIT 1 OFFSET $2"
}

# pdf WORDS: a page with a line
pdf() {
	stream="BT /F1 12 Tf 72 720 Td ($1) Tj ET"
	echo '%PDF-1.4'
	echo '1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj'
	echo '2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj'
	echo '3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj'
	printf '4 0 obj <</Length %s>> stream\n%s\nendstream endobj\n' "${#stream}" "$stream"
	echo '5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj'
	echo 'trailer <</Size 6/Root 1 0 R>>'
	echo '%%EOF'
}

# zip FILE NAME TEXT…: an archive of these entries
zip() {
	to=$1 values=
	shift
	while [ $# -gt 0 ]; do
		values="$values${values:+,}('$1', NULL, NULL, $2)"
		shift 2
	done
	sqlite3 :memory: "CREATE TABLE e (n, m, t, d); INSERT INTO e VALUES $values;
		SELECT writefile('$to', (SELECT zipfile(n, m, t, d) FROM e))" > /dev/null
}

pdf 'The quetzalcoatl of mutuals' > "$T/a.pdf"
zip "$T/a.odt" mimetype "'application/vnd.oasis.opendocument.text'" \
	content.xml "'<o xmlns:t=\"t\"><t:p>Un xylophone mutualiste</t:p></o>'"
zip "$T/a.docx" '[Content_Types].xml' "'<Types/>'" \
	word/document.xml "'<w:d xmlns:w=\"w\"><w:p><w:t>A zugzwang scheme</w:t></w:p></w:d>'"
printf 'name;members\nabracadabraville;12\n' > "$T/a.csv"
head -c 5000 /dev/urandom > "$T/garbage.pdf"
zip "$T/bomb.odt" mimetype "'x'" content.xml "zeroblob(60000000)"
zip "$T/entity.odt" mimetype "'x'" content.xml \
	"'<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]><x>&c;&c;&c;</x>'"
zip "$T/outside.odt" mimetype "'x'" content.xml \
	"'<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>'"

odf=application/vnd.oasis.opendocument.text
docx=application/vnd.openxmlformats-officedocument.wordprocessingml.document
pdf=$(keep "$T/a.pdf" application/pdf)
odt=$(keep "$T/a.odt" $odf)
word=$(keep "$T/a.docx" $docx)
csv=$(keep "$T/a.csv" text/csv)
garbage=$(keep "$T/garbage.pdf" application/pdf)
bomb=$(keep "$T/bomb.odt" $odf)
entity=$(keep "$T/entity.odt" $odf)
outside=$(keep "$T/outside.odt" $odf)
attach "$pdf" 0
attach "$odt" 1
attach "$word" 2
attach "$csv" 3
attach "$entity" 4

jobs() {
	"$mutua" jobs --data "$T/d" --once > "$T/out" 2> "$T/err"
}

state() {
	sql "SELECT state FROM file_text WHERE sha256 = '$1'"
}

is_done() {
	[ "$(state "$1")" = done ] && sql "SELECT text FROM file_text WHERE sha256 = '$1'" | grep -qF "$2"
}

has_failed() {
	[ "$(state "$1")" = failed ] && [ -n "$(sql "SELECT why FROM file_text WHERE sha256 = '$1'")" ]
}

claim 'the texts of files are read' jobs
claim 'that of a PDF' is_done "$pdf" quetzalcoatl
claim '… of an ODT' is_done "$odt" xylophone
claim '… of a DOCX' is_done "$word" zugzwang
claim '… of a table' is_done "$csv" abracadabraville
claim 'what is no PDF has failed, and why is said' has_failed "$garbage"
claim 'so has what unpacks to too much' has_failed "$bomb"
claim '… what multiplies' has_failed "$entity"
claim '… and what names other files' has_failed "$outside"
claim 'all of it is over' [ "$(sqlite3 "$T/d/state.db" "SELECT count(*) FROM job WHERE job = 'text'")" = 0 ]
claim 'once more nothing is done' jobs
claim '… at all' [ ! -s "$T/err" ]

port=$(free_port)
serve "$T/d" "$port" --workers 1
document() {
	sql "SELECT slug FROM record r JOIN document d ON d.record = r.id ORDER BY d.record LIMIT 1 OFFSET $1"
}
finds() {
	curl -s "http://127.0.0.1:$port/en/search.json?q=$1" > "$T/out"
	grep -qF "/library/$(document "$2")" "$T/out"
}
claim 'a document is found by a word in its PDF' finds quetzalcoatl 0
claim '… which is shown where it stands' grep -q "The .*quetzalcoatl.* of mutuals" "$T/out"
claim '… in its ODT' finds xylophone 1
claim '… or its other forms' finds xylophones 1
claim '… in its DOCX' finds zugzwang 2
claim '… in its table' finds abracadabraville 3
claim 'a word that is in none finds none' not finds quetzalcoatlus 0
stop "$server"

"$mutua" check --data "$T/d" > "$T/out" 2> "$T/err"
claim 'the index agrees with the tables' says 'ok      search'
sql "UPDATE file_text SET state = 'waiting', text = NULL WHERE sha256 = '$pdf'"
rm "$T/d/files/$(echo "$pdf" | cut -c 1-2)/$pdf"
sqlite3 "$T/d/state.db" "INSERT INTO job (job, subject, created, due) VALUES ('text', '$pdf', 1, 1), ('text', 'none', 1, 1)"
claim 'a file that is gone is looked for again later' jobs
claim '… and said' says 'the file is not there'
claim 'what never was is no work' [ "$(sqlite3 "$T/d/state.db" "SELECT count(*) FROM job WHERE subject = 'none'")" = 0 ]

# What nobody wants is removed, after a month.
sql "INSERT INTO member (id, name, email, email_key, lang, created)
	VALUES (1, 'A', 'a@example.org', 'a@example.org', 'en', '2026-01-01T00:00:00Z')"
for f in wanted unwanted new drafted revised; do
	echo "$f" > "$T/$f"
	eval "$f=\$(keep \"\$T/$f\" text/plain)"
done
sql "UPDATE file SET member = 1 WHERE name = 'x';
	UPDATE file SET added = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE sha256 = '$new'"
attach "$wanted" 0
sqlite3 "$T/d/state.db" "INSERT INTO contribution (kind, member, lang, state, title, tree, created, updated)
	VALUES ('document', 1, 'en', 'draft', 'x', '{\"files\":[{\"file\":\"$drafted\"}]}', '', '')"
sql "INSERT INTO revision (record, number, time, snapshot)
	SELECT min(record), 99, '', '{\"files\":[{\"file\":\"$revised\"}]}' FROM document"
is_there() {
	[ -e "$T/d/files/$(echo "$1" | cut -c 1-2)/$1" ] &&
		[ "$(sql "SELECT count(*) FROM file WHERE sha256 = '$1'")" = 1 ]
}
claim 'jobs remove the files that nobody wants' jobs
claim '… bytes and row' not is_there "$unwanted"
claim '… with its text' [ "$(sql "SELECT count(*) FROM file_text WHERE sha256 = '$unwanted'")" = 0 ]
claim 'what a document has stays' is_there "$wanted"
claim '… and what is new' is_there "$new"
claim '… in a draft' is_there "$drafted"
claim '… or in a revision' is_there "$revised"

finish
