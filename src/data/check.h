#ifndef DATA_CHECK_H
#define DATA_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "data/db.h"
#include "data/kind.h"
#include "data/yaml.h"

/*
 * Is a record's tree what its kind's description asks for?
 *
 * Every fault found becomes a line "file:line: field: reason" in why, and is
 * counted; so does what is only odd, as a warning.  Codes, countries and the
 * records a record names are looked up in the database, so all of a load's
 * records must have their rows before one is checked.
 */
struct check {
	struct db *db;
	struct buf *why;
	size_t faults;
	size_t warnings;
	const char *lang;    /* of the record being checked, or "" */
	const char *path[6]; /* of the field being checked */
	size_t depth;
	/* What may stand in a file that could not be read: nobody can say
	 * that there is no such record, or code. */
	uint64_t unread_kinds; /* bits, by place in kinds */
	bool unread_codes;
	const struct hearer *hearer; /* or NULL */
	void *to;                    /* its first argument */
};

/*
 * Who wants what is said in other words than those of a line in why: a form.
 * Formats are known by their English, as are single words of ours; the other
 * has the same conversions in the same order.  called() gives the name of a
 * code, or the code.
 */
struct hearer {
	const char *(*words)(void *, const char *format)
	    __attribute__((format_arg(2)));
	const char *(*called)(void *, const char *list, const char *code);
	void (*tell)(void *, const struct node *, const char *field,
	    bool warning, const char *reason);
};

/* Not all records of a kind are known; of any kind, if it is NULL. */
void check_unread(struct check *, const struct kind *);

void check_record(struct check *, const struct kind *, const struct node *);

/* Words of [a-z0-9-], as addresses have them. */
bool check_slug(struct check *, const struct node *);

/* Say a fault at a node, in a field or "". */
void check_fault(struct check *, const struct node *, const char *field,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
void check_warn(struct check *, const struct node *, const char *field,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What a reader of messages calls a code of a list, or a field (list "field",
 * by its path from the record or the row being checked). */
const char *check_called(struct check *, const char *list, const char *code);

/* Does a value fit a field?  Says why not; name is what it is called. */
void check_value(struct check *, const struct field *, const char *name,
    const struct node *);

/* Is it a language tag: fr, wo, pt-BR? */
bool check_is_language(const char *);

/* Is it a date, as precise as known, or a time in UTC to the minute or the
 * second, 2026-12-01T08:00Z? */
bool check_is_time(const char *, size_t len);

/* 1 for true, 0 for false, -1 for neither. */
int check_truth(const char *);

/* The later of two years, dates or times must not be before the earlier.  They
 * may be cut: 2004 is not before 2004-05. */
void check_order(struct check *, const struct node *row, const char *earlier,
    const char *later);

/* The rules between fields, of check_rules.c; those of schemes, of news and
 * between figures have files of their own. */
void check_rules(struct check *, const struct kind *, const struct node *);
void check_scheme(struct check *, const struct node *);
void check_news(struct check *, const struct node *);
void check_figures(struct check *, const struct node *);

#endif
