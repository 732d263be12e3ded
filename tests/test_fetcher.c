/*
 * Getting things from other servers: whom we ask, how much we listen to, and
 * what we make of the answer.
 */
#include <time.h>

#include "data/fetcher.h"
#include "http_server.h"

static struct http_server *server, *inside;
static struct fetcher_options options = { .agent = "Mutua tests" };
static struct fetcher *fetcher;
static struct fetched got;

static bool
asks(const char *request, const char *path)
{
	const char *at = strchr(request, ' ');
	size_t n = strlen(path);

	return at != NULL && strncmp(at + 1, path, n) == 0 && at[n + 1] == ' ';
}

static void
answer_with(int fd, const char *headers, const char *body)
{
	say(fd, "HTTP/1.1 200 OK\r\n%sContent-Length: %zu\r\n\r\n%s", headers,
	    strlen(body), body);
}

static void
redirect(int fd, int status, const char *to)
{
	say(fd,
	    "HTTP/1.1 %d There\r\nLocation: %s\r\nContent-Length: 5\r\n\r\n"
	    "there",
	    status, to);
}

static void
answer_oddly(int fd, const char *request)
{
	if (asks(request, "/slow"))
		say_nothing(fd);
	else if (asks(request, "/drip"))
		while (say(fd, "HTTP/1.1 100 Continue\r\n\r\n"))
			usleep(50 * 1000);
	else if (asks(request, "/endless"))
		for (say(fd, "HTTP/1.1 200 OK\r\n\r\n"); say(fd, "%4000d", 1);)
			continue;
	else if (asks(request, "/headers"))
		for (say(fd, "HTTP/1.1 200 OK\r\n");
		     say(fd, "X: %4000d\r\n", 1);)
			continue;
	else if (asks(request, "/early"))
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nend");
	else if (asks(request, "/nohttp"))
		say(fd, "SSH-2.0-OpenSSH_9.2\r\n");
	else if (asks(request, "/hangs-up"))
		return;
	else
		say(fd, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
}

/* Counted until just before the answer: only after it may another come. */
static void
answer_counted(int fd)
{
	struct http_server *s = http_serving;

	if (++s->at_once > s->most_at_once)
		s->most_at_once = s->at_once;
	usleep(20 * 1000);
	s->at_once--;
	answer_with(fd, "", "counted");
}

static bool
answer_redirect(int fd, const char *request)
{
	char url[100];

	if (asks(request, "/moved"))
		redirect(fd, 301, "/moved/on");
	else if (asks(request, "/moved/on"))
		redirect(fd, 308, "/now?x=1#part");
	else if (asks(request, "/now?x=1"))
		redirect(fd, 302, "/hello");
	else if (asks(request, "/found"))
		redirect(fd, 302, "/moved");
	else if (asks(request, "/circle"))
		redirect(fd, 302, "/circle/back");
	else if (asks(request, "/circle/back"))
		redirect(fd, 301, "/circle#again");
	else if (strncmp(request, "GET /on/", 8) == 0) {
		snprintf(url, sizeof(url), "/on/%d", atoi(request + 8) - 1);
		redirect(fd, 302, asks(request, "/on/0") ? "/hello" : url);
	} else if (asks(request, "/to/file"))
		redirect(fd, 302, "file:///etc/passwd");
	else if (asks(request, "/to/ftp"))
		redirect(fd, 302, "ftp://127.0.0.1/");
	else if (asks(request, "/to/user"))
		redirect(fd, 302, "http://me:secret@example.org/");
	else if (asks(request, "/to/inside")) {
		snprintf(url, sizeof(url), "http://127.0.0.1:%d/",
		    inside->port);
		redirect(fd, 302, url);
	} else if (asks(request, "/to/metadata"))
		redirect(fd, 301, "http://169.254.169.254/latest/meta-data/");
	else
		return false;
	return true;
}

static void
answer(int fd, const char *request)
{
	if (strncmp(request, "HEAD /refuses", 13) == 0)
		say(fd, "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n");
	else if (asks(request, "/refuses") || asks(request, "/hello"))
		answer_with(fd, "", "hello");
	else if (asks(request, "/counted"))
		answer_counted(fd);
	else if (strncmp(request, "HEAD /hangs", 11) == 0)
		return;
	else if (asks(request, "/hangs"))
		answer_with(fd, "", "well");
	else if (asks(request, "/about"))
		answer_with(fd,
		    "Content-Type: text/xml; charset=x\r\nETag: \"a b\"\r\n"
		    "Last-Modified: Tue, 01 Dec 2026 10:00:00 GMT\r\n"
		    "Cache-Control: public\r\nCache-Control: x, max-age=600\r\n",
		    "1");
	else if (asks(request, "/odd"))
		answer_with(fd,
		    "ETag: \"a\x01"
		    "b\"\r\nContent-Type: \xff\r\n",
		    "1");
	else if (asks(request, "/expires"))
		answer_with(fd,
		    "Date: Tue, 01 Dec 2026 10:00:00 GMT\r\n"
		    "Expires: Tue, 01 Dec 2026 11:00:00 GMT\r\n",
		    "1");
	else if (asks(request, "/expired"))
		answer_with(fd, "Expires: 0\r\n", "1");
	else if (asks(request, "/busy"))
		say(fd,
		    "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\n"
		    "Content-Length: 0\r\n\r\n");
	else if (asks(request, "/busy/until"))
		say(fd,
		    "HTTP/1.1 429 Busy\r\nRetry-After: "
		    "Fri, 01 Jan 2038 00:00:00 GMT\r\n"
		    "Content-Length: 0\r\n\r\n");
	else if (has(request, "If-None-Match: \"v1\"\r\n"))
		say(fd, "HTTP/1.1 304 Same\r\n\r\n");
	else if (asks(request, "/bytes"))
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n%1000d",
		    1);
	else if (!answer_redirect(fd, request))
		answer_oddly(fd, request);
}

