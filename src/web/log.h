#ifndef WEB_LOG_H
#define WEB_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/*
 * The access log: one line of JSON for each answer, written in one piece
 * whenever log_flush() is called or much has gathered.
 *
 * Nothing in it names a person: of an address only the network is kept
 * (log_network), no browser, no referrer, no cookie, and "*" stands for the
 * token of a link in a mail.  Whatever a visitor sent
 * is escaped, so that a line is always one line.
 */
struct log;

/* A log on an open descriptor, which the caller keeps; -1 for no log.  Never
 * NULL. */
struct log *log_open(int fd);
void log_close(struct log *);

struct log_entry {
	struct timespec time;
	const char *method;
	const char *path;
	const char *query;   /* may be NULL */
	const char *lang;    /* of the page; may be NULL */
	const char *network; /* may be NULL */
	int status;
	size_t bytes;
	int64_t microseconds;
	bool kept; /* from the page cache */
};

void log_put(struct log *, const struct log_entry *);
void log_flush(struct log *);

/* Cut an address to its network: 192.0.2.0, 2001:db8:1::; "" if it is none. */
enum { LOG_NETWORK = 48 };
void log_network(const char *address, char network[LOG_NETWORK]);

#endif
