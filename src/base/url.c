#include <string.h>
#include <strings.h>

#include "base/url.h"
#include "base/utf8.h"

/* What stands for itself in an address. */
static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

void
url_encode(struct buf *out, const char *s, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";
	const char *end = s + len, *run = s;

	for (; s < end; s++) {
		unsigned char c = (unsigned char)*s;
		char escape[] = { '%', hex[c >> 4], hex[c & 15] };

		if (is_plain(*s))
			continue;
		buf_put(out, run, (size_t)(s - run));
		buf_put(out, escape, sizeof(escape));
		run = s + 1;
	}
	buf_put(out, run, (size_t)(end - run));
}

void
url_clean(struct buf *out, const char *url)
{
	for (; *url != '\0'; url++) {
		if (*url > ' ' && *url < 0x7f &&
		    strchr("\"'<>\\^`{|}", *url) == NULL)
			buf_putc(out, *url);
		else
			buf_printf(out, "%%%02X", (unsigned)(*url & 0xff));
	}
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
url_decode(struct buf *out, const char *s, size_t len)
{
	size_t start = out->len, good;

	for (size_t i = 0; i < len; i++) {
		int high =
		    s[i] == '%' && i + 2 < len ? hex_digit(s[i + 1]) : -1;
		int low = high != -1 ? hex_digit(s[i + 2]) : -1;

		if (low != -1) {
			buf_putc(out, (char)(high << 4 | low));
			i += 2;
		} else if (s[i] == '+') {
			buf_putc(out, ' ');
		} else {
			buf_putc(out, s[i]);
		}
	}
	if (out->len == start)
		return true;
	good = utf8_valid(out->data + start, out->len - start);
	good = strnlen(out->data + start, good);
	if (start + good == out->len)
		return true;
	out->len = start + good;
	out->data[out->len] = '\0';
	return false;
}

/* The pair at *query: its whole length, and where its value begins. */
static size_t
pair(const char *query, size_t *name_len, const char **value)
{
	size_t len = strcspn(query, "&");
	const char *eq = memchr(query, '=', len);

	*name_len = eq != NULL ? (size_t)(eq - query) : len;
	*value = eq != NULL ? eq + 1 : query + len;
	return len;
}

static bool
is_named(const char *pair, size_t name_len, const char *name)
{
	struct buf decoded = { 0 };
	bool same;

	if (memchr(pair, '%', name_len) == NULL)
		return strlen(name) == name_len &&
		    memcmp(pair, name, name_len) == 0;
	url_decode(&decoded, pair, name_len);
	same = strcmp(buf_text(&decoded), name) == 0;
	buf_free(&decoded);
	return same;
}

/* Controls are not typed, and some mean marks to what writes HTML. */
static void
put_value(struct buf *out, const char *s, size_t len)
{
	size_t start = out->len;

	url_decode(out, s, len);
	for (size_t i = start; i < out->len; i++)
		if ((unsigned char)out->data[i] < ' ' || out->data[i] == 0x7f)
			out->data[i] = ' ';
}

bool
url_param(struct buf *out, const char *query, const char *name)
{
	size_t len, name_len;
	const char *value;

	for (; *query != '\0'; query += len, query += *query == '&') {
		len = pair(query, &name_len, &value);
		if (!is_named(query, name_len, name))
			continue;
		put_value(out, value, (size_t)(query + len - value));
		return true;
	}
	return false;
}

/* Put the pairs of a query that have neither name. */
static void
put_others(struct buf *out, const char *query, const char *name,
    const char *other)
{
	size_t start = out->len, len, name_len;
	const char *at;

	for (; *query != '\0'; query += len, query += *query == '&') {
		len = pair(query, &name_len, &at);
		if (len == 0 || is_named(query, name_len, name) ||
		    is_named(query, name_len, other))
			continue;
		buf_putc(out, out->len == start ? '?' : '&');
		buf_put(out, query, len);
	}
}

void
url_drop(struct buf *out, const char *query, const char *name)
{
	put_others(out, query, name, name);
}

void
url_set(struct buf *out, const char *query, const char *name, const char *value)
{
	size_t start = out->len;

	put_others(out, query, name, "page");
	if (value == NULL) {
		if (out->len == start)
			buf_putc(out, '?');
		return;
	}
	buf_putc(out, out->len == start ? '?' : '&');
	buf_puts(out, name);
	buf_putc(out, '=');
	url_encode(out, value, strlen(value));
}

/* Is it the port that the scheme has anyway? */
static bool
is_usual_port(const char *url, const char *port, size_t len)
{
	bool tls = strncasecmp(url, "https:", 6) == 0;

	return len == 0 ||
	    (tls ? len == 3 && memcmp(port, "443", 3) == 0
		 : len == 2 && memcmp(port, "80", 2) == 0);
}

/* Where the authority of an address begins: its user, or its host. */
static const char *
authority(const char *url)
{
	const char *at = strstr(url, "://");

	return at != NULL ? at + 3 : url;
}

/* Behind the user that an authority may begin with. */
static const char *
host_of(const char *authority)
{
	const char *at = memrchr(authority, '@', strcspn(authority, "/?#"));

	return at != NULL ? at + 1 : authority;
}

bool
url_without_user(struct buf *out, const char *url)
{
	const char *user = authority(url), *host = host_of(user);

	buf_put(out, url, (size_t)(user - url));
	buf_puts(out, host);
	return host > user;
}

void
url_key(struct buf *out, const char *url)
{
	const char *host = host_of(authority(url)), *end, *port;

	end = host + strcspn(host, "/?#");
	port = memrchr(host, ':', (size_t)(end - host));
	if (port != NULL &&
	    !is_usual_port(url, port + 1, (size_t)(end - port - 1)))
		port = NULL;
	for (const char *c = host; c < (port != NULL ? port : end); c++)
		buf_putc(out,
		    (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c));
	buf_put(out, end, strcspn(end, "#"));
	while (out->len > 0 && out->data[out->len - 1] == '/')
		out->data[--out->len] = '\0';
}
