#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "web/http.h"
#include "web/work.h"

void
response_header(struct response *r, const char *name, const char *value)
{
	for (const char *s = value; *s != '\0'; s++) {
		if ((unsigned char)*s >= ' ' && *s != 0x7f)
			continue;
		fprintf(stderr, "http: control character in %s\n", name);
		return;
	}
	buf_puts(&r->head, name);
	buf_put(&r->head, ": ", 2);
	buf_puts(&r->head, value);
	buf_put(&r->head, "\r\n", 2);
}

const char *
response_get(struct response *r, const char *name)
{
	const char *line = buf_text(&r->head), *end;
	size_t n = strlen(name);

	for (; (end = strchr(line, '\r')) != NULL; line = end + 2) {
		if (strncmp(line, name, n) != 0 || line[n] != ':')
			continue;
		line += n + 2;
		buf_clear(&r->found);
		buf_put(&r->found, line, (size_t)(end - line));
		return r->found.data;
	}
	return NULL;
}

static void
close_file(struct response *r)
{
	if (r->has_file)
		close(r->file);
	r->has_file = false;
}

void
response_file(struct response *r, int fd, uint64_t from, uint64_t len)
{
	close_file(r);
	buf_clear(&r->body);
	r->has_file = true;
	r->file = fd;
	r->file_from = from;
	r->file_len = len;
}

uint64_t
response_length(const struct response *r)
{
	return r->has_file ? r->file_len : r->body.len;
}

void
response_clear(struct response *r)
{
	r->status = 0;
	r->lang = NULL;
	r->kept = false;
	r->personal = false;
	r->compressible = false;
	work_free(r->work);
	r->work = NULL;
	r->etag[0] = '\0';
	r->finished = false;
	close_file(r);
	buf_clear(&r->head);
	buf_clear(&r->body);
}

void
response_free(struct response *r)
{
	close_file(r);
	work_free(r->work);
	buf_free(&r->head);
	buf_free(&r->body);
	buf_free(&r->found);
}

/* A list's next element without the blanks around it; false at the end. */
static bool
element(const char **at, char separator, const char **start, size_t *len)
{
	static const char blank[] = " \t";
	const char *s = *at, *end;

	if (s == NULL || *s == '\0')
		return false;
	end = strchrnul(s, separator);
	*at = *end != '\0' ? end + 1 : end;
	while (s < end && strchr(blank, *s) != NULL)
		s++;
	while (end > s && strchr(blank, end[-1]) != NULL)
		end--;
	*start = s;
	*len = (size_t)(end - s);
	return true;
}

bool
http_cookie(struct buf *out, const char *header, const char *name)
{
	size_t len, n = strlen(name);
	const char *s;

	while (element(&header, ';', &s, &len)) {
		if (len <= n || s[n] != '=' || memcmp(s, name, n) != 0)
			continue;
		s += n + 1;
		len -= n + 1;
		if (len >= 2 && s[0] == '"' && s[len - 1] == '"') {
			s++;
			len -= 2;
		}
		buf_put(out, s, len);
		return true;
	}
	return false;
}

/*
 * Split "fr-CH ; q=0.8" into the length of its name and a weight from 0 to
 * 1000.  A weight that can't be read is 0: such an element is not wanted.
 */
static int
weight(const char *s, size_t len, size_t *name_len)
{
	const char *end = s + len, *q = memchr(s, ';', len);
	int n = 0, unit = 100;

	*name_len = q != NULL ? (size_t)(q - s) : len;
	while (*name_len > 0 && strchr(" \t", s[*name_len - 1]) != NULL)
		--*name_len;
	if (q == NULL)
		return 1000;
	for (q++; q < end && strchr(" \t", *q) != NULL; q++)
		;
	if (end - q < 3 || (*q | 0x20) != 'q' || q[1] != '=')
		return 1000;
	q += 2;
	if (*q != '0' && *q != '1')
		return 0;
	n = (*q - '0') * 1000;
	if (++q < end && *q++ != '.')
		return 0;
	for (; q < end && *q >= '0' && *q <= '9' && unit > 0; unit /= 10)
		n += (*q++ - '0') * unit;
	return q < end ? 0 : n > 1000 ? 1000 : n;
}

