#include <stdlib.h>
#include <string.h>

#include "data/finder.h"

/* How much memory lists may take: this, so much a text, but not too much.
 * All words of all texts take some 800 bytes a text. */
enum {
	POSTINGS_LEAST = 4 << 20,
	POSTINGS_EACH = 600,
	POSTINGS_MOST = 32 << 20
};

static void
end(void *finder)
{
	struct finder *f = finder;

	buf_free(&f->plan.match);
	postings_clear(&f->postings);
	catalogue_free(&f->catalogue);
	lexicon_free(&f->lexicon);
	terms_free(&f->terms);
	aliases_free(&f->aliases);
	arena_free(&f->arena);
	free(f->candidates);
	free(f->seen);
	free(f->run);
	free(f->hits);
	free(f);
}

bool
search_register(struct db *db)
{
	struct finder *f = calloc(1, sizeof(*f));

	if (f == NULL)
		abort();
	f->db = db;
	db_keep_part(db, DB_PART_CATALOGUE, f, end);
	return match_register(f) && hits_register(f) && excerpt_register(f);
}

static void
forget(struct finder *f)
{
	arena_reset(&f->arena);
	f->grammar.n = f->nunits = 0;
	f->nhits = f->nequivalents = f->nsuggestions = f->nrows = 0;
	f->nnamed = 0;
	f->lack = LACKS_NOTHING;
	f->nshown = 0;
	f->offset = 0;
	f->late = false;
	f->found = (struct found){ 0 };
	for (int t = 0; t < TONGUES; t++) {
		f->marks[t].n = 0;
		f->marks[t].initials = 0;
		f->marks[t].units = 0;
	}
}

/* If reading failed, what is in memory is half of it at best: it is to be read
 * again by whoever asks next. */
static bool
distrust(struct finder *f)
{
	if (db_failed(f->db))
		f->catalogue.version = f->catalogue.schema = f->version =
		    HALF_READ;
	return db_failed(f->db);
}

const struct catalogue *
finder_catalogue(struct db *db)
{
	struct finder *f = db_part(db, DB_PART_CATALOGUE);
	int64_t before = f->catalogue.version, left;

	if (db_failed(db)) /* no page will be shown */
		return &f->catalogue;
	left = db_lift_limit(db);
	catalogue_refresh(&f->catalogue, db);
	db_set_limit(db, left);
	if (distrust(f) || f->catalogue.version != before)
		forget(f); /* what was found points into what is no more */
	return &f->catalogue;
}

/* The rest of what is kept in memory. */
static void
refresh(struct finder *f)
{
	int64_t left = db_lift_limit(f->db);

	terms_refresh(&f->terms, f->db, f->catalogue.terms);
	aliases_refresh(&f->aliases, f->db, f->catalogue.names);
	if (f->catalogue.loads != f->loads)
		lexicon_free(&f->lexicon);
	f->loads = f->catalogue.loads;
	lexicon_refresh(&f->lexicon, f->db);
	db_set_limit(f->db, left);
	distrust(f);
}

struct finder *
finder_of(struct db *db)
{
	struct finder *f = db_part(db, DB_PART_CATALOGUE);

	if (finder_catalogue(db)->version == f->version)
		return f;
	f->version = f->catalogue.version;
	refresh(f);
	postings_clear(&f->postings);
	f->postings.most = POSTINGS_LEAST + POSTINGS_EACH * f->catalogue.ntexts;
	if (f->postings.most > POSTINGS_MOST)
		f->postings.most = POSTINGS_MOST;
	return f;
}

bool
search_ready(struct db *db)
{
	finder_of(db);
	return !db_failed(db);
}

/* Is part i all of a unit that need not be found? */
static bool
is_optional(const struct finder *f, size_t i)
{
	for (size_t u = 0; u < f->nunits; u++)
		if (f->units[u].part == i)
			return f->units[u].optional;
	return false;
}

/* What goes by all that was typed, or by all of it that says something: "ILO",
 * "What is the ILO?". */
static void
see_named(struct finder *f)
{
	const struct grammar *g = &f->grammar;
	struct buf said = { 0 };
	bool plain = true;

	for (size_t i = 0; i < g->n; i++) {
		const struct query_part *p = &g->parts[i];

		plain &= !p->excluded && !p->prefix && p->field == ANY_FIELD;
		if (is_optional(f, i))
			continue;
		buf_put(&said, p->text, p->len);
		buf_putc(&said, ' ');
	}
	if (plain)
		f->named = aliases_find(&f->aliases,
		    aliases_key(g->text, strlen(g->text)), &f->nnamed);
	if (plain && f->named == NULL)
		f->named = aliases_find(&f->aliases,
		    aliases_key(buf_text(&said), said.len), &f->nnamed);
	buf_free(&said);
}

/* The terms that were looked for by other names too. */
static void
see_equivalents(struct finder *f)
{
	f->nequivalents = 0;
	for (size_t i = 0; i < f->nunits; i++) {
		const struct term *own = f->units[i].term, *name;

		name = own != NULL ? terms_names(&f->terms, own->record) : NULL;
		for (; name != NULL; name = name->next)
			if (name->tongue != own->tongue &&
			    strcmp(name->name, own->name) != 0 &&
			    f->nequivalents < EQUIVALENTS_MAX)
				f->equivalents[f->nequivalents++] = name;
	}
}

struct found
search_run(struct db *db, const struct search *s)
{
	struct finder *f = finder_of(db);

	forget(f);
	f->search = s;
	f->reader = tongue_of(s->ui);
	f->ui = arena_keep(&f->arena, s->ui, strlen(s->ui));
	f->order = s->order;
	choose_begin(f);
	if (*s->text == '\0') {
		choose_all(f);
	} else {
		grammar_parse(&f->grammar, s->text);
		units_make(f);
		see_named(f);
		match_run(f);
		see_equivalents(f);
	}
	choose_count(f);
	facets_make(f);
	f->search = NULL;
	f->found.cut = f->grammar.n > 0 && f->grammar.cut;
	f->found.about = f->late;
	/* WHO and AU are names before they are words that say nothing. */
	f->found.lack = f->nnamed == 0 ? f->lack : LACKS_NOTHING;
	f->found.partial = f->found.total > f->found.exact;
	return f->found;
}

void
search_page(struct db *db, int64_t offset, int64_t limit)
{
	choose_page(db_part(db, DB_PART_CATALOGUE), offset, limit);
}
