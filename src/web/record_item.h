#ifndef WEB_RECORD_ITEM_H
#define WEB_RECORD_ITEM_H

#include "data/wording.h"
#include "web/record_faults.h"
#include "web/record_form.h"

/*
 * What stands in the form of a record, item by item; for record_form.c and
 * record_rows.c alone.
 */

/* The form as far as it is written. */
struct showing {
	struct page *page;
	const struct record_form *form;
	struct buf json;
	const char *lang; /* of the record's texts */
	bool focus;       /* the next input is where to go on */
	size_t told;      /* faults that have found their place */
	const char *langs[WORDING_LANGS];
	size_t nlangs;
};

/* One thing in the form: an input, or where a part begins or ends. */
struct item {
	const char *what;
	const char *path;
	const char *name;   /* if it is not the path */
	const char *suffix; /* of the id */
	const char *label, *help, *hint;
	const char *value; /* a text; of checkboxes JSON */
	const char *of;    /* code list, or kind of record */
	const char *lang, *unit, *mode;
	const char *fault;
	bool required, open, private;
};

/* Where one is: a row, by its path in the tree and by its fields' names. */
struct place {
	const struct table *table;
	const struct node *row; /* NULL: one to be filled */
	const char *path;       /* "products.0.", or "" */
	const char *code;       /* "scheme.products." */
};

/* A label, or NULL. */
const char *item_text(struct page *, const char *list, const char *code);

void item_put(struct showing *, const struct item *);
void item_end(struct showing *, const char *what);

/* What is said of an input goes beside it. */
void item_take_faults(struct showing *, struct item *, bool below);

/* A name and the help of a field or list: sets path, label, help. */
void item_name(struct showing *, struct item *, const struct place *,
    const char *name);

/*
 * A part that the reader may open: open from the start if something in it is
 * wrong.  What is put between the two stands in it.
 */
struct buf item_begin_part(struct showing *, size_t *told);
void item_end_part(struct showing *, struct buf before, struct item *,
    size_t told);

/*
 * The part of a table's fields and lists that a group has; all of it, if group
 * is NULL (record_form.c).
 */
void item_show_table(struct showing *, const struct place *, const char *group);

/* How a field is filled in (record_form.c). */
void item_set_type(struct showing *, struct item *, const struct field *);

/* A list of any shape (record_rows.c). */
void item_show_list(struct showing *, const struct place *,
    const struct table *);

/* The id of its input. */
const char *item_id(struct showing *, const struct item *);

#endif
