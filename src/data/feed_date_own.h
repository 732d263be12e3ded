#ifndef DATA_FEED_DATE_OWN_H
#define DATA_FEED_DATE_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the files that read dates share.
 */
struct moment {
	int year, month, day;
	int hour, minute, second;
	int offset; /* minutes east of UTC */
};

/* Write it in UTC; false if there is no such time. */
bool moment_write(char *to, const struct moment *);

/* Days since 1970-01-01 of a date that there is. */
int64_t moment_days(int year, int month, int day);
int moment_month_length(int year, int month);

/*
 * A number of at most so many digits at *s, which moves on; how many digits
 * there are.
 */
size_t moment_digits(const char **s, size_t most, int *);

/* "12:30", "12:30:59.5", "24:00", "9:05 pm" at *s, which moves on. */
bool moment_time(const char **s, struct moment *);

/* "+02:00", "Z", "EST", "GMT+1" at *s, which moves on; false if it is no
 * zone that is known. */
bool moment_zone(const char **s, struct moment *);

/* ISO 8601 at the begin of a text: false if it is not that at all. */
bool moment_iso(const char *, struct moment *);

/* The month (1 to 12) a word is the name of, 0 if of none. */
int moment_month(const char *, size_t len);
/* A word that may stand in a date and says nothing: "Mon", "de", "of". */
bool moment_is_filler(const char *, size_t len);

#endif
