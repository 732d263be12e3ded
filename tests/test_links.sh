#!/bin/sh
# Do the addresses of other sites answer?  mutua jobs asks a local server.
. tests/tap.sh

"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" tests/fixtures/content > /dev/null 2>&1
port=$(free_port)
home=http://127.0.0.1:$port
printf 'fetch_allow: %s\n' "127.0.0.1:$port 127.0.0.1:1" > "$T/d/mutua.yaml"
mkdir "$T/web"
: > "$T/web.out"
node tests/web_sink.mjs "$port" "$T/web" > "$T/web.out" 2>&1 &
web=$!
started="$started $web"
eventually grep -q ready "$T/web.out"

state() {
	sqlite3 -cmd '.timeout 5000' "$T/d/state.db" "$1"
}

content() {
	sqlite3 -cmd '.timeout 5000' "$T/d/mutua.db" "$1"
}

jobs() {
	"$mutua" jobs --data "$T/d" --once > "$T/out" 2> "$T/err"
}

is() {
	[ "$1" = "$2" ] || echo "# got “$1”, not “$2”"
	[ "$1" = "$2" ]
}

# how NAME LINE…: what the server does with a path.
how() {
	name=$1
	shift
	printf '%s\n' "$@" > "$T/web/$name.how"
}

# Links that lead to the server, one to where there is none, and one that is
# never due here.
names='good moved gone closed old'
for url in $(printf "$home/%s " $names) http://127.0.0.1:1/ https://example.org/; do
	content "INSERT INTO record (kind, slug, created, updated)
			VALUES ('link', 'link-' || abs(random()), '2026-01-01', '2026-01-01');
		INSERT INTO link (record, url, link_category)
			VALUES (last_insert_rowid(), '$url', 'portal')"
done
echo fine > "$T/web/good"
how moved 'status 301' 'header Location: /good'
how gone 'status 410'
how closed 'status 403'
how old 'status 404'

# All are due now, each host has had its pause, and yesterday is over.
a_day_later() {
	state "UPDATE link_check SET due = 0, asked = asked - 86400,
		good = good - 80000, failed_day = date(failed_day, '-1 day')
		WHERE asked IS NOT NULL"
}

# One host has one request at a time, with a pause: so one a round.
ask_all() {
	for _ in $names; do
		state 'UPDATE link_check SET asked = asked - 60'
		jobs
	done
}

what() {
	state "SELECT $2 FROM link_check WHERE url = '$home/$1'"
}

jobs
claim 'links are listed' is "$(state "SELECT count(*) FROM link_check
	WHERE host = '127.0.0.1:$port'")" 5
claim '… and not asked at once' [ ! -e "$T/web/log" ]

state "UPDATE link_check SET due = 0 WHERE url GLOB 'http://127.0.0.1:*'"
state "UPDATE link_check SET good = unixepoch() WHERE due <> 0"
jobs
claim 'of one host one is asked at a time' is "$(wc -l < "$T/web/log")" 1
jobs
claim '… with a pause before the next' is "$(wc -l < "$T/web/log")" 1
before=$(cksum < "$T/d/mutua.db")
ask_all
claim 'all are asked in the end' is "$(state "SELECT count(*) FROM link_check
	WHERE asked IS NOT NULL")" 6
claim 'one that answers is good' is "$(what good state)" good
claim '… and is not asked again for days' \
	is "$(what good "due - unixepoch() BETWEEN 5 * 86400 AND 9 * 86400")" 1
claim '… of which only the head was asked for' grep -q '^HEAD /good 200' "$T/web/log"
claim 'one that has moved for good is told' is "$(what moved "state || ' ' || moved")" \
	"moved $home/good"
claim 'a server that closes its door is not dead' is "$(what closed "state || ' ' || error")" \
	'refused refused'
claim '… and was asked in the usual way before that was believed' \
	grep -q '^GET /closed 403' "$T/web/log"
claim 'one that fails is not dead at once' is "$(what old "state || ' ' || failures")" 'failing 1'
a_day_later
ask_all
claim 'nor the next day' is "$(what old "state || ' ' || failures")" 'failing 2'
state 'UPDATE link_check SET due = 0 WHERE asked IS NOT NULL'
ask_all
claim 'twice on a day counts once' is "$(what old failures)" 2
claim 'all this leaves the pages of the site as they were' \
	is "$(cksum < "$T/d/mutua.db")" "$before"
a_day_later
ask_all
claim 'after three days in a row it is' is "$(what old "state || ' ' || status")" 'dead 404'
claim '… with the reason' is "$(what gone "state || ' ' || error")" 'dead gone'
claim '… and since when' is "$(what gone 'failed BETWEEN unixepoch() - 60 AND unixepoch()')" 1
claim 'one where no server answers is dead, too' is "$(state "SELECT state || ' ' || error
	FROM link_check WHERE url = 'http://127.0.0.1:1/'")" 'dead no-connection'
dead=$(cksum < "$T/d/mutua.db")
claim '… which readers are told' is "$(content "SELECT count(*) FROM dead_link WHERE failed = date('now')")" 3
a_day_later
ask_all
claim '… once: dead the day after, they are left as they are' \
	is "$(what old failures) $(cksum < "$T/d/mutua.db")" "4 $dead"
rm "$T/web/old.how"
echo back > "$T/web/old"
a_day_later
ask_all
claim 'one that answers again is alive' is "$(what old "state || ' ' || failures")" 'good 0'
claim '… and is no more called dead' is "$(content "SELECT count(*) FROM dead_link WHERE url = '$home/old'")" 0

# When nobody answers it is our connection that is dead.
stop "$web"
state 'UPDATE link_check SET good = unixepoch() - 90000'
state "UPDATE link_check SET due = 0, asked = asked - 60, failures = 0,
	failed_day = NULL, error = NULL WHERE asked IS NOT NULL"
ask_all
claim 'when no server answers at all, none is called dead' is "$(state "SELECT count(*)
	FROM link_check WHERE failures > 0")" 0

# Inside and elsewhere.
content "UPDATE link SET url = 'http://localhost:$port/good' WHERE url = '$home/good'"
content "UPDATE link SET url = 'http://169.254.169.254/latest/' WHERE url = '$home/old'"
content "UPDATE link SET url = 'http://EXAMPLE.org:80?q=/#' WHERE url = '$home/gone'"
content "UPDATE link SET url = 'http://example.org#/' WHERE url = '$home/closed'"
jobs
claim 'one host has its pause however it is written' is "$(state "SELECT count(*)
	FROM link_check WHERE host = 'example.org'")" 3
claim 'an address that stands nowhere any more is forgotten' is "$(what good 'count(*)')" 0
state "UPDATE link_check SET due = 0, asked = NULL WHERE url GLOB '*localhost*'
	OR url GLOB '*169.254*'"
jobs
claim 'SEC-1: the check of links asks no private address' is "$(state "SELECT
	group_concat(error) FROM (SELECT error FROM link_check
	WHERE url GLOB '*localhost*' OR url GLOB '*169.254*')")" 'forbidden,forbidden'
finish
