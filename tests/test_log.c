/* The access log: a line of JSON for each answer, and nobody's name. */
#include <fcntl.h>

#include "test.h"
#include "web/log.h"

static struct log_entry entry = { .time = { 1700000000, 120000000 },
	.method = "GET",
	.path = "/fr/",
	.status = 200,
	.bytes = 1234,
	.microseconds = 56 };

/* What is written for an entry. */
static const char *
written(const struct log_entry *e)
{
	static struct buf text;
	char path[600];
	struct log *log;
	int fd;

	snprintf(path, sizeof(path), "%s/log", test_dir());
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	log = log_open(fd);
	log_put(log, e);
	log_close(log);
	close(fd);
	buf_free(&text);
	text = test_file(path);
	return buf_text(&text);
}

static const char *
network(const char *address)
{
	static char text[LOG_NETWORK];

	log_network(address, text);
	return text;
}

static void
lines(void)
{
	is(written(&entry),
	    "{\"time\":\"2023-11-14T22:13:20.120Z\",\"method\":\"GET\","
	    "\"path\":\"/fr/\",\"status\":200,\"bytes\":1234,\"us\":56}\n",
	    "an answer is a line");
	entry.query = "q=\"a\\b\"\n\x1b[2J\xc3\xa9";
	entry.lang = "fr";
	entry.network = "192.0.2.0";
	entry.kept = true;
	is(written(&entry),
	    "{\"time\":\"2023-11-14T22:13:20.120Z\",\"method\":\"GET\","
	    "\"path\":\"/fr/\","
	    "\"query\":\"q=\\\"a\\\\b\\\"\\u000a\\u001b[2J\\u00c3\\u00a9\","
	    "\"status\":200,\"bytes\":1234,\"us\":56,\"lang\":\"fr\","
	    "\"network\":\"192.0.2.0\",\"kept\":true}\n",
	    "whatever was asked, it is one line and harmless");
	entry.path = "/en/password/Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmF";
	ok(has(written(&entry), "\"path\":\"/en/password/*\""),
	    "what a mail alone is to tell is left out");
	entry.path = "/en/unsubscribe/12-0123456789abcdef0123456789abcdef"
		     "0123456789abcdef0123456789abcdef";
	ok(has(written(&entry), "\"path\":\"/en/unsubscribe/*\""),
	    "in whatever letters");
	entry.path =
	    "/en/library/a-document-with-a-very-long-name-of-its-own-2007";
	ok(has(written(&entry), "-of-its-own-2007\""), "a long name is not");
}

static void
networks(void)
{
	is(network("192.0.2.77"), "192.0.2.0", "an address is cut");
	is(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1::", "a long one too");
	is(network("unknown"), "", "what is none is left out");
	is(network(""), "", "as is nothing");
}

/* Writing to a full disk. */
static void
full(void)
{
	int fd = open("/dev/full", O_WRONLY);
	struct log *log = log_open(fd);

	for (int i = 0; i < 10000; i++)
		log_put(log, &entry);
	log_close(log);
	close(fd);
	log = log_open(-1);
	log_put(log, &entry);
	log_close(log);
	ok(true, "a full disk stops nothing, nor does no log");
}

int
main(void)
{
	lines();
	networks();
	full();
	return done();
}
