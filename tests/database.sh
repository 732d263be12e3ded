#!/bin/sh
# database.sh BUILD NAME CONTENT: have BUILD/NAME/mutua.db with that content,
# made again only when the content, the schema or the program is newer.
set -eu
dir=$1/$2
exec 9> "$dir.lock"
flock 9
if [ ! -e "$dir/made" ] ||
	[ -n "$(find "$3" schema "$1/mutua" -newer "$dir/made")" ]; then
	rm -rf "$dir"
	"$1/mutua" init --data "$dir" >&2
	"$1/mutua" load --data "$dir" "$3" >&2
	touch "$dir/made"
fi
