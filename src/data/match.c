#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/finder.h"

#include <sqlite3.h>

/*
 * Matches are scored where FTS5 finds them, by an auxiliary function that
 * answers 0: so SQLite walks over all of them without handing over a row.
 */

/* With fewer results than this that have all the words, others follow. */
enum { FEW = 10, LONG_MS = 40, CLOCK_EVERY = 512, OFTEN = 16 };

/* How much a word tells in the title, the author, the body, the keywords. */
static const float columns[] = { 4.0f, 2.0f, 1.0f, 2.5f };

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

/* Time worked, not waited: a busy machine does not cut a search short. */
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
 * Scoring one match.
 */

struct scorer {
	const Fts5ExtensionApi *api;
	Fts5Context *fts;
	const struct finder *finder;
	float norm; /* by the text's length */
	bool in_title;

	/* The sums so far. */
	float slot, way, unit, all;
	bool whole;    /* every word of this way so far */
	bool found;    /* some way of this unit as a whole */
	bool as_typed; /* every unit the way it was typed */
	bool typed;    /* this unit */
	double mass;   /* weight of the units found */
	size_t titled, nunits;
	bool unit_titled;
};

static float
score_phrase(struct scorer *s, int i, float weight)
{
	Fts5PhraseIter at;
	int column, offset, n = 0;
	float often = 0;
	bool title = false;

	s->api->xPhraseFirst(s->fts, i, &at, &column, &offset);
	for (; column >= 0 && n < OFTEN; n++) {
		often += columns[column & 3];
		title |= column == 0;
		s->api->xPhraseNext(s->fts, &at, &column, &offset);
	}
	if (n == 0)
		return 0;
	s->in_title |= title;
	return weight *
	    (often * (saturation + 1) / (often + saturation * s->norm) +
		(title ? 1.0f : 0.0f));
}

static void
end_slot(struct scorer *s)
{
	s->way += s->slot;
	s->whole &= s->slot > 0;
	s->slot = 0;
}

static void
end_way(struct scorer *s, int way)
{
	end_slot(s);
	if (s->way > s->unit)
		s->unit = s->way;
	s->found |= s->whole;
	s->typed |= s->whole && way == 0;
	s->way = 0;
	s->whole = true;
}

static void
end_unit(struct scorer *s, const struct phrase *p)
{
	end_way(s, p->way);
	s->all += s->unit;
	s->as_typed &= s->typed;
	s->titled += s->unit_titled;
	s->nunits++;
	if (s->found)
		s->mass += s->finder->units[p->unit].weight;
	s->unit = 0;
	s->found = s->typed = s->unit_titled = false;
}

static void
score_phrases(struct scorer *s)
{
	const struct plan *plan = s->finder->plan;
	const struct phrase *last = plan->phrases;

	s->whole = s->as_typed = true;
	for (size_t i = 0; i < plan->nwanted; i++) {
		const struct phrase *p = &plan->phrases[i];
		float score;

		if (p->unit != last->unit)
			end_unit(s, last);
		else if (p->way != last->way)
			end_way(s, last->way);
		else if (p->slot != last->slot)
			end_slot(s);
		s->in_title = false;
		score = score_phrase(s, (int)i, p->weight);
		s->unit_titled |= s->in_title;
		if (score > s->slot)
			s->slot = score;
		last = p;
	}
	if (plan->nwanted > 0)
		end_unit(s, last);
}

static float
score(struct scorer *s, const struct entry *e, const struct text *t)
{
	const struct finder *f = s->finder;
	const struct unit *only = &f->units[0];
	float all;

	s->norm = 1 - length +
	    length * (float)(t->words / f->catalogue.words[t->tongue]);
	score_phrases(s);
	all = s->all;
	/* A title that says this and little else. */
	if (s->titled == s->nunits && t->title_words > 0)
		all += 0.8f * s->all * (float)s->nunits /
		    (float)(t->title_words > s->nunits ? t->title_words
						       : s->nunits);
	all *= e->kind < BOOSTS ? f->boosts[e->kind] : 1;
	/* The very term that was asked for. */
	if (f->nunits == 1 && only->term != NULL && only->term->record == e->id)
		all += 8 * (float)only->weight + 8;
	return all;
}

