#!/bin/sh
# Files of documents: whole, in parts, slowly, and only those of published ones.
. tests/tap.sh

sh tests/database.sh "$B" test-data content
mkdir -p "$T/d/files"
cp "$B"/test-data/*.db "$T/d/"

# keep FILE NAME: as an upload would; prints its address
keep() {
	sha=$(sha256sum < "$1" | cut -c 1-64)
	two=$(echo "$sha" | cut -c 1-2)
	mkdir -p "$T/d/files/$two"
	cp "$1" "$T/d/files/$two/$sha"
	sqlite3 "$T/d/mutua.db" "INSERT INTO file
		(sha256, name, type, bytes, added, member) VALUES ('$sha', '$2',
		'application/pdf', $(wc -c < "$1"), '2026-01-01T00:00:00Z', NULL)" ||
		exit
	echo "$sha"
}

# attach SHA: to the first document
attach() {
	sqlite3 "$T/d/mutua.db" "INSERT INTO document_file (record, place, file)
		SELECT min(record), (SELECT count(*) FROM document_file), '$1' FROM document"
}

head -c 6000000 /dev/urandom > "$T/big"
echo 'a secret' > "$T/hidden"
big=$(keep "$T/big" 'Étude “x”.pdf')
hidden=$(keep "$T/hidden" hidden.pdf)
attach "$big"
slug=$(sqlite3 "$T/d/mutua.db" 'SELECT slug FROM record WHERE id = (SELECT min(record) FROM document)')

port=$(free_port)
serve "$T/d" "$port" --workers 1
site=http://127.0.0.1:$port
file=$site/files/$big/x.pdf

get() {
	: > "$T/body"
	curl -s -o "$T/body" -D "$T/out" "$@"
}

# A client that takes nothing for longer than any header may take.
perl -MIO::Socket::INET -e '
	my $s = IO::Socket::INET->new("127.0.0.1:$ARGV[0]") or die;
	print $s "GET /files/$ARGV[1]/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
	sleep 20;
	local $/;
	my $all = <$s>;
	print substr($all, index($all, "\r\n\r\n") + 4);
' "$port" "$big" > "$T/slow" &
slow=$!

claim 'a file is answered' get "$file"
claim '… whole' cmp "$T/big" "$T/body"
claim '… by name, to be saved' says "content-disposition: attachment; filename*=UTF-8''%C3%89tude%20%E2%80%9Cx%E2%80%9D.pdf"
claim '… as what it is' says 'content-type: application/pdf'
claim '… and nothing else' says 'x-content-type-options: nosniff'
claim '… that may run nothing' says 'content-security-policy: sandbox'
claim '… with a strong ETag' says "etag: \"$big\""
claim '… to be kept for good' says 'cache-control: public, max-age=31536000, immutable'
claim '… of which parts can be had' says 'accept-ranges: bytes'
claim 'its page names it' eventually get "$site/en/library/$slug"
claim '… with its address' grep -q "/files/$big/%C3%89tude" "$T/body"
claim '… and size' grep -q '6 MB' "$T/body"

claim 'HEAD has its length' get -I "$file"
claim '… just that' says 'content-length: 6000000'
claim '… and 200' says '200 OK'

get -r 100-199 "$file"
claim 'a part of it is a part' says '206 Partial Content'
claim '… and says which' says 'content-range: bytes 100-199/6000000'
tail -c +101 "$T/big" | head -c 100 > "$T/part"
claim '… with its bytes' cmp "$T/part" "$T/body"
get -r 5999990- "$file"
tail -c 10 "$T/big" > "$T/part"
claim 'so is its end' cmp "$T/part" "$T/body"
get -r -10 "$file"
claim '… counted from there' cmp "$T/part" "$T/body"
get -r 6000000- "$file"
claim 'what is behind it is not' says '416'
claim '… and told how long it is' says 'content-range: bytes */6000000'
get -r 0-1,4-5 "$file"
claim 'of several parts, all is sent' says 'content-length: 6000000'
get -r 0-9 -H "If-Range: \"$big\"" "$file"
claim 'a part of the same file is sent' says '206'
get -r 0-9 -H 'If-Range: "another"' "$file"
claim '… else all of it' says '200 OK'
get -I -r 0-9 "$file"
claim 'HEAD is of all' says 'content-length: 6000000'
get -H "If-None-Match: \"$big\"" "$file"
claim 'what is known is not sent again' says '304'
claim '… at all' [ ! -s "$T/body" ]
head -c 2000000 "$T/big" > "$T/body"
curl -s -C - -o "$T/body" "$file"
claim 'a download goes on where it stopped' cmp "$T/big" "$T/body"

get "$site/files/$hidden/x.pdf"
claim 'a file of no record is not there' says '404'
claim '… whatever is in it' [ -z "$(grep 'a secret' "$T/body")" ]
for path in "/files/$big" "/files/$big/" "/files/$big/../$hidden" "/files/..%2f..%2fmutua.db/x" \
	"/files/$big/a/b" '/files/mutua.db/x' '/files//x'; do
	get --path-as-is "$site$path"
	claim "$(echo "$path" | sed "s/$big/SHA/; s/$hidden/OTHER/") is not there" says '404'
