#ifndef VIEW_ICALENDAR_H
#define VIEW_ICALENDAR_H

#include <stdbool.h>

#include "base/buf.h"
#include "view/model.h"

/*
 * Events as a calendar (RFC 5545): the rows "_calendar" of a page, within its
 * results or alone, and "_cancelled", with the columns of the view calendar.
 * The model needs base, lang and title; _feed_title is used if it is there.
 *
 * Dates are days, which are the same everywhere: no time zone can shift them.
 * An event of which the month is known takes all of that month, says so, and
 * leaves who has it free; one of which only the year is known is left out, as
 * a bar across a year would say nothing.
 */
struct calendar {
	const char *site;  /* the site's name */
	const char *month; /* what to say where only the month is known */
};

/* False, with nothing written, if there is no such row, or the page is of one
 * event of which no more than the year is known. */
bool icalendar_render(const struct model *, const struct calendar *,
    struct buf *);

#endif