/*
 * Gathering.
 */

static void
improve(struct candidate *c, const struct scorer *s, float score, uint8_t tier)
{
	if (tier < c->tier || (tier == c->tier && score <= c->score))
		return;
	c->score = score;
	c->tier = tier;
	c->via = tier > 0 && !s->as_typed;
}

/* One match, of all the words. */
static void
take(struct finder *f, struct scorer *s, struct entry *e, uint32_t text)
{
	uint32_t at = (uint32_t)(e - f->catalogue.entries);
	struct candidate *c = choose_add(f, at);
	const struct text *t = &f->catalogue.texts[text];
	float before;

	if (c == NULL)
		return;
	c->exact = true;
	if (c->text == 0)
		c->text = text;
	if (c->fails != PASSES || f->order != BY_SCORE)
		return;
	before = c->score;
	improve(c, s, score(s, e, t), t->tongue == f->reader ? 2 : 1);
	if (c->score > before)
		c->text = text;
}

/* One match of some of the words; nothing if it has too few. */
static void
take_loose(struct finder *f, struct scorer *s, struct entry *e, uint32_t text)
{
	uint32_t at = (uint32_t)(e - f->catalogue.entries);
	const struct text *t = &f->catalogue.texts[text];
	struct candidate *c;
	double all = 0;
	float sum;

	if (f->run[at] == f->number && f->seen[at] != 0 &&
	    f->candidates[f->seen[at] - 1].exact)
		return;
	for (size_t i = 0; i < f->nunits; i++)
		if (!f->units[i].optional)
			all += f->units[i].weight;
	sum = score(s, e, t);
	if (s->mass < share * all || (c = choose_add(f, at)) == NULL)
		return;
	/* What share of the words counts more than how often. */
	sum *= (float)(s->mass / all);
	if (t->tongue == f->reader)
		sum *= 1.3f;
	if (sum > c->score)
		c->text = text;
	improve(c, s, sum, 0);
}

static void
rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *ctx,
    int argc, sqlite3_value **argv)
{
	struct finder *f = api->xUserData(fts);
	int64_t text = api->xRowid(fts);
	struct entry *e = catalogue_entry(&f->catalogue, text);
	struct scorer s = { .api = api, .fts = fts, .finder = f };

	(void)argc;
	(void)argv;
	if (e != NULL && f->is_loose)
		take_loose(f, &s, e, (uint32_t)text);
	else if (e != NULL)
		take(f, &s, e, (uint32_t)text);
	sqlite3_result_int(ctx, is_late(f));
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

static void
run(struct finder *f, enum tongue t, const struct buf *match)
{
#define MATCH(lang)                                                  \
	"SELECT 1 FROM fts_" lang " WHERE fts_" lang " MATCH :match" \
	" AND mutua_rank(fts_" lang ")"
	static const char *const queries[TONGUES] = { MATCH("en"), MATCH("fr"),
		MATCH("es"), MATCH("pt"), MATCH("xx") };
	struct query *q;

	if (match->len == 0 || f->late)
		return;
	f->plan = &f->plans[t];
	f->tongue = t;
	q = db_restart(db_prepare(f->db, queries[t]));
	db_set_text(q, "match", match->data);
	db_next(q); /* no row but when time is up */
	db_restart(q);
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
	set_boosts(f);
	f->deadline = now() + LONG_MS;
	f->looked = 0;
	f->is_loose = false;
	for (enum tongue i = 0; i < TONGUES; i++) {
		/* The reader's language first. */
		enum tongue t = (f->reader + i) % TONGUES;

		plan_make(f, t);
		run(f, t, &f->plans[t].strict);
	}
	/* In another order than by score they would stand among the others. */
	if (passing(f) >= (f->order == BY_SCORE ? FEW : 1))
		return;
	f->is_loose = true;
	for (enum tongue i = 0; i < TONGUES; i++)
		run(f, i, &f->plans[i].loose);
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
	    api->xCreateFunction(api, "mutua_rank", f, rank, NULL) == SQLITE_OK;
}
