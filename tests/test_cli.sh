#!/bin/sh
# The command line: what it says, and what it does to those who misuse it.
. tests/tap.sh

commands='init import load feed export check serve'

gives 0 "$mutua" --help
for c in $commands; do
	claim "mutua --help lists $c" says "  $c "
done
cp "$T/out" "$T/help"
for way in -h help 'help --help' 'help -h'; do
	claim "mutua $way says the same" gives 0 "$mutua" $way
	claim '… word by word' cmp -s "$T/out" "$T/help"
done
claim 'mutua --version says which it is' gives 0 "$mutua" --version
claim '… in one line' grep -qxE 'mutua [0-9.]+' "$T/out"
for c in $commands; do
	claim "mutua $c --help explains it" gives 0 "$mutua" "$c" --help
	claim '… with how to use it' says "usage: mutua $c"
	cp "$T/out" "$T/help"
	for way in "help $c" "$c -h"; do
		claim "mutua $way says the same" gives 0 "$mutua" $way
		claim '… word by word' cmp -s "$T/out" "$T/help"
	done
	claim "an option that mutua $c does not have is wrong use" \
		gives 2 "$mutua" "$c" --nonsense
	claim '… which is named' says "no such option: --nonsense"
done
claim 'no command at all is wrong use' gives 2 "$mutua"
claim 'no help for an unknown command' gives 2 "$mutua" help nonsense
claim 'an unknown command is wrong use' gives 2 "$mutua" nonsense
claim '… which is named' says 'no such command: nonsense'
claim 'an option without its value is wrong use' gives 2 "$mutua" serve --data
claim '… which is named' says '--data needs a value'
claim 'a word too many is wrong use' gives 2 "$mutua" check everything
claim 'an address that is none is wrong use' \
	gives 2 "$mutua" serve --listen localhost
for n in many 0 -1 1.5 65 ''; do
	claim "so is a number of workers that is none: “$n”" \
		gives 2 "$mutua" serve --workers "$n"
	claim '… which is said' says "“$n” is not a number from 1 to 64"
done
claim 'import asks for a file' gives 2 "$mutua" import documents
claim '… by its name' says 'needs documents FILE'
claim 'export asks where to' gives 2 "$mutua" export


odd=$(printf 'no\nmutua feed: all is well\033[2J\302\233')
claim 'what has a line end in its name' gives 1 "$mutua" feed show "$odd"
claim '… is complained about in one line' \
	grep -qx 'mutua feed: no mutua feed: all is well \[2J  : .*' "$T/err"

for c in load check serve; do
	claim "mutua $c says that the data directory is missing" \
		gives 1 "$mutua" "$c" --data "$T/nowhere"
	claim '… and how to make it' says "mutua init --data $T/nowhere"
done
claim 'a share directory without a schema is refused' \
	gives 1 "$mutua" init --data "$T/d" --share "$T"
claim '… with a hint at the option' says '--share'

claim 'init makes a data directory' gives 0 "$mutua" init --data "$T/d"
claim '… that others cannot read' \
	[ "$(stat -c %A "$T/d" "$T/d/mutua.db" | cut -c8-10 | sort -u)" = --- ]
claim 'init once more changes nothing' gives 0 "$mutua" init --data "$T/d"
claim '… and says so' says "mutua.db: up to date"
claim 'import tells what makes a line bad' gives 0 "$mutua" import --help
claim '… such as a year' says '1400 to 2100'
claim '… and a language' says 'lang that is no tag'
claim 'an empty site is sound' gives 0 "$mutua" check --data "$T/d"

cp -r "$T/d" "$T/full"
before=$(cksum < "$T/full/mutua.db")
# ulimit counts in blocks of 512 bytes: the database may not grow.
blocks=$(($(stat -c %s "$T/full/mutua.db") / 512))
claim 'a disk that is full stops a load' \
	gives 1 sh -c "ulimit -f $blocks; exec $mutua load --data $T/full"
claim '… which says so' says 'nothing was loaded'
claim '… and leaves the database as it was' \
	[ "$before" = "$(cksum < "$T/full/mutua.db")" ]
claim '… and sound' gives 0 "$mutua" check --data "$T/full"

claim 'the content loads' gives 0 "$mutua" load --data "$T/d"
claim 'the loaded site is sound' gives 0 "$mutua" check --data "$T/d"
"$mutua" load --data "$T/d" > "$T/out"
claim 'loading again changes nothing' says ' 0 added, 0 changed'

# Ten faults in ten files: all are read, all is told, nothing is written.
cp -r content "$T/content"
fault() {
	cat >> "$T/content/$1"
	echo "$2" >> "$T/faults"
}
: > "$T/faults"
fault links.yaml 'slug: “Not a slug” is not made of' << 'end'
  - {slug: Not a slug, title: {en: X}, link_category: platform}
