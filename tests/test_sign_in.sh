#!/bin/sh
# Signing in to a running site: passwords are checked in threads, beside the
# pages of others.
. tests/tap.sh

sh tests/database.sh "$B" test-data content
mkdir "$T/d"
cp "$B"/test-data/*.db "$T/d/"
port=$(free_port)
url=http://127.0.0.1:$port
serve "$T/d" "$port" --workers 1
kore=$(kore_of "$server")

# form JAR: the token of the sign-in form, the cookies kept in a file.
form() {
	curl -s -c "$1" -b "$1" "$url/en/sign-in" |
		sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' | head -1
}

# try JAR TOKEN: sign in with a wrong password; prints the status.
try() {
	curl -s -m 20 -o /dev/null -w '%{http_code}\n' -b "$1" \
		--data-urlencode "_csrf=$2" -d "email=nobody$3@example.org" \
		-d password=wrong "$url/en/sign-in"
}

token=$(form "$T/jar")
claim 'the form has a token' [ -n "$token" ]
claim 'a wrong password is refused' [ "$(try "$T/jar" "$token" 0)" = 403 ]

for i in $(seq 12); do
	try "$T/jar" "$token" "$i" >> "$T/statuses" &
	tries="$tries $!"
done
claim 'a page is answered while passwords are checked' \
	[ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "$url/en/glossary")" = 200 ]
for p in $tries; do
	wait "$p"
done
claim 'everybody who tries at once is answered' \
	[ "$(wc -l < "$T/statuses")" = 12 ]
claim '… checked, or asked to come back' \
	not grep -qv '^403$\|^503$' "$T/statuses"
claim '… and some are asked to' grep -q 503 "$T/statuses"
claim '… but not all' grep -q 403 "$T/statuses"

worker=$(children "$kore" | tail -1)
for i in $(seq 20); do
	try_and_leave() {
		curl -s -m 0.02 -o /dev/null -b "$T/jar" \
			--data-urlencode "_csrf=$token" -d "email=gone$i@example.org" \
			-d password=wrong "$url/en/sign-in"
	}
	try_and_leave
done
sleep 0.5
claim 'visitors who leave before they are answered do no harm' \
	[ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "$url/en/glossary")" = 200 ]
claim '… to the process that serves them' alive "$worker"
rm "$T/statuses"
claim '… nor do they block who comes after' \
	eventually [ "$(try "$T/jar" "$token" 99)" != 503 ]
claim 'after many tries an address has to wait' \
	eventually [ "$(try "$T/jar" "$token" 99)" = 429 ]
claim '… and is told how long' sh -c "curl -s -D - -o /dev/null -b '$T/jar' \
	--data-urlencode '_csrf=$token' -d email=x@example.org -d password=wrong \
	'$url/en/sign-in' | grep -qi '^retry-after: [0-9]'"
finish
