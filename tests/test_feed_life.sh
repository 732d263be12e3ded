#!/bin/sh
# A partner's feed through its life: what mutua jobs makes of it, each time.
. tests/tap.sh

"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" tests/fixtures/content > /dev/null 2>&1
port=$(free_port)
inside=$(free_port)
home=http://127.0.0.1:$port
printf 'base: https://mutua.example.org\nfetch_allow: 127.0.0.1:%s\n' "$port" \
	> "$T/d/mutua.yaml"
mkdir "$T/web" "$T/inside"
for it in "$port $T/web" "$inside $T/inside"; do
	: > "$T/web.out"
	# shellcheck disable=SC2086 # two arguments
	node tests/web_sink.mjs $it > "$T/web.out" 2>&1 &
	started="$started $!"
	eventually grep -q ready "$T/web.out"
done

state() {
	sqlite3 -cmd '.timeout 5000' "$T/d/state.db" "$1"
}

content() {
	sqlite3 -cmd '.timeout 5000' "$T/d/mutua.db" "$1"
}

is() {
	[ "$1" = "$2" ] || echo "# got “$1”, not “$2”"
	[ "$1" = "$2" ]
}

# look: have it read now, whenever it is due.
look() {
	state 'UPDATE feed_poll SET due = 0'
	"$mutua" jobs --data "$T/d" --once > "$T/out" 2> "$T/err"
}

how() {
	printf '%s\n' "$@" > "$T/web/feed.xml.how"
}

fine() {
	rm -f "$T/web/feed.xml.how"
}

# item N TITLE [DATE]: an entry of RSS.
item() {
	printf '<item><guid isPermaLink="false">n%s</guid><title>%s</title><link>%s/n/%s</link>' \
		"$1" "$2" "$home" "$1"
	printf '<description>What happened in Dakar, %s.</description>' "$2"
	[ -z "${3-}" ] || printf '<pubDate>%s</pubDate>' "$3"
	printf '</item>\n'
}

# feed ITEM…: the whole of it.
feed() {
	printf '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Helpers</title>'
	printf '<link>%s/</link><description>News</description><language>fr</language>' "$home"
	printf '%s\n' "$@"
	printf '</channel></rss>\n'
}

news() {
	content "SELECT count(*) FROM record WHERE kind = 'news' AND status = 'published'"
}

title() {
	content "SELECT t.title FROM record_text t JOIN feed_entry e ON e.record = t.record
		WHERE e.link = '$home/n/$1'"
}

poll() {
	state "SELECT $1 FROM feed_poll WHERE feed = 1"
}

minutes() {
	poll 'CAST(round((due - unixepoch()) / 60.0) AS INTEGER)'
}

between() {
	[ "$1" -ge "$2" ] && [ "$1" -le "$3" ] || {
		echo "# $1 is not between $2 and $3"
		return 1
	}
}

log() {
	tail -n 1 "$T/web/log"
}

content "INSERT INTO member (id, name, email, email_key, lang, role, created)
	VALUES (1, 'Awa', 'awa@example.org', 'awa@example.org', 'fr', 'partner', '2026-01-01');
	INSERT INTO feed (organisation, member, url, title, theme, country, state, trust, created,
	approved) SELECT id, 1, '$home/feed.xml', 'Les Aides', 'health', 'SN', 'active', 'publish',
	'2026-01-01T00:00:00Z', strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM record
	WHERE kind = 'organisation'"

# It begins.
one=$(item 1 'La première' 'Mon, 02 Nov 2026 10:00:00 GMT')
two=$(item 2 'La deuxième' 'Tue, 03 Nov 2026 10:00:00 GMT')
feed "$two" "$one" > "$T/web/feed.xml"
look
claim 'the entries of a feed become news' is "$(news)" 2
claim '… which the log says' says '2 new'
claim 'they are whose the feed is, about its country and theme, in its language' \
	is "$(content "SELECT o.slug || ' ' || c.country || ' ' || t.theme || ' ' || r.lang
	FROM record r JOIN news n ON n.record = r.id JOIN record o ON o.id = n.organisation
	JOIN record_country c ON c.record = r.id JOIN record_theme t ON t.record = r.id
	LIMIT 1")" 'helpers SN health fr'
claim '… and say where they can be read' is "$(content "SELECT min(source_url) FROM news")" \
	"$home/n/1"
claim 'it is looked at again in an hour' between "$(minutes)" 59 67

