#ifndef DATA_FEED_DATE_H
#define DATA_FEED_DATE_H

#include <stdbool.h>

enum { FEED_DATE = 21 };

/*
 * A date and time as feeds have them, in UTC: "2026-11-30T12:00:00Z".
 *
 * RFC 822 and its successors (also with names in French, Spanish, Portuguese,
 * German and Italian), RFC 3339 and ISO 8601, C's asctime, numbers with points
 * or slashes where they can mean only one day, and seconds or milliseconds
 * since 1970.  What is not said of the time is its begin, what is not said of
 * the zone is UTC.  What follows a whole date is no matter.
 *
 * False, with to empty, if it is none, or one of two ("03/04/2025").
 */
bool feed_date(char to[FEED_DATE], const char *);

#endif
