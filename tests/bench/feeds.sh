#!/bin/sh
# feeds.sh: many feeds of others are read while visitors read the site.
#
# Feeds of 30 entries on local servers; how long it takes to read them all, how
# much memory and disk, and what visitors notice of it.
#	B	build directory (build)
#	FEEDS	how many (1000)
#	HOSTS	servers they are on (50)
#	TRUST	publish (entries are news at once) or review
#	PORT	where to serve (18480), the feeds at the next one
set -eu

B=${B:-build}
FEEDS=${FEEDS:-1000}
HOSTS=${HOSTS:-50}
TRUST=${TRUST:-publish}
PORT=${PORT:-18480}
dir=$(mktemp -d "${TMPDIR:-/tmp}/mutua-bench-XXXXXX")
site=http://127.0.0.1:$PORT
here=$(dirname "$0")
processes=

now() { date +%s%N; }

stop() {
	for p in $processes; do
		kill "$p" 2> /dev/null && wait "$p" || :
	done
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 1' INT TERM

# Bytes of both databases, with nothing left in their logs.
size() {
	for db in mutua state; do
		sqlite3 "$dir/$db.db" 'PRAGMA wal_checkpoint(TRUNCATE)' > /dev/null
	done
	cat "$dir/mutua.db" "$dir/state.db" | wc -c
}

# What visitors notice, until a process ends or so many seconds are over.
visitors() {
	wrk -t 1 -c 4 -d "$1" --latency -s "$here/paths.lua" "$site" -- "$dir/paths.txt" \
	    > "$dir/wrk.log"
	awk -v n="$2" '/^Requests\/sec/ { r = $2 } $1 == "50%" { a = $2 } $1 == "99%" { b = $2 }
	    /Non-2xx/ { bad = $NF }
	    END { printf "%-34s %8.0f requests/s, p50 %s, p99 %s%s\n", n, r, a, b,
		bad == "" ? "" : ", FAULTS: " bad }' "$dir/wrk.log"
}

# jobs NAME: read all that is due; says how long it took and with how much.
jobs() {
	began=$(now)
	"$B/mutua" jobs --data "$dir" --once 2> "$dir/jobs.log" &
	reading=$!
	peak=0
	while kill -0 "$reading" 2> /dev/null; do
		hwm=$(awk '/^VmHWM/ { print $2 }' "/proc/$reading/status" 2> /dev/null) || :
		[ -z "$hwm" ] || peak=$hwm
		sleep 0.1
	done
	wait "$reading" || cat "$dir/jobs.log" >&2
	printf '%-34s %8.1f s, at most %d MB\n' "$1" \
	    "$(awk "BEGIN { print ($(now) - $began) / 1e9 }")" $((peak / 1024)) >> "$dir/jobs.txt"
}

"$B/mutua" init --data "$dir" > /dev/null 2>&1
"$B/mutua" load --data "$dir" content > /dev/null 2>&1
hosts=
i=0
while [ $i -lt "$HOSTS" ]; do
	hosts="$hosts 127.0.0.$((i + 2)):$((PORT + 1))"
	i=$((i + 1))
done
printf 'fetch_allow: %s\naccess_log: none\n' "${hosts# }" > "$dir/mutua.yaml"
sqlite3 "$dir/mutua.db" "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n
	WHERE i < $FEEDS - 1) INSERT INTO feed (organisation, url, title, state, trust, created)
	SELECT (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS k FROM record
		WHERE kind = 'organisation') WHERE k = 1 + i % 20),
	'http://127.0.0.' || (2 + i % $HOSTS) || ':$((PORT + 1))/' || i || '.xml',
	'Feed ' || i, 'active', '$TRUST', '2026-01-01T00:00:00Z' FROM n"
{
	echo /en/
	echo /en/news
	sqlite3 "$dir/mutua.db" "SELECT '/en/library/' || slug FROM record
		WHERE kind = 'document' LIMIT 50"
	for word in health mutual insurance cooperative; do echo "/en/search?q=$word"; done
} > "$dir/paths.txt"

node "$here/feeds.mjs" "$((PORT + 1))" "$HOSTS" &
processes=$!
"$B/mutua" serve --no-jobs --data "$dir" --listen "127.0.0.1:$PORT" > /dev/null 2>&1 &
processes="$processes $!"
until curl -sf -o /dev/null "$site/en/"; do sleep 0.1; done

printf '%d feeds of 30 entries on %d servers, trust: %s; %d processors, load %s\n\n' \
    "$FEEDS" "$HOSTS" "$TRUST" "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
before=$(size)
visitors 3 'warming up' > /dev/null
visitors 12 'visitors, nothing read'
jobs 'the first reading of all' &
working=$!
sleep 1
visitors 12 'visitors, while feeds come in'
wait "$working"
after=$(size)
visitors 12 'visitors, nothing read, more news'
sqlite3 -cmd '.timeout 9000' "$dir/state.db" 'UPDATE feed_poll SET due = 0'
jobs 'again, nothing new (304)' &
working=$!
visitors 10 'visitors, while nothing is new'
wait "$working"
cat "$dir/jobs.txt"
sqlite3 -separator ' ' "$dir/mutua.db" "SELECT count(*) || ' entries, ' || count(record)
	|| ' of them news' FROM feed_entry"
printf 'The databases grew from %d MB to %d MB: %d bytes an entry\n' \
    $((before / 1000000)) $((after / 1000000)) $(((after - before) / (FEEDS * 30)))
