#ifndef DATA_COMPLETE_H
#define DATA_COMPLETE_H

#include "data/kind.h"
#include "data/yaml.h"

/*
 * How much of its core a record has, group by group.
 *
 * The core of a kind is what its description marks so: fields and lists with
 * the same core in one group are different ways to say the same, and count
 * once, as filled if any of them says something.  A field of a list's rows is
 * filled if it is in any row.
 */
struct group_count {
	int filled, asked;
};

/* Of the group with this name; {0, 0} if none of it is core. */
struct group_count complete_group(const struct kind *, const char *group,
    const struct node *record);

#endif
