#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/finder.h"

#include <sqlite3.h>

/*
 * Each unit of a query gives, in each language, a list of texts with scores:
 * one kept from an earlier query, or made by FTS5.  What all lists have are
 * the exact results; where those are few, what some have follows.
 *
 * FTS5 hands its matches to an auxiliary function that answers 0, so SQLite
 * walks over all of them without giving out a row.
 */

/* With fewer results than this that have all the words, others follow. */
enum { FEW = 10, LONG_MS = 40, CLOCK_EVERY = 512, OFTEN = 16, COLUMNS = 5 };

/* How much a word tells in the title, the author, the body, the keywords. */
static const float columns[] = { 4.0f, 2.0f, 1.0f, 2.5f, 0.25f };

/* Okapi BM25 with lengths mattering less than usual: titles are the best of
 * some kinds. */
static const float saturation = 1.2f, length = 0.6f;

/* A record with less of what is rare in the query is no partial match. */
static const double share = 0.4;

static const struct {
	const char *kind;
	float factor;
} boosts[] = {
	{ "term", 1.35f },
	{ "scheme", 1.6f },
	{ "country", 1.35f },
	{ "theme", 1.25f },
	{ "question", 1.2f },
	{ "organisation", 1.1f },
	{ "region", 1.1f },
	{ "page", 0.9f },
};

/* The processor's time, so that what is found does not depend on what else
 * the machine does. */
static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool
is_late(struct finder *f)
{
	if (++f->looked % CLOCK_EVERY == 0 && now() > f->deadline)
		f->late = true;
	return f->late;
}

/*
 * Lists.
 */

/* The phrases of one match, added up: the best way to say the unit, each way
 * the sum of its words, each word the best of its forms. */
struct sum {
	float slot, way, best;
	bool whole; /* every word of this way so far */
	bool typed, titled;
};

static float
score_phrase(const Fts5ExtensionApi *api, Fts5Context *fts, int i, float norm,
    bool *titled)
{
	Fts5PhraseIter at;
	int column, offset, n = 0;
	float often = 0;
	bool title = false;

	api->xPhraseFirst(fts, i, &at, &column, &offset);
	for (; column >= 0 && n < OFTEN; n++) {
		often += columns[column % COLUMNS];
		title |= column == 0;
		api->xPhraseNext(fts, &at, &column, &offset);
	}
	if (n == 0)
		return 0;
	*titled |= title;
	return often * (saturation + 1) / (often + saturation * norm) +
	    (title ? 1.0f : 0.0f);
}

static void
end_slot(struct sum *s)
{
	s->way += s->slot;
	s->whole &= s->slot > 0;
	s->slot = 0;
}

static void
end_way(struct sum *s, int way)
{
	end_slot(s);
	if (s->way > s->best)
		s->best = s->way;
	s->typed |= s->whole && way == 0;
	s->way = 0;
	s->whole = true;
}

static void
score_text(const struct plan *plan, const Fts5ExtensionApi *api,
    Fts5Context *fts, float norm, struct sum *s)
{
	const struct phrase *last = plan->phrases;

	s->whole = true;
	for (size_t i = 0; i < plan->nphrases; i++) {
		const struct phrase *p = &plan->phrases[i];
		float found;

		if (p->way != last->way)
			end_way(s, last->way);
		else if (p->slot != last->slot)
			end_slot(s);
		found = p->weight *
		    score_phrase(api, fts, (int)i, norm, &s->titled);
		if (found > s->slot)
			s->slot = found;
		last = p;
	}
	end_way(s, last->way);
}

/* By how much a text's length makes each of its words count less. */
static float
norm_of(const struct finder *f, size_t text)
{
	const struct text *t = &f->catalogue.texts[text];

	return 1 - length +
	    length * (float)(t->words / f->catalogue.words[t->tongue]);
}

static void
take(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *ctx,
    int argc, sqlite3_value **argv)
{
	struct finder *f = api->xUserData(fts);
	int64_t text = api->xRowid(fts);
	struct sum s = { 0 };

	(void)argc;
	(void)argv;
	if (catalogue_entry(&f->catalogue, text) != NULL) {
		score_text(&f->plan, api, fts, norm_of(f, (size_t)text), &s);
		postings_add(&f->postings, (uint32_t)text, s.best,
		    (s.titled ? POSTING_TITLED : 0) |
			(s.typed ? POSTING_TYPED : 0));
	}
	sqlite3_result_int(ctx, is_late(f));
}

