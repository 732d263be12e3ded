#ifndef WEB_TOMBSTONE_H
#define WEB_TOMBSTONE_H

#include "web/page.h"

/*
 * What stands at the address of a record that was taken away: its title, when
 * and why, and what to do; for editors the way to bring it back.
 *
 * The router asks for it when a page of a record says 404.  Returns 410, its
 * page being made; 301, if the record was merged into another; or 404 if nothing was ever taken away there.
 */
int tombstone_show(struct page *);

#endif