/* An address of the server. */
static const char *
at(const char *path)
{
	static char url[200];

	snprintf(url, sizeof(url), "http://127.0.0.1:%d%s", server->port, path);
	return url;
}

/* Ask for it; what came is in got. */
static const char *
fetch_as(struct fetch what)
{
	fetched_free(&got);
	fetch_one(fetcher, &what, &got);
	return fetch_outcome_code(got.outcome);
}

static const char *
fetch(const char *url)
{
	return fetch_as((struct fetch){ .url = url, .seconds = 5 });
}

static bool
body_is(const char *text)
{
	return strcmp(buf_text(&got.body), text) == 0;
}

static bool
answered(int status)
{
	return got.outcome == FETCH_ANSWERED && got.status == status;
}

static void
test_whom(void)
{
	static const char *const forms[] = { "localhost", "127.1", "0x7f000001",
		"2130706433", "0177.0.0.1", "0", "[::1]", "[::ffff:127.0.0.1]",
		"LOCALHOST" };
	static const char *const urls[] = { "file:///etc/passwd",
		"ftp://example.org/", "gopher://example.org/", "example.org",
		"//example.org/", "", "http://",
		"http://me:secret@example.org/", "http://me@example.org/",
		"javascript:alert(1)", "http://exa\nmple.org/" };
	struct buf claim = { 0 }, url = { 0 };

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		buf_clear(&claim);
		buf_clear(&url);
		buf_printf(&url, "http://%s:%d/", forms[i], inside->port);
		buf_printf(&claim, "SEC-1: %s is not asked", forms[i]);
		is(fetch(url.data), "forbidden", claim.data);
	}
	ok(inside->requests == 0, "SEC-1: … and hears nothing");
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		buf_clear(&claim);
		buf_printf(&claim, "“%s” is no address to ask", urls[i]);
		is(fetch(urls[i]), "bad-url", claim.data);
	}
	is(fetch("http://nowhere.invalid/"), "no-host",
	    "a name that nobody has is told");
	ok(*got.why != '\0', "… with a reason for the log");
	buf_free(&claim);
	buf_free(&url);
}

static void
test_answers(void)
{
	is(fetch(at("/hello")), "", "a server that is allowed is asked");
	ok(answered(200) && body_is("hello"), "… and what it says is there");
	is(got.url, at("/hello"), "… with where it was");
	is(got.moved, "", "… which has not moved");
	ok(got.max_age == -1 && got.retry_after == -1,
	    "what is not said about time is not known");
	ok(has(server->last, "User-Agent: Mutua tests\r\n"),
	    "we say who we are");
	ok(!has(server->last, "Cookie") && !has(server->last, "Authorization"),
	    "and nothing secret");

	fetch(at("/about"));
	is(got.type, "text/xml; charset=x", "the type is told");
	is(got.etag, "\"a b\"", "… and the tag");
	is(got.modified, "Tue, 01 Dec 2026 10:00:00 GMT", "… and the date");
	ok(got.max_age == 600, "… and how long it is good, by Cache-Control");
	fetch(at("/expires"));
	ok(got.max_age == 3600, "… or by Expires");
	fetch(at("/expired"));
	ok(got.max_age == 0, "… which may be no date: not at all");
	fetch(at("/odd"));
	ok(answered(200) && *got.etag == '\0' && *got.type == '\0',
	    "headers with odd bytes in them are left out");

	fetch(at("/busy"));
	ok(answered(503) && got.retry_after == 120,
	    "when to come again is told in seconds");
	fetch(at("/busy/until"));
	ok(answered(429) && got.retry_after > 1000, "… or as a date");
	fetch(at("/nothing"));
	ok(answered(404), "not found is an answer, too");
}

