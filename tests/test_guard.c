/* What a connection may say. */
#include "test.h"
#include "web/guard_check.h"

static struct guard_head head;
static uint64_t body_max = 1000;

#define LINE "GET / HTTP/1.1\r\n"
#define HOST "Host: x\r\n"
#define END "\r\n"

static enum verdict
check_bytes(const char *s, size_t len)
{
	enum verdict v;
	uint8_t *copy = malloc(len > 0 ? len : 1); /* ASan sees over-reads */

	memcpy(copy, s, len);
	v = guard_check(copy, len, body_max, &head);
	free(copy);
	return v;
}

static enum verdict
check(const char *s)
{
	return check_bytes(s, strlen(s));
}

static bool
refused(const char *s, int with)
{
	return check(s) == GUARD_REJECT && head.status == with;
}

static void
good(void)
{
	static const char get[] = LINE HOST END;

	ok(check(get) == GUARD_REQUEST && head.head == sizeof(get) - 1 &&
		head.body == 0,
	    "a request is one");
	ok(check("POST /a HTTP/1.1\r\n" HOST "Content-Length: 7 \r\n" END
		 "a=b") == GUARD_REQUEST &&
		head.body == 7,
	    "a body's length is known before it is there");
	ok(check("GET /a?b=%20c HTTP/1.0\r\n" HOST END) == GUARD_REQUEST,
	    "HTTP/1.0 is spoken too");
	ok(check(LINE HOST "Content-Length: 0\r\n" END) == GUARD_REQUEST,
	    "a GET may say that it has no body");
	for (size_t i = 0, bad = 0; i < sizeof(get); i++) {
		bad += i < sizeof(get) - 1 && check_bytes(get, i) != GUARD_MORE;
		if (i == sizeof(get) - 1)
			ok(bad == 0, "no part of a request is taken for it");
	}
}

static void
lines(void)
{
	ok(refused("GET / HTTP/1.1\n" HOST END, 400), "LF alone is refused");
	ok(refused("GET / HTTP/1.1\rHost: x\r\n\r\n", 400), "so is CR alone");
	ok(check_bytes(LINE HOST "X: a\0b\r\n" END,
	       sizeof(LINE HOST "X: a\0b\r\n" END) - 1) == GUARD_REJECT,
	    "and NUL");
	ok(refused("GET http://x/ HTTP/1.1\r\n" HOST END, 400),
	    "an address with a host is a proxy's");
	ok(refused("GET  / HTTP/1.1\r\n" HOST END, 400), "one blank, not two");
	ok(refused("GET /a b HTTP/1.1\r\n" HOST END, 400),
	    "and none in the address");
	ok(refused("GET /\x01 HTTP/1.1\r\n" HOST END, 400),
	    "no control character there");
	ok(refused("GET /\xc3\xa9 HTTP/1.1\r\n" HOST END, 400),
	    "nor what is not ASCII");
	ok(refused("get / HTTP/1.1\r\n" HOST END, 400),
	    "methods are in capitals");
	ok(refused(" / HTTP/1.1\r\n" HOST END, 400), "and not missing");
	ok(refused("TRACE / HTTP/1.1\r\n" HOST END, 405) &&
		refused("BREW /pot HTTP/1.1\r\n" HOST END, 405),
	    "and those nobody here has a use for are refused");
	ok(refused("GET / HTTP/2.0\r\n" HOST END, 505),
	    "other versions are not spoken");
	ok(refused("GET /\r\n" HOST END, 400), "nor is none");
}

static void
fields(void)
{
	ok(refused(LINE END, 400), "a request has a host");
	ok(refused(LINE HOST HOST END, 400), "but not two");
	ok(refused(LINE "Host:\r\n" END, 400), "nor an empty one");
	ok(refused(LINE HOST "Transfer-Encoding: chunked\r\n" END, 501),
	    "transfer codings are not spoken");
	ok(refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
		   "Transfer-Encoding: chunked\r\n" END,
	       501),
	    "least of all beside a length");
	ok(refused(LINE HOST "Expect: 100-continue\r\n" END, 417),
	    "nothing is expected of us");
	ok(refused("POST / HTTP/1.1\r\n" HOST END, 411), "a body has a length");
	ok(refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 1001\r\n" END,
	       413),
	    "within limits");
	ok(refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
		   "Content-Length: 5\r\n" END,
	       400),
	    "said once");
	ok(refused("POST / HTTP/1.1\r\n" HOST "Content-Length: +5\r\n" END,
	       400),
	    "in digits");
	ok(refused("POST / HTTP/1.1\r\n" HOST
		   "Content-Length: 99999999999999999999\r\n" END,
	       400),
	    "not too many");
	ok(refused(LINE HOST "Content-Length: 5\r\n" END, 400),
	    "a GET has no body");
	ok(refused(LINE HOST "a b: c\r\n" END, 400), "names have no blanks");
	ok(refused(LINE HOST " folded: c\r\n" END, 400), "nor begin with one");
	ok(refused(LINE HOST ": c\r\n" END, 400), "nor are empty");
	ok(refused(LINE HOST "abc\r\n" END, 400), "and end with a colon");
}