end
fault events.yaml 'slug: event/ilo-constitution-1919 stands already in' << 'end'
  - {slug: ilo-constitution-1919, title: {en: X}, event_type: conference, date: '1919'}
end
fault organisations.yaml 'organisation_type: “guild” is not in the code list' << 'end'
  - {slug: x, title: {en: X}, organisation_type: guild}
end
fault news.yaml 'related.to: there is no record “scheme/gone”' << 'end'
  - {slug: x, title: {en: X}, related: [{to: scheme/gone, relation: support}]}
end
fault questions.yaml 'themes: a list must stand here' << 'end'
  - {slug: x, title: {en: X}, theme: overview, themes: health-care}
end
fault regions.yaml 'did not find expected' << 'end'
  - {slug: x, title: [
end
fault countries.yaml 'country: “XX” is not an ISO 3166-1' << 'end'
  - {slug: xx, country: XX}
end
fault documents.yaml 'year: “soon” is not a whole number' << 'end'
  - {slug: x, title: {en: X}, doctype: report, year: soon}
end
fault terms.yaml 'colour: a term has no such field' << 'end'
  - {slug: x, title: {en: X}, colour: red}
end
printf '\377\n' | fault pages/help.en.md 'not UTF-8 text at byte'
before=$(cksum < "$T/d/mutua.db")
claim 'ten faults in ten files refuse the content' \
	gives 1 "$mutua" load --data "$T/d" "$T/content"
while read -r reason; do
	claim "… each of them is told: $reason" says "$reason"
done < "$T/faults"
claim '… with file and line' \
	[ "$(grep -cE "^$T/content/[a-z./]+:[0-9]+: " "$T/err")" = 10 ]
claim '… they are counted' says '10 faults; nothing was loaded'
claim '… and nothing is written' [ "$before" = "$(cksum < "$T/d/mutua.db")" ]

claim 'everything is exported' gives 0 "$mutua" export --data "$T/d" --to "$T/e1"
claim 'nothing is exported over what is there' \
	gives 1 "$mutua" export --data "$T/d" --to "$T/e1"
claim '… which is said' says "$T/e1: there is something in it already"
claim 'a disk that is full stops an export' \
	gives 1 sh -c "ulimit -f 200; exec $mutua export --data $T/d --to $T/e2"
claim '… which says so' says "$T/e2"
"$mutua" init --data "$T/d2" > "$T/out" 2> "$T/err"
claim 'what was exported loads into an empty database' \
	gives 0 "$mutua" load --data "$T/d2" "$T/e1/content"
"$mutua" export --data "$T/d2" --to "$T/e3" > "$T/out" 2> "$T/err"
claim '… and exports the same again' diff -rq "$T/e1/content" "$T/e3/content"
claim '… as tables too' diff -rq "$T/e1/csv" "$T/e3/csv"

cp -r "$T/d2" "$T/formula"
echo '{"id": "f", "lang": "fr", "title": "=1+1", "summary": "-5"}' > "$T/x.jsonl"
"$mutua" import --data "$T/formula" documents "$T/x.jsonl" > "$T/out" 2> "$T/err"
"$mutua" export --data "$T/formula" --to "$T/e4" > "$T/out" 2> "$T/err"
claim 'no cell of an exported table is a formula; a number is a number' \
	grep -q "^f,.*,'=1+1,.*,-5," "$T/e4/csv/document.csv"
mkdir "$T/text"
echo 'This is no database.' > "$T/text/mutua.db"
claim 'a file that is no database is refused' gives 1 "$mutua" check --data "$T/text"
claim '… as such' says 'not a database'
cp -r "$T/d2" "$T/newer"
sqlite3 "$T/newer/mutua.db" 'PRAGMA user_version = 999'
claim "a newer program's database is refused" gives 1 "$mutua" serve --data "$T/newer"
claim '… as such' says 'newer program'

cp -r "$T/d2" "$T/index"
sqlite3 "$T/index/mutua.db" 'DELETE FROM index_text WHERE text % 100 = 7'
claim 'an index that lacks records is found' gives 1 "$mutua" check --data "$T/index"
claim '… and said' says 'texts are not in it'
claim '… and made anew' gives 0 "$mutua" check --repair --data "$T/index"

# Damage of every kind: never a crash, always a word.
cp -r "$T/d2" "$T/bad"
size=$(stat -c %s "$T/d2/mutua.db")
damage() {
	cp "$T/d2/mutua.db" "$T/bad/mutua.db"
	head -c 3000 /dev/urandom |
		dd of="$T/bad/mutua.db" bs=1 seek="$1" conv=notrunc 2> /dev/null
}
survives() {
	"$@" > "$T/out" 2> "$T/err"
	status=$?
	[ $status -le 1 ] && { [ $status = 0 ] || [ -s "$T/err" ]; }
}
fails_or_survives() {
	for c in "$mutua check" "$mutua load" "$mutua export --to $T/x$1"; do
		survives $c --data "$T/bad" || return 1
	done
}
# One clear message, nothing of what the program is made of.
is_clear() {
	grep -q "^mutua $1: $T/bad/mutua.db: " "$T/err" &&
		! grep -qE '^db:|SELECT|PRAGMA' "$T/err"
}
damage 100
for c in check load init serve "export --to $T/x"; do
	claim "mutua $c finds a damaged schema" gives 1 "$mutua" $c --data "$T/bad"
	claim '… and says so' says 'mutua.db: damaged ('
	claim '… and what helps' says 'put back a copy'
	claim '… and nothing else' is_clear "${c%% *}"
done
damage $((size / 2))
claim 'damage in the middle is found' gives 1 "$mutua" check --data "$T/bad"
claim '… with what is lost' says 'damaged tables: '
claim '… and what helps' says "what helps: save what can still be read ('mutua export"
cp "$T/d2/mutua.db" "$T/bad/mutua.db"
root=$(sqlite3 "$T/bad/mutua.db" "SELECT rootpage FROM sqlite_schema WHERE name = 'scheme'")
damage $(((root - 1) * 4096))
claim 'a damaged table is found' gives 1 "$mutua" check --data "$T/bad"
claim '… by its name' says 'damaged tables: scheme'
claim 'an export of the rest is incomplete' \
	gives 1 "$mutua" export --data "$T/bad" --to "$T/saved"
claim '… which says what is' says 'not all of scheme can be read: '
claim '… but saves all other records' \
	diff "$T/e1/content/term.yaml" "$T/saved/content/term.yaml"
for part in 1 2 3 4 5 6 7 8; do
	damage $((size * part / 9))
	claim "damage after $part ninths crashes nothing" fails_or_survives $part
done
head -c $((size / 3)) "$T/d2/mutua.db" > "$T/bad/mutua.db"
claim 'a database cut short is found' gives 1 "$mutua" check --data "$T/bad"
claim '… which is said' is_clear check
: > "$T/bad/mutua.db"
claim 'an empty one too' gives 1 "$mutua" check --data "$T/bad"
claim '… which is said' says 'an empty file, not a database'
cp "$T/d2/mutua.db" "$T/bad/mutua.db"
sqlite3 "$T/bad/mutua.db" 'PRAGMA writable_schema = 1;
	DELETE FROM sqlite_schema WHERE name = '"'record_keyword'"
echo '{"id": "x", "lang": "fr", "title": "X", "theme": "x"}' > "$T/x.jsonl"
claim 'a table that is missing stops an import' \
	gives 1 "$mutua" import --data "$T/bad" documents "$T/x.jsonl"
claim '… which says so first' \
	eval 'head -1 "$T/err" | grep -q "no such table: .*nothing was imported"'
claim '… and then where' eval 'sed -n 2p "$T/err" | grep -q "in: "'

# Another process that writes, and does not end.
flock --no-fork "$T/d2/mutua.db-lock" sleep 300 &
holder=$!
started="$started $holder"
eventually not flock -n "$T/d2/mutua.db-lock" true
claim 'a database that another process writes is waited for, not for ever' \
	gives 1 "$mutua" load --data "$T/d2"
claim '… which is said' says 'in use (another process is writing); nothing was loaded'
stop "$holder"

# A file system that is full, where one can be made.
mkdir "$T/tiny"
if mount -t tmpfs -o size=6m tmpfs "$T/tiny" 2> /dev/null; then
	cp "$T/d2/mutua.db" "$T/tiny/"
	before=$(cksum < "$T/tiny/mutua.db")
	seq 20000 | sed 's/.*/{"id": "f&", "lang": "fr", "title": "Titre &"}/' > "$T/x.jsonl"
	claim 'a full disk stops an import' \
		gives 1 "$mutua" import --data "$T/tiny" documents "$T/x.jsonl"
	claim '… which says so' says 'no room left on its disk'
	claim '… and leaves the database as it was' \
		[ "$before" = "$(cksum < "$T/tiny/mutua.db")" ]
	head -c 9000000 /dev/zero > "$T/tiny/zeros" 2> /dev/null
	claim 'one that is full before it begins stops a load' \
		gives 1 "$mutua" load --data "$T/tiny"
	claim '… which says so' says 'no room left on its disk'
	umount "$T/tiny"
fi

finish
