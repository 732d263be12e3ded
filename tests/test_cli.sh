#!/bin/sh
# The command line: what it says, and what it does to those who misuse it.
. tests/tap.sh

commands='init import load export check serve'

gives 0 "$mutua" --help
for c in $commands; do
	claim "mutua --help lists $c" says "  $c "
done
for c in $commands; do
	claim "mutua $c --help explains it" gives 0 "$mutua" "$c" --help
	claim '… with how to use it' says "usage: mutua $c"
	claim "an option that mutua $c does not have is wrong use" \
		gives 2 "$mutua" "$c" --nonsense
	claim '… which is named' says "no such option: --nonsense"
done
claim 'no command at all is wrong use' gives 2 "$mutua"
claim 'an unknown command is wrong use' gives 2 "$mutua" nonsense
claim '… which is named' says 'no such command: nonsense'
claim 'an option without its value is wrong use' gives 2 "$mutua" serve --data
claim '… which is named' says '--data needs a value'
claim 'a word too many is wrong use' gives 2 "$mutua" check everything
claim 'an address that is none is wrong use' \
	gives 2 "$mutua" serve --listen localhost
claim 'so is a number of workers that is none' \
	gives 2 "$mutua" serve --workers many
claim 'export asks where to' gives 2 "$mutua" export

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
damage 100
claim 'a damaged schema is found' gives 1 "$mutua" check --data "$T/bad"
claim '… which is said' says damaged
damage $((size / 2))
claim 'damage in the middle is found' gives 1 "$mutua" check --data "$T/bad"
for part in 1 2 3 4 5 6 7 8; do
	damage $((size * part / 9))
	claim "damage after $part ninths crashes nothing" fails_or_survives $part
done
head -c $((size / 3)) "$T/d2/mutua.db" > "$T/bad/mutua.db"
claim 'a database cut short is found' gives 1 "$mutua" check --data "$T/bad"
: > "$T/bad/mutua.db"
claim 'an empty one too' gives 1 "$mutua" check --data "$T/bad"

finish
