#!/bin/sh
# What is scheduled is published at its time, once, whatever is killed.
. tests/tap.sh

"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" tests/fixtures/content > /dev/null 2>&1

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

# schedule NUMBER DUE: a piece of news with that number.
schedule() {
	state "INSERT INTO contribution (id, kind, member, lang, state, title,
		tree, created, updated, due) VALUES ($1, 'news', 1, 'en',
		'scheduled', 'News $1', json_object('lang', 'en', 'title',
		json_object('en', 'News $1'), 'organisation', 'helpers'), '2026', '2026', $2)"
}

published() {
	content "SELECT count(*) FROM record WHERE slug GLOB '$1'"
}

content "INSERT INTO member (id, name, email, email_key, lang, role, created)
	VALUES (1, 'Pia', 'pia@example.org', 'pia@example.org', 'en', 'partner', '2026')"
content "INSERT INTO spokesperson (member, organisation, since)
	SELECT 1, id, '2026' FROM record WHERE kind = 'organisation' AND slug = 'helpers'"

schedule 1 'unixepoch() + 3600'
jobs
claim 'before its time nothing is published' is "$(published 'news-*')" 0
state 'UPDATE contribution SET due = unixepoch()'
jobs
claim 'at its time it is' is "$(published news-1)" 1
claim '… and said to be' is "$(state "SELECT state FROM contribution WHERE id = 1")" published
claim '… in the name of its author' is "$(content "SELECT author FROM revision
	WHERE contribution = 1")" 1

# As if the power had failed between the two databases.
state "UPDATE contribution SET state = 'scheduled', record = NULL"
jobs
claim 'what one database has and the other not is not published twice' \
	is "$(published 'news-1*')" 1
claim '… and both agree again' is "$(state 'SELECT state FROM contribution')" published

content "UPDATE member SET status = 'disabled'"
schedule 2 1
jobs
claim 'nothing goes out for somebody whose account is closed' is "$(published news-2)" 0
content "UPDATE member SET status = 'active', role = 'member'"
jobs
claim '… nor for who may not publish news any more' is "$(published news-2)" 0
claim '… but waits for an editor' is "$(state "SELECT state || ' ' || (due IS NULL)
	FROM contribution WHERE id = 2")" 'submitted 1'
claim '… as is noted' is "$(state "SELECT state FROM contribution_note
	WHERE contribution = 2")" submitted
content "UPDATE member SET role = 'partner'"
schedule 3 1
content "DELETE FROM spokesperson"
jobs
claim 'nor does that of an organisation its author speaks for no more' \
	is "$(state 'SELECT state FROM contribution WHERE id = 3')" submitted
content "INSERT INTO spokesperson (member, organisation, since)
	SELECT 1, id, '2026' FROM record WHERE kind = 'organisation' AND slug = 'helpers'"
state "DELETE FROM contribution WHERE id IN (2, 3)"

# Killed over and over, while there is much to do.
for i in $(seq 10 69); do
	schedule "$i" 1
done
for pause in 0.02 0.05 0.08 0.1 0.12 0.15 0.2 0.3; do
	"$mutua" jobs --data "$T/d" > /dev/null 2>&1 &
	process=$!
	sleep "$pause"
	kill -9 "$process" 2> /dev/null
	wait "$process" 2> /dev/null
done
jobs
jobs
claim 'killed at any moment, the jobs publish each of them once' \
	is "$(content "SELECT count(*) || ' ' || count(DISTINCT t.title)
		FROM record r JOIN record_text t ON t.record = r.id
		WHERE r.slug GLOB 'news-[1-9]*'")" '61 61'
claim '… and none waits any more' \
	is "$(state "SELECT count(*) FROM contribution WHERE state <> 'published'")" 0
claim 'the database is sound' gives 0 "$mutua" check --data "$T/d"
finish
