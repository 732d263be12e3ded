#!/bin/sh
# Mails to many, through a real SMTP server: digests and the newsletter with
# their one-click headers, once each whatever kills the process, and a crowd.
. tests/tap.sh

home=https://mutua.example.org
"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" tests/fixtures/content > /dev/null 2>&1

state() {
	sqlite3 -cmd '.timeout 5000' -cmd 'PRAGMA foreign_keys = ON' "$T/d/state.db" "$1"
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

sink=$(free_port)
mkdir "$T/sink"
node tests/smtp_sink.mjs "$sink" "$T/sink" > "$T/sink.out" 2>&1 &
started="$started $!"
eventually grep -q ready "$T/sink.out"
printf 'base: %s\nsmtp: smtp://127.0.0.1:%s\nmail_from: site@mutua.example.org\n' \
	"$home" "$sink" > "$T/d/mutua.yaml"

# The sink begins anew, and answers so.
sink_says() {
	rm -f "$T"/sink/*.eml "$T"/sink/*.env "$T/sink/log"
	printf '%s\n' "$@" > "$T/sink/answer"
}

mails() {
	find "$T/sink" -name '*.eml' | wc -l
}

# The one mail there is, as lines.
mail() {
	cat "$T"/sink/*.eml | tr -d '\r'
}

# subscribe ADDRESS PATH PERIOD: confirmed long ago.
subscribe() {
	state "INSERT OR IGNORE INTO subscriber (email, email_key) VALUES ('$1', '$1');
		INSERT INTO subscription (subscriber, lang, path, query, title, period, created, seen, day)
		SELECT id, 'fr', '$2', '', 'Bibliothèque', '$3', '2026-01-01T00:00:00Z', 0, 0
		FROM subscriber WHERE email = '$1'"
}

# A digest.
sink_says
subscribe ana@example.net /library daily
jobs
claim 'a digest goes by mail' is "$(mails)" 1
mail > "$T/out"
end=$(sed -n 's|^List-Unsubscribe: <https://mutua.example.org\(.*\)>$|\1|p' "$T/out")
claim 'RFC 8058: with an address that takes one click' \
	grep -qE '^List-Unsubscribe: <https://mutua\.example\.org/fr/digests/end/[0-9]+-[0-9a-f]{64}>$' "$T/out"
claim 'RFC 8058: and the words for it' \
	grep -qx 'List-Unsubscribe-Post: List-Unsubscribe=One-Click' "$T/out"
claim '… in the language of who gets it' says 'Content-Language: fr'
claim '… as text and as HTML' is "$(grep -cE '^Content-Type: text/(plain|html)' "$T/out")" 2
sink_says
jobs
claim 'when nothing is new nothing is sent' is "$(mails)" 0

# One click on a site that runs.
port=$(free_port)
serve "$T/d" "$port" --no-jobs
click() {
	curl -s -o /dev/null -w '%{http_code}' "$@" "http://127.0.0.1:$port$end"
}
claim 'a program that opens the address is shown a page' is "$(click)" 200
claim '… and ends nothing' is "$(state 'SELECT count(*) FROM subscription')" 1
claim 'RFC 8058: one POST ends it, as a form' \
	is "$(click -d List-Unsubscribe=One-Click) $(state 'SELECT count(*) FROM subscription')" '200 0'
claim 'RFC 8058: as multipart, too' is "$(click -F List-Unsubscribe=One-Click)" 200
claim '… and the address is kept no more' is "$(state 'SELECT count(*) FROM subscriber')" 0
claim 'the log has no such address' not grep -q 'digests/end/[0-9]' "$T/server.out"
stop "$server"
jobs
claim '… not even beside the mails that went there' \
	is "$(state "SELECT count(*) FROM outbox WHERE recipient LIKE 'ana@%'")" 0
state "INSERT INTO outbox (recipient, lang, name, subject, created, due, sent) VALUES
	('never@example.net', 'fr', 'subscribe', 'x', 0, 0, unixepoch() - 4 * 86400),
	('soon@example.net', 'fr', 'subscribe', 'x', 0, 0, unixepoch() - 86400)"
jobs
claim 'who was asked and never said yes is forgotten after three days' \
	is "$(state "SELECT group_concat(recipient) FROM outbox WHERE name = 'subscribe'")" ',soon@example.net'

# An address that takes no mail.
sink_says 'rcpt 550 5.1.1 no such user'
subscribe gone@example.net /library daily
for try in 1 2 3; do
	state "UPDATE subscription SET seen = 0, day = $try; UPDATE outbox SET once = NULL"
	jobs
	claim "an address refuses a mail, $try" is "$(state 'SELECT coalesce(max(refused), 3) FROM subscriber')" "$try"
done
claim 'after three it is forgotten' is "$(state 'SELECT count(*) FROM subscription')" 0

# The newsletter, to a crowd, by a process that is killed over and over.
cp -r tests/fixtures/content "$T/content"
cat > "$T/content/newsletter.yaml" << 'END'
kind: newsletter
records:
  - slug: first
    title: {en: The first issue, fr: Le premier numéro}
    body: {en: 'See [the library](/en/library).', fr: 'Voyez [la bibliothèque](/fr/library).'}
    number: 1
    items:
      - {item: scheme/mutuelle, heading: {fr: À lire}, note: {fr: Un système.}}
END
claim 'an issue can be loaded like any record' \
	gives 0 "$mutua" load --data "$T/d" "$T/content"
sink_says 'slow 2'
state "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 420)
	INSERT INTO subscriber (email, email_key) SELECT 'n' || i || '@example.net', 'n' || i || '@example.net' FROM n;
	INSERT INTO subscription (subscriber, lang, path, query, title, period, created, seen, day)
	SELECT id, 'fr', '/newsletter', '', 'Lettre', 'issue', '2026-01-01T00:00:00Z', 0, 0 FROM subscriber;
	INSERT INTO mailing (record, started, total, last)
	SELECT $(content "SELECT id FROM record WHERE kind = 'newsletter'"), '2026-11-01', count(*), max(id) FROM subscription"

has_mails() {
	[ "$(mails)" -ge "$1" ]
}

for wanted in 5 60 230; do
	"$mutua" jobs --data "$T/d" --once 2> /dev/null &
	runner=$!
	eventually has_mails "$wanted"
	kill -9 "$runner"
	wait "$runner" 2> /dev/null
	claim "killed, the outbox has no more than some hundreds, $wanted" \
		[ "$(state 'SELECT count(*) FROM outbox WHERE sent IS NULL AND given_up IS NULL')" -le 200 ]
done
jobs
claim 'in the end everybody has the issue' \
	is "$(cat "$T"/sink/*.env | grep '^n' | sort -u | wc -l)" 420
claim '… by one mail each, which who killed it may have sent once more' \
	is "$(state "SELECT count(DISTINCT recipient), count(*) FROM outbox WHERE name = 'newsletter'")" '420|420'
claim '… at most three of them twice' [ "$(mails)" -le 423 ]
claim 'it is written down that it is over' is "$(state 'SELECT count(*) FROM mailing WHERE ended IS NULL')" 0
cat "$(ls "$T"/sink/*.eml | head -1)" | tr -d '\r' > "$T/out"
claim 'RFC 8058: an issue ends with one click, too' \
	grep -qE '^List-Unsubscribe: <https://mutua\.example\.org/fr/digests/end/[0-9]+-[0-9a-f]{64}>$' "$T/out"
claim '… and its links lead to the site' says 'https://mutua.example.org/fr/library'
was=$(mails)
jobs
claim 'nothing is left to do' is "$(mails)" "$was"
finish
