/*
 * Bodies that other servers pack: measured unpacked, and packed once at most.
 */
#include <zlib.h>

#include "data/fetcher.h"
#include "http_server.h"

/* 100 MB of zeros, in 100 KB. */
static void
bomb(int fd)
{
	static char zeros[1000 * 1000];
	char packed[65536];
	z_stream z = { 0 };

	say(fd, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
	for (int i = 0; i < 100; i++) {
		z.next_in = (unsigned char *)zeros;
		z.avail_in = sizeof(zeros);
		z.next_out = (unsigned char *)packed;
		z.avail_out = sizeof(packed);
		deflate(&z, i == 99 ? Z_FINISH : Z_NO_FLUSH);
		say_bytes(fd, packed, sizeof(packed) - z.avail_out);
	}
	deflateEnd(&z);
}

/* "hello", packed so many times. */
static void
packed(int fd, int times, const char *headers)
{
	unsigned char bytes[200] = "hello";
	size_t len = 5;

	for (int i = 0; i < times; i++) {
		unsigned char once[200];
		z_stream z = { .next_in = bytes, .next_out = once };

		z.avail_in = (unsigned)len;
		z.avail_out = sizeof(once);
		deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
		deflate(&z, Z_FINISH);
		len = z.total_out;
		memcpy(bytes, once, len);
		deflateEnd(&z);
	}
	say(fd, "HTTP/1.1 200 OK\r\n%s\r\n", headers);
	say_bytes(fd, (const char *)bytes, len);
}

static void
answer(int fd, const char *request)
{
	if (has(request, " /bomb "))
		bomb(fd);
	else if (has(request, " /list "))
		packed(fd, 2, "Content-Encoding: gzip, gzip\r\n");
	else if (has(request, " /lines "))
		packed(fd, 2,
		    "Content-Encoding: gzip\r\nCONTENT-ENCODING:x-gzip\r\n");
	else if (has(request, " /way "))
		packed(fd, 2,
		    "Transfer-Encoding: gzip\r\nContent-Encoding: gzip\r\n");
	else
		packed(fd, 1,
		    "Content-Encoding: identity,, gzip\r\n"
		    "Content-Encoding: \r\n");
}

int
main(void)
{
	struct http_server *server = http_server(answer);
	char rule[40], url[80];
	struct fetcher_options options = { .agent = "Mutua", .allow = rule };
	static const char *const paths[] = { "bomb", "list", "lines", "way" };
	static const char *const claims[] = {
		"a body is measured unpacked",
		"what is packed twice, so that little is much, is left",
		"… said in two lines",
		"… or packed for the way",
	};
	struct fetcher *fetcher = fetcher_open(&options);
	struct fetched got;

	snprintf(rule, sizeof(rule), "127.0.0.1:%d", server->port);
	for (size_t i = 0; i <= sizeof(paths) / sizeof(paths[0]); i++) {
		bool once = i == sizeof(paths) / sizeof(paths[0]);

		snprintf(url, sizeof(url), "http://%s/%s", rule,
		    once ? "once" : paths[i]);
		fetch_one(fetcher, &(struct fetch){ .url = url }, &got);
		if (once)
			is(buf_text(&got.body), "hello",
			    "packed once it is read");
		else
			is(fetch_outcome_code(got.outcome), "too-long",
			    claims[i]);
		fetched_free(&got);
	}
	fetcher_close(fetcher);
	http_server_end(server);
	return done();
}
