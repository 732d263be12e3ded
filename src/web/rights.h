#ifndef WEB_RIGHTS_H
#define WEB_RIGHTS_H

#include "web/page.h"

/*
 * Who may do what: the one place that knows what a role is worth.
 *
 *	who		may
 *	ANYONE		read; suggest a correction; join
 *	MEMBER		propose records and changes, which are reviewed; watch
 *	PARTNER		post an organisation's news
 *	STEWARD		publish and review what they look after: a record, all of
 *			a country, all of a theme
 *	EDITOR		publish, review, withdraw and restore anything
 *	ADMINISTRATOR	give roles, disable members
 *
 * Routes say who may enter (src/routes.c) and the router asks here; handlers
 * do not.
 */

/* May whoever asks do what the route is for?  A steward counts where the
 * address names what they look after, or names nothing. */
bool rights_allow(struct page *, enum who);

/* May they change a record without review?  id 0: a new record of a kind, for
 * a country ("" if none). */
bool rights_publish(struct page *, int64_t record, const char *country);

/* Names _may_review, _may_edit (all of it) and _may_administer. */
void rights_name(struct page *);

#endif
