/*
 * A real server, with its sandbox on: what it makes of odd connections, what
 * it does when a worker dies and when it is told to stop.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "client.h"
#include "data/migrate.h"
#include "test.h"

enum { WORKERS = 8 };

static pid_t server;

#define HOST "Host: localhost\r\n"
#define GET "GET /bench HTTP/1.1\r\n" HOST "\r\n"
#define POST(n) "POST /bench HTTP/1.1\r\n" HOST "Content-Length: " n "\r\n\r\n"

static void
good_connections(void)
{
	expect("200 open", "a request is answered", GET);
	expect("200 200 200 open", "a connection takes another one", GET, GET,
	    GET);
	expect("200 open", "a head may come in parts", "GET /be",
	    "nch HTTP/1.1\r\nHo", "st: x\r\n\r", "\n");
	expect("200 open", "a body may come with it", POST("5") "hello");
	expect("200 open", "or after it, in parts", POST("5"), "he", "llo");
	expect("200 200 open", "and another request after that", POST("5"),
	    "hello", GET);
	expect("200 200 open", "even if it comes in the same packet", POST("5"),
	    "hello" GET);
	expect("200 closed", "of two that come at once, one is answered",
	    GET GET);
	expect("200 closed", "HTTP/1.0 closes",
	    "GET /bench HTTP/1.0\r\n" HOST "\r\n");
	expect("200 closed", "so does who asks for it",
	    "GET /bench HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
	expect("404 200 open", "a page that isn't there is no reason to",
	    "GET /nothing HTTP/1.1\r\n" HOST "\r\n", GET);
	expect("200 200 open", "nor is HEAD",
	    "HEAD /bench HTTP/1.1\r\n" HOST "\r\n", GET);
	expect("200 open", "a length of nothing is allowed",
	    "GET /bench HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n");
	expect("200 open", "fields with odd values do no harm",
	    "GET /bench HTTP/1.1\r\n" HOST "Referer: http://\xc3\xa9/\r\n"
	    "Cookie:\r\nX-Odd: \t\x80\r\n\r\n");
}

static void
bad_connections(void)
{
	expect("400 closed", "a GET has no body",
	    "GET /bench HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello");
	expect("400 closed", "nor has DELETE",
	    "DELETE /bench HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx");
	expect("501 closed", "a body is not chunked",
	    "POST /bench HTTP/1.1\r\n" HOST
	    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
	expect("501 closed", "least of all with a length",
	    "POST /bench HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
	expect("400 closed", "a length is given once",
	    "POST /bench HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
	    "Content-Length: 5\r\n\r\nhello");
	expect("400 closed", "without a sign", POST("+5") "hello");
	expect("413 closed", "and is not too much", POST("99999999999"));
	expect("411 closed", "but is given",
	    "POST /bench HTTP/1.1\r\n" HOST "\r\n");
	expect("400 closed", "a request names its host",
	    "GET /bench HTTP/1.1\r\nA: b\r\n\r\n");
	expect("400 closed", "once",
	    "GET /bench HTTP/1.1\r\n" HOST HOST "\r\n");
	expect("400 closed", "lines end properly",
	    "GET /bench HTTP/1.1\nHost: x\n\n");
	expect("400 closed", "addresses have no control characters",
	    "GET /\x01 HTTP/1.1\r\n" HOST "\r\n");
	expect("400 closed", "nor anything but ASCII",
	    "GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n");
	expect("400 closed", "nor a host in front",
	    "GET http://x/ HTTP/1.1\r\n" HOST "\r\n");
	expect("405 closed", "TRACE is not spoken",
	    "TRACE /bench HTTP/1.1\r\n" HOST "\r\n");
	expect("open", "what may become a request is waited for",
	    "\x16\x03\x01\x02");
	expect("400 closed", "but not TLS", "\x16\x03\x01\x02\n");
}

static void
sizes(void)
{
	struct buf b = { 0 }, answer = { 0 };
	size_t big = 900000;
	int fd = connect_to();

	buf_puts(&b, "GET /bench HTTP/1.1\r\n" HOST);
	for (int i = 0; i < 60; i++)
		buf_printf(&b, "X-%d: v\r\n", i);
	expect("200 open", "sixty fields are fine",
	    (buf_puts(&b, "\r\n"), b.data));
	buf_clear(&b);
	buf_printf(&b, "GET /bench?q=%0*d HTTP/1.1\r\n" HOST "\r\n", 2500, 0);
	expect("414 closed", "a long address is refused", b.data);
	buf_clear(&b);
	buf_printf(&b, "GET /bench HTTP/1.1\r\n" HOST "X: %0*d\r\n\r\n", 9000,
	    0);
	expect("431 closed", "so is a long head", b.data);
	buf_clear(&b);
	buf_printf(&b, POST("%zu") "%0*d", big, (int)big, 7);
	put(fd, b.data, b.len);
	take(fd, &answer, LONG);
	is(summary(&answer), "200 open", "a big body is taken");
	ok(answer.len > big && answer.data[answer.len - 1] == '7' &&
		strspn(answer.data + answer.len - big, "0") == big - 1,
	    "and arrives whole");
	close(fd);
	buf_free(&b);
	buf_free(&answer);
}

/* After a complete request, as much more as it takes. */
static void
flood(void)
{
	static const char junk[65536];
	size_t sent = 0;
	int fd = connect_to();

	put(fd, POST("4") "hello", strlen(POST("4") "hello"));
	for (int i = 0; i < 1000; i++) {
		ssize_t n = send(fd, junk, sizeof(junk), MSG_NOSIGNAL);

		if (n <= 0)
			break;
		sent += (size_t)n;
	}
	close(fd);
	ok(sent < 30000000, "a flood is not drunk");
	expect("200 open", "and the server is well", GET);
}