static void
limits(void)
{
	struct buf b = { 0 };

	buf_puts(&b, LINE HOST);
	for (int i = 1; i < GUARD_FIELDS_MAX; i++)
		buf_printf(&b, "X-%d: v\r\n", i);
	ok(check((buf_puts(&b, END), b.data)) == GUARD_REQUEST,
	    "a hundred fields are fine");
	b.len -= 2;
	ok(refused((buf_puts(&b, "X: v\r\n" END), b.data), 431),
	    "one more is not");
	buf_clear(&b);
	buf_puts(&b, "GET /");
	while (b.len < 4 + GUARD_TARGET_MAX)
		buf_putc(&b, 'a');
	ok(check((buf_puts(&b, " HTTP/1.1\r\n" HOST END), b.data)) ==
		GUARD_REQUEST,
	    "a long address is fine");
	b.len = 4 + GUARD_TARGET_MAX;
	ok(refused((buf_puts(&b, "a HTTP/1.1\r\n" HOST END), b.data), 414),
	    "a longer one is not");
	buf_free(&b);
}

/* The status of a POST of so many bytes, 200 if it is let through. */
static int
posted(const char *target, uint64_t len)
{
	struct buf b = { 0 };
	int status;

	buf_printf(&b,
	    "POST %s HTTP/1.1\r\n" HOST "Content-Length: %llu\r\n" END, target,
	    (unsigned long long)len);
	status = check(b.data) == GUARD_REQUEST ? 200 : head.status;
	buf_free(&b);
	return status;
}

static void
uploads(void)
{
	body_max = 25 * 1024 * 1024;
	ok(posted("/en/library/new", GUARD_BODY_MAX) == 200,
	    "a form may have a megabyte");
	ok(posted("/en/library/new", GUARD_BODY_MAX + 1) == 413, "and no more");
	ok(posted("/en/files", body_max) == 200,
	    "where files are sent there may be more");
	ok(posted("/en/files?x=y", body_max) == 200, "whatever else is said");
	ok(posted("/en/files", body_max + 1) == 413, "but not more than that");
	ok(posted("/en/x?/files", body_max) == 413,
	    "a query is no address of files");
	ok(posted("/en/files/", body_max) == 413 &&
		posted("/en/xfiles", body_max) == 413 &&
		posted("/en/files.json", body_max) == 413 &&
		posted("/en/%66iles", body_max) == 413,
	    "nor is what only looks like one");
	ok(posted("/files", body_max) == 413, "nor one without a language");
	body_max = 1000;
	ok(posted("/en/files", 1001) == 413, "a site may take less");
}

static const char *
hidden(const char *s)
{
	static char text[500];

	snprintf(text, sizeof(text), "%s", s);
	if (guard_check((uint8_t *)text, strlen(text), body_max, &head) !=
	    GUARD_REQUEST)
		return "refused";
	guard_hide_body((uint8_t *)text, &head);
	return text;
}

static void
hiding(void)
{
	is(hidden("POST /a HTTP/1.1\r\n" HOST "Content-Length:  512 \r\n"
		  "X: 512\r\n" END "a=b"),
	    "POST /a HTTP/1.1\r\n" HOST "Content-Length:  000 \r\n"
	    "X: 512\r\n" END "a=b",
	    "a body can be hidden from who reads the head");
}

static const char *
trim(const char *s)
{
	static char text[1024];
	size_t len = strlen(s);

	memcpy(text, s, len + 1);
	if (guard_check((uint8_t *)text, len, 1000, &head) != GUARD_REQUEST)
		return "refused";
	text[guard_trim((uint8_t *)text, len, &head)] = '\0';
	return text;
}

static void
trimming(void)
{
	is(trim(LINE HOST END), LINE HOST END, "what is read stays");
	is(trim(LINE "Referer: me\r\n" HOST "Hostile: y\r\nDNT: 1\r\n" END),
	    LINE HOST END, "what nobody reads is taken out");
	is(trim(LINE HOST "Range: bytes=0-1\r\nUser-Agent: me\r\n" END),
	    LINE HOST "Range: bytes=0-1\r\nUser-Agent: me\r\n" END,
	    "a part of a file is asked for, by a program with a name");
	is(trim(LINE HOST "Cookie:\r\nAccept:  \t\r\n" END), LINE HOST END,
	    "so is what is empty");
	is(trim(LINE HOST "Cookie: a=\xc3\xa9\tb  \r\n" END),
	    LINE HOST "Cookie: a=?? b\r\n" END, "the rest is made ASCII");
	is(trim("POST / HTTP/1.1\r\nX: y\r\n" HOST
		"Content-Length: 4\r\nY: z\r\n" END "a=b\n"),
	    "POST / HTTP/1.1\r\n" HOST "Content-Length: 4\r\n" END "a=b\n",
	    "the body moves up unchanged");
	ok(head.head ==
		strlen("POST / HTTP/1.1\r\n" HOST "Content-Length: 4\r\n" END),
	    "and the head is as long as it now is");
}

int
main(void)
{
	good();
	lines();
	fields();
	limits();
	trimming();
	uploads();
	hiding();
	return done();
}
