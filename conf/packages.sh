#!/bin/sh
# packages.sh run|test|develop: install what is missing.
#
# A package counts as there if the program, header, file or module (of Debian's
# Python) beside its name is, however it was installed.  Where apt-get can't be
# used, says what to install and fails.
set -eu

run='
kore		command kore
gcc		command cc
make		command make
pkg-config	command pkg-config
libc6-dev	header stdio.h
libssl-dev	header openssl/ssl.h
libpq-dev	header postgresql/libpq-fe.h
libsqlite3-dev	header sqlite3.h
libxml2-dev	header libxml2/libxml/parser.h
libyaml-dev	header yaml.h
libicu-dev	header unicode/ucol.h
libstemmer-dev	header libstemmer.h
libjansson-dev	header jansson.h
libsodium-dev	header sodium.h
libmagic-dev	header magic.h
libzip-dev	header zip.h
poppler-utils	command pdftotext
libturbojpeg0-dev	header turbojpeg.h
libpng-dev	header png.h
libwebp-dev	header webp/decode.h
libcurl4-openssl-dev	header curl/curl.h
ca-certificates	file /etc/ssl/certs/ca-certificates.crt
zlib1g-dev	header zlib.h
libcmark-gfm-dev		header cmark-gfm.h
libcmark-gfm-extensions-dev	header cmark-gfm-core-extensions.h
'
test='
curl		command curl
perl		command prove
sqlite3		command sqlite3
nodejs		command node
npm		command npm
chromium	command chromium
openssl		command openssl
python3-feedparser	module feedparser
procps		command ps
unzip		command unzip
python3		command /usr/bin/python3
python3-bibtexparser	module bibtexparser
python3-rdflib	module rdflib
'
develop='
clang		command clang
clang-format	command clang-format
clang-tidy	command clang-tidy
cppcheck	command cppcheck
universal-ctags	command ctags
valgrind	command valgrind
wrk		command wrk
'

# The names in a list of which nothing is there.
missing() {
	echo "$1" | while read -r package kind what; do
		case $kind in
		'')	continue ;;
		command) PATH=$PATH:/usr/sbin command -v "$what" > /dev/null && continue ;;
		file)	[ -e "$what" ] && continue ;;
		header)	[ -e "/usr/include/$what" ] && continue
			ls /usr/include/*/"$what" > /dev/null 2>&1 && continue ;;
		module)	/usr/bin/python3 -c "import $what" > /dev/null 2>&1 && continue ;;
		esac
		echo "$package"
	done | tr '\n' ' '
}

case ${1-} in
run)	packages=$(missing "$run") ;;
test)	packages=$(missing "$run$test") ;;
develop) packages=$(missing "$run$test$develop") ;;
*)	echo 'usage: packages.sh run|test|develop' >&2; exit 2 ;;
esac
[ -n "$packages" ] || exit 0

if ! command -v apt-get > /dev/null; then
	echo "Missing, by their Debian names: $packages" >&2
	echo 'There is no apt-get here; install them and try again.' >&2
	exit 1
elif [ "$(id -u)" = 0 ]; then
	as_root=
elif command -v sudo > /dev/null; then
	as_root=sudo
else
	echo "Missing packages.  As root, run:" >&2
	echo "  apt-get install $packages" >&2
	exit 1
fi

echo "Installing with apt-get: $packages"
$as_root apt-get update -q
# shellcheck disable=SC2086 # it is a list
$as_root env DEBIAN_FRONTEND=noninteractive \
	apt-get install -q -y --no-install-recommends $packages
