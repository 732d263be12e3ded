#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * The fields of a form that was sent: application/x-www-form-urlencoded or
 * multipart/form-data.
 *
 * Texts are copied into the arena and are fit to be stored: UTF-8, NUL-ended,
 * with \n alone between lines and a space for any other control character but
 * a tab.  A file's bytes stay where they are, in the body, and nothing ends
 * them.  A body that is not wholly one of the two is refused, and so is one
 * with more in it than people send.
 */
enum {
	FORM_FIELDS = 10000,     /* a scheme with many years of figures */
	FORM_NAME = 200,         /* bytes of a field's name */
	FORM_VALUE = 200 * 1024, /* bytes of a text */
	FORM_FILENAME = 150
};

enum form_fault {
	FORM_GOOD,
	FORM_TYPE,     /* the body is neither of the two */
	FORM_BROKEN,   /* it is not framed as it says */
	FORM_CUT,      /* it ends too soon */
	FORM_TOO_MANY, /* fields */
	FORM_BAD_NAME, /* of a field: empty, too long, or not text */
	FORM_TOO_LONG, /* a text */
	FORM_NOT_TEXT, /* a text is not UTF-8, or has a NUL */
};

struct form_field {
	const char *name, *value;
	size_t len;
	const char *filename; /* NULL: a text.  Only its last part, cut; "" is
				 a file without a name, or, if it is empty, that
				 none was chosen. */
	const char *type;     /* as the sender calls the file, or NULL */
};

struct form {
	struct form_field *fields; /* as they came; names may be repeated */
	size_t n;
	enum form_fault fault;
};

/* Read a body.  False if it is refused; fault says why, and there are then no
 * fields. */
bool form_read(struct form *, struct arena *, const char *content_type,
    const char *body, size_t len);

/* The first text of that name; "" if there is none. */
const char *form_get(const struct form *, const char *name);

/* The next text or file of that name after another; NULL: the first.  NULL if
 * there is none. */
const struct form_field *form_next(const struct form *, const char *name,
    const struct form_field *after);

/* The first file of that name that was chosen; NULL if there is none. */
const struct form_field *form_file(const struct form *, const char *name);

/* The key of the string that tells what is wrong. */
const char *form_fault_key(enum form_fault);

#endif
