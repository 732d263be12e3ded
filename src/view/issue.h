#ifndef VIEW_ISSUE_H
#define VIEW_ISSUE_H

#include "base/arena.h"
#include "view/model.h"

/*
 * An issue of the newsletter as a mail: what the template newsletter.mail
 * shows, the same for a preview, a test and for all who get it.
 *
 * Names issue (the record's id) and the rows
 *	head	number, title, summary, body_html, url, published_text,
 *		text_language (of an issue that is not in the mail's language),
 *		bare (1 if it begins without a heading)
 *	items	title, url, summary, kind_label, heading, note, other_lang
 * which are read when the mail is rendered, in its language.
 */
void issue_name(struct model *, struct db *, struct arena *, int64_t issue);

#endif
