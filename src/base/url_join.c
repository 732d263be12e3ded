#include <string.h>
#include <strings.h>

#include "base/url_join.h"

/* The parts of an address; NULL where there is none. */
struct parts {
	const char *scheme, *host, *path, *query, *fragment;
	size_t scheme_len, host_len, path_len, query_len, fragment_len;
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t
scheme_length(const char *s)
{
	size_t n = 0;

	if (!is_letter(s[0]))
		return 0;
	while (is_letter(s[n]) || (s[n] >= '0' && s[n] <= '9') || s[n] == '+' ||
	    s[n] == '-' || s[n] == '.')
		n++;
	return s[n] == ':' ? n : 0;
}

static struct parts
split(const char *s)
{
	struct parts p = { 0 };
	size_t n = scheme_length(s);

	if (n > 0) {
		p.scheme = s;
		p.scheme_len = n;
		s += n + 1;
	}
	if (s[0] == '/' && s[1] == '/') {
		p.host = s + 2;
		p.host_len = strcspn(p.host, "/?#");
		s = p.host + p.host_len;
	}
	p.path = s;
	p.path_len = strcspn(s, "?#");
	s += p.path_len;
	if (*s == '?') {
		p.query = s;
		p.query_len = strcspn(s, "#");
		s += p.query_len;
	}
	if (*s == '#') {
		p.fragment = s;
		p.fragment_len = strlen(s);
	}
	return p;
}

/* What browsers forgive: no space around, no controls, slashes that lean the
 * other way. */
static void
tidy(struct buf *out, const char *s)
{
	size_t len = strlen(s);
	bool query = false;

	while (len > 0 && (unsigned char)s[len - 1] <= ' ')
		len--;
	while (len > 0 && (unsigned char)*s <= ' ')
		s++, len--;
	for (; len > 0; s++, len--) {
		query |= *s == '?' || *s == '#';
		if (*s == '\\' && !query)
			buf_putc(out, '/');
		else if ((unsigned char)*s >= ' ' && *s != 0x7f)
			buf_putc(out, *s);
	}
}

static void
put_encoded(struct buf *out, const char *s, size_t len)
{
	for (; len > 0; s++, len--)
		if (*s > ' ' && *s < 0x7f &&
		    strchr("\"'<>[\\]^`{|}", *s) == NULL)
			buf_putc(out, *s);
		else
			buf_printf(out, "%%%02X", (unsigned)(*s & 0xff));
}

/* Put a path without the parts "." and "..", after what of out is before. */
static void
put_path(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len;
	size_t start = out->len;

	while (s < end) {
		size_t n = 1 + strcspn(s + 1, "/?#");

		if (n > (size_t)(end - s))
			n = (size_t)(end - s);
		if (n == 3 && memcmp(s, "/..", 3) == 0) {
			while (out->len > start && out->data[--out->len] != '/')
				;
			out->data[out->len] = '\0';
		} else if (n != 2 || memcmp(s, "/.", 2) != 0) {
			put_encoded(out, s, n);
			s += n;
			continue;
		}
		s += n;
		if (s == end)
			buf_putc(out, '/');
	}
	if (out->len == start)
		buf_putc(out, '/');
}

/* A relative path stands beside the last part of base's. */
static void
put_joined(struct buf *out, const struct parts *base, const struct parts *ref)
{
	struct buf path = { 0 };
	size_t n = base->path_len;

	while (n > 0 && base->path[n - 1] != '/')
		n--;
	if (n == 0)
		buf_putc(&path, '/');
	buf_put(&path, base->path, n);
	buf_put(&path, ref->path, ref->path_len);
	put_path(out, path.data, path.len);
	buf_free(&path);
}

static bool
is_web(const struct parts *p)
{
	return (p->scheme_len == 4 && strncasecmp(p->scheme, "http", 4) == 0) ||
	    (p->scheme_len == 5 && strncasecmp(p->scheme, "https", 5) == 0);
}

/* Scheme and host: small letters, nothing but what names and ports have; and
 * nobody's password. */
static bool
put_host(struct buf *out, const struct parts *scheme, const struct parts *host)
{
	const char *s = host->host, *end = s + host->host_len;
	const char *at = memrchr(s, '@', host->host_len);

	s = at != NULL ? at + 1 : s;
	if (s == end || *s == ':')
		return false;
	buf_puts(out, scheme->scheme_len == 5 ? "https://" : "http://");
	for (; s < end; s++) {
		char c = *s;

		if ((unsigned char)c <= ' ' || c == 0x7f ||
		    strchr("\"'<>[\\]^`{|}()*&", c) != NULL)
			return false;
		if ((unsigned char)c >= 0x80)
			buf_printf(out, "%%%02x", (unsigned)(c & 0xff));
		else
			buf_putc(out,
			    (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
	}
	return true;
}

static bool
join(struct buf *out, const struct parts *base, const struct parts *ref)
{
	bool own_query =
	    ref->query != NULL || ref->path_len > 0 || ref->host != NULL;
	const struct parts *q = own_query ? ref : base;

	if (!put_host(out, ref->scheme != NULL ? ref : base,
		ref->host != NULL ? ref : base))
		return false;
	if (ref->host != NULL || ref->path[0] == '/')
		put_path(out, ref->path, ref->path_len);
	else if (ref->path_len == 0)
		put_path(out, base->path, base->path_len);
	else
		put_joined(out, base, ref);
	put_encoded(out, q->query, q->query_len);
	put_encoded(out, ref->fragment, ref->fragment_len);
	return true;
}

bool
url_join(struct buf *out, const char *base, const char *reference)
{
	struct buf tidied = { 0 };
	size_t start = out->len;
	struct parts b = split(base != NULL ? base : ""), r;
	bool good;

	tidy(&tidied, reference);
	r = split(buf_text(&tidied));
	good = r.scheme != NULL ? is_web(&r) && r.host != NULL
				: is_web(&b) && b.host != NULL;
	good = good && join(out, &b, &r) && out->len - start <= URL_MAX;
	if (!good && out->len > start) {
		out->len = start;
		out->data[start] = '\0';
	}
	buf_free(&tidied);
	return good;
}