static void
ask_fts(struct finder *f, enum tongue t)
{
#define MATCH(lang)                                                  \
	"SELECT 1 FROM fts_" lang " WHERE fts_" lang " MATCH :match" \
	" AND mutua_take(fts_" lang ")"
	static const char *const queries[TONGUES] = { MATCH("en"), MATCH("fr"),
		MATCH("es"), MATCH("pt"), MATCH("xx") };
	struct query *q = db_restart(db_prepare(f->db, queries[t]));

	db_set_text(q, "match", buf_text(&f->plan.match));
	db_next(q); /* no row but when time is up */
	db_restart(q);
}

/* The list of a unit in a language; NULL if the unit says nothing there. */
static const struct list *
list_of(struct finder *f, enum tongue t, size_t unit)
{
	static const struct list none = { 0 };
	const struct list *known;
	char *key;

	plan_make(f, t, unit);
	if (f->plan.match.len == 0)
		return NULL;
	if (f->plan.nowhere || f->late)
		return &none;
	key = arena_printf(&f->arena, "%s %.3f %s", tongue_name(t),
	    f->units[unit].weight, f->plan.match.data);
	known = postings_find(&f->postings, key, f->number);
	if (known != NULL)
		return known;
	postings_begin(&f->postings, key, f->number);
	ask_fts(f, t);
	return postings_keep(&f->postings, !f->late && !db_failed(f->db));
}

static bool
is_excluded(const struct finder *f, size_t unit)
{
	return f->grammar.parts[f->units[unit].part].excluded;
}

static void
make_lists(struct finder *f, enum tongue t)
{
	for (size_t i = 0; i < f->nunits; i++)
		f->lists[t][i] =
		    f->units[i].optional || f->catalogue.indexed[t] == 0
		    ? NULL
		    : list_of(f, t, i);
}

/*
 * Comparing lists.
 */

/* A walk through the lists of one language. */
struct walk {
	struct finder *finder;
	const struct list *lists[QUERY_PARTS], *excluded[QUERY_PARTS];
	size_t at[QUERY_PARTS], at_excluded[QUERY_PARTS];
	double weights[QUERY_PARTS];
	size_t n, nexcluded;
	double weight;
};

static void
begin_walk(struct walk *w, struct finder *f, enum tongue t)
{
	*w = (struct walk){ .finder = f };
	for (size_t i = 0; i < f->nunits; i++) {
		const struct list *l = f->lists[t][i];

		if (l == NULL)
			continue;
		if (is_excluded(f, i)) {
			w->excluded[w->nexcluded++] = l;
			continue;
		}
		w->weights[w->n] = f->units[i].weight;
		w->weight += f->units[i].weight;
		w->lists[w->n++] = l;
	}
}

/* Go on to the first place that is not before a text; is it that text's?
 * Steps double: a short list walks fast through a long one. */
static bool
is_in(const struct list *l, size_t *at, uint32_t text)
{
	size_t step = 1, low = *at, high;

	while (low + step < l->n && l->texts[low + step] < text) {
		low += step;
		step *= 2;
	}
	high = low + step < l->n ? low + step : l->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->texts[middle] < text)
			low = middle + 1;
		else
			high = middle;
	}
	*at = low;
	return low < l->n && l->texts[low] == text;
}

/* A text that lists have in common. */
struct sums {
	uint32_t text;
	float score;
	size_t n, titled;
	bool typed;
	double mass;
};

static void
add_posting(struct sums *s, uint16_t says)
{
	s->score += posting_score(says);
	s->n++;
	s->titled += says & POSTING_TITLED;
	s->typed &= (says & POSTING_TYPED) != 0;
}

static bool
is_left_out(struct walk *w, uint32_t text)
{
	for (size_t i = 0; i < w->nexcluded; i++)
		if (is_in(w->excluded[i], &w->at_excluded[i], text))
			return true;
	return false;
}

/* The score of a text by what the lists say of it, and what it is. */
static float
score(const struct finder *f, const struct sums *s)
{
	const struct text *t = &f->catalogue.texts[s->text];
	const struct entry *e = &f->catalogue.entries[t->entry - 1];
	const struct unit *only = &f->units[0];
	float all = s->score;

	/* A title that says this and little else. */
	if (s->titled == s->n && t->title_words > 0)
		all += 0.8f * all * (float)s->n /
		    (float)(t->title_words > s->n ? t->title_words : s->n);
	all *= e->kind < BOOSTS ? f->boosts[e->kind] : 1;
	/* The very term that was asked for. */
	if (f->nunits == 1 && only->term != NULL && only->term->record == e->id)
		all += 8 * (float)only->weight + 8;
	return all;
}

