#ifndef CLI_LISTEN_H
#define CLI_LISTEN_H

#include <stdbool.h>

/*
 * The address the site listens on, seen from outside.
 */
struct listen {
	char host[64]; /* 127.0.0.1, ::1, 0.0.0.0 */
	char port[8];
};

/* Read "127.0.0.1:8080", "[::1]:8080" or "8080"; false if it is none. */
bool listen_parse(struct listen *, const char *text);

/* Could one listen there?  If not, says why on stderr. */
bool listen_possible(const struct listen *);

/* Does the site answer GET /healthz with 200?  Waits a second at most. */
bool listen_answers(const struct listen *);

/* The address to open in a browser, "http://127.0.0.1:8080/". */
void listen_url(const struct listen *, char *url, unsigned long size);

#endif
