#!/bin/sh
# mutua member: accounts, by who runs the site.
. tests/tap.sh

"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" tests/fixtures/content > /dev/null 2>&1

member() {
	"$mutua" member "$@" --data "$T/d"
}

content() {
	sqlite3 "$T/d/mutua.db" "$1"
}

state() {
	sqlite3 "$T/d/state.db" "$1"
}

is() {
	[ "$1" = "$2" ] || echo "# got “$1”, not “$2”"
	[ "$1" = "$2" ]
}

# add STATUS PASSWORD NAME EMAIL ROLE [OPTION…]
add() {
	wanted=$1 password=$2 name=$3 email=$4 role=$5
	shift 5
	printf '%s\n' "$password" > "$T/password"
	gives "$wanted" member add "$name" --email "$email" --role "$role" \
		--password-stdin "$@" < "$T/password"
}

claim 'a member is added' \
	add 0 'correct horse' 'Ana López' Ana@Example.org administrator --lang es --country SN
claim '… as was said' \
	is "$(content 'SELECT name, email, email_key, lang, country, role, status FROM member')" \
	'Ana López|Ana@Example.org|ana@example.org|es|SN|administrator|active'
claim '… with a hash of the password' is "$(content "SELECT password LIKE '\$argon2id\$%' FROM member")" 1
claim '… and not the password' not grep -q 'correct horse' -r "$T/d"
claim 'an address has one account' add 1 'correct horse' Ana ana@example.ORG member
claim '… which is said' says 'with that address already'
claim 'a short password is refused' add 1 'short' Ben ben@example.org member
claim '… with how long it must be' says '10 to 200'
claim 'so is none' gives 1 member add Ben --email ben@example.org --role member --password-stdin
claim 'an address that is none is refused' add 2 'correct horse' Ben 'ben at example' member
claim 'so is a role that is none' add 2 'correct horse' Ben ben@example.org king
claim '… with those there are' says 'partner, editor'
claim 'and a language' add 2 'correct horse' Ben ben@example.org member --lang xx
claim 'and a country' add 2 'correct horse' Ben ben@example.org member --country XX
claim 'and a name' add 2 'correct horse' '' ben@example.org member
claim 'none of these was added' is "$(content 'SELECT count(*) FROM member')" 1

no_terminal() {
	setsid "$mutua" member add Ben --email ben@example.org --role member --data "$T/d" < /dev/null
}
claim 'without a terminal a password must come on stdin' gives 1 no_terminal
claim '… which is said' says '--password-stdin'

# typed ONE TWO: at a terminal, after the program has switched off its echo.
typed() {
	{
		sleep 1
		printf '%s\n' "$1"
		sleep 0.3
		printf '%s\n' "$2"
		sleep 0.3
	} | script -qec "'$mutua' member add Ben --email ben@example.org --role editor --data '$T/d'" \
		/dev/null > "$T/out" 2> "$T/err"
}
claim 'two passwords that differ are refused' not typed 'correct horse' 'correct house'
claim '… which is said' says 'not the same'
claim 'a password is asked for twice' typed 'correct horse' 'correct horse'
claim '… and not shown' not says horse
claim '… and the member is there' is "$(content "SELECT role FROM member WHERE name = 'Ben'")" editor

claim 'members are listed' gives 0 member list
claim '… with what they may do' grep -Eq '^Ben +ben@example.org +editor +active' "$T/out"
claim '… in columns, whatever the letters' is "$(node -e '
	const lines = require("fs").readFileSync(process.argv[1], "utf8").split("\n");
	console.log(new Set(lines.slice(1, 3).map(l => l.search(/\S+@/))).size)' "$T/out")" 1
claim '… as JSON too' gives 0 member list --json
claim '… that can be read' is "$(node -e '
	const all = JSON.parse(require("fs").readFileSync(process.argv[1]));
	console.log(all.length, all[0].name, all[0].steward.length)' "$T/out")" '2 Ana López 0'

claim 'a role is changed' gives 0 member role BEN@example.org partner
claim '… for that member alone' is "$(content 'SELECT group_concat(role) FROM member')" 'administrator,partner'
claim 'an unknown role is wrong use' gives 2 member role ben@example.org king
claim 'an unknown member is said' gives 1 member role nobody@example.org editor
claim '… by the address' says nobody@example.org

state "INSERT INTO session (hash, member, created, seen, network, agent) VALUES
	('a', 1, 0, 0, '', ''), ('b', 2, 0, 0, '', '');
	INSERT INTO ticket (hash, purpose, member, created, expires) VALUES
	('t', 'password', 2, 0, 9999999999)"
claim 'a member is disabled' gives 0 member disable ben@example.org
claim '… at once, wherever signed in' is "$(state 'SELECT group_concat(hash) FROM session')" a
claim '… and no link in a mail helps' is "$(state 'SELECT count(*) FROM ticket')" 0
claim '… as the list says' gives 0 member list
claim '… in its line' grep -Eq '^Ben .* disabled' "$T/out"
claim 'and enabled again' gives 0 member enable ben@example.org
claim '… to sign in' is "$(content "SELECT status FROM member WHERE name = 'Ben'")" active

stewards() {
	content "SELECT group_concat(coalesce(r.slug, w.country, w.theme)) FROM
		(SELECT * FROM steward ORDER BY rowid) w LEFT JOIN record r ON r.id = w.record"
}
claim 'a member looks after a record' gives 0 member steward ben@example.org record scheme/mutuelle
claim '… or a country' gives 0 member steward ben@example.org country SN
claim '… or a theme' gives 0 member steward ben@example.org theme health
claim 'said twice is the same' gives 0 member steward ben@example.org theme health
claim 'all three are known' is "$(stewards)" 'mutuelle,SN,health'
claim 'one can be taken back' gives 0 member steward ben@example.org country SN --remove
claim '… alone' is "$(stewards)" 'mutuelle,health'
claim 'a record that is not there is said' gives 1 member steward ben@example.org record scheme/none
claim '… by its name' says scheme/none
claim 'so is a country' gives 1 member steward ben@example.org country XX
claim 'and a theme' gives 1 member steward ben@example.org theme none
claim 'anything else is wrong use' gives 2 member steward ben@example.org region 002

spoken_for() {
	content "SELECT group_concat(r.slug) FROM
		(SELECT * FROM spokesperson ORDER BY since) s JOIN record r ON r.id = s.organisation"
}
claim 'a partner speaks for an organisation' gives 0 member spokesperson ben@example.org helpers
claim '… however often that is said' gives 0 member spokesperson ben@example.org helpers
claim '… and is known to' is "$(spoken_for)" helpers
claim '… not any more' gives 0 member spokesperson ben@example.org helpers --remove
claim 'then for none' is "$(spoken_for)" ''
claim 'an organisation that is not there is said' gives 1 member spokesperson ben@example.org mutuelle
claim '… by its name' says mutuelle

claim 'an unknown word is wrong use' gives 2 member remove
claim 'a word too few is' gives 2 member role ben@example.org
claim '… with what it takes' says 'role EMAIL ROLE'
claim 'no word is' gives 2 member
claim 'help is no failure' gives 0 member --help
finish
