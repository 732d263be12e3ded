#ifndef WEB_DAYS_H
#define WEB_DAYS_H

/*
 * How many days ago a time was, in SQL: today is 0, yesterday 1.  The partial
 * _age.html says it, from the columns days and _a_day (it is one).
 */
#define DAYS_SINCE(time)                         \
	"CAST (julianday('now', 'start of day')" \
	" - julianday(" time ", 'start of day') AS INTEGER)"

#endif
