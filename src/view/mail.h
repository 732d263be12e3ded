#ifndef VIEW_MAIL_H
#define VIEW_MAIL_H

#include <stdbool.h>

#include "base/buf.h"
#include "data/db.h"
#include "view/model.h"

/*
 * Mails: templates of assets/templates/mail/, compiled at start in every
 * language, rendered into the outbox (data/outbox).
 *
 * NAME.mail is a fragment of HTML whose first line is <title>Subject</title>;
 * its comment says when it is sent and what names it needs.  The text part is
 * made from it (view/mail_text.c).  To the names of the letter's model come
 *
 *	home	the address of the site, without a slash at the end
 *	site	what it is called
 *	lang	the language of the mail
 *
 * A link in a model is a path ("/en/join/…"): templates put home before it, so
 * that no request can make a mail lead elsewhere.
 *
 * A mailer lives as long as who opened it.
 */
struct mailer;

struct letter {
	const char *recipient; /* an address */
	const char *lang;      /* en, fr or es; any other is en */
	const char *name;      /* of the template: "join" */
	const struct model *model;
	const char *unsubscribe; /* path for List-Unsubscribe, or NULL */
	const char *once; /* a name that no other mail has had, or NULL */
};

/*
 * Compile the templates of assets for a site called site_name ("" for what
 * the strings call it) at the address home.  NULL after putting file, line
 * and cause in why, a line each.
 */
struct mailer *mailer_open(const char *assets, const char *site_name,
    const char *home, struct buf *why);
void mailer_close(struct mailer *);

/*
 * Queue a mail within the caller's transaction on writer.  Of a letter that
 * has been put under the same once nothing is queued, and that is no error.
 * False, after logging, if the recipient is no address, there is no such
 * template or a name in it is unknown; or if storage failed.
 */
bool mailer_put(struct mailer *, struct db *writer, const struct letter *);

/* What a mail would be: its subject, its text, and its HTML without what makes
 * it a document.  False, after logging, as above. */
struct mail_shown {
	struct buf subject, text, html;
};
bool mailer_show(struct mailer *, const struct letter *, struct mail_shown *);

/* What a mail says, as text: links with their addresses, paragraphs in lines
 * of at most 72 characters, quotations indented. */
void mail_text(struct buf *, const char *html);

#endif