/* Say something and that it was all, and sum up what comes. */
static const char *
say_last(const char *words, int pause)
{
	static struct buf answer;
	int fd = connect_to();

	put(fd, words, strlen(words));
	if (pause > 0)
		pause_ms(pause);
	shutdown(fd, SHUT_WR);
	buf_clear(&answer);
	take(fd, &answer, LONG);
	close(fd);
	return summary(&answer);
}

/* Clients that say no more, but listen. */
static void
half_closed(void)
{
	struct buf big = { 0 };

	is(say_last(GET, 0), "200 closed",
	    "a request is answered though the client will say no more");
	is(say_last(GET, 100), "200 closed", "nor after the answer");
	is(say_last("GET /be", 50), "closed", "half a request is not");
	is(say_last(POST("5") "he", 50), "closed", "nor half a body");
	is(say_last("", 50), "closed", "nor nothing");
	is(say_last("GET /bench HTTP/1.1\r\n\r\n", 0), "400 closed",
	    "what is refused is told so");
	buf_printf(&big, POST("%d") "%0*d", 900000, 900000, 7);
	is(say_last(big.data, 0), "200 closed", "a long answer arrives whole");
	expect("200 open", "and the server is well", GET);
	buf_free(&big);
}

static void
answers(void)
{
	struct buf a = { 0 };
	int fd = connect_to();

	put(fd, GET, strlen(GET));
	take(fd, &a, LONG);
	ok(has(a.data, "\r\ndate: ") && has(a.data, " GMT\r\n"),
	    "an answer has a date");
	ok(has(a.data, "\r\ncontent-length: 12288\r\n\r\n"), "and a length");
	ok(!has(a.data, "server:") && !has(a.data, "kore"),
	    "and does not say what made it");
	close(fd);
	buf_clear(&a);
	fd = connect_to();
	put(fd, "HEAD /bench HTTP/1.1\r\n" HOST "\r\n",
	    strlen("HEAD /bench HTTP/1.1\r\n" HOST "\r\n"));
	take(fd, &a, LONG);
	ok(has(a.data, "content-length: 12288\r\n") &&
		strcmp(a.data + a.len - 4, "\r\n\r\n") == 0,
	    "HEAD gives the length, but no body");
	close(fd);
	buf_free(&a);
}

/* What somebody reads who is refused before there is a page. */
static void
refusals(void)
{
	static const char brew[] = "BREW /pot HTTP/1.1\r\n" HOST "\r\n";
	static const char head[] = "HEAD / HTTP/1.1\r\n\r\n";
	struct buf a = { 0 };
	int fd = connect_to();

	put(fd, brew, strlen(brew));
	take(fd, &a, LONG);
	ok(has(a.data, "405 ") && has(a.data, "\r\nallow: GET, HEAD\r\n"),
	    "a method that is not known is told which are");
	ok(has(a.data, "\r\ncontent-type: text/plain; charset=utf-8\r\n") &&
		has(a.data, "\nPages can be read here"),
	    "in plain words");
	close(fd);
	buf_clear(&a);
	fd = connect_to();
	put(fd, head, strlen(head));
	take(fd, &a, LONG);
	ok(has(a.data, "400 ") && strcmp(a.data + a.len - 5, "\r\n\r\n.") == 0,
	    "to HEAD, even a refusal has no body");
	close(fd);
	buf_free(&a);
}

/* The children of a process. */
static size_t
children(pid_t of, pid_t *pids)
{
	char path[64];
	size_t n = 0;
	int pid;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", of, of);
	f = fopen(path, "r");
	while (f != NULL && n < WORKERS && fscanf(f, "%d", &pid) == 1)
		pids[n++] = pid;
	if (f != NULL)
		fclose(f);
	return n;
}

static size_t
workers(pid_t *pids)
{
	pid_t kore;

	return children(server, &kore) == 1 ? children(kore, pids) : 0;
}

static bool
process_says(pid_t pid, const char *line)
{
	char path[64];
	struct buf text = { 0 };
	bool found;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	text = test_file(path);
	found = has(buf_text(&text), line);
	buf_free(&text);
	return found;
}

