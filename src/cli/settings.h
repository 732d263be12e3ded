#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * What a site chooses for itself: mutua.yaml, then the command line.
 *
 * The file of the data directory counts, or if it has none the program's own
 * conf/mutua.yaml, which explains every setting.  A setting that does not
 * exist, or a value that can't be, is refused.
 */
struct settings {
	const char *name;       /* what the site is called */
	const char *language;   /* for visitors who ask for none of ours */
	const char *listen;     /* 127.0.0.1:8080 */
	const char *base;       /* https://example.org, or "" */
	const char *workers;    /* digits */
	const char *page_cache; /* megabytes, in digits */
	const char *access_log; /* stdout, none or a path */
	const char *user;       /* whom workers become if root starts them */
	const char *smtp;       /* smtp://host:25, smtps://host:465, or "" */
	const char *smtp_user;  /* or "" */
	const char *smtp_password;
	const char *mail_from;   /* an address, or "" */
	const char *mail_reply;  /* an address, or "" */
	const char *licence;     /* of the registry's data, or "" */
	const char *fetch_allow; /* host:port …, or "" */
	const char
	    *harvest_hours; /* between two harvests, in digits; 0: none */
	const char *hub;    /* of WebSub, an address, or "" */
};

/* Read path over what is set already.  False after putting every fault in
 * why, a line each; texts live in the arena. */
bool settings_read(struct settings *, struct arena *, const char *path,
    struct buf *why);

/*
 * Read what counts for a site: share's defaults, then config, or if that is
 * NULL the mutua.yaml of data, if there is one.  False after saying what is
 * wrong.
 */
bool settings_load(struct settings *, struct arena *, const char *share,
    const char *data, const char *config);

/* The address of the site, for links in mails: base, else where it listens. */
const char *settings_home(const struct settings *, struct arena *);

/* The address that mails come from: mail_from, else one at base's host. */
const char *settings_sender(const struct settings *, struct arena *);

/* Where who has a question writes to: mail_reply, else the sender. */
const char *settings_contact(const struct settings *, struct arena *);

/* Set one.  False after putting the reason in why. */
bool settings_set(struct settings *, const char *name, const char *value,
    struct buf *why);

#endif
