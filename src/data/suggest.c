#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/finder.h"

/*
 * Did you mean, and what may be meant by what is being typed.
 */

enum { SUGGESTIONS = 8, TITLES = 4, WORDS = 4, CANDIDATES = 64 };

/*
 * Did you mean.
 */

/* Has any text a word, in any language, or is it part of a place's name? */
static bool
is_known(const struct finder *f, const struct words *w)
{
	if (aliases_is_place(&f->aliases, w->word, w->n))
		return true;
	for (enum tongue t = 0; t < TONGUES; t++) {
		size_t n;
		const char *stem = words_stem(t, w->word, w->n, &n);

		if (lexicon_documents(&f->lexicon, t, stem, n) > 0)
			return true;
	}
	return false;
}

static bool
replace(const struct finder *f, const struct query_part *p, struct buf *out)
{
	struct words w;
	size_t at = 0;
	bool replaced = false;

	words_start(&w, f->reader, p->text, p->len);
	while (words_next(&w)) {
		const struct lexeme *near = NULL;

		if (w.plain && !p->prefix && !is_known(f, &w))
			near = lexicon_nearest(&f->lexicon, w.word, w.n,
			    f->reader);
		if (near == NULL)
			continue;
		buf_put(out, p->text + at, w.start - at);
		buf_puts(out, lexicon_shown(&f->lexicon, near));
		at = w.end;
		replaced = true;
	}
	buf_put(out, p->text + at, p->len - at);
	return replaced;
}

static bool
propose(const struct finder *f, struct buf *out)
{
	const char *at = f->grammar.text;
	bool replaced = false;

	for (size_t i = 0; i < f->grammar.n; i++) {
		const struct query_part *p = &f->grammar.parts[i];

		buf_put(out, at, (size_t)(p->text - at));
		replaced |= replace(f, p, out);
		at = p->text + p->len;
	}
	if (f->grammar.n > 0)
		buf_puts(out, at);
	return replaced;
}

bool
search_did_you_mean(struct db *db, const struct search *s, struct buf *out)
{
	static const char *const none[] = { NULL };
	const struct finder *f = db_part(db, DB_PART_CATALOGUE);
	bool nothing = f->found.total == 0;
	struct search other = *s;
	struct found found;

	if (!propose(f, out))
		return false;
	other.text = out->data;
	other.facets = none;
	found = search_run(db, &other);
	search_run(db, s); /* what follows is about this one */
	return found.exact > 0 || (nothing && found.total > 0);
}

/*
 * Suggestions.
 */

static bool
is_there(const struct finder *f, const char *text)
{
	for (size_t i = 0; i < f->nsuggestions; i++)
		if (strcasecmp(f->suggestions[i].text, text) == 0)
			return true;
	return false;
}

static void
add(struct finder *f, const struct suggestion *s)
{
	if (f->nsuggestions == SUGGESTIONS || is_there(f, s->text))
		return;
	f->suggestions[f->nsuggestions] = *s;
	f->suggestions[f->nsuggestions++].text =
	    arena_keep(&f->arena, s->text, strlen(s->text));
}

/* The words of a text, folded, a space between; returns the last one's
 * beginning. */
static const char *
fold_words(struct arena *a, const char *text, size_t *len)
{
	struct buf out = { 0 };
	struct words w;
	const char *kept;
	size_t last = 0;

	words_start(&w, XX, text, strlen(text));
	while (words_next(&w)) {
		if (out.len > 0)
			buf_putc(&out, ' ');
		last = out.len;
		buf_put(&out, w.word, w.n);
	}
	kept = arena_keep(a, buf_text(&out), out.len);
	*len = out.len;
	buf_free(&out);
	return kept + last;
}

/* Does a name begin so, its first word or a later one? */
static double
begins(const char *name, const char *typed, size_t len)
{
	struct words w;
	char folded[TERM_KEY];
	size_t n = 0;

	words_start(&w, XX, name, strlen(name));
	while (words_next(&w) && n + w.n + 1 < sizeof(folded)) {
		memcpy(folded + n, w.word, w.n);
		n += w.n;
		folded[n++] = ' ';
	}
	for (size_t i = 0; len > 0 && i + len < n + 1; i++)
		if ((i == 0 || folded[i - 1] == ' ') &&
		    memcmp(folded + i, typed, len) == 0)
			return i == 0 ? 2 : 1;
	return 0;
}

static int
by_weight(const void *a, const void *b)
{
	const struct suggestion *s = a, *t = b;

	if (s->weight != t->weight)
		return s->weight < t->weight ? 1 : -1;
	return strcmp(s->text, t->text);
}

