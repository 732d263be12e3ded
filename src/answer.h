#ifndef ANSWER_H
#define ANSWER_H

#include "web/http.h"

struct connection;

/*
 * The bytes of an answer, on their way to a client: what its socket takes at
 * once is written, the rest is in Kore's queue.  A file is neither copied nor
 * read before the client takes it; the response may end meanwhile.
 *
 * Adds the status line, Content-Length and, if it is the connection's last,
 * Connection.  False if the connection is of no more use.
 */
bool answer_queue(struct connection *, const struct response *, bool head_only);

#endif