static void
test_asking(void)
{
	fetch_as((struct fetch){ .url = at("/hello"),
	    .accept = "text/x",
	    .etag = "\"v1\"",
	    .modified = "Tue, 01 Dec 2026 10:00:00 GMT" });
	ok(has(server->last,
	       "If-Modified-Since: Tue, 01 Dec 2026 10:00:00 GMT"),
	    "what we have is said by its date");
	fetch_as((struct fetch){
	    .url = at("/feed"), .accept = "text/x", .etag = "\"v1\"" });
	ok(answered(304) && got.body.len == 0, "… or tag: nothing new");
	ok(has(server->last, "Accept: text/x\r\n"), "and what we understand");
	fetch_as((struct fetch){ .url = at("/hello"), .etag = "x\r\nEvil: 1" });
	ok(!has(server->last, "Evil"), "SEC-1: a tag can't smuggle a header");

	fetch_as((struct fetch){ .url = at("/hello"), .post = "a=1&b=2" });
	ok(strncmp(server->last, "POST /hello ", 12) == 0 &&
		has(server->last,
		    "Content-Type: application/x-www-form-urlencoded"),
	    "a form can be posted");
	fetch_as((struct fetch){ .url = at("/found"), .post = "a=1" });
	ok(answered(200) && strncmp(server->last, "GET /hello ", 11) == 0,
	    "… and what it is redirected to is read");

	fetch_as((struct fetch){ .url = at("/hello"), .head = true });
	ok(strncmp(server->last, "HEAD ", 5) == 0 && answered(200) &&
		got.body.len == 0,
	    "the head alone can be asked for");
	fetch_as((struct fetch){ .url = at("/refuses"), .head = true });
	ok(strncmp(server->last, "GET ", 4) == 0 && answered(200),
	    "… and where that is refused, all of it is");
	fetch_as((struct fetch){ .url = at("/hangs"), .head = true });
	ok(strncmp(server->last, "GET ", 4) == 0 && answered(200),
	    "… or where the server hangs up on it");
	fetch_as((struct fetch){ .url = at("/busy"), .head = true });
	ok(strncmp(server->last, "HEAD ", 5) == 0 && answered(503),
	    "… but not where we are asked to leave it alone");
}

static void
test_redirects(void)
{
	int before;

	fetch(at("/moved"));
	ok(answered(200) && body_is("hello"), "redirects are followed");
	is(got.url, at("/hello"), "… to where they end");
	is(got.moved, at("/now?x=1"),
	    "permanent ones, up to the first that is "
	    "not, are to be remembered");
	fetch(at("/found"));
	ok(answered(200) && *got.moved == '\0',
	    "behind one that is not, none is");
	is(fetch(at("/on/4")), "", "five are followed");
	is(fetch(at("/on/5")), "redirects", "six are not");
	before = server->requests;
	is(fetch(at("/circle")), "redirects", "a circle is seen");
	ok(server->requests == before + 2, "… before it is walked again");

	is(fetch(at("/to/inside")), "forbidden",
	    "SEC-1: a redirect leads to no private address");
	is(fetch(at("/to/metadata")), "forbidden",
	    "SEC-1: … nor to a cloud's own");
	ok(inside->requests == 0, "SEC-1: … which hears nothing");
	is(fetch(at("/to/file")), "redirects", "SEC-1: … nor to a file");
	is(fetch(at("/to/ftp")), "redirects",
	    "SEC-1: … nor to another protocol");
	is(fetch(at("/to/user")), "redirects", "SEC-1: … nor with a password");
	ok(got.body.len == 0, "what came until then is forgotten");
}

