#ifndef TESTS_HTTP_SERVER_H
#define TESTS_HTTP_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "test.h"

/*
 * A web server on this machine whose answers a test writes, byte by byte, in
 * processes of its own.  A connection is answered once, and closed.
 *
 *	static void
 *	answer(int fd, const char *request)
 *	{
 *		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
 *	}
 *
 *	struct http_server *s = http_server(answer);
 *	…  http://127.0.0.1:<s->port>/  …
 *	http_server_end(s);
 */
typedef void http_answer(int fd, const char *request);

struct http_server {
	int port;
	pid_t process;
	atomic_int requests;
	atomic_int at_once, most_at_once; /* for the answers to count */
	char last[4096];                  /* the request that came last */
};

/* The server that answers, in its own processes. */
static struct http_server *http_serving;

/* False once nobody listens. */
static inline bool
say_bytes(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

__attribute__((format(printf, 2, 3))) static inline bool
say(int fd, const char *format, ...)
{
	char text[4096];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return say_bytes(fd, text, (size_t)n);
}

/* Until the other side is gone. */
static inline void
say_nothing(int fd)
{
	char c;

	while (read(fd, &c, 1) > 0)
		continue;
}

static inline void
http_server_hear(struct http_server *s, int fd, http_answer *answer)
{
	char request[4096] = "";
	size_t n = 0;
	ssize_t got;

	/* 0x16 is how TLS begins, which we don't speak. */
	while (n < sizeof(request) - 1 && *request != 0x16 &&
	    !has(request, "\r\n\r\n") &&
	    (got = read(fd, request + n, sizeof(request) - 1 - n)) > 0)
		n += (size_t)got;
	memcpy(s->last, request, sizeof(request));
	s->requests++;
	answer(fd, request);
	shutdown(fd, SHUT_WR);
	say_nothing(fd);
	_exit(EXIT_SUCCESS);
}

static inline void
http_server_run(struct http_server *s, int listener, http_answer *answer)
{
	http_serving = s;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd != -1 && fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			close(listener);
			http_server_hear(s, fd, answer);
		}
		close(fd);
	}
}

static inline struct http_server *
http_server(http_answer *answer)
{
	struct http_server *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct sockaddr_in here = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(here);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	pid_t process;

	if (s == MAP_FAILED ||
	    bind(listener, (struct sockaddr *)&here, len) == -1 ||
	    listen(listener, 50) == -1 ||
	    getsockname(listener, (struct sockaddr *)&here, &len) == -1)
		bail_out("no server can be made");
	s->port = ntohs(here.sin_port);
	fflush(stdout);
	process = fork();
	if (process == 0)
		http_server_run(s, listener, answer);
	if (process == -1)
		bail_out("no server can be started");
	s->process = process; /* shared: for the parent to write alone */
	close(listener);
	return s;
}

static inline void
http_server_end(struct http_server *s)
{
	kill(s->process, SIGKILL);
	waitpid(s->process, NULL, 0);
	munmap(s, sizeof(*s));
}

#endif
