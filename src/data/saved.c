#include <string.h>

#include "base/url.h"
#include "data/finder.h"
#include "data/saved.h"

static const char *const no_facets[] = { NULL };

/* The kind that has its pages under path. */
static bool
read_kind(struct db *db, struct arena *a, const char *path, struct search *s)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT kind FROM kind WHERE '/' || path = :path"));
	struct cell kind;

	if (strcmp(path, "/search") == 0)
		return true;
	db_set_text(q, "path", path);
	if (!db_next(q))
		return false;
	kind = db_cell(q, 0);
	s->kind = arena_keep(a, kind.text, kind.len);
	db_restart(q);
	return true;
}

/* Add a value to the choice of its facet. */
static void
choose(struct arena *a, struct search *s, const char *facet, const char *value)
{
	size_t i = 0;

	while (i < s->nchoices && strcmp(s->choices[i].facet, facet) != 0)
		i++;
	if (i == CHOICES_MAX)
		return;
	if (i < s->nchoices) {
		s->choices[i].values =
		    arena_printf(a, "%s,%s", s->choices[i].values, value);
		return;
	}
	s->choices[i].facet = facet;
	s->choices[i].values = value;
	s->nchoices++;
}

/* Countries go by codes in capitals, whatever was typed. */
static char *
to_capitals(char *s)
{
	for (char *p = s; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return s;
}

/* One "name=value" of the query. */
static void
read_part(const struct catalogue *c, struct arena *a, const char *part,
    struct search *s)
{
	const char *name =
	    arena_printf(a, "%.*s", (int)strcspn(part, "="), part);
	struct buf value = { 0 };
	char *kept;

	if (url_param(&value, part, name) && value.len > 0) {
		kept = arena_keep(a, value.data, value.len);
		if (strcmp(name, "q") == 0)
			s->text = kept;
		else if (catalogue_facet(c, name) != NOWHERE)
			choose(a, s, name,
			    strcmp(name, "country") == 0 ? to_capitals(kept)
							 : kept);
	}
	buf_free(&value);
}

bool
saved_read(struct db *db, struct arena *a, const char *path, const char *query,
    struct search *s)
{
	const struct catalogue *c = finder_catalogue(db);

	*s = (struct search){
		.ui = "en", .text = "", .facets = no_facets, .order = BY_NEWEST
	};
	if (!read_kind(db, a, path, s))
		return false;
	while (*query != '\0') {
		size_t n = strcspn(query, "&");

		read_part(c, a, arena_keep(a, query, n), s);
		query += n + (query[n] == '&');
	}
	return true;
}
