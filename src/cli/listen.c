#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/listen.h"

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static bool
is_v6(const struct listen *l)
{
	return strchr(l->host, ':') != NULL;
}

/* The address as the kernel wants it; 0 if it is none. */
static socklen_t
address_of(const struct listen *l, union address *a)
{
	in_port_t port = htons((in_port_t)strtoul(l->port, NULL, 10));

	memset(a, 0, sizeof(*a));
	if (is_v6(l)) {
		a->v6.sin6_family = AF_INET6;
		a->v6.sin6_port = port;
		if (inet_pton(AF_INET6, l->host, &a->v6.sin6_addr) == 1)
			return sizeof(a->v6);
		return 0;
	}
	a->v4.sin_family = AF_INET;
	a->v4.sin_port = port;
	if (inet_pton(AF_INET, l->host, &a->v4.sin_addr) == 1)
		return sizeof(a->v4);
	return 0;
}

static bool
put(char *to, size_t size, const char *from, size_t len)
{
	if (len == 0 || len >= size)
		return false;
	memcpy(to, from, len);
	to[len] = '\0';
	return true;
}

static bool
is_port(const char *s)
{
	size_t len = strlen(s);
	unsigned long n = strtoul(s, NULL, 10);

	return len > 0 && len <= 5 && strspn(s, "0123456789") == len && n > 0 &&
	    n <= 65535;
}

bool
listen_parse(struct listen *l, const char *text)
{
	const char *colon = strrchr(text, ':');
	const char *port = colon != NULL ? colon + 1 : text, *host = text;
	size_t len = colon != NULL ? (size_t)(colon - text) : 0;
	union address a;

	if (!is_port(port) ||
	    !put(l->port, sizeof(l->port), port, strlen(port)))
		return false;
	if (colon == NULL)
		return put(l->host, sizeof(l->host), "127.0.0.1", 9);
	if (len > 2 && text[0] == '[' && colon[-1] == ']') {
		host = text + 1;
		len -= 2;
	} else if (memchr(text, ':', len) != NULL) {
		return false;
	}
	return put(l->host, sizeof(l->host), host, len) &&
	    address_of(l, &a) > 0;
}

bool
listen_possible(const struct listen *l)
{
	union address a;
	socklen_t len = address_of(l, &a);
	int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int on = 1, error = 0;

	if (fd == -1) {
		complain("socket: %s", strerror(errno));
		return false;
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, &a.any, len) == -1 || listen(fd, 1) == -1)
		error = errno;
	close(fd);
	if (error == EADDRINUSE)
		complain("%s:%s is taken: another program listens there; "
			 "choose another with --listen",
		    l->host, l->port);
	else if (error != 0)
		complain("can't listen on %s:%s: %s", l->host, l->port,
		    strerror(error));
	return error == 0;
}

/* "Any address" is a place to listen, not one to ask. */
static socklen_t
address_to_ask(const struct listen *l, union address *a)
{
	socklen_t len = address_of(l, a);

	if (is_v6(l) && IN6_IS_ADDR_UNSPECIFIED(&a->v6.sin6_addr))
		a->v6.sin6_addr = in6addr_loopback;
	else if (!is_v6(l) && a->v4.sin_addr.s_addr == htonl(INADDR_ANY))
		a->v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return len;
}

bool
listen_answers(const struct listen *l)
{
	static const char ask[] = "GET /healthz HTTP/1.1\r\n"
				  "Host: localhost\r\n"
				  "Connection: close\r\n\r\n";
	static const char good[] = "HTTP/1.1 200 ";
	struct timeval second = { .tv_sec = 1 };
	union address a;
	socklen_t len = address_to_ask(l, &a);
	int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char got[sizeof(good) - 1];
	bool yes;

	if (fd == -1)
		return false;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof(second));
	yes = connect(fd, &a.any, len) == 0 &&
	    send(fd, ask, sizeof(ask) - 1, MSG_NOSIGNAL) > 0 &&
	    recv(fd, got, sizeof(got), MSG_WAITALL) == sizeof(got) &&
	    memcmp(got, good, sizeof(got)) == 0;
	close(fd);
	return yes;
}

void
listen_url(const struct listen *l, char *url, unsigned long size)
{
	snprintf(url, size, is_v6(l) ? "http://[%s]:%s/" : "http://%s:%s/",
	    l->host, l->port);
}