bool
http_accepts_gzip(const char *header)
{
	int any = 0, gzip = -1;
	size_t len, n;
	const char *s;

	while (element(&header, ',', &s, &len)) {
		int w = weight(s, len, &n);

		if ((n == 4 && strncasecmp(s, "gzip", n) == 0) ||
		    (n == 6 && strncasecmp(s, "x-gzip", n) == 0))
			gzip = w;
		else if (n == 1 && *s == '*')
			any = w;
	}
	return (gzip != -1 ? gzip : any) > 0;
}

/* Is an element of Accept-Language (fr-CH) in the language (fr)? */
static bool
speaks(const char *s, size_t len, const char *lang)
{
	size_t n = strlen(lang);

	return len >= n && strncasecmp(s, lang, n) == 0 &&
	    (len == n || s[n] == '-');
}

const char *
http_language(const char *header, const char *const *offered)
{
	const char *best = offered[0], *s;
	int best_weight = 0;
	size_t len, n;

	while (element(&header, ',', &s, &len)) {
		int w = weight(s, len, &n);

		if (w <= best_weight)
			continue;
		for (size_t i = 0; offered[i] != NULL; i++) {
			if (!speaks(s, n, offered[i]))
				continue;
			best = offered[i];
			best_weight = w;
			break;
		}
	}
	return best;
}

static const char *
strong(const char *etag, size_t *len)
{
	if (*len < 2 || etag[0] != 'W' || etag[1] != '/')
		return etag;
	*len -= 2;
	return etag + 2;
}

bool
http_etag_matches(const char *header, const char *etag)
{
	size_t want_len = strlen(etag), len;
	const char *want = strong(etag, &want_len), *s;

	while (element(&header, ',', &s, &len)) {
		if (len == 1 && *s == '*')
			return true;
		s = strong(s, &len);
		if (len == want_len && memcmp(s, want, len) == 0)
			return true;
	}
	return false;
}

/* A number at *s, which moves behind it; false if there is none, or if it is
 * more than files have bytes. */
static bool
read_number(const char **s, uint64_t *n)
{
	const char *start = *s;

	for (*n = 0; **s >= '0' && **s <= '9' && *s - start < 16; ++*s)
		*n = *n * 10 + (uint64_t)(**s - '0');
	return *s > start && (**s < '0' || **s > '9');
}

enum http_range
http_range(const char *s, uint64_t size, uint64_t *from, uint64_t *len)
{
	uint64_t last = UINT64_MAX;
	bool has_from;

	*from = 0;
	*len = size;
	if (s == NULL || strncasecmp(s, "bytes=", 6) != 0)
		return RANGE_ALL;
	s += 6;
	has_from = *s != '-';
	if ((has_from && !read_number(&s, from)) || *s++ != '-' ||
	    ((*s != '\0' || !has_from) && !read_number(&s, &last)) ||
	    *s != '\0' || (has_from && last < *from)) {
		*from = 0;
		return RANGE_ALL;
	}
	if (!has_from) { /* so many at the end */
		*from = last < size ? size - last : 0;
		if (last == 0)
			*from = size;
		last = UINT64_MAX;
	}
	if (*from >= size)
		return RANGE_NONE;
	*len = (last < size - 1 ? last : size - 1) - *from + 1;
	return RANGE_PART;
}

bool
http_host_valid(const char *host)
{
	static const char plain[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789.-_";
	static const char digits[] = "0123456789";
	size_t n;

	if (*host == '[') {
		n = 1 + strspn(host + 1, "0123456789abcdefABCDEF:.");
		if (n < 3 || host[n] != ']')
			return false;
		n++;
	} else {
		n = strspn(host, plain);
	}
	if (n == 0 || n > 253)
		return false;
	host += n;
	if (*host == ':')
		host += 1 + strspn(host + 1, digits);
	return *host == '\0';
}