# Nothing new.
before=$(cksum < "$T/d/mutua.db")
look
claim 'it is asked for what is new since' is "$(log)" 'GET /feed.xml 304'
claim '… and there is nothing' is "$(news)" 2
look
claim '… nor later' is "$(log)" 'GET /feed.xml 304'
how plain
look
claim 'a server that sends all of it again' is "$(log)" 'GET /feed.xml 200'
claim '… brings nothing new either' is "$(news)" 2
claim 'a look that finds nothing leaves the pages of the site as they were' \
	is "$(cksum < "$T/d/mutua.db")" "$before"
how plain 'header Cache-Control: max-age=21600'
look
claim 'a server that says for how long it is good is believed' between "$(minutes)" 359 398
fine

# New ones, edits.
three=$(item 3 'La troisième' 'Wed, 04 Nov 2026 10:00:00 GMT')
one=$(item 1 'La première, corrigée' 'Mon, 02 Nov 2026 10:00:00 GMT')
feed "$three" "$two" "$one" > "$T/web/feed.xml"
look
claim 'a new entry comes in' is "$(title 3)" 'La troisième'
claim '… and one that was corrected is corrected' is "$(title 1)" 'La première, corrigée'
claim '… without being doubled' is "$(news)" 3
feed "$three" > "$T/web/feed.xml"
look
claim 'what leaves the feed stays on the site' is "$(news)" 3
feed "$one" "$two" "$three" > "$T/web/feed.xml"
look
claim '… and is not doubled when it returns' is "$(news)" 3

# Trouble: nothing is lost, and the partner can see why.
trouble() {
	poll "error || ' ' || coalesce(detail, '') || ' ' || failures"
}
how 'status 404'
look
claim 'a feed that is not there is told' is "$(trouble)" 'status 404 1'
claim '… and tried again in an hour' between "$(minutes)" 59 67
look
claim 'then in two' between "$(minutes)" 119 133
how 'status 503' 'header Retry-After: 36000'
look
claim '… or when its server says' between "$(minutes)" 599 661
how broken
look
claim 'one that ends early is told' is "$(trouble)" 'broken  4'
how huge
look
claim 'one that is too large is told' is "$(trouble)" 'too-long  5'
fine
printf '<!DOCTYPE html><html><title>Sorry</title><p>We have moved.</p></html>' \
	> "$T/web/feed.xml"
look
claim 'a page in its place is told' is "$(poll error)" not-a-feed
printf '\000\001\377 not a feed' > "$T/web/feed.xml"
look
claim 'so is nonsense' is "$(poll error)" not-a-feed
feed "$(item 30 'Interrompue')" | head -c -45 > "$T/web/feed.xml"
look
claim 'one that breaks off before its first entry is whole is told, and where' \
	is "$(poll "error || ' ' || substr(detail, 1, instr(detail, '…')) || ' ' || failures")" 'cut 2: … 8'
claim '… by its last words' is "$(poll "detail GLOB '*$(tail -c 20 "$T/web/feed.xml")'")" 1
claim 'all this has changed nothing' is "$(news)" 3
how 'status 302' "header Location: http://127.0.0.1:$inside/feed.xml"
look
claim 'SEC-1: a redirect to a private address is not followed' is "$(poll error)" forbidden
claim 'SEC-1: … the server there hears nothing' [ ! -e "$T/inside/log" ]
how 'status 302' 'header Location: /feed.xml'
look
claim 'a redirect in a circle is told' is "$(poll error)" redirects
fine
four=$(item 4 'La quatrième')
{ feed "$four" "$one" "$two" "$three" | sed 's/<channel>/&<broken>\&nothing;/'; } > "$T/web/feed.xml"
look
claim 'one that is broken, but can be read, is read' is "$(title 4)" 'La quatrième'
claim '… and what is wrong with it is told' is "$(poll 'json_array_length(faults) > 0')" 1
claim '… the trouble is over' is "$(poll "coalesce(error, 'none') || failures")" none0

# It breaks off.
feed "$(item 31 'La neuve')" "$(item 32 'Interrompue')" | sed '/n32/s/Interrompue<.*/Interr/;/<\/channel>/d' \
	> "$T/web/feed.xml"
look
claim 'of one that breaks off the whole entries come in' is "$(title 31)" 'La neuve'
claim '… and no other' is "$(title 32)" ''
claim '… which is told' is "$(poll "coalesce(error, 'none') || ' ' || (faults ->> '\$[0].code')")" \
	'none cut'
look
claim 'it is asked for the rest' is "$(log)" 'GET /feed.xml 200'
feed "$(item 31 'La neuve')" "$(item 32 'Interrompue')" > "$T/web/feed.xml"
look
claim '… and when that is there, it comes in' is "$(title 32)" 'Interrompue'

