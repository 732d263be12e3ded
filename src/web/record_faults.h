#ifndef WEB_RECORD_FAULTS_H
#define WEB_RECORD_FAULTS_H

#include "data/check.h"
#include "web/page.h"

/*
 * What a check says of a form, in the reader's words and beside the input it
 * is about.
 *
 * The program's English formats are the ids of their translations, which are
 * strings of the site ("fault_…") with the same conversions in the same order.
 */
enum { RECORD_FAULTS = 60 };

struct record_fault {
	const char *path; /* in the tree: "figures.0.value" */
	const char *text;
	const char *id;    /* of the input it stands beside, or "" */
	const char *label; /* what that is called, or "" */
	bool warning;
};

struct record_faults {
	struct page *page;
	const struct kind *kind;
	struct record_fault all[RECORD_FAULTS];
	size_t n;
};

/* Have a check speak to these faults; page and kind are set.  The nodes of
 * the tree have been numbered (record_form_number). */
void record_faults_hear(struct record_faults *, struct check *);

/* Say something of a path that no check knows of. */
void record_faults_add(struct record_faults *, const char *path,
    const char *text);

/*
 * What is said of a path, or below it, as one text; NULL if nothing.  It is
 * noted where that stands, once.
 */
const char *record_faults_take(struct record_faults *, const char *path,
    bool below, const char *id, const char *label);

/* Names the rows _faults and _warnings (field: the id; text), for _faults.html;
 * f may be NULL. */
void record_faults_name(struct page *, struct record_faults *f);

/* The key of the string that translates a format; NULL if none does. */
const char *record_faults_key(const char *format);

#endif