static void
test_limits(void)
{
	char https[60];
	int64_t began = time(NULL);

	is(fetch_as((struct fetch){ .url = at("/slow"), .seconds = 1 }),
	    "timeout", "a server that says nothing is left");
	is(fetch_as((struct fetch){ .url = at("/drip"), .seconds = 1 }),
	    "timeout", "… and one that goes on saying nothing");
	ok(time(NULL) - began < 15, "… in time");
	is(fetch(at("/endless")), "too-long", "a body without end is left");
	ok(got.status == 200 && got.body.len == 0,
	    "… and forgotten, but not how it was answered");
	is(fetch(at("/headers")), "too-long", "headers without end are left");
	is(fetch(at("/early")), "broken", "a body that ends early is told");
	is(fetch(at("/nohttp")), "broken", "so is an answer that is no HTTP");
	is(fetch(at("/hangs-up")), "broken", "… or none");
	fetch_as((struct fetch){ .url = at("/bytes"), .bytes = 1000 });
	ok(answered(200) && got.body.len == 1000,
	    "a body may have just as many bytes as asked");
	is(fetch_as((struct fetch){ .url = at("/bytes"), .bytes = 999 }),
	    "too-long", "… and not one more");
	snprintf(https, sizeof(https), "https://127.0.0.1:%d/", server->port);
	is(fetch(https), "tls", "TLS with a server that speaks none is told");
}

/* Twelve at once, by what owner they come back with. */
static void
test_many(void)
{
	int all = 0, owners[12];

	fetched_free(&got);
	for (int i = 0; i < 12; i++)
		fetcher_start(fetcher,
		    &(struct fetch){
			.url = at("/counted"), .owner = &owners[i] });
	ok(fetcher_busy(fetcher) == 12, "all that were begun are under way");
	while (fetcher_busy(fetcher) > 0)
		if (fetcher_next(fetcher, 100, &got)) {
			all |= answered(200) << ((int *)got.owner - owners);
			fetched_free(&got);
		}
	ok(all == 0xfff, "each comes back with whose it is");
	ok(server->most_at_once <= 2, "one host is asked for two at once");
	ok(!fetcher_next(fetcher, 10, &got), "then there is nothing more");
	fetcher_start(fetcher, &(struct fetch){ .url = at("/slow") });
	ok(!fetcher_next(fetcher, 50, &got) && fetcher_busy(fetcher) == 1,
	    "who waits for a slow one can do something else meanwhile");
}

static bool
told_to_stop(void)
{
	return true;
}

static void
test_stop(void)
{
	options.stop = told_to_stop;
	ok(fetcher_next(fetcher, 60 * 1000, &got) &&
		got.outcome == FETCH_STOPPED,
	    "told to stop, it does at once");
	options.stop = NULL;
}

/* A server that is allowed at one port is not at another; no port is the
 * usual one. */
static void
test_allowed(void)
{
	static char rule[100];
	char url[100];

	snprintf(url, sizeof(url), "http://127.0.0.1:%d/hello", server->port);
	snprintf(rule, sizeof(rule), "127.0.0.1 127.0.0.1:%d 127.0.0.1:%d0",
	    server->port / 10, server->port);
	options.allow = rule;
	is(fetch(url), "forbidden",
	    "SEC-1: what is allowed at one port is not at another");
	is(fetch("http://127.0.0.1:1/"), "forbidden", "SEC-1: … at no other");
	snprintf(rule, sizeof(rule), "x:1  LocalHost:%d", server->port);
	is(fetch(url), "forbidden", "SEC-1: … nor by another name");
	snprintf(url, sizeof(url), "http://localhost:%d/hello", server->port);
	is(fetch(url), "", "but just as it stands in the address");
	snprintf(rule, sizeof(rule), "127.0.0.1:1");
	is(fetch("http://127.0.0.1:1/"), "no-connection",
	    "a server where nobody listens is told");
}

int
main(void)
{
	char rule[60];

	setenv("http_proxy", "http://127.0.0.1:1/", 1);
	inside = http_server(answer);
	server = http_server(answer);
	snprintf(rule, sizeof(rule), "127.0.0.1:%d", server->port);
	options.allow = rule;
	fetcher = fetcher_open(&options);

	test_whom();
	test_answers();
	test_asking();
	test_redirects();
	test_limits();
	test_many();
	test_stop();
	test_allowed();

	fetched_free(&got);
	fetcher_start(fetcher, &(struct fetch){ .url = at("/slow") });
	fetcher_next(fetcher, 10, &got);
	fetcher_close(fetcher);
	http_server_end(server);
	http_server_end(inside);
	return done();
}
