#!/bin/sh
# WebSub: the hub is told which feeds have news, once, and again if it was down.
. tests/tap.sh

"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" tests/fixtures/content > /dev/null 2>&1
port=$(free_port)
mkdir "$T/web"
node tests/web_sink.mjs "$port" "$T/web" &
started="$started $!"
eventually curl -s -o /dev/null "http://127.0.0.1:$port/up"
cat > "$T/d/mutua.yaml" <<-END
	base: https://mutua.example.org
	hub: http://127.0.0.1:$port/hub
	fetch_allow: 127.0.0.1:$port
END

content() {
	sqlite3 -cmd '.timeout 5000' "$T/d/mutua.db" "$1"
}

state() {
	sqlite3 -cmd '.timeout 5000' "$T/d/state.db" "$1"
}

jobs() {
	state 'UPDATE job SET due = 0'
	"$mutua" jobs --data "$T/d" --once > "$T/out" 2> "$T/err"
}

# posted TEXT: did the hub hear it?
posted() {
	[ -e "$T/web/posted" ] && grep -qF -- "$1" "$T/web/posted"
}

# Something happens to a document.
revise() {
	content "INSERT INTO revision (record, number, time, snapshot)
		SELECT record, max(number) + 1, '2026-12-01T00:00:00Z', '{}' FROM revision
		WHERE record = (SELECT min(record) FROM document)"
}

claim 'jobs run' jobs
claim 'what was there before the hub is no news' not posted publish
revise
echo 'status 503' > "$T/web/hub.how"
jobs
claim 'a hub that is down is asked again' [ "$(state "SELECT count(*) > 0 FROM job WHERE job = 'hub'")" = 1 ]
claim '… and the log says why' says 'the hub answers 503'
echo 'status 202' > "$T/web/hub.how"
rm -f "$T/web/posted"
revise
jobs
jobs
claim 'the hub is told of a new revision' posted 'hub.mode=publish'
claim '… by the address of the list as a feed in each language and form' \
	posted 'hub.url=https%3A%2F%2Fmutua.example.org%2Ffr%2Flibrary.rss'
claim '… and of everything' posted 'mutua.example.org%2Fes%2Fsearch.jsonfeed'
claim 'two changes are told once' [ "$(grep -c 'library.rss' "$T/web/posted")" = 1 ]
rm -f "$T/web/posted"
jobs
claim 'what it knows it is not told again' not posted publish
finish