static void
improve(struct candidate *c, const struct sums *s, float score, uint8_t tier)
{
	if (c->text != 0 &&
	    (tier < c->tier || (tier == c->tier && score <= c->score)))
		return;
	c->text = s->text;
	c->score = score;
	c->tier = tier;
	c->via = tier > 0 && !s->typed;
}

static void
take_exact(struct finder *f, const struct sums *s)
{
	const struct text *t = &f->catalogue.texts[s->text];
	struct candidate *c = choose_add(f, t->entry - 1);
	bool scored;

	if (c == NULL)
		return;
	c->exact = true;
	scored = c->fails == PASSES && f->order == BY_SCORE;
	improve(c, s, scored ? score(f, s) : 0, t->tongue == f->reader ? 2 : 1);
}

/* What all lists have; the shortest leads. */
static void
walk_strict(struct walk *w)
{
	const struct list *lead = w->lists[0];

	for (size_t i = 1; i < w->n; i++)
		if (w->lists[i]->n < lead->n)
			lead = w->lists[i];
	for (size_t j = 0; j < lead->n; j++) {
		struct sums s = { .text = lead->texts[j], .typed = true };
		size_t i = 0;

		for (; i < w->n && is_in(w->lists[i], &w->at[i], s.text); i++)
			add_posting(&s, w->lists[i]->says[w->at[i]]);
		if (i == w->n && !is_left_out(w, s.text))
			take_exact(w->finder, &s);
	}
}

static void
take_loose(struct walk *w, const struct sums *s)
{
	struct finder *f = w->finder;
	const struct text *t = &f->catalogue.texts[s->text];
	uint32_t entry = t->entry - 1;
	struct candidate *c;
	float sum;

	if (s->mass < share * w->weight || is_left_out(w, s->text) ||
	    (f->run[entry] == f->number && f->seen[entry] != 0 &&
		f->candidates[f->seen[entry] - 1].exact))
		return;
	c = choose_add(f, entry);
	if (c == NULL)
		return;
	/* What share of the words counts more than how often. */
	sum = score(f, s) * (float)(s->mass / w->weight);
	if (t->tongue == f->reader)
		sum *= 1.3f;
	improve(c, s, sum, 0);
}

/* What enough of the lists have, text by text. */
static void
walk_loose(struct walk *w)
{
	for (;;) {
		struct sums s = { .text = UINT32_MAX };

		for (size_t i = 0; i < w->n; i++)
			if (w->at[i] < w->lists[i]->n &&
			    w->lists[i]->texts[w->at[i]] < s.text)
				s.text = w->lists[i]->texts[w->at[i]];
		if (s.text == UINT32_MAX || is_late(w->finder))
			return;
		for (size_t i = 0; i < w->n; i++) {
			const struct list *l = w->lists[i];

			if (w->at[i] == l->n || l->texts[w->at[i]] != s.text)
				continue;
			add_posting(&s, l->says[w->at[i]++]);
			s.mass += w->weights[i];
		}
		take_loose(w, &s);
	}
}

/*
 * Running.
 */

/* What each kind counts, by its number. */
static void
set_boosts(struct finder *f)
{
	for (int i = 0; i < BOOSTS; i++)
		f->boosts[i] = 1;
	for (size_t i = 0; i < sizeof(boosts) / sizeof(boosts[0]); i++) {
		uint16_t kind = catalogue_value(&f->catalogue, 0,
		    boosts[i].kind, strlen(boosts[i].kind));

		if (kind < BOOSTS)
			f->boosts[kind] = boosts[i].factor;
	}
}

static int64_t
passing(const struct finder *f)
{
	int64_t n = 0;

	for (size_t i = 0; i < f->ncandidates; i++)
		n += f->candidates[i].fails == PASSES;
	return n;
}

void
match_run(struct finder *f)
{
	struct walk w;

	set_boosts(f);
	f->deadline = now() + LONG_MS;
	f->looked = 0;
	for (enum tongue t = 0; t < TONGUES; t++) {
		make_lists(f, t);
		begin_walk(&w, f, t);
		if (w.n > 0)
			walk_strict(&w);
	}
	/* In another order than by score they would stand among the others. */
	if (passing(f) >= (f->order == BY_SCORE ? FEW : 1))
		return;
	for (enum tongue t = 0; t < TONGUES; t++) {
		begin_walk(&w, f, t);
		if (w.n > 1)
			walk_loose(&w);
	}
}

bool
match_register(struct finder *f)
{
	sqlite3 *db = db_handle(f->db);
	fts5_api *api = NULL;
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) !=
	    SQLITE_OK)
		return false;
	sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	return api != NULL &&
	    api->xCreateFunction(api, "mutua_take", f, take, NULL) == SQLITE_OK;
}
