#!/bin/sh
# run.sh: how fast the site is, with many documents.
#
# Makes documents from the content's words, imports them, serves them and asks
# for pages with wrk, beside a fixed answer of 12 KB from the same server.
#	B		build directory (build)
#	DOCUMENTS	how many (20000)
#	SECONDS_EACH	how long each measurement takes (6)
#	PORT		where to serve (18380)
set -eu

B=${B:-build}
DOCUMENTS=${DOCUMENTS:-20000}
SECONDS_EACH=${SECONDS_EACH:-6}
PORT=${PORT:-18380}
dir=$B/bench/$DOCUMENTS
site=http://127.0.0.1:$PORT
here=$(dirname "$0")
server= fixed_1=1 fixed_32=1

say() { printf '%s\n' "$*" >&2; }
now() { date +%s%N; }

# The documents, once.
prepare() {
	[ -e "$dir/ready" ] && return
	rm -rf "$dir"
	mkdir -p "$dir"
	"$B/mutua" init --data "$dir" >&2
	"$B/mutua" load --data "$dir" content >&2
	"$B/generate" "$dir/mutua.db" documents "$DOCUMENTS" > "$dir/documents.jsonl"
	"$B/generate" "$dir/mutua.db" queries 3000 > "$dir/search.txt"
	"$B/mutua" import --data "$dir" documents "$dir/documents.jsonl" >&2
	seq 0 499 | sed 's,.*,/en/library/bench-&,' > "$dir/item.txt"
	echo /en/ > "$dir/home.txt"
	echo /bench > "$dir/fixed.txt"
	touch "$dir/ready"
}

stop() {
	[ -z "$server" ] || { kill "$server" && wait "$server" || :; }
	server=
}

# Serve with these options, until it answers; sets $started (ms).
start() {
	stop
	began=$(now)
	MUTUA_BENCH=1 "$B/mutua" serve --no-jobs --data "$dir" --listen "127.0.0.1:$PORT" "$@" \
	    > "$dir/serve.log" 2>&1 &
	server=$!
	until curl -sf -o /dev/null "$site/en/"; do
		kill -0 "$server" 2>/dev/null || { cat "$dir/serve.log" >&2; exit 1; }
	done
	started=$((($(now) - began) / 1000000))
}

# All processes of the server, as ps knows them.
family() {
	list=$server
	for parent in $server $(pgrep -P "$server"); do
		list="$list $(pgrep -P "$parent" || :)"
	done
	echo $list
}

# Resident memory of all, shared pages counted in each; and counted once.
resident() {
	all=0 own=0
	for pid in $(family | tr ' ' '\n' | sort -u); do
		rss=$(awk '/^Rss/ { print $2 }' "/proc/$pid/smaps_rollup")
		pss=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup")
		all=$((all + rss)) own=$((own + pss))
	done
	printf 'Resident: %d MB in all processes (%d MB with shared pages counted once)\n' \
	    $((all / 1024)) $((own / 1024))
}

# measure NAME PATHS CONNECTIONS: a line of the table.
measure() {
	threads=$([ "$3" -gt 1 ] && echo 2 || echo 1)
	wrk -t "$threads" -c "$3" -d "$SECONDS_EACH" --latency \
	    -s "$here/paths.lua" "$site" -- "$dir/$2.txt" > "$dir/wrk.log"
	rate=$(awk '/^Requests\/sec/ { print $2 }' "$dir/wrk.log")
	p50=$(awk '$1 == "50%" { print $2 }' "$dir/wrk.log")
	p99=$(awk '$1 == "99%" { print $2 }' "$dir/wrk.log")
	bad=$(awk '/Non-2xx/ { print $NF } /Socket errors/ { print $0 }' "$dir/wrk.log")
	[ "$2" = fixed ] && eval "fixed_$3=$rate"
	eval "fixed=\$fixed_$3"
	awk -v n="$1" -v c="$3" -v r="$rate" -v f="$fixed" -v a="$p50" -v b="$p99" -v e="$bad" \
	    'BEGIN { printf "%-28s %4d %10.0f %8.1f%% %10s %10s %s\n", n, c, r, 100 * r / f, a, b,
		e == "" ? "" : "FAULTS: " e }'
}

command -v wrk > /dev/null || { say 'bench needs wrk: apt-get install wrk'; exit 1; }
trap stop EXIT
prepare

printf '%d documents, %d processors, %s s each\n\n' "$DOCUMENTS" "$(nproc)" "$SECONDS_EACH"
printf '%-28s %4s %10s %9s %10s %10s\n' what conn requests/s 'of fixed' p50 p99
start --no-page-cache
cold=$started
measure 'warming up' search 32 > /dev/null 2>&1 || :
for c in 1 32; do
	measure 'fixed answer, 12 KB' fixed $c
	measure 'search, page cache off' search $c
	measure 'item, page cache off' item $c
	measure 'home, page cache off' home $c
done
without=$(resident)
start
for c in 1 32; do
	measure 'item, page cache on' item $c
	measure 'home, page cache on' home $c
done

# Fifty members at work while others read: nothing may fail, and reading must
# not become slow.
members() {
	printf '\nWhile 50 members edit, ten of them editors:\n'
	for i in $(seq 0 49); do
		"$B/mutua" member add "Bench $i" --data "$dir" --email "bench$i@example.org" \
		    --role "$([ $((i % 5)) = 0 ] && echo editor || echo member)" \
		    --password-stdin > /dev/null 2>&1 <<-END || :
			a long password
		END
	done
	sqlite3 "$dir/mutua.db" "SELECT slug FROM record WHERE kind = 'scheme'
	    AND status = 'published' ORDER BY id" > "$dir/schemes.txt"
	# as many of each
	{ cat "$dir/item.txt"; yes /en/ | head -500; head -500 "$dir/search.txt"; } |
	    shuf --random-source="$dir/documents.jsonl" > "$dir/mixed.txt"
	node "$here/editors.mjs" "$site" "$dir/schemes.txt" $((SECONDS_EACH * 4 + 4)) 50 \
	    > "$dir/editors.log" &
	editors=$!
	sleep 8
	measure 'item' item 32
	measure 'home' home 32
	measure 'item, home, search mixed' mixed 32
	measure 'searches alone' search 32
	wait "$editors"
	cat "$dir/editors.log"
}
members

printf '\nCold start: %d ms until the home page answered (%d ms with pages cached)\n' \
    "$cold" "$started"
echo "$without"
