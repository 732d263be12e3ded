#ifndef WEB_RECORD_FORM_H
#define WEB_RECORD_FORM_H

#include "data/kind.h"
#include "data/yaml.h"
#include "web/page.h"

/*
 * The form of a record of any kind, driven by data/kind.h.
 *
 * Names of inputs are paths in the record's tree:
 *
 *	year_started, title.en, figures.0.value	a value
 *	contingencies	repeated, or one a line: a list of values
 *	names.fr.synonyms	one a line: names by language and use
 *	figures.2._remove	the row is to go
 *	image, image._remove	a file, and that it is to go
 *	organisation._other	a record that is typed, not one of those that are
 *				offered: it counts if both are sent
 *
 * Only what the description of the kind knows is read: neither address nor
 * owner nor status can be sent.  What is empty is left out, and so are rows
 * with nothing in them; texts are kept just as they were typed.
 */
enum { RECORD_FORM_ROWS = 200 }; /* in one list */

struct record_faults;

/* The tree that a form says, in the arena; never NULL. */
struct node *record_form_read(struct arena *, const struct form *,
    const struct kind *);

/* Is it the name of an input for a file: "image", "files.0.file"?  Has the form
 * of a kind any? */
bool record_form_is_file(const struct kind *, const char *name);
bool record_form_brings_files(const struct kind *);

/* Let every node say its path as its file, so that what is said of it finds
 * its input: record_form_read() has done so. */
void record_form_number(struct arena *, struct node *tree);

/* Does a field say what a record is about?  Then it stays when it is edited, as
 * does, in a form without them, what editors alone fill in: record_form_keep()
 * puts both back. */
bool record_form_is_fixed(const struct kind *, const struct field *);
void record_form_keep(struct arena *, const struct kind *, struct node *tree,
    const struct node *base, bool reserved);

/* Who typed the title of a record that can be chosen meant that record. */
void record_form_resolve(struct db *, struct arena *, const struct kind *,
    struct node *tree);

/*
 * Who may not see what was told in confidence (data/withhold.h) gets a form
 * without it: hide() takes out of a tree what the record as it is published,
 * base, withholds; what they typed themselves stays.  unhide() puts it back
 * into the tree that was read, from that which was hidden.
 */
void record_form_hide(const struct kind *, struct node *tree,
    const struct node *base);
void record_form_unhide(struct arena *, const struct kind *, struct node *tree,
    const struct node *was, const struct node *base);

struct record_form {
	const struct kind *kind;
	const struct node *tree;      /* may be empty */
	struct record_faults *faults; /* or NULL */
	const char *more; /* path of the list that wants another row, or "" */
	bool exists;      /* what the record is about stays as it is */
	bool reserved;    /* with what editors alone fill in */
	bool own;         /* offer the organisations that they speak for */
};

/*
 * Name what the template _record_form.html shows: _inputs with _options and
 * _boxes in them, _faults, _warnings.
 */
void record_form_show(struct page *, const struct record_form *);

/* Add a language to a list of WORDING_LANGS, unless it is there. */
void record_form_add_lang(const char *langs[], size_t *n, const char *lang);

/* What a field is called; "record." or the kind comes before the path.  NULL
 * if it has no name. */
const char *record_form_label(struct page *, const struct kind *,
    const char *path);

#endif