# XML bombs and outside entities.
{
	printf '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
	printf '<!ENTITY f SYSTEM "file:///etc/hostname">'
	for i in 1 2 3 4 5 6 7 8 9; do
		printf '<!ENTITY a%s "&a%s;&a%s;&a%s;&a%s;&a%s;&a%s;&a%s;&a%s;">' "$i" $((i - 1)) \
			$((i - 1)) $((i - 1)) $((i - 1)) $((i - 1)) $((i - 1)) $((i - 1)) $((i - 1))
	done
	printf ']>\n'
	feed "$(item 5 'A bomb &a9; &f; it was')" | tail -n +2
} > "$T/web/feed.xml"
look
claim 'an XML bomb is no more than its entry' [ "$(content "SELECT max(length(title))
	FROM record_text")" -lt 300 ]
claim '… and the site is as well as before' gives 0 "$mutua" check --data "$T/d"
feed "$four" > "$T/web/feed.xml"
look

# It moves.
how 'status 301' 'header Location: /new.xml'
cp "$T/web/feed.xml" "$T/web/new.xml"
look
claim 'a feed that has moved for good is remembered' is "$(content 'SELECT url FROM feed')" \
	"$home/new.xml"
claim '… which the log says' says 'moved to'
look
claim '… and asked where it is' is "$(log)" 'GET /new.xml 304'

# TLS: a certificate that nobody has signed is not believed, by whatever user.
tls=$(free_port)
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$T/key" -out "$T/cert" -days 2 \
	-subj /CN=localhost > /dev/null 2>&1
openssl s_server -accept "127.0.0.1:$tls" -key "$T/key" -cert "$T/cert" -www > "$T/tls.out" 2>&1 &
started="$started $!"
eventually grep -q ACCEPT "$T/tls.out"
printf 'fetch_allow: 127.0.0.1:%s localhost:%s\n' "$port" "$tls" > "$T/d/mutua.yaml"
content "UPDATE feed SET url = 'https://localhost:$tls/feed.xml'"
look
claim 'SEC-1: a server with a certificate that nobody has signed is not believed' \
	is "$(poll error)" tls
claim '… because of just that' says self-signed
content "UPDATE feed SET url = '$home/new.xml'"

# Killed in between.
i=100
many=
while [ $i -lt 130 ]; do
	many="$many$(item $i "Nouvelle $i")"
	i=$((i + 1))
done
feed "$many" > "$T/web/new.xml"
state 'UPDATE feed_poll SET due = 0'
was=$(news)
"$mutua" jobs --data "$T/d" --once > /dev/null 2>&1 &
killed=$!
more() {
	[ "$(news)" -gt "$was" ]
}
eventually more
kill -9 "$killed" 2> /dev/null
wait "$killed" 2> /dev/null
look
claim 'killed while entries come in, nothing is lost or doubled' is "$(news)" $((was + 30))
claim '… and the site is as well as before' gives 0 "$mutua" check --data "$T/d"

# Mail does not wait for a slow feed, and the end is not put off by it.
printf 'silent\n' > "$T/web/new.xml.how"
state "UPDATE feed_poll SET due = 0"
: > "$T/err"
"$mutua" jobs --data "$T/d" > "$T/out" 2> "$T/err" &
running=$!
started="$started $running"
asked() {
	[ "$(log)" = 'GET /new.xml 200' ] && [ "$(wc -l < "$T/web/log")" -gt "$lines" ]
}
lines=$(wc -l < "$T/web/log")
state "UPDATE feed_poll SET due = 0"
eventually asked
state "INSERT INTO outbox (recipient, lang, name, subject, text, html, created, due)
	VALUES ('eva@example.org', 'fr', 'join', 'x', 'x', 'x', unixepoch(), unixepoch())"
sent() {
	[ -n "$(find "$T/d/mail" -name '*-join.eml' 2> /dev/null)" ]
}
claim 'mail does not wait for a slow feed' eventually sent
kill -TERM "$running"
ended() {
	! kill -0 "$running" 2> /dev/null
}
claim 'nor does the end' eventually ended
wait "$running" 2> /dev/null
rm "$T/web/new.xml.how"

# It ends.
content "INSERT INTO feed (organisation, member, url, title, state, created)
	SELECT organisation, 1, '$home/other.xml', 'Autre', 'off', created FROM feed WHERE id = 1"
