#ifndef DATA_TWINS_H
#define DATA_TWINS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "data/db.h"
#include "data/yaml.h"

/*
 * Schemes that may be one and the same, found by their names.
 *
 * All names of a scheme count: as registered, official, former, other, its
 * titles.  They are compared without case and accents, word by word; a word
 * that many schemes of the country have in their names (mutuelle, santé)
 * weighs little, and one that is only spelt a little otherwise counts nearly
 * whole.  Whether two are one, nobody but an editor can tell.
 */
struct twins;

struct twin {
	int64_t record;
	const char *slug;
	const char *name; /* as registered */
	int score;        /* 0 to 100 */
	bool sure;        /* one name, one country, one place or none known */
};

enum { TWINS_MAX = 8 };

/* The published schemes of a country, kept in the arena with all that is found
 * in them. */
struct twins *twins_read(struct arena *, struct db *, const char *country);

/*
 * Those a scheme's tree (name, official_name, former_names, other_names,
 * acronym, title, locality) is likely to be, the likeliest first; not the
 * record with this id, nor any it is related to.  Returns how many.
 */
size_t twins_find(struct twins *, const struct node *scheme, int64_t id,
    struct twin found[TWINS_MAX]);

#endif
