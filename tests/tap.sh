# What tests in shell need; they begin with ". tests/tap.sh" and end with
# "finish".  B is the build directory, T a directory for the test's files.
B=${B:-build}
T=$(mktemp -d "${TMPDIR:-/tmp}/mutua-test-XXXXXX")
mutua=$B/mutua
claims=0
started=

# claim WORDS COMMAND…: does the command succeed?
claim() {
	claims=$((claims + 1))
	words=$1
	shift
	if "$@"; then
		echo "ok $claims - $words"
	else
		echo "not ok $claims - $words"
		[ ! -s "$T/out" ] || sed 's/^/# out: /' "$T/out" | head -20
		[ ! -s "$T/err" ] || sed 's/^/# err: /' "$T/err" | head -20
	fi
}

# gives STATUS COMMAND…: run it, keeping what it says in $T/out and $T/err.
gives() {
	wanted=$1
	shift
	"$@" > "$T/out" 2> "$T/err"
	status=$?
	[ "$status" = "$wanted" ] || echo "# status $status, not $wanted: $*"
	[ "$status" = "$wanted" ]
}

# Does what was last said contain a text?
says() {
	grep -qF -- "$1" "$T/out" "$T/err"
}

# eventually COMMAND…: is it true within ten seconds?
eventually() {
	for _ in $(seq 200); do
		! "$@" || return 0
		sleep 0.05
	done
	return 1
}

not() {
	! "$@"
}

free_port() {
	perl -MIO::Socket::INET -e \
	    'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# serve DATA PORT [OPTION…]: in the background, its process in $server; said
# by it: $T/server.out and $T/server.err.  Waits until it answers.
serve() {
	data=$1 port=$2
	shift 2
	: > "$T/server.out"
	"$mutua" serve --data "$data" --listen "127.0.0.1:$port" "$@" \
		> "$T/server.out" 2> "$T/server.err" &
	server=$!
	started="$started $server"
	eventually grep -q "^http" "$T/server.out" && return
	sed 's/^/# server: /' "$T/server.err"
	echo 'Bail out!  the site does not start'
	exit 1
}

# Is a process there, and not merely waiting to be reaped?
alive() {
	state=$(ps -o stat= -p "$1") && [ "${state#Z}" = "$state" ]
}

children() {
	ps -o pid= --ppid "$1" | tr -d ' '
}

# All processes below one, itself left out.
below() {
	for child in $(children "$1"); do
		echo "$child"
		below "$child"
	done
}

# What "mutua serve" started: Kore, which calls itself otherwise, and the jobs.
kore_of() {
	for child in $(children "$1"); do
		grep -qa jobs "/proc/$child/cmdline" 2> /dev/null || echo "$child"
	done
}

jobs_of() {
	for child in $(children "$1"); do
		! grep -qa jobs "/proc/$child/cmdline" 2> /dev/null || echo "$child"
	done
}

stop() {
	kill "$1" 2> /dev/null
	wait "$1" 2> /dev/null
}

finish() {
	echo "1..$claims"
}

cleanup() {
	for p in $started; do
		stop "$p"
	done
	rm -rf "$T"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
