#!/bin/sh
# Smaller versions of pictures: made in a sandbox of what is sound, once, and
# gone with what they were made of.
. tests/tap.sh

sh tests/database.sh "$B" test-data content
mkdir -p "$T/d/files"
cp "$B"/test-data/*.db "$T/d/"

sql() {
	sqlite3 "$T/d/mutua.db" "PRAGMA foreign_keys = ON; $1"
}

path() {
	echo "$T/d/files/$(echo "$1" | cut -c 1-2)/$1"
}

# keep FILE TYPE [WIDTH HEIGHT]: as it was sent before there were versions;
# prints its hash
keep() {
	sha=$(sha256sum < "$1" | cut -c 1-64)
	mkdir -p "$(dirname "$(path "$sha")")"
	cp "$1" "$(path "$sha")"
	sql "INSERT INTO file (sha256, name, type, bytes, added, member, width, height)
		VALUES ('$sha', '$(basename "$1")', '$2', $(wc -c < "$1"), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 1,
			${3-NULL}, ${4-NULL});
		INSERT INTO file_text (sha256, state) VALUES ('$sha', 'none')"
	echo "$sha"
}

# png WIDTH HEIGHT BITS COLOURS ROW: each row is what Perl makes of that
png() {
	perl -MCompress::Zlib -e '
		my ($w, $h, $bits, $colours, $row) = @ARGV;
		sub chunk { my $c = join "", @_; print pack("N", length($c) - 4), $c, pack("N", crc32($c)) }
		my ($z, $data) = (deflateInit(), "");
		my $make = eval "sub { $row }";
		$data .= $z->deflate("\0" . $make->()) for 1 .. $h;
		$data .= $z->flush;
		print "\x89PNG\r\n\x1a\n";
		chunk("IHDR", pack("NNCCCCC", $w, $h, $bits, $colours, 0, 0, 0));
		chunk("IDAT", $data);
		chunk("IEND", "")' "$@"
}

# What a phone adds to a JPEG: that it lies on its side, and where it was taken.
exif() {
	perl -0777 -pe '
		my $tiff = "MM\0*" . pack("N n nnNnn nnNN N", 8, 2, 0x112, 3, 1, 6, 0, 0x8825, 4, 1, 38, 0)
			. pack("n nnNA4 N", 1, 1, 2, 2, "N", 0) . "GPS-COTONOU";
		substr($_, 2, 0) = "\xff\xe1" . pack("n", 8 + length($tiff)) . "Exif\0\0$tiff"' "$1"
}

sql "INSERT INTO member (id, name, email, email_key, lang, created)
	VALUES (1, 'A', 'a@example.org', 'a@example.org', 'en', '2026-01-01T00:00:00Z')"
png 900 600 8 2 'our ($n, $l); $n++ % 4 ? $l : ($l = join "", map { pack("C3", map { 100 + rand 60 } 1 .. 3) x 4 } 1 .. $w / 4)' > "$T/photo.png"
png 900 600 8 6 'join "", map { chr(200), chr(40 + rand 9), chr(40), chr(128) } 1 .. $w' > "$T/logo.png"
png 30000 30000 1 0 '"\0" x 3750' > "$T/bomb.png"
png 10000 9000 1 0 'pack("N", rand 2 ** 32) . "\0" x 1246' > "$T/hidden.png"
png 6300 6300 1 0 'pack("N", rand 2 ** 32) x 197' > "$T/plan.png"
photo=$(keep "$T/photo.png" image/png 900 600)
logo=$(keep "$T/logo.png" image/png 900 600)
bomb=$(keep "$T/bomb.png" image/png 30000 30000)
hidden=$(keep "$T/hidden.png" image/png)
plan=$(keep "$T/plan.png" image/png 6300 6300)

jobs() {
	"$mutua" jobs --data "$T/d" --once > "$T/out" 2> "$T/err"
}

# about SHA [SIZE]: "type widthxheight" of what was made of it
about() {
	sql "SELECT type || ' ' || width || 'x' || height FROM picture_version
		WHERE file = '$1' AND size = '${2-small}'"
}

version() {
	sql "SELECT sha256 FROM picture_version WHERE file = '$1' AND size = '${2-small}'"
}

begins() {
	[ "$(head -c 4 "$(path "$1")" | od -An -tx1 | tr -d ' ')" = "$2" ]
}

is() {
	[ "$1" = "$2" ] || echo "# $1, not $2"
	[ "$1" = "$2" ]
}

fault() {
	sql "SELECT fault FROM picture WHERE file = '$1'"
}

claim 'pictures that were there before get their versions' jobs
claim 'a photograph has a small one' is "$(about "$photo")" 'image/jpeg 320x213'
claim '… and one for its page' is "$(about "$photo" medium)" 'image/jpeg 800x533'
claim '… by what is in them' is "$(sha256sum < "$(path "$(version "$photo")")" | cut -c 1-64)" "$(version "$photo")"
claim '… a JPEG, as it says' begins "$(version "$photo")" ffd8ffe0
claim 'what shines through stays a PNG' is "$(about "$logo")" 'image/png 320x213'
claim '… as it says' begins "$(version "$logo")" 89504e47
claim 'what is large, and packed to little, is made small' is "$(about "$plan")" 'image/jpeg 320x320'
claim '900 million pixels are too many' is "$(fault "$bomb")" large
claim '… and so are 90 million that nobody has counted' is "$(fault "$hidden")" damaged
claim '… nothing was made of them' is "$(about "$bomb")$(about "$hidden")" ''

cp "$(path "$(version "$photo" medium)")" "$T/upright.jpg"
exif "$T/upright.jpg" > "$T/phone.jpg"
head -c 30000 "$T/upright.jpg" > "$T/cut.jpg"
head -c 30000 /dev/urandom > "$T/noise.jpg"
phone=$(keep "$T/phone.jpg" image/jpeg 800 533)
cut=$(keep "$T/cut.jpg" image/jpeg 800 533)
noise=$(keep "$T/noise.jpg" image/jpeg)
says_where() {
	grep -q COTONOU "$(path "$1")"
}
claim 'a phone says where it was' says_where "$phone"
claim 'and how it was held' jobs
claim '… so the version is upright' is "$(about "$phone")" 'image/jpeg 320x480'
claim '… and does not say where' not says_where "$(version "$phone")"
claim 'a JPEG that is cut is damaged' is "$(fault "$cut")" damaged
claim '… and so is what is none' is "$(fault "$noise")" damaged
claim '… which is said' says "picture $(echo "$cut" | cut -c 1-12): it cannot be read"
claim 'once more nothing is done' jobs
claim '… at all' [ ! -s "$T/err" ]
claim 'nothing waits' is "$(sqlite3 "$T/d/state.db" "SELECT count(*) FROM job WHERE job = 'picture'")" 0
mv "$(path "$photo")" "$T/away"
sql "DELETE FROM picture WHERE file = '$photo'"
claim 'a picture that is not there now' jobs
claim '… is looked for again later' says 'to be tried again: the file is not there'
mv "$T/away" "$(path "$photo")"
sqlite3 "$T/d/state.db" "UPDATE job SET due = 1"
claim '… and found' jobs
claim '… as it was' is "$(about "$photo")" 'image/jpeg 320x213'

# The whole of news goes out and in again, the versions of its picture are made.
mkdir -p "$T/p/files/$photo"
cp "$T/photo.png" "$T/p/files/$photo/photo.png"
cat > "$T/p/news.yaml" << END
kind: news
records:
  - slug: with-picture
    lang: en
    title: {en: With a picture}
    published: '2026-03-01'
    image: '$photo'
    image_alt: {en: Women at a table}
END
claim 'news has a picture' gives 0 "$mutua" load --data "$T/d" "$T/p"
claim 'the site is sound' gives 0 "$mutua" check --data "$T/d"
"$mutua" export --data "$T/d" --to "$T/x" > /dev/null
claim 'what goes out is the picture alone' is "$(ls "$T/x/content/files")" "$photo"
"$mutua" init --data "$T/n" > /dev/null
claim '… and in again' gives 0 "$mutua" load --data "$T/n" "$T/x/content"
"$mutua" jobs --data "$T/n" --once 2> /dev/null
claim 'where the same versions are made' is \
	"$(sqlite3 "$T/n/mutua.db" "SELECT sha256 FROM picture_version ORDER BY size")" \
	"$(sql "SELECT sha256 FROM picture_version WHERE file = '$photo' ORDER BY size")"

# What nobody wants is removed after a month.  Two have the bytes of a version:
# somebody has sent those of the photograph's, and of the logo's.
medium=$(version "$photo" medium)
small=$(version "$logo")
gone=$(version "$phone")
cp "$(path "$medium")" "$T/again.jpg"
cp "$(path "$small")" "$T/again.png"
keep "$T/again.jpg" image/jpeg > /dev/null
keep "$T/again.png" image/png > /dev/null
sql "UPDATE file SET added = '2026-01-01T00:00:00Z' WHERE name <> 'again.png'"
claim 'jobs remove the pictures that nobody wants' jobs
claim '… and their versions' [ ! -e "$(path "$gone")" ]
claim '… rows and all' is "$(sql "SELECT count(*) FROM picture_version WHERE file = '$phone'")" 0
claim 'what news has stays' [ -e "$(path "$photo")" ]
claim '… with its versions, though somebody sent the same and did not want it' [ -e "$(path "$medium")" ]
claim 'what somebody sent stays, though it was a version of another' [ -e "$(path "$small")" ]
claim 'no other bytes are kept' is "$(find "$T/d/files/"?? -type f | wc -l)" \
	"$(sql "SELECT count(*) FROM (SELECT sha256 FROM file UNION SELECT sha256 FROM picture_version)")"
claim 'the site is as sound as before' gives 0 "$mutua" check --data "$T/d"
rm "$(path "$medium")"
claim 'a version that is lost' gives 1 "$mutua" check --data "$T/d"
claim '… is missed' says "files/$medium (photo.jpg): is not there"

finish
