#ifndef DATA_SMTP_H
#define DATA_SMTP_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Handing mails to a server, by SMTP.
 *
 * The connection is kept for the mails that follow.  A server on this machine
 * is spoken to in clear.  To any other, smtp:// goes on in TLS if it can, and
 * must if there is a password; smtps:// is TLS from the start; certificates
 * are checked.
 */
struct smtp;

struct smtp_options {
	const char *url;  /* smtp://host:port or smtps://host:port */
	const char *user; /* or "" */
	const char *password;
	const char *from;   /* whom mails come from; we greet by its host */
	bool (*stop)(void); /* asked while waiting: break off? */
};

enum smtp_answer {
	SMTP_TAKEN, /* the mail is the server's now */
	SMTP_LATER, /* not now: try again */
	SMTP_NEVER, /* neither this mail nor this recipient, ever */
	SMTP_DOWN,  /* there is no server, or it lets us do nothing */
};

/* Options must live as long.  Never NULL. */
struct smtp *smtp_open(const struct smtp_options *);
void smtp_close(struct smtp *);

/* Hand over a whole mail.  Unless it is taken, why says why not, in the
 * server's words if it said some. */
enum smtp_answer smtp_send(struct smtp *, const char *to,
    const struct buf *mail, struct buf *why);

#endif
