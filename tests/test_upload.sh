#!/bin/sh
# Sending a file to a running site: large ones, slowly, cut off, many at once;
# in the sandbox, and its words found soon after.
. tests/tap.sh

sh tests/database.sh "$B" test-data content
mkdir "$T/d"
cp "$B"/test-data/*.db "$T/d/"
echo 'a secret word' | "$mutua" member add 'Eva Exemple' --email eva@example.org \
	--role editor --password-stdin --data "$T/d" > "$T/out" 2> "$T/err"
sending=
port=$(free_port)
url=http://127.0.0.1:$port
serve "$T/d" "$port" --workers 1

# page PATH: the token of a page's form; it stays in $T/page.
page() {
	curl -s -c "$T/jar" -b "$T/jar" "$url$1" > "$T/page"
	sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' "$T/page" | tail -1
}

token=$(page /en/sign-in)
curl -s -o "$T/out" -c "$T/jar" -b "$T/jar" --data-urlencode "_csrf=$token" \
	-d email=eva@example.org --data-urlencode 'password=a secret word' "$url/en/sign-in"
token=$(page /en/files)
claim 'an editor signs in and has a form for files' grep -q 'type="file"' "$T/page"

# send FILE [OPTION…]: the status of the answer
send() {
	file=$1
	shift
	curl -s -m 60 -o "$T/out" -w '%{http_code}' -b "$T/jar" -H 'Expect:' \
		-F "_csrf=$token" -F "file=@$file" "$@" "$url/en/files"
}
is_sent() {
	[ "$(send "$@")" = 303 ]
}
is_kept() {
	sha=$(sha256sum < "$1" | cut -c 1-64)
	cmp "$1" "$T/d/files/$(echo "$sha" | cut -c 1-2)/$sha"
}

# text BYTES WORD: so much of it
text() {
	yes "$2" | head -c "$1"
}

text 20000 zeppelin > "$T/small.txt"
text 20000000 balloon > "$T/large.txt"
text 26000000 airship > "$T/huge.txt"
claim 'a file is taken' is_sent "$T/small.txt"
claim '… and kept' is_kept "$T/small.txt"
claim 'a large one, too' is_sent "$T/large.txt"
claim '… whole' is_kept "$T/large.txt"
claim 'one that is too large is not' [ "$(send "$T/huge.txt")" != 303 ]
text 3000000 kite > "$T/slow.txt"
claim 'one that comes slowly is' is_sent "$T/slow.txt" --limit-rate 200k
claim '… whole' is_kept "$T/slow.txt"
text 8000000 glider > "$T/cut.txt"
curl -s -m 1 -o /dev/null -b "$T/jar" -H 'Expect:' --limit-rate 1M \
	-F "_csrf=$token" -F "file=@$T/cut.txt" "$url/en/files"
claim 'one that is cut off is not kept' not is_kept "$T/cut.txt" 2> /dev/null
for i in 1 2 3 4 5 6; do
	text 2000000 "many $i" > "$T/many$i.txt"
	send "$T/many$i.txt" > "$T/status$i" &
	sending="$sending $!"
done
claim 'pages are answered meanwhile' \
	[ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' "$url/en/glossary")" = 200 ]
for p in $sending; do
	wait "$p"
done
claim 'six at once are all taken' [ "$(cat "$T"/status?)" = 303303303303303303 ]
echo '<script>alert(1)</script>' > "$T/page.txt"
claim 'a page is refused' [ "$(send "$T/page.txt")" = 422 ]
page /en/files > /dev/null
claim 'all that was taken is listed' [ "$(grep -c 'small.txt\|large.txt\|slow.txt\|many..txt' "$T/page")" = 9 ]
claim 'nothing is left half done' [ -z "$(find "$T/d/files" -name '.new*')" ]
claim 'the worker has been well all the time' not grep -q restarting "$T/server.out" "$T/server.err"
done_soon() {
	[ "$(sqlite3 -cmd '.timeout 5000' "$T/d/mutua.db" "SELECT count(*) FROM file_text WHERE state = 'done'")" = 9 ]
}
claim 'their words are read soon after' eventually done_soon
finish
