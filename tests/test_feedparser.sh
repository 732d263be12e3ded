#!/bin/sh
# RSS-8: a feed reader's parser understands our feeds, as they are served.
. tests/tap.sh

sh tests/database.sh "$B" test-data content
mkdir -p "$T/d"
cp "$B"/test-data/*.db "$T/d/"
port=$(free_port)
serve "$T/d" "$port" --workers 1 --base "http://127.0.0.1:$port" --no-jobs
/usr/bin/python3 tests/feeds.py "http://127.0.0.1:$port"