static void
suggest_terms(struct finder *f, const char *typed, size_t len)
{
	struct suggestion found[CANDIDATES];
	size_t n = 0;

	for (size_t i = 0; i < f->terms.n && n < CANDIDATES; i++) {
		const struct term *t = &f->terms.names[i];
		double like = begins(t->name, typed, len);

		/* Short names are what is typed first. */
		if (like > 0 && (t->tongue == f->reader || like > 1))
			found[n++] = (struct suggestion){ .text = t->name,
				.kind = "term",
				.record = t->record,
				.weight = like +
				    (t->tongue == f->reader ? 2 : 0) -
				    (double)strlen(t->name) / 100 };
	}
	if (n > 0)
		qsort(found, n, sizeof(found[0]), by_weight);
	for (size_t i = 0; i < n && i < SUGGESTIONS / 2; i++)
		add(f, &found[i]);
}

/* The most frequent words that begin like the last one typed, after the
 * words before it. */
static void
suggest_words(struct finder *f, const char *before, const char *last)
{
	const struct lexeme *best[WORDS] = { NULL };
	size_t first, n = strlen(last),
		      end = lexicon_prefix(&f->lexicon, last, n, &first);

	for (; n >= 2 && first < end; first++) {
		const struct lexeme *w = &f->lexicon.words[first], *spare;

		if (w->tongue != f->reader || w->documents < 2 || w->n == n)
			continue;
		for (size_t i = 0; i < WORDS && w != NULL; i++)
			if (best[i] == NULL ||
			    best[i]->documents < w->documents) {
				spare = best[i];
				best[i] = w;
				w = spare;
			}
	}
	for (size_t i = 0; i < WORDS && best[i] != NULL; i++)
		add(f,
		    &(struct suggestion){ .kind = "word",
			.text = arena_printf(&f->arena, "%s%s", before,
			    lexicon_shown(&f->lexicon, best[i])) });
}

/* Records whose title has all the words, the last one begun. */
static void
find_titles(struct db *db, const char *ui, const char *typed)
{
	static const char *const none[] = { NULL };
	struct buf text = { 0 };
	struct words w;

	words_start(&w, XX, typed, strlen(typed));
	while (words_next(&w)) {
		buf_puts(&text, "title:");
		buf_put(&text, w.word, w.n);
		buf_putc(&text, ' ');
	}
	if (text.len > 0)
		text.data[text.len - 1] = '*';
	else
		buf_putc(&text, '-'); /* nothing, where "" is everything */
	search_run(db,
	    &(struct search){
		.ui = ui, .text = buf_text(&text), .facets = none });
	search_page(db, 0, TITLES);
	buf_free(&text);
}

static void
suggest_titles(struct finder *f)
{
	for (size_t i = 0; i < f->nhits && i < TITLES; i++) {
		const struct candidate *c =
		    &f->candidates[f->hits[i].candidate];
		const struct entry *e = &f->catalogue.entries[c->entry];
		struct query *q = db_restart(db_query(f->db,
		    "SELECT title FROM record_text WHERE id = :text"));

		db_set_int(q, "text", c->text);
		if (c->exact && db_next(q))
			add(f,
			    &(struct suggestion){ .text = db_text(q, 0),
				.kind = f->catalogue.all[e->kind].text,
				.record = e->id });
		db_restart(q);
	}
}

/* What goes by exactly this name: an acronym is in no title. */
static void
suggest_named(struct finder *f, const char *ui, const char *typed)
{
	size_t n;
	const struct alias *a =
	    aliases_find(&f->aliases, aliases_key(typed, strlen(typed)), &n);

	for (size_t i = 0; a != NULL && i < n; i++) {
		struct query *q = db_restart(db_query(f->db,
		    "SELECT title, kind FROM shown"
		    " WHERE record = :record AND ui = :ui"));

		db_set_int(q, "record", a[i].record);
		db_set_text(q, "ui", ui);
		if (db_next(q))
			add(f,
			    &(struct suggestion){ .text = db_text(q, 0),
				.kind = arena_printf(&f->arena, "%s",
				    db_text(q, 1)),
				.record = a[i].record });
		db_restart(q);
	}
}

/* How much of what is typed stands before its last word. */
static size_t
before_last(const char *typed)
{
	struct words w;
	size_t start = 0;

	words_start(&w, XX, typed, strlen(typed));
	while (words_next(&w))
		start = w.start;
	return start;
}

void
search_suggest(struct db *db, const char *ui, const char *typed)
{
	struct finder *f = db_part(db, DB_PART_CATALOGUE);
	const char *last, *before;
	size_t len;

	/* One letter begins too many titles. */
	last = fold_words(&f->arena, typed, &len);
	find_titles(db, ui, strlen(last) < 3 ? "" : typed);
	f->suggestions =
	    arena_alloc(&f->arena, SUGGESTIONS * sizeof(f->suggestions[0]));
	last = fold_words(&f->arena, typed, &len);
	if (len == 0)
		return;
	before = arena_keep(&f->arena, typed, before_last(typed));
	suggest_named(f, ui, typed);
	suggest_terms(f, last - (len - strlen(last)), len);
	suggest_titles(f);
	suggest_words(f, before, last);
}
