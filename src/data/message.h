#ifndef DATA_MESSAGE_H
#define DATA_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * A mail as it goes over the wire (RFC 5322, 2045 to 2047): UTF-8 in encoded
 * words and quoted-printable, two parts to choose from, no line longer than
 * 998 bytes, every line ended by CR LF.
 *
 * Nothing a visitor wrote becomes a header of its own: controls in a subject
 * or a name are spaces, and an address with anything odd in it is refused.
 * The same struct makes the same bytes, so that a mail sent twice is known to
 * be the same one.
 */
struct message {
	const char *name;  /* of the sender, "Mutua" */
	const char *from;  /* the sender's address */
	const char *reply; /* where answers go, or "" */
	const char *to;
	const char *subject;
	const char *lang;
	const char *text;
	const char *html;
	const char *unsubscribe; /* address that takes a POST, or "" */
	int64_t id;              /* with date, different for every mail */
	int64_t date;            /* seconds since 1970 */
};

/*
 * Is it an address mail can be sent to?  Letters, digits and the signs that
 * need no quotes, one '@', a host behind it; at most 254 bytes of ASCII.
 */
bool message_is_address(const char *);

/* Put the mail; false, with nothing put, if an address is none. */
bool message_put(struct buf *, const struct message *);

/* Put s on one line: controls and runs of spaces are one space. */
void message_flatten(struct buf *out, const char *s);

#endif
