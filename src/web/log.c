#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "web/log.h"

enum { FULL = 64 * 1024, TOKEN = 40 };

struct log {
	int fd;
	bool complained;
	struct buf lines;
	time_t second; /* what date says */
	char date[24];
};

struct log *
log_open(int fd)
{
	struct log *l = calloc(1, sizeof(*l));

	if (l == NULL)
		abort();
	l->fd = fd;
	return l;
}

void
log_close(struct log *l)
{
	log_flush(l);
	buf_free(&l->lines);
	free(l);
}

/* A full disk loses lines, but stops nothing; it is said once. */
static void
complain(struct log *l)
{
	if (!l->complained)
		fprintf(stderr, "log: %s\n", strerror(errno));
	l->complained = true;
}

void
log_flush(struct log *l)
{
	size_t done = 0;

	while (l->fd != -1 && done < l->lines.len) {
		ssize_t n =
		    write(l->fd, l->lines.data + done, l->lines.len - done);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			complain(l);
			break;
		}
		l->complained = false;
		done += (size_t)n;
	}
	buf_clear(&l->lines);
}

/* A JSON string; anything but printable ASCII as \u00xx. */
static void
put_text(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c < ' ' || c >= 0x7f) {
			buf_printf(out, "\\u%04x", c);
			continue;
		}
		if (c == '"' || c == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *s);
	}
}

static void
put_time(struct log *l, const struct timespec *t)
{
	struct tm tm;

	if (t->tv_sec != l->second || l->date[0] == '\0') {
		l->second = t->tv_sec;
		strftime(l->date, sizeof(l->date), "%Y-%m-%dT%H:%M:%S",
		    gmtime_r(&t->tv_sec, &tm));
	}
	buf_printf(&l->lines, "{\"time\":\"%s.%03ldZ\"", l->date,
	    t->tv_nsec / 1000000);
}

static void
put_field(struct buf *out, const char *name, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	buf_printf(out, ",\"%s\":\"", name);
	put_text(out, text);
	buf_putc(out, '"');
}

/* Such a token is longer than words, and has capitals, which no other address
 * of ours has, or not a hyphen for longer than any word goes on. */
static bool
is_token(const char *s)
{
	if (strlen(s) < TOKEN)
		return false;
	if (strpbrk(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != NULL)
		return true;
	for (size_t n; *s != '\0'; s += n + (s[n] == '-'))
		if ((n = strcspn(s, "-")) >= TOKEN)
			return true;
	return false;
}

/*
 * A path.  What is said once, in a mail, and opens what it stands for is not
 * for those who read the log.
 */
static void
put_path(struct buf *out, const char *path)
{
	const char *last = strrchr(path, '/');
	char kept[64];

	if (last == NULL || !is_token(last + 1) ||
	    last - path >= (ptrdiff_t)sizeof(kept) - 2) {
		put_field(out, "path", path);
		return;
	}
	snprintf(kept, sizeof(kept), "%.*s/*", (int)(last - path), path);
	put_field(out, "path", kept);
}

void
log_put(struct log *l, const struct log_entry *e)
{
	struct buf *out = &l->lines;

	if (l->fd == -1)
		return;
	put_time(l, &e->time);
	put_field(out, "method", e->method);
	put_path(out, e->path);
	put_field(out, "query", e->query);
	buf_printf(out, ",\"status\":%d,\"bytes\":%zu,\"us\":%lld", e->status,
	    e->bytes, (long long)e->microseconds);
	put_field(out, "lang", e->lang);
	put_field(out, "network", e->network);
	buf_puts(out, e->kept ? ",\"kept\":true}\n" : "}\n");
	if (out->len >= FULL)
		log_flush(l);
}

void
log_network(const char *address, char network[LOG_NETWORK])
{
	unsigned char v6[16], v4[4];

	*network = '\0';
	if (inet_pton(AF_INET, address, v4) == 1) {
		v4[3] = 0;
		inet_ntop(AF_INET, v4, network, LOG_NETWORK);
	} else if (inet_pton(AF_INET6, address, v6) == 1) {
		memset(v6 + 6, 0, 10);
		inet_ntop(AF_INET6, v6, network, LOG_NETWORK);
	}
}
