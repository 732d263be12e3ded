#ifndef WEB_FORMAT_H
#define WEB_FORMAT_H

#include <stdbool.h>

#include "web/page.h"

/*
 * A page as data: its model as JSON, its "results" as CSV, Atom or RSS.
 *
 * False if that format has nothing to say of this page; HTML then has.
 */
bool format_show(struct page *);

#endif
