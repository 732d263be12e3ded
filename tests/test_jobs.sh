#!/bin/sh
# mutua jobs: mails through a real SMTP server, watches, reminders, order.
. tests/tap.sh

"$mutua" init --data "$T/d" > /dev/null
"$mutua" load --data "$T/d" tests/fixtures/content > /dev/null 2>&1
home=https://mutua.example.org
printf 'base: %s\n' "$home" > "$T/d/mutua.yaml"

state() {
	sqlite3 -cmd '.timeout 5000' "$T/d/state.db" "$1"
}

content() {
	sqlite3 -cmd '.timeout 5000' "$T/d/mutua.db" "$1"
}

# queue TO [CREATED]: a mail that is due.
queue() {
	state "INSERT INTO outbox (recipient, lang, name, subject, text, html, created, due)
		VALUES ('$1', 'fr', 'join', 'Bienvenue, été', 'Bonjour,
.une ligne qui commence par un point
.
Fin.
', '<p>Bonjour</p>', ${2:-unixepoch()}, unixepoch())"
}

all_due() {
	state 'UPDATE outbox SET due = 0'
}

jobs() {
	"$mutua" jobs --data "$T/d" --once > "$T/out" 2> "$T/err"
}

is() {
	[ "$1" = "$2" ] || echo "# got “$1”, not “$2”"
	[ "$1" = "$2" ]
}

# The last mail's row: a column of it.
last() {
	state "SELECT $1 FROM outbox ORDER BY id DESC LIMIT 1"
}

# How long until it is tried again, in minutes.
minutes_left() {
	last 'CAST(round((due - unixepoch()) / 60.0) AS INTEGER)'
}

# Without a server.
queue ana.lopez@example.net
claim 'jobs that are due are done once' jobs
claim 'without a server a mail becomes a file' [ -s "$T/d/mail/1-join.eml" ]
claim '… which the log says' says 'written into mail/'
claim 'the log has no whole address' not says ana.lopez
claim '… but enough to recognise it' says 'a…@example.net'
claim 'the mail is marked as sent' is "$(last 'sent IS NOT NULL')" 1
claim '… and what stood in it is forgotten' is "$(last 'text IS NULL AND html IS NULL')" 1

# With one.
sink=$(free_port)
mkdir "$T/sink"
: > "$T/sink.out"
node tests/smtp_sink.mjs "$sink" "$T/sink" > "$T/sink.out" 2>&1 &
sink_process=$!
started="$started $sink_process"
eventually grep -q ready "$T/sink.out"
printf 'base: %s\nsmtp: smtp://127.0.0.1:%s\nmail_from: site@mutua.example.org\n' \
	"$home" "$sink" > "$T/d/mutua.yaml"

# A sink that has seen nothing and answers so.
sink_says() {
	rm -f "$T"/sink/*.eml "$T"/sink/*.env "$T/sink/log"
	state "UPDATE outbox SET given_up = 1 WHERE sent IS NULL"
	printf '%s\n' "$@" > "$T/sink/answer"
}

mails() {
	find "$T/sink" -name '*.eml' | wc -l
}

mail() {
	cat "$T"/sink/*.eml
}

sink_says
for to in a@example.net b@example.net c@example.net; do
	queue "$to"
done
jobs
claim 'a server gets every mail' is "$(mails)" 3
claim '… over one connection' is "$(grep -c CONNECT "$T/sink/log")" 1
claim '… by the name of our host' grep -q 'EHLO mutua.example.org' "$T/sink/log"
claim '… from our address' is "$(cat "$T"/sink/*.env | grep -c '^site@mutua.example.org$')" 3
claim '… for whom it is' is "$(cat "$T"/sink/*.env | grep -c '^b@example.net$')" 1
claim 'lines that begin with a dot arrive' \
	is "$(mail | tr -d '\r' | grep -c '^\.une ligne')$(mail | tr -d '\r' | grep -cx '\.')" 33
claim '… and all that follows' is "$(mail | grep -c '^Fin\.')" 3

# Trying again.
sink_says 'rcpt 451 4.7.1 greylisted, come back'
queue grey@example.net
jobs
claim 'a server that says later is asked again' is "$(last 'given_up IS NULL AND sent IS NULL')" 1
claim '… in a minute' is "$(minutes_left)" 1
claim '… with what it said kept' is "$(last error)" '451 4.7.1 greylisted, come back'
jobs
claim '… not before' is "$(last tries)" 1
all_due
jobs
claim '… then in two' is "$(minutes_left)" 2
all_due
jobs
claim '… then in four' is "$(minutes_left)" 4
printf '' > "$T/sink/answer"
all_due
jobs
claim 'until it takes the mail' is "$(mails) $(last 'sent IS NOT NULL')" '1 1'

sink_says 'rcpt 550 5.1.1 <nobody.here@example.net>: no such user'
queue nobody.here@example.net
jobs
claim 'what a server never takes is given up at once' is "$(last 'given_up IS NOT NULL')" 1
claim '… with the reason kept' is "$(last 'error LIKE "550 5.1.1 %"')" 1
claim '… and what stood in it forgotten' is "$(last 'text IS NULL')" 1
claim 'the log has the reason' says '550 5.1.1'
claim '… without the whole address' not says nobody.here
sink_says 'data 554 5.6.0 not this'
queue data@example.net
jobs
claim 'so is a mail that is refused whole' is "$(last 'given_up IS NOT NULL')" 1

sink_says 'mail 550 5.7.1 who are you?'
queue one@example.net
queue two@example.net
jobs
claim 'a server that refuses us is no reason to give up' \
	is "$(state 'SELECT count(*) FROM outbox WHERE given_up IS NULL AND sent IS NULL')" 2
claim '… nor to try every mail' is "$(state 'SELECT sum(tries) FROM outbox WHERE sent IS NULL AND given_up IS NULL')" 1

sink_says 'drop data'
queue dropped@example.net
jobs
claim 'a connection that breaks is no reason either' \
	is "$(last 'given_up IS NULL AND sent IS NULL AND tries = 1')" 1
sink_says 'rcpt 451 later'
queue old@example.net 'unixepoch() - 6 * 86400'
jobs
claim 'a mail that could not be sent for five days is given up' is "$(last 'given_up IS NOT NULL')" 1

# Signing in.
sink_says 'auth on'
queue in@example.net
printf 'smtp_user: ana\nsmtp_password: wrong\n' >> "$T/d/mutua.yaml"
jobs
claim 'a wrong password waits for a better one' is "$(last 'given_up IS NULL AND sent IS NULL')" 1
claim '… which the log says' says '535'
sed -i 's/wrong/open sesame/' "$T/d/mutua.yaml"
all_due
jobs
claim 'with the right one the mail goes' is "$(mails) $(last 'sent IS NOT NULL')" '1 1'
sed -i '/^smtp_user\|^smtp_password/d' "$T/d/mutua.yaml"

# TLS.
tls=$(free_port)
mkdir "$T/tls"
: > "$T/tls.out"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
	-addext subjectAltName=IP:127.0.0.1 -keyout "$T/key" -out "$T/cert" 2> /dev/null
node tests/smtp_sink.mjs "$tls" "$T/tls" "$T/key" "$T/cert" > "$T/tls.out" 2>&1 &
tls_process=$!
started="$started $tls_process"
eventually grep -q ready "$T/tls.out"
sink_says
queue tls@example.net
sed -i "s|^smtp:.*|smtp: smtps://127.0.0.1:$tls|" "$T/d/mutua.yaml"
jobs
claim 'a server whose certificate nobody vouches for gets nothing' \
	is "$(find "$T/tls" -type f -size +8c | wc -l) $(last 'sent IS NULL AND given_up IS NULL')" '0 1'
claim '… for that reason' says 'certificate'
sed -i "s|^smtp:.*|smtp: smtp://127.0.0.1:$sink|" "$T/d/mutua.yaml"

# Killed after the server took a mail and before it was written down.
sink_says 'slow 400'
queue twice@example.net
"$mutua" jobs --data "$T/d" --once 2> /dev/null &
runner=$!
has_mail() {
	[ "$(mails)" = "$1" ]
}
eventually has_mail 1
kill -9 "$runner"
wait "$runner" 2> /dev/null
claim 'killed in between, a mail is not marked as sent' is "$(last 'sent IS NULL')" 1
printf '' > "$T/sink/answer"
jobs
claim '… and goes again' is "$(mails) $(last 'sent IS NOT NULL')" '2 1'
cksum "$T"/sink/*.eml | cut -d' ' -f1,2 | sort -u > "$T/sums"
claim '… the same to the last byte, so that it is known to be' is "$(wc -l < "$T/sums")" 1
claim '… by its Message-ID' is "$(mail | grep -c '^Message-ID: <mutua\.[0-9]*\.[0-9]*@mutua.example.org>')" 2

# As a process that stays.
sink_says
"$mutua" jobs --data "$T/d" > /dev/null 2> "$T/jobs.err" &
runner=$!
started="$started $runner"
has_lock() {
	[ "$(cat "$T/d/jobs-lock")" = "$runner" ]
}
eventually has_lock
claim 'a second one on the same directory is refused' gives 1 "$mutua" jobs --data "$T/d" --once
claim '… with the process that is first' says "process $runner"
queue soon@example.net
before=$(date +%s%N)
claim 'a mail that is queued goes' eventually has_mail 1
claim '… within a second or two' [ $((($(date +%s%N) - before) / 1000000)) -lt 2500 ]
idle=$(awk '{ print $14 + $15 }' "/proc/$runner/stat")
sleep 1
claim 'waiting costs nothing' [ $(($(awk '{ print $14 + $15 }' "/proc/$runner/stat") - idle)) -le 3 ]
kill "$runner"
wait "$runner"
claim 'SIGTERM ends it well' [ $? = 0 ]

# The server is away.
kill "$sink_process"
wait "$sink_process" 2> /dev/null
state 'UPDATE outbox SET given_up = 1 WHERE sent IS NULL'
queue away@example.net
queue waits@example.net
jobs
claim 'without its server a mail waits' is "$(state 'SELECT count(*) FROM outbox WHERE given_up IS NULL AND sent IS NULL')" 2
claim '… and the others are not tried in vain' is "$(state 'SELECT sum(tries) FROM outbox WHERE given_up IS NULL AND sent IS NULL')" 1
printf 'base: %s\n' "$home" > "$T/d/mutua.yaml"
state 'UPDATE outbox SET given_up = 1 WHERE sent IS NULL'

# Work that nobody knows.
state "INSERT INTO job (job, subject, created, due) VALUES ('nonsense', 'x', unixepoch(), 0)"
jobs
claim 'work that is not known waits for a newer program' \
	is "$(state 'SELECT tries, error, due > unixepoch() + 50 FROM job')" '1|this program does not know such work|1'

# Watching.
content "INSERT INTO member (name, email, email_key, lang, created) VALUES
	('Ana', 'ana@example.net', 'ana@example.net', 'es', '2026-01-01'),
	('Ben', 'ben@example.net', 'ben@example.net', 'fr', '2026-01-01'),
	('Cy', 'cy@example.net', 'cy@example.net', 'en', '2026-01-01'),
	('Di', 'di@example.net', 'di@example.net', 'en', '2026-01-01')"
content "UPDATE member SET status = 'disabled' WHERE name = 'Cy'"
scheme=$(content "SELECT id FROM record WHERE kind = 'scheme'")
document=$(content "SELECT id FROM record WHERE kind = 'document'")
watch() {
	state "INSERT INTO watch (member, record, path, query, title, mail, created)
		VALUES ($1, $2, $3, $4, 'x', ${5:-1}, '2026-01-01')"
}
watch 1 "$scheme" NULL NULL
watch 2 NULL "'/schemes'" "'country=sn&page=2'"
watch 3 "$scheme" NULL NULL
watch 4 "$scheme" NULL NULL 0
# revise RECORD AUTHOR COMMENT
revise() {
	content "INSERT INTO revision (record, number, author, time, comment, snapshot)
		SELECT $1, max(number) + 1, $2, '2026-11-30T12:00:00Z', '$3', '{}'
		FROM revision WHERE record = $1"
}
told() {
	state "SELECT group_concat(recipient, ' ') FROM (SELECT recipient FROM outbox
		WHERE name = 'watch' ORDER BY recipient)"
}
claim 'what was there before is no news' is "$(told)" ''
revise "$scheme" NULL 'A new <figure>'
rm -f "$T"/d/mail/*
jobs
claim 'who watches a record, or a search that finds it, is told of a change' \
	is "$(told)" 'ana@example.net ben@example.net'
cat "$T"/d/mail/*-watch.eml > "$T/out"
claim '… in their language' says 'Content-Language: es'
claim '… with what it is' says 'https://mutua.example.org/es/schemes/mutuelle'
claim '… and why' says 'A new <figure>'
claim '… and how not to be told any more' says 'List-Unsubscribe-Post'
claim '… by a link of their own' \
	is "$(grep -ohE 'unsubscribe/[0-9]+-[0-9a-f]{64}>' "$T"/d/mail/*-watch.eml | sort -u | wc -l)" 2
jobs
claim 'nobody is told twice' is "$(told)" 'ana@example.net ben@example.net'
state "DELETE FROM outbox WHERE name = 'watch'"
revise "$scheme" 1 'mine'
jobs
claim 'nobody is told of their own change' is "$(told)" 'ben@example.net'
state "DELETE FROM outbox WHERE name = 'watch'"
revise "$document" NULL 'other'
jobs
claim 'what a search does not find is not told' is "$(told)" ''
watch 4 NULL "'/search'" "'q=brochure'"
revise "$document" NULL 'one'
revise "$document" NULL 'two'
jobs
claim 'words find, too, and two changes are one mail' is "$(told)" 'di@example.net'

content "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
	INSERT INTO revision (record, number, time, snapshot)
	SELECT $document, i, '2026-11-30', '{}' FROM n"
jobs
claim 'thousands of changes at once are looked at to the last' \
	is "$(state "SELECT value FROM progress WHERE name = 'revisions'")" \
	"$(content 'SELECT max(rowid) FROM revision')"

# Once a year.
content "INSERT INTO steward (member, country, since) VALUES (2, 'SN', '2020-01-01'),
	(3, 'SN', '2020-01-01')"
jobs
asked() {
	state "SELECT group_concat(recipient, ' ') FROM (SELECT recipient FROM outbox
		WHERE name = 'confirm' ORDER BY recipient)"
}
claim 'of a scheme that changed today nobody is asked' is "$(asked)" ''
content "UPDATE record SET updated = date('now', '-364 days') || 'T00:00:00Z' WHERE id = $scheme"
jobs
claim '… nor of one that changed within a year' is "$(asked)" ''
content "UPDATE record SET updated = date('now', '-400 days') || 'T00:00:00Z' WHERE id = $scheme"
rm -f "$T"/d/mail/*
jobs
claim 'a year later who looks after its country is' is "$(asked)" 'ben@example.net'
cat "$T"/d/mail/*-confirm.eml > "$T/out"
claim '… with a link of their own' grep -q 'mutua.example.org/fr/confirm/[A-Za-z0-9_=-]*' "$T/out"
claim '… that is a ticket for that scheme' \
	is "$(state "SELECT record, member, length(hash) FROM ticket WHERE purpose = 'confirm'")" "$scheme|2|64"
jobs
claim 'once a year' is "$(asked)" 'ben@example.net'
content "INSERT INTO steward (member, record, since) VALUES (1, $scheme, '2020-01-01')"
jobs
claim 'who looks after the scheme itself comes first' is "$(asked)" 'ana@example.net ben@example.net'
content "UPDATE record SET confirmed = date('now') WHERE id = $scheme"
state "DELETE FROM outbox WHERE name = 'confirm'"
jobs
claim 'what has been confirmed is not asked for' is "$(asked)" ''

# Order.
state "INSERT INTO session (hash, member, created, seen, network, agent) VALUES
	('idle', 1, unixepoch() - 15 * 86400, unixepoch() - 15 * 86400, '', ''),
	('old', 1, unixepoch() - 91 * 86400, unixepoch(), '', ''),
	('good', 1, unixepoch() - 89 * 86400, unixepoch() - 86400, '', '');
	INSERT INTO ticket (hash, purpose, created, expires) VALUES
	('late', 'join', 0, unixepoch() - 1), ('soon', 'join', 0, unixepoch() + 60);
	INSERT INTO bucket (key, level, time) VALUES ('dry', 1, 0), ('wet', 1, unixepoch());
	UPDATE outbox SET sent = unixepoch() - 91 * 86400 WHERE sent IS NOT NULL"
state "INSERT INTO contribution (id, kind, state, member, lang, title, words, created, updated)
	VALUES (9, 'scheme', 'submitted', 1, 'en', 'x', 'x', '2026-01-01', '2026-01-01')"
content "UPDATE revision SET contribution = 9, author = 1 WHERE record = $scheme AND number = 1"
jobs
claim 'sessions that are idle, or old, end' is "$(state 'SELECT group_concat(hash) FROM session')" good
claim 'tickets end when they are due' is "$(state "SELECT group_concat(hash) FROM ticket WHERE purpose = 'join'")" soon
claim 'limits that have leaked empty go' is "$(state 'SELECT group_concat(key) FROM bucket')" wet
claim 'of old mails nothing personal is left' \
	is "$(state "SELECT count(*) FROM outbox WHERE sent IS NOT NULL AND recipient <> ''")" 0
claim '… but that there was one, where there may be only one' \
	is "$(state "SELECT count(*) > 0 FROM outbox WHERE once LIKE 'watch %'")" 1
claim 'a contribution whose revision is there is published, whatever was cut off' \
	is "$(state 'SELECT state, record FROM contribution')" "published|$scheme"
claim '… which its history says' is "$(state 'SELECT state, member FROM contribution_note')" 'published|1'
jobs
claim '… once' is "$(state 'SELECT count(*) FROM contribution_note')" 1

# The registry, for visitors to take.
entry() {
	unzip -p "$T/d/files/$1.zip" "$2"
}

stamp() {
	stat -c %i.%Y.%s "$T/d/files/registry.zip"
}

differs() {
	[ "$1" != "$2" ]
}

# What is in files/ that is no file of a member.
lying() {
	find "$T/d/files" -mindepth 1 -maxdepth 1 -not -name '[0-9a-f][0-9a-f]' -printf '%f ' | tr ' ' '\n' | sort | xargs
}

claim 'the registry is packed' gives 0 unzip -t "$T/d/files/registry.zip"
claim '… with its description' is "$(entry registry datapackage.json | grep -c '"name":"schemes"')" 1
claim '… and the questionnaire, which is empty' \
	is "$(entry questionnaire schemes.csv | wc -l)$(entry questionnaire readme.txt | grep -c ENGLISH)" 11
claim 'nothing else lies about' is "$(lying)" 'questionnaire.zip registry.zip'
claim '… and others cannot read it' is "$(stat -c %a "$T/d/files/registry.zip")" 640
was=$(stamp)
jobs
claim 'it is not made again for nothing' is "$(stamp)" "$was"
content "INSERT INTO scheme_contact (record, place, name, email, consent) VALUES
	($scheme, 91, 'Open Contact', 'open@example.net', '2008-11-20'),
	($scheme, 92, 'Closed Contact', 'closed@example.net', NULL)"
content "INSERT INTO revision (record, number, time, snapshot)
	SELECT record, max(number) + 1, '2030-01-01T00:00:00Z', snapshot FROM revision WHERE record = $scheme"
mkdir -p "$T/d/files/.registry/tables"
touch "$T/d/files/.registry/registry.zip.aB3dEf" "$T/d/files/.registry/tables/schemes.csv"
jobs
claim 'after a change it is' differs "$(stamp)" "$was"
claim '… with contacts who agreed' is "$(entry registry contacts.csv | grep -c open@example.net)" 1
claim '… and nothing of those who did not' \
	is "$(entry registry '*' | grep -c closed@)$(entry registry '*' | grep -c 'Closed Contact')" 01
claim 'what was cut off before is gone' is "$(lying)" 'questionnaire.zip registry.zip'
rm "$T/d/files/questionnaire.zip"
jobs
claim 'what is missing is made' [ -s "$T/d/files/questionnaire.zip" ]
was=$(stamp)
content "INSERT INTO revision (record, number, time, snapshot)
	SELECT record, max(number) + 1, '2030-01-02T00:00:00Z', snapshot FROM revision WHERE record = $scheme"
mkdir "$T/d/files/.registry"
mkdir "$T/d/files/.registry/odd"
jobs
claim 'what cannot be made leaves what was there' is "$(stamp)" "$was"
claim '… and the log says so' says 'files/.registry'
rmdir "$T/d/files/.registry/odd"
jobs
claim '… until it can' differs "$(stamp)" "$was"

claim 'jobs need a database' gives 1 "$mutua" jobs --data "$T/none" --once
finish