printf 'status 308\nheader Location: /other.xml\n' > "$T/web/new.xml.how"
cp "$T/web/new.xml" "$T/web/other.xml"
look
claim 'one that has moved to where another is is switched off' \
	is "$(content "SELECT state FROM feed WHERE id = 1")" off
claim '… with the reason' is "$(poll error)" doubled
claim '… and whoever named it is told by mail' is "$(state "SELECT name || ' ' || recipient
	FROM outbox ORDER BY id DESC LIMIT 1")" 'feed-off awa@example.org'
lines=$(wc -l < "$T/web/log")
look
claim 'what is off is not asked' is "$(wc -l < "$T/web/log")" "$lines"
content "UPDATE feed SET state = 'active' WHERE id = 1"
printf 'status 410\n' > "$T/web/new.xml.how"
look
claim 'one that is gone for good is not asked any more' \
	is "$(content "SELECT state FROM feed WHERE id = 1")" gone
claim '… its news stay' is "$(news)" $((was + 30))
content "UPDATE feed SET state = 'active' WHERE id = 1"
printf 'status 500\n' > "$T/web/new.xml.how"
state "UPDATE feed_poll SET read = unixepoch() - 31 * 86400, failures = 3"
look
claim 'one that has failed a few times is not given up, however long ago it was read' \
	is "$(content "SELECT state FROM feed WHERE id = 1")" active
state "UPDATE feed_poll SET failures = 30"
look
claim 'one that has failed for a month is switched off' \
	is "$(content "SELECT state FROM feed WHERE id = 1")" off
claim '… and whoever named it is told' is "$(state "SELECT count(*) FROM outbox
	WHERE name = 'feed-off'")" 3

# Entries wait for review.
mails() {
	state "SELECT group_concat(recipient || ' ' || subject, ', ') FROM (SELECT * FROM outbox
		WHERE name = 'feed-entries' ORDER BY id)"
}
content "INSERT INTO member (id, name, email, email_key, lang, role, created) VALUES
	(2, 'Eva', 'eva@example.org', 'eva@example.org', 'en', 'editor', '2026-01-01'),
	(3, 'Ben', 'ben@example.org', 'ben@example.org', 'fr', 'member', '2026-01-01');
	UPDATE feed SET state = 'active', trust = 'review' WHERE id = 1"
rm "$T/web/new.xml.how"
feed "$(item 200 'À relire')" "$(item 201 'À relire aussi')" > "$T/web/new.xml"
look
look
claim 'editors hear by mail that entries wait for review, once for all' \
	is "$(mails)" 'eva@example.org Entries of feeds wait for review: 2'
feed "$(item 202 'À relire encore')" > "$T/web/new.xml"
look
look
claim '… and not again on the same day' is "$(mails)" \
	'eva@example.org Entries of feeds wait for review: 2'
later() {
	state "UPDATE progress SET value = value - 90000 WHERE name = 'feed entries';
		DELETE FROM outbox WHERE name = 'feed-entries'"
}
later
content "INSERT INTO steward (member, country, since) VALUES (3, 'SN', '2026-01-01')"
look
claim 'where somebody looks after the country it is they, on another day' \
	is "$(mails)" 'ben@example.org Entrées de flux en attente de relecture : 3'
later
state "UPDATE contribution SET created = '2026-01-01T00:00:00Z'"
look
claim 'when nothing has come since there is no mail' is "$(mails)" ''

# Somebody brings many addresses where nobody answers, one after the other.
printf 'fetch_allow: 127.0.0.1:%s localhost:%s\n' "$port" "$port" > "$T/d/mutua.yaml"
echo silent > "$T/web/deaf.how"
five="WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)"
content "$five INSERT INTO feed (id, organisation, url, title, state, created)
	SELECT 900 + i, (SELECT id FROM record WHERE kind = 'organisation' LIMIT 1),
	'http://localhost:$port/none/' || i, 'Late', 'active', '2026' FROM n"
state "$five INSERT INTO feed_poll (feed, due, pace)
	SELECT 900 + i, unixepoch() + 7, 3600 FROM n"
timeout 10 "$mutua" jobs --data "$T/d" > "$T/out" 2> "$T/err" &
jobs=$!
for _ in 1 2 3 4 5 6 7 8; do
	state "$five INSERT INTO feed_try (member, address, organisation, created)
		SELECT 1, '$home/deaf', 1, unixepoch() FROM n"
	sleep 0.7
done
wait $jobs
claim 'who brings many addresses where nobody answers keeps no feed from being read' \
	is "$(state 'SELECT count(*) FROM feed_poll WHERE feed > 900 AND looked > 0')" 5
finish
