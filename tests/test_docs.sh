#!/bin/sh
# The documentation is complete: settings, commands, options, addresses, make.
. tests/tap.sh

# Every name that one place has, another has in the form given.
everything_in() {
	missing=$(while read -r name; do
		grep -qF -- "$(printf -- "$2" "$name")" "$1" || echo "$name"
	done)
	[ -z "$missing" ] || echo "# not in $1:" $missing
	[ -z "$missing" ]
}

sed -n '/^} settings\[\] = /,/^};/s/.*{ "\([a-z_]*\)",.*/\1/p' src/cli/settings.c > "$T/settings"
claim 'there are settings' [ "$(wc -l < "$T/settings")" -ge 6 ]
claim 'README has every setting' everything_in README.md '| `%s` |' < "$T/settings"
sed -n '/^| setting/,/^$/s/^| `\([a-z_]*\)` .*/\1/p' README.md > "$T/documented"
claim '… and no other' diff "$T/settings" "$T/documented"
sed -n 's/^\([a-z_]*\):.*/\1/p' conf/mutua.yaml > "$T/file"
claim 'conf/mutua.yaml has the same' diff "$T/settings" "$T/file"

sed -n 's/^	&command_\([a-z]*\),/\1/p' src/cli/main.c > "$T/commands"
claim 'there are commands' [ "$(wc -l < "$T/commands")" -ge 6 ]
claim 'README has every command' everything_in README.md '| `mutua %s' < "$T/commands"
while read -r c; do
	"$mutua" "$c" --help
done < "$T/commands" | grep -oE '^  --[a-z-]+' | sort -u | grep -v -- --config |
	sed 's/ *--//' > "$T/options"
claim 'there are options' [ "$(wc -l < "$T/options")" -ge 10 ]
claim 'README has every option' everything_in README.md '--%s' < "$T/options"

# A line an address: path and formats, as in README.  What is posted to an
# address that can be got stands with it.
sed -n '/routes\[\] = {/,/^};/p' src/routes.c |
	sed -nE 's/^\{[[:space:]]*"([A-Z]+)",[[:space:]]*"([^"]+)",[[:space:]]*([A-Z |]+),.*/\1 \2 \3/p' | sed 's/ | /|/g' |
	awk '$1 == "GET" { got[$2] = 1 } $1 != "POST" || !got[$2] { print $2, $3 }' |
	sed 's/|/, /g; s/ SENT\>/ HTML/; s/ ITEM\>/ HTML, JSON/; s/ LIST\>/ HTML, JSON, CSV/
		s/ FEED\>/ HTML, JSON, CSV, feeds/; s/ FEEDS\>/ feeds/; s/ ATOM$/ Atom/
		s/ CITED\>/ RIS, BibTeX, CSL/; s/ SKOS\>/ RDF\/XML, Turtle/
		s/ VCARD\>/ vCard/; s/ ICALENDAR\>/ iCalendar/' | uniq > "$T/routes"
claim 'there are addresses' [ "$(wc -l < "$T/routes")" -gt 30 ]
sed -nE 's/^\| `(\/[^`]*)` \| .* \| (.*) \|$/\1 \2/p' README.md |
	sed 's/ $/ HTML/' > "$T/documented"
claim 'README has every address with its formats, in the order of the table' \
	diff "$T/routes" "$T/documented"

sed -n 's/^# make \([a-z]*\) .*/\1/p' Makefile > "$T/targets"
sed -n '/^\.PHONY/,$p' Makefile | tr -s ' \\\n\t' '\n' | grep -E '^[a-z]+$' |
	grep -vx -e all -e develop > "$T/phony"
claim 'the Makefile explains every target it has' \
	everything_in "$T/targets" '%s' < "$T/phony"
claim '… and explains none that it has not' everything_in "$T/phony" '%s' < "$T/targets"

grep -oE '\]\([a-zA-Z][^)#:]*\)' README.md src/README.md content/README.md |
	sed -E 's/^([^:]*):\]\((.*)\)$/\1 \2/' |
	while read -r file target; do
		[ -e "$(dirname "$file")/$target" ] || echo "$file: $target"
	done > "$T/out"
claim 'what the documentation links to is there' [ ! -s "$T/out" ]

# Every variable and every setting of Kore has a reason beside it.
awk '/^[a-z].*\t/ && !/^(server|domain)/ && !explained { print FILENAME ": " $0 }
	/^[a-z]/ { explained = 1 } /^$/ { explained = 0 } /^#/ { explained = 1 }' \
	conf/kore.conf > "$T/out"
claim 'every line of conf/kore.conf is explained' [ ! -s "$T/out" ]

# French writes a space before : ; ? ! and within « », where no line breaks.
claim 'no line of the French pages begins with a sign' \
	not grep -nE '^[^#:]+: .*( [:;?!»]|« )' assets/strings/fr.yaml

finish
