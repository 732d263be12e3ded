/* mutua feed show: of a file, of stdin, of an address, of a site's page. */
#include "cli.h"
#include "http_server.h"

static const char rss[] =
    "<rss version='2.0'><channel><title>Mutuelle</title>"
    "<item><title>One</title><link>/1</link></item></channel></rss>";
static const char page[] =
    "<!doctype html><link rel='alternate' type='application/rss+xml'"
    " href='/feed.xml' title='News'>";

static void
answer(int fd, const char *request)
{
	const char *body = "";

	if (strncmp(request, "GET /feed.xml ", 14) == 0)
		body = rss;
	else if (strncmp(request, "GET / ", 6) == 0)
		body = page;
	say(fd, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s",
	    *body != '\0' ? "200 OK" : "404 Not Found", strlen(body), body);
}

static void
files(void)
{
	const char *path = "tests/feeds/rss20.xml";

	ok(mutua(&command_feed, "show", path, "") == DONE,
	    "a feed that can be used gives status 0");
	ok(has(said(), "\"format\": \"rss-2.0\"") &&
		has(said(), "\"title\": \"Une mutuelle pour les pêcheurs\""),
	    "what is understood is printed");
	ok(has(said(), "\"published\": \"2026-11-30T08:30:00Z\""),
	    "… with times in UTC");
	ok(mutua(&command_feed, "show", "tests/feeds/page-none.html", "") ==
		FAILED,
	    "a page that names no feed gives status 1");
	ok(has(said(), "\"format\": null") && has(said(), "\"web-page\""),
	    "… with what is wrong as JSON");
	ok(has(said(),
	       "mutua feed: tests/feeds/page-none.html: it is a web"
	       " page, not a feed, and names no feed"),
	    "… and in words");
	ok(mutua(&command_feed, "show", "tests/feeds/nothing.xml", "") ==
		FAILED,
	    "so does an empty file");
	ok(mutua(&command_feed, "show", in_dir("nowhere.xml"), "") == FAILED &&
		has(said(), "nowhere.xml: No such file"),
	    "so does one that is not there");
	write_file("relative.xml", rss, sizeof(rss) - 1);
	mutua(&command_feed, "show", in_dir("relative.xml"),
	    "--url=https://example.net/a/feed");
	ok(has(said(), "\"link\": \"https://example.net/1\""),
	    "--url says where it would have been found");
	mutua(&command_feed, "show", "tests/feeds/header-charset.xml",
	    "--type=text/xml; charset=windows-1251");
	ok(has(said(), "взаимного"), "--type says what it came with");
}

static void
stdin_too(void)
{
	int was = dup(0), file = open("tests/feeds/rss20.xml", O_RDONLY);

	dup2(file, 0);
	ok(mutua(&command_feed, "show", "-", "") == DONE &&
		has(said(), "pêcheurs"),
	    "- is stdin");
	dup2(was, 0);
	close(was);
	close(file);
}

static void
misuse(void)
{
	ok(mutua(&command_feed, "", "", "") == WRONG_USE,
	    "without a word it is wrong use");
	ok(mutua(&command_feed, "show", "", "") == WRONG_USE &&
		has(said(), "it is: show FILE|URL"),
	    "… and without a file");
	ok(mutua(&command_feed, "eat", "x", "") == WRONG_USE &&
		has(said(), "“eat” is not show"),
	    "… and with a word that there is not");
	ok(mutua(&command_feed, "show", "x", "--url=here") == WRONG_USE &&
		has(said(), "“here” is no address of the web"),
	    "… and with an address that is none");
}

static void
allow(int port)
{
	char line[80];
	int n =
	    snprintf(line, sizeof(line), "fetch_allow: 127.0.0.1:%d\n", port);

	shell("mkdir -p $D/data");
	write_file("data/mutua.yaml", line, (size_t)n);
}

static void
addresses(void)
{
	struct http_server *s = http_server(answer);
	char url[80], feed[90], none[90];

	snprintf(url, sizeof(url), "http://127.0.0.1:%d/", s->port);
	snprintf(feed, sizeof(feed), "%sfeed.xml", url);
	snprintf(none, sizeof(none), "%snone", url);
	ok(mutua(&command_feed, "show", feed, "") == FAILED &&
		has(said(), "forbidden") && s->requests == 0,
	    "an address that is not public is not asked");
	allow(s->port);
	ok(mutua(&command_feed, "show", feed, "") == DONE &&
		has(said(), "\"title\": \"Mutuelle\""),
	    "… unless the settings of the data directory name it");
	ok(mutua(&command_feed, "show", url, "") == DONE &&
		has(said(), "is a page; this is the feed that it names") &&
		has(said(), "\"title\": \"Mutuelle\""),
	    "of a page the feed that it names is shown, and told");
	ok(has(said(), "\"title\": \"News\""), "… with all that it names");
	ok(mutua(&command_feed, "show", none, "") == FAILED &&
		has(said(), "the server answers 404"),
	    "what is not there is told");
	http_server_end(s);
}

int
main(void)
{
	files();
	stdin_too();
	misuse();
	addresses();
	return cli_done();
}
