#include <math.h>
#include <string.h>

#include "data/finder.h"

/*
 * What a query must find.  A run of words that the glossary knows is one
 * unit, for it has other names; every other part is one by itself.  Words
 * such as "the" are left out, unless nothing else was typed.
 */

/* Can it be a word of a glossary term, or say nothing? */
static bool
is_simple(const struct query_part *p)
{
	return !p->quoted && !p->prefix && !p->excluded &&
	    p->field == ANY_FIELD;
}

static bool
says_nothing(enum tongue t, const struct query_part *p)
{
	struct words w;
	size_t n = 0;

	words_start(&w, t, p->text, p->len);
	while (words_next(&w)) {
		if (!words_is_stop(t, w.word, w.n))
			return false;
		n++;
	}
	return n > 0;
}

/*
 * Terms.
 */

/* The keys of all parts in all languages, to be joined into those of terms. */
struct keys {
	const char *of[TONGUES][QUERY_PARTS]; /* "" if it says nothing */
};

static void
make_keys(struct finder *f, struct keys *keys)
{
	char key[TERM_KEY];

	for (enum tongue t = 0; t < TONGUES; t++)
		for (size_t i = 0; i < f->grammar.n; i++) {
			const struct query_part *p = &f->grammar.parts[i];
			size_t n = says_nothing(t, p)
			    ? 0
			    : terms_key(key, t, p->text, p->len);

			keys->of[t][i] = arena_keep(&f->arena, key, n);
		}
}

static bool
join_keys(const struct keys *keys, enum tongue t, size_t from, size_t to,
    char key[TERM_KEY])
{
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		size_t len = strlen(keys->of[t][i]);

		if (n + len >= TERM_KEY)
			return false;
		memcpy(key + n, keys->of[t][i], len);
		n += len;
	}
	key[n] = '\0';
	return n > 0;
}

/* The longest term that begins with a part; n is how many parts it takes. */
static const struct term *
term_at(const struct finder *f, const struct keys *keys, size_t at, size_t *n)
{
	const struct query_part *parts = f->grammar.parts;
	size_t end = at + 1;
	char key[TERM_KEY];

	while (end < f->grammar.n && end - at < (size_t)2 * TERM_WORDS &&
	    is_simple(&parts[at]) && is_simple(&parts[end]))
		end++;
	for (*n = end - at; *n > 0; --*n)
		for (enum tongue i = 0; i < TONGUES; i++) {
			/* The reader's language first. */
			enum tongue t = (f->reader + i) % TONGUES;
			const struct term *term = NULL;

			if (join_keys(keys, t, at, at + *n, key))
				term = terms_find(&f->terms, t, key);
			if (term != NULL)
				return term;
		}
	*n = 1;
	return NULL;
}

/*
 * Words that say nothing.
 */

static bool
is_capital(const struct query_part *p)
{
	size_t letters = 0;

	for (size_t i = 0; i < p->len; i++) {
		if (p->text[i] >= 'a' && p->text[i] <= 'z')
			return false;
		letters += p->text[i] >= 'A' && p->text[i] <= 'Z';
	}
	return letters >= 2;
}

/* How many words of the query say nothing in a language: two or more, and
 * that is likely the language it was typed in. */
static void
count_empty(const struct grammar *g, size_t *empty)
{
	for (enum tongue t = 0; t < TONGUES; t++)
		for (size_t i = 0; i < g->n; i++)
			empty[t] += is_simple(&g->parts[i]) &&
			    says_nothing(t, &g->parts[i]);
}

static bool
is_optional(const struct finder *f, const struct query_part *p,
    const size_t *empty)
{
	/* WHO and IT are names, unless everything is shouted. */
	if (!is_simple(p) || (is_capital(p) && f->grammar.n < 4))
		return false;
	for (enum tongue t = 0; t < TONGUES; t++)
		if (says_nothing(t, p) &&
		    (t == f->reader || empty[t] > 1 || (p->len <= 3 && t < PT)))
			return true;
	return false;
}

/* Is it an empty word in some language, and yet asked for? */
static bool
is_empty(const struct finder *f, const struct query_part *p)
{
	return is_simple(p) &&
	    (says_nothing(f->reader, p) || says_nothing(EN, p));
}

static void
see_silent(const struct finder *f, struct unit *u, const size_t *empty)
{
	uint32_t all = (1u << u->nparts) - 1;

	for (size_t i = 0; i < u->nparts; i++)
		if (is_optional(f, &f->grammar.parts[u->part + i], empty))
			u->silent |= 1u << i;
	if (u->silent == all)
		u->silent = 0;
}

/* What is amiss where nothing must be found. */
static enum lack
lack_of(const struct finder *f)
{
	if (f->grammar.n == 0)
		return LACKS_WORDS;
	for (size_t i = 0; i < f->grammar.n; i++)
		if (!f->grammar.parts[i].excluded)
			return LACKS_MEANING;
	return LACKS_WANTED;
}

static void
see_optional(struct finder *f)
{
	size_t empty[TONGUES] = { 0 }, needed = 0;

	count_empty(&f->grammar, empty);
	for (size_t i = 0; i < f->nunits; i++) {
		struct unit *u = &f->units[i];
		const struct query_part *p = &f->grammar.parts[u->part];

		u->optional = u->term == NULL && is_optional(f, p, empty);
		if (u->nparts > 1)
			see_silent(f, u, empty);
		needed += !u->optional && !p->excluded;
	}
	if (needed == 0)
		f->lack = lack_of(f);
	for (size_t i = 0; i < f->nunits; i++) {
		struct unit *u = &f->units[i];

		if (needed == 0)
			u->optional = false;
		u->is_name = !u->optional && u->nparts == 1 &&
		    is_empty(f, &f->grammar.parts[u->part]);
	}
}

/*
 * How rare they are.
 */

static double
rarity(const struct finder *f, const struct query_part *p)
{
	double all = 0, with = 0;

	for (enum tongue t = 0; t < TONGUES; t++) {
		struct words w;
		uint32_t least = UINT32_MAX;

		words_start(&w, t, p->text, p->len);
		while (words_next(&w)) {
			size_t n;
			const char *stem = words_stem(t, w.word, w.n, &n);
			uint32_t documents =
			    lexicon_documents(&f->lexicon, t, stem, n);

			least = documents < least ? documents : least;
		}
		with += least != UINT32_MAX ? least : 0;
	}
	/* A word that nothing has can't be asked of partial matches. */
	if (with == 0 && !p->prefix)
		return 0;
	all = (double)f->catalogue.nentries;
	return log1p((all + 1) / (with + 1));
}

static void
add_unit(struct finder *f, size_t part, size_t n, const struct term *term)
{
	struct unit *u = &f->units[f->nunits++];

	*u = (struct unit){ .part = part, .nparts = n, .term = term };
	for (size_t i = part; i < part + n; i++)
		u->weight += rarity(f, &f->grammar.parts[i]);
}

void
units_make(struct finder *f)
{
	struct keys keys;

	f->nunits = 0;
	make_keys(f, &keys);
	for (size_t i = 0; i < f->grammar.n;) {
		size_t n = 1;
		const struct query_part *p = &f->grammar.parts[i];
		const struct term *term =
		    p->excluded || p->prefix || p->field != ANY_FIELD
		    ? NULL
		    : term_at(f, &keys, i, &n);

		add_unit(f, i, n, term);
		i += n;
	}
	see_optional(f);
}
