#ifndef DATA_OAI_READ_H
#define DATA_OAI_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * What another repository answers by OAI-PMH 2.0: one page of it.
 *
 * Everything is hostile: read by libxml2 without network, entities and DTD,
 * with limits on size and numbers.  What is not well-formed is read as far as it
 * can be, if its end is there; an answer that was cut short is none.
 *
 * Everything lives in the arena.  Texts are valid UTF-8 without control
 * characters, trimmed; "" where nothing is said.
 */
enum {
	OAI_ITEMS = 10000,       /* of a page, or sets; the rest is left out */
	OAI_VALUES = 1000,       /* of a record */
	OAI_VALUE = 100 * 1000,  /* bytes of one */
	OAI_IDENTIFIER_MAX = 500 /* bytes; a longer one is none */
};

/* An element of Dublin Core ("title"), in whatever format it stands. */
struct oai_value {
	const char *element;
	const char *lang; /* as said */
	const char *text; /* may be HTML */
};

struct oai_item {
	const char *identifier; /* never "" */
	const char *datestamp;
	bool deleted;
	struct oai_value *values;
	size_t n;
};

struct oai_page {
	const char *error; /* code of the first, or "" */
	const char *message;
	const char *date; /* responseDate */
	const char *token;
	const char *total; /* completeListSize */
	struct oai_item *items;
	size_t n;
	size_t bad;       /* records without an identifier, or too long a one */
	const char *flaw; /* it is not well-formed: "line 12: …"; else "" */
	/* ListSets alone: the setSpec of each */
	const char **sets;
	size_t nsets;
	/* Identify alone */
	const char *name;
	const char *granularity;
};

/* type is the Content-Type.  False after putting why, if it is no such answer. */
bool oai_read(struct oai_page *, struct arena *, const struct buf *body,
    const char *type, struct buf *why);

#endif
