#!/bin/sh
# mutua serve, for real: Kore with its sandbox on.
. tests/tap.sh

sh tests/database.sh "$B" test-data content
mkdir "$T/d"
cp "$B/test-data/mutua.db" "$T/d/"
port=$(free_port)

answers() {
	[ "$(curl -s -o "$T/out" -w '%{http_code}' "http://127.0.0.1:$port$1")" = 200 ]
}

setting() {
	echo "$1" > "$T/d/mutua.yaml"
	gives 1 "$mutua" serve --data "$T/d" --listen "127.0.0.1:$port"
}

claim 'an unknown setting is refused' setting 'colour: red'
claim '… with its name' says '“colour”'
claim '… file and line' says 'mutua.yaml:1:'
claim '… and the names there are' says access_log
claim 'a value that cannot be is refused' setting 'page_cache: big'
claim '… with what could be' says 'a number of megabytes'
claim 'so is a value that is a list' setting 'base: [a, b]'
claim '… and YAML that is none' setting 'base: ['
rm "$T/d/mutua.yaml"
claim 'a settings file that is not there is said' \
	gives 1 "$mutua" serve --data "$T/d" --config "$T/none.yaml"

# Shared memory that a process made, if it is still there: column 5.
memory_of() {
	awk -v pid="$1" '$5 == pid { found = 1 } END { exit !found }' /proc/sysvipc/shm
}

serve "$T/d" "$port" --workers 2
claim 'the site prints its address when it answers' \
	grep -qx "http://127.0.0.1:$port/" "$T/server.out"
claim '… and does' answers /healthz
claim 'pages are served' answers /fr/glossary
claim 'searching works in the sandbox' answers '/fr/search?q=mutuelle+sante'
claim 'Kore knows every line of its configuration' \
	not grep -q ignoring "$T/server.err"
kore=$(kore_of "$server")
workers=$(children "$kore")
claim 'Kore has shared memory' memory_of "$kore"
claim 'there are as many workers as asked for' [ "$(echo "$workers" | wc -l)" = 2 ]
for w in $workers; do
	claim 'a worker is confined by seccomp' grep -q '^Seccomp:	2' "/proc/$w/status"
	claim '… is not root' not grep -q '^Uid:	0' "/proc/$w/status"
	claim '… and can gain no rights' grep -q '^NoNewPrivs:	1' "/proc/$w/status"
	claim '… has none' grep -q '^CapEff:	0000000000000000' "/proc/$w/status"
done
claim 'requests are logged as JSON' eventually grep -q '"/fr/glossary' "$T/server.out"

claim 'a second site on the same directory is refused' \
	gives 1 "$mutua" serve --data "$T/d" --listen "127.0.0.1:$(free_port)"
claim '… with the process that serves it' says "by process $server"
mkdir "$T/d2"
cp "$B/test-data/mutua.db" "$T/d2/"
claim 'a second site on the same port is refused' \
	gives 1 "$mutua" serve --data "$T/d2" --listen "127.0.0.1:$port"
claim '… which is said' says "127.0.0.1:$port is taken"
claim 'the first goes on' answers /healthz

# Somebody kills a worker, then Kore itself.
kill -9 "$(echo "$workers" | tail -1)"
has_two_workers() {
	[ "$(children "$kore" | wc -l)" = 2 ]
}
claim 'a worker that was killed is replaced' eventually has_two_workers
claim '… and the site answers' eventually answers /en/
kill -9 "$kore"
first=$kore
claim 'so is Kore itself' eventually grep -q 'starting it again' "$T/server.err"
has_another_kore() {
	another=$(kore_of "$server") && [ -n "$another" ] && [ "$another" != "$kore" ]
}
claim '… with all its workers' eventually has_another_kore
claim '… and the site answers' eventually answers /en/
kore=$(kore_of "$server")
claim 'its shared memory went with it' not memory_of "$first"

# Jobs run beside it.
queue() {
	sqlite3 -cmd '.timeout 5000' "$T/d/state.db" "INSERT INTO outbox
		(recipient, lang, name, subject, text, html, created, due)
		VALUES ('ana@example.net', 'en', '$1', 'x', 'x', 'x', 0, 0)"
}
has_mail() {
	[ "$(find "$T/d/mail" -name "*-$1.eml" 2> /dev/null | wc -l)" = 1 ]
}
jobs=$(jobs_of "$server")
claim 'jobs are done beside it' [ -n "$jobs" ]
claim '… by one who is not root' not grep -q '^Uid:	0' "/proc/$jobs/status"
queue first
claim '… a mail is sent' eventually has_mail first
kill -9 "$jobs"
has_other_jobs() {
	another=$(jobs_of "$server") && [ -n "$another" ] && [ "$another" != "$jobs" ]
}
claim 'killed, they are started again' eventually has_other_jobs
claim '… which is said' grep -q 'mutua jobs was killed by signal 9' "$T/server.err"
claim '… while Kore goes on' [ "$(kore_of "$server")" = "$kore" ]
queue second
claim '… and the next mail is sent' eventually has_mail second

family=$(below "$server")
claim 'they are one family' [ "$(echo "$family" | wc -l)" = 4 ]
kill "$server"
wait "$server"
claim 'SIGTERM ends it well' [ $? = 0 ]
for p in $family; do
	claim 'nobody is left' not alive "$p"
done
claim 'no shared memory is left' not memory_of "$kore"

# The supervisor itself is killed.
serve "$T/d" "$port" --workers 1
claim 'the site starts again at once' answers /healthz
family=$(below "$server")
kore=$(kore_of "$server")
kill -9 "$server"
wait "$server" 2> /dev/null
for p in $family; do
	claim 'nobody survives the supervisor' eventually not alive "$p"
done
claim 'nor does shared memory' not memory_of "$kore"
printf 'name: "Entraide & Cie"\nlanguage: es\n' > "$T/d/mutua.yaml"
serve "$T/d" "$port" --workers 1 --no-page-cache --no-jobs --base https://example.org
claim 'jobs may be left to somebody else' [ -z "$(jobs_of "$server")" ]
claim 'and a new one takes over' answers /en/
claim 'with the address that was given' grep -q 'https://example.org/en' "$T/out"
claim '… and the name' grep -q '<title>Entraide &amp; Cie:' "$T/out"
curl -s -o /dev/null -D "$T/out" -H 'Accept-Language: wo' "http://127.0.0.1:$port/"
claim '… and the language, for who asks for none there is' grep -qi '^location:.*/es/' "$T/out"
stop "$server"
# A site that can't start says why, and ends.
mkdir "$T/share"
cp -r schema conf content "$T/share/"
cp -r assets "$T/share/assets"
sed -i 's/^home.*//;/^title/d' "$T"/share/assets/strings/fr.yaml
echo '{{nonsense' >> "$T/share/assets/templates/layout.html"
claim 'a template that does not compile stops the start' \
	gives 1 "$mutua" serve --data "$T/d" --share "$T/share" --listen "127.0.0.1:$port"
claim '… with its name' says layout.html

finish