static void
sandbox(void)
{
	pid_t pids[WORKERS], now[WORKERS];
	bool lasting = true;

	if (!ok(workers(pids) == 2, "there are two workers"))
		return;
	ok(process_says(pids[0], "\nSeccomp:\t2\n") &&
		process_says(pids[1], "\nSeccomp:\t2\n"),
	    "in a sandbox");
	ok(!process_says(pids[0], "\nUid:\t0"), "none of them root");
	kill(pids[0], SIGKILL);
	for (int i = 0; i < 20; i++)
		lasting = lasting && strcmp(says(GET), "200 open") == 0;
	ok(lasting, "when one dies, requests are answered still");
	for (int i = 0; i < 50 && workers(now) < 2; i++)
		pause_ms(50);
	ok(workers(now) == 2 && now[0] != pids[0] && now[1] != pids[0],
	    "and another takes its place");
}

static void
start(void)
{
	struct buf command = { 0 };
	char line[100] = "";
	int out[2];
	ssize_t n;

	port = free_port();
	buf_printf(&command, "127.0.0.1:%d", port);
	setenv("MUTUA_BENCH", "1", 1);
	if (pipe(out) == -1 || (server = fork()) == -1)
		bail_out("no process");
	if (server == 0) {
		char program[600];

		snprintf(program, sizeof(program), "%s/mutua", test_build());
		if (access(program, X_OK) == -1) /* make memcheck */
			snprintf(program, sizeof(program), "%s/../mutua",
			    test_build());
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		dup2(out[1], STDOUT_FILENO);
		close(out[0]);
		close(out[1]);
		execl(program, "mutua", "serve", "--data", test_dir(),
		    "--share", ".", "--no-jobs", "--listen", command.data,
		    "--workers", "2", (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	n = read(out[0], line, sizeof(line) - 1);
	close(out[0]);
	buf_clear(&command);
	buf_printf(&command, "http://127.0.0.1:%d/\n", port);
	if (n <= 0 || strcmp(line, command.data) != 0)
		bail_out("the server does not start");
	buf_free(&command);
}

/* Told to stop in the middle of things. */
static void
stop(void)
{
	struct buf b = { 0 }, answer = { 0 };
	size_t big = 900000;
	int sending = connect_to(), reading = connect_to(), result;

	buf_printf(&b, POST("%zu") "%0*d", big, (int)big, 7);
	put(reading, b.data, b.len);
	put(sending, POST("5") "he", strlen(POST("5") "he"));
	pause_ms(100);
	kill(server, SIGTERM);
	pause_ms(100);
	put(sending, "llo", 3);
	take(sending, &answer, LONG);
	is(summary(&answer), "200 closed",
	    "told to stop, it takes what is half sent");
	buf_clear(&answer);
	take(reading, &answer, LONG);
	ok(answer.len > big && strcmp(summary(&answer), "200 closed") == 0,
	    "and sends what is half taken");
	ok(waitpid(server, &result, 0) == server && WIFEXITED(result) &&
		WEXITSTATUS(result) == 0,
	    "then it ends");
	ok(connect_to() == -1, "and nobody listens any more");
	close(sending);
	close(reading);
	buf_free(&b);
	buf_free(&answer);
}

static void
make_database(void)
{
	struct buf path = { 0 }, why = { 0 };
	struct db *db;

	buf_printf(&path, "%s/mutua.db", test_dir());
	db = db_open(path.data, DB_CREATE);
	if (!migrate(db, "schema", &why))
		bail_out(buf_text(&why));
	db_close(db);
	buf_free(&path);
	buf_free(&why);
}

static void
make_settings(void)
{
	struct buf path = { 0 };
	FILE *f;

	buf_printf(&path, "%s/mutua.yaml", test_dir());
	f = fopen(path.data, "w");
	if (f == NULL || fputs("access_log: access.log\n", f) == EOF ||
	    fclose(f) == EOF)
		bail_out(path.data);
	buf_free(&path);
}

static void
access_log(void)
{
	struct buf path = { 0 }, log;

	says("GET /en/%22%0a\"?q=a\\b HTTP/1.1\r\n" HOST "\r\n");
	pause_ms(500);
	buf_printf(&path, "%s/access.log", test_dir());
	log = test_file(path.data);
	ok(has(buf_text(&log),
	       "\"method\":\"GET\",\"path\":\"/en/%22%0a\\\"\","
	       "\"query\":\"q=a\\\\b\",\"status\":404,"),
	    "what was asked for is in the log, in JSON");
	ok(has(buf_text(&log), "\"network\":\"127.0.0.0\"") &&
		!has(buf_text(&log), "127.0.0.1"),
	    "without the visitor's address");
	buf_free(&path);
	buf_free(&log);
}

int
main(void)
{
	make_database();
	make_settings();
	start();
	good_connections();
	bad_connections();
	sizes();
	half_closed();
	answers();
	refusals();
	access_log();
	flood();
	sandbox();
	stop();
	return done();
}