done
get --path-as-is "$site/files/$big/..%2f..%2fmutua.db"
claim 'the name in the address is nobody'\''s path' cmp "$T/big" "$T/body"
get -X POST -d x "$file"
claim 'nothing is posted to it' says '405'
sqlite3 "$T/d/mutua.db" 'DELETE FROM document_file'
get "$file"
claim 'with its record it goes' says '404'
attach "$big"

# Many who leave early leave nothing behind.
for i in 1 2 3 4 5 6 7 8 9 10; do
	curl -s --max-time 0.02 -o /dev/null "$file"
done
get "$file"
claim 'who leaves early does no harm' cmp "$T/big" "$T/body"
held() {
	for p in $(below "$server"); do
		cat "/proc/$p/maps"
	done | grep "$big"
}
wait "$slow"
claim 'a slow client gets the whole file' cmp "$T/big" "$T/slow"
claim 'then nothing of it is held any more' not held

# Bodies that are sent.
head -c 3000000 /dev/zero > "$T/zeros"
get -X POST -H 'Content-Type: text/plain' -H 'Expect:' --data-binary "@$T/zeros" "$site/en/sign-in"
claim 'a large body is refused' says '413'
get -X POST -H 'Content-Type: text/plain' -H 'Expect:' --data-binary "@$T/zeros" "$site/en/files"
claim '… but where files are sent' gives 1 says '413'
claim 'and leaves nothing behind' [ -z "$(find "$T/d/files" -name '.new*')" ]

stop "$server"

# Out of this site, and into another.
echo 'The text of a file.' > "$T/text"
text=$(keep "$T/text" 'a/b: c.txt')
sqlite3 "$T/d/mutua.db" 'DELETE FROM document_file'
attach "$text"
claim 'files are exported' gives 0 "$mutua" export --data "$T/d" --to "$T/x"
claim '… those of published documents' [ "$(find "$T/x/content/files" -type f | wc -l)" = 1 ]
claim '… by names that any system has' cmp "$T/text" "$T/x/content/files/$text/a-b- c.txt"
"$mutua" init --data "$T/n" > /dev/null
claim 'and loaded again' gives 0 "$mutua" load --data "$T/n" "$T/x/content"
claim '… to where they are served from' cmp "$T/text" "$T/n/files/$(echo "$text" | cut -c 1-2)/$text"
claim '… with their documents' [ "$(sqlite3 "$T/n/mutua.db" \
	"SELECT count(*) FROM document_file d JOIN file f ON f.sha256 = d.file WHERE f.type = 'text/plain'")" = 1 ]
claim 'once more nothing changes' gives 0 "$mutua" load --data "$T/n" "$T/x/content"
claim '… at all' says ' 0 added, 0 changed'

# The picture of news goes the same way.
printf '\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\0\002\0\0\0\003\010\0\0\0\0crc.\0\0\0\0IEND\256B\140\202' > "$T/picture"
picture=$(sha256sum "$T/picture" | cut -c 1-64)
mkdir -p "$T/p/files/$picture"
cp "$T/picture" "$T/p/files/$picture/p.png"
cat > "$T/p/news.yaml" << EOF
kind: news
records:
  - slug: with-picture
    lang: en
    title: {en: With a picture}
    published: '2026-03-01T08:00Z'
    expires: '2031-01-01'
    image: '$picture'
    image_alt: {en: Women at a table}
EOF
claim 'news has a picture' gives 0 "$mutua" load --data "$T/n" "$T/p"
claim '… whose size is known' [ "$(sqlite3 "$T/n/mutua.db" \
	"SELECT f.width || 'x' || f.height FROM news n JOIN file f ON f.sha256 = n.image")" = 2x3 ]
"$mutua" export --data "$T/n" --to "$T/y" > /dev/null
claim '… and goes out with it' cmp "$T/picture" "$T/y/content/files/$picture/p.png"
"$mutua" init --data "$T/m" > /dev/null
claim '… and in again' gives 0 "$mutua" load --data "$T/m" "$T/y/content"
claim '… with its words and its times' [ "$(sqlite3 "$T/m/mutua.db" \
	"SELECT r.published || n.expires || t.image_alt FROM news n JOIN record r ON r.id = n.record
	JOIN news_text t ON t.news = r.id")" = '2026-03-01T08:00Z2031-01-01Women at a table' ]
claim '… as the site has it' gives 0 "$mutua" check --data "$T/m"

echo x >> "$T/x/content/files/$text/a-b- c.txt"
claim 'one that is not what it is called is refused' gives 1 "$mutua" load --data "$T/n" "$T/x/content"
claim '… by name' says 'a-b- c.txt: is not what'
rm -r "$T/x/content/files"
sqlite3 "$T/n/mutua.db" "PRAGMA foreign_keys = OFF; DELETE FROM file"
claim 'a document does not name what is not there' gives 1 "$mutua" load --data "$T/n" "$T/x/content"
claim '… and that is said' says "there is no file “$text”"

finish
