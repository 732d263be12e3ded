#ifndef TESTS_CLIENT_H
#define TESTS_CLIENT_H

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include "test.h"

/*
 * Talking to a server byte by byte.
 *
 *	expect("200 open", "a head may come in parts", "GET / HT", "TP/1.1…");
 *
 * says each packet alone and compares what came back in short: the statuses,
 * and whether the connection then was open, closed or reset.
 */
enum { SHORT = 250, LONG = 10000 };

static uint16_t port; /* of the server */

static inline void
pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

static inline struct sockaddr_in
address(void)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

/* A port nobody uses just now. */
static inline uint16_t
free_port(void)
{
	struct sockaddr_in a = address();
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(fd, (struct sockaddr *)&a, len) == -1 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) == -1)
		bail_out("no free port");
	close(fd);
	return ntohs(a.sin_port);
}

static inline int
connect_to(void)
{
	struct sockaddr_in a = address();
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

static inline void
put(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

/* Read what comes until nothing more does for a while.  The end of the
 * connection, if it came to that, is told by a last byte: '.' or, if it was
 * reset, '!'. */
static inline void
take(int fd, struct buf *to, int patience)
{
	static char block[65536];
	struct pollfd p = { .fd = fd, .events = POLLIN };

	for (; poll(&p, 1, patience) == 1; patience = SHORT) {
		ssize_t n = recv(fd, block, sizeof(block), 0);

		if (n <= 0) {
			buf_putc(to, n == 0 ? '.' : '!');
			return;
		}
		buf_put(to, block, (size_t)n);
	}
}

/* The statuses of an answer, and how the connection ended: "200 404 open". */
static inline const char *
summary(const struct buf *answer)
{
	static char text[200];
	const char *at = buf_text(answer);
	size_t n = 0;

	if (answer->len == 0)
		return "open";
	while ((at = memmem(at, answer->len - (size_t)(at - answer->data),
		    "HTTP/1.", 7)) != NULL) {
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%.3s ",
		    at + 9);
		at += 9;
	}
	snprintf(text + n, sizeof(text) - n, "%s",
	    answer->data[answer->len - 1] == '.'       ? "closed"
		: answer->data[answer->len - 1] == '!' ? "reset"
						       : "open");
	return text;
}

/* Is that all that is to come?  If it ends open, only waiting can tell. */
static inline bool
is_whole(const char *got, const char *wanted)
{
	return strlen(got) >= strlen(wanted) || strcmp(wanted, "open") == 0;
}

/* Did the connection end?  take() has told so by a last byte. */
static inline bool
has_ended(const struct buf *answer)
{
	return answer->len > 0 &&
	    strchr(".!", answer->data[answer->len - 1]) != NULL;
}

/* Say things, a packet each, and sum up what is answered. */
static inline const char *
say(const char *wanted, const char *const *packets)
{
	struct buf answer = { 0 };
	const char *text;
	int fd = connect_to();

	for (size_t i = 0; packets[i] != NULL; i++) {
		if (i > 0)
			pause_ms(30);
		put(fd, packets[i], strlen(packets[i]));
	}
	do {
		size_t before = answer.len;

		take(fd, &answer, strcmp(wanted, "open") == 0 ? SHORT : LONG);
		text = summary(&answer);
		if (answer.len == before || has_ended(&answer))
			break;
	} while (!is_whole(text, wanted));
	close(fd);
	buf_free(&answer);
	return text;
}

#define expect(wanted, claim, ...)                                          \
	is(say(wanted, (const char *const[]){ __VA_ARGS__, NULL }), wanted, \
	    claim)
#define says(...) say("200 open", (const char *const[]){ __VA_ARGS__, NULL })

#endif
