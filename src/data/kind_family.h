#ifndef DATA_KIND_FAMILY_H
#define DATA_KIND_FAMILY_H

#include "data/kind.h"

/*
 * What the files of the descriptions share; for them alone.
 *
 * kind.c has the table of all kinds; a kind that fills a file of its own
 * gives its parts here.
 */
#define FIELD(n, t, ...)                                    \
	{                                                   \
		.name = (n), .type = FIELD_##t, __VA_ARGS__ \
	}
#define END       \
	{         \
		0 \
	}
#define LISTS(...)                    \
	(const struct table *const[]) \
	{                             \
		__VA_ARGS__, NULL     \
	}

extern const struct field scheme_fields[];
extern const struct table *const scheme_lists[];
extern const char *const scheme_groups[];
extern const struct field news_fields[];
extern const char *const news_groups[];

#endif
