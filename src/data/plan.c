#include <stdlib.h>
#include <string.h>

#include "data/finder.h"

/*
 * The query of one language, as FTS5 takes it: stems in quotes, each after a
 * byte 1 (see data/tokenizer.h), so nothing typed can be read as anything
 * but a word.  Phrases are listed as FTS5 will number them.
 */

enum { EXPANSIONS_MAX = 24 };

struct builder {
	struct finder *finder;
	struct plan *plan;
	struct buf *out;
	enum tongue tongue;
	struct phrase phrase; /* what the next one will be */
	uint8_t unit;
	bool marking;
	bool is_name;
};

static bool
note_phrase(struct builder *b)
{
	if (b->plan->nphrases == PHRASES_MAX)
		return false;
	b->plan->phrases[b->plan->nphrases++] = b->phrase;
	return true;
}

static void
note_mark(struct builder *b, const char *text, size_t n, bool prefix)
{
	struct marks *m = &b->finder->marks[b->tongue];

	if (!b->marking || m->n == MARKS_MAX || n == 0)
		return;
	m->all[m->n++] =
	    (struct mark){ .text = arena_keep(&b->finder->arena, text, n),
		    .n = (uint8_t)n,
		    .unit = b->unit,
		    .prefix = prefix,
		    .capital = b->is_name };
	m->initials |= excerpt_initials(text, n);
	m->units |= 1u << b->unit;
}

/* Mark a word of a phrase, unless it says nothing in the phrase's language;
 * short ones in any, for that is seldom known: "mutuelle de santé". */
static void
note_word(struct builder *b, const struct words *w, const char *stem, size_t n)
{
	bool empty = words_is_stop(b->tongue, w->word, w->n);

	for (enum tongue t = 0; t < TONGUES && w->n <= 3; t++)
		empty |= words_is_stop(t, w->word, w->n);
	if (b->is_name || !empty)
		note_mark(b, stem, n, false);
}

/*
 * Phrases.
 */

static bool
is_known(const struct builder *b, const char *stem, size_t n)
{
	return lexicon_documents(&b->finder->lexicon, b->tongue, stem, n) > 0;
}

/* Single letters and numbers are in no vocabulary. */
static bool
is_counted(const struct words *w)
{
	return w->plain && w->n > 1 && w->n < WORD_MAX;
}

/* Put the stems of a text as one phrase; how many, 0 if nothing was put. */
static size_t
put_phrase(struct builder *b, const char *text, size_t len, bool *known)
{
	struct words w;
	size_t words = 0, start = b->out->len;

	*known = true;
	words_start(&w, b->tongue, text, len);
	while (words_next(&w)) {
		size_t n;
		const char *stem = words_stem(b->tongue, w.word, w.n, &n);

		buf_puts(b->out, words++ == 0 ? "\"\1" : "\1");
		buf_put(b->out, stem, n);
		*known &= !is_counted(&w) || is_known(b, stem, n);
		note_word(b, &w, stem, n);
	}
	if (words == 0 || !note_phrase(b)) {
		b->out->len = start;
		return 0;
	}
	buf_puts(b->out, "\"");
	return words;
}

/* "micro-insurance" may also be written in one word. */
static bool
put_joined(struct builder *b, const struct query_part *p)
{
	struct words w;
	size_t n = 0, words = 0;
	const char *stem = "";

	words_start(&w, b->tongue, p->text, p->len);
	while (words_next(&w))
		words++;
	if (words == 2 && w.joined_n == 0) {
		/* The last call has gone beyond: look at the second again. */
		words_start(&w, b->tongue, p->text, p->len);
		words_next(&w);
		words_next(&w);
	}
	if (words != 2 || w.joined_n == 0)
		return false;
	stem = words_stem(b->tongue, w.joined, w.joined_n, &n);
	if (!is_known(b, stem, n) || !note_phrase(b))
		return false;
	buf_puts(b->out, " OR \"\1");
	buf_put(b->out, stem, n);
	buf_puts(b->out, "\"");
	note_mark(b, stem, n, false);
	return true;
}

/* FTS5 finds the stems that begin so; the words whose stem is shorter than
 * that must be named. */
static void
put_expansions(struct builder *b, const char *prefix, size_t n)
{
	const struct lexicon *l = &b->finder->lexicon;
	size_t first, end = lexicon_prefix(l, prefix, n, &first);
	char last[WORD_MAX + 32] = "";
	int put = 0;

	for (; first < end && put < EXPANSIONS_MAX; first++) {
		const struct lexeme *w = &l->words[first];
		const char *folded = lexicon_folded(l, w), *stem;
		size_t stem_n;

		if (w->tongue != b->tongue)
			continue;
		stem = words_stem(b->tongue, folded, w->n, &stem_n);
		if (stem_n >= n && memcmp(stem, prefix, n) == 0)
			continue;
		if (strlen(last) == stem_n && memcmp(last, stem, stem_n) == 0)
			continue;
		memcpy(last, stem, stem_n);
		last[stem_n] = '\0';
		if (!note_phrase(b))
			return;
		buf_printf(b->out, " OR \"\1%s\"", last);
		put++;
	}
}

static bool
put_prefix(struct builder *b, const struct query_part *p)
{
	struct words w, last;
	size_t words = 0;

	words_start(&w, b->tongue, p->text, p->len);
	while (words_next(&w)) {
		size_t n;
		const char *stem;

		if (words++ > 0) {
			stem = words_stem(b->tongue, last.word, last.n, &n);
			buf_puts(b->out, words == 2 ? "\"\1" : "\1");
			buf_put(b->out, stem, n);
			note_word(b, &last, stem, n);
		}
		last = w;
	}
	if (words == 0 || !note_phrase(b))
		return false;
	buf_puts(b->out, words == 1 ? "\"\1" : "\1");
	buf_put(b->out, last.word, last.n);
	buf_puts(b->out, "\" *");
	note_mark(b, last.word, last.n, true);
	if (words == 1)
		put_expansions(b, last.word, last.n);
	return true;
}

/*
 * Parts and units.
 */

static bool
put_part(struct builder *b, const struct query_part *p)
{
	static const char *const fields[] = { [ANY_FIELD] = "(",
		[TITLE_FIELD] = "title : (",
		[AUTHOR_FIELD] = "author : (" };
	size_t start = b->out->len;
	bool known = true, put;

	buf_puts(b->out,
	    b->is_name ? "{title author keywords} : (" : fields[p->field]);
	if (p->prefix) {
		put = put_prefix(b, p);
	} else {
		put = put_phrase(b, p->text, p->len, &known) > 0;
		if (put && !p->quoted && put_joined(b, p))
			known = true;
	}
	buf_puts(b->out, ")");
	b->plan->nowhere |= !known;
	if (!put)
		b->out->len = start;
	return put;
}

/* All parts of a unit, as typed. */
static bool
put_typed(struct builder *b, const struct unit *u)
{
	size_t start = b->out->len, put = 0;

	b->phrase.way = 0;
	b->plan->nowhere = false;
	buf_puts(b->out, "(");
	for (size_t i = u->part; i < u->part + u->nparts; i++) {
		const struct query_part *p = &b->finder->grammar.parts[i];
		size_t before = b->out->len;

		if (u->silent >> (i - u->part) & 1)
			continue;
		b->phrase.weight = (float)(u->weight / (double)u->nparts);
		b->phrase.slot = (uint8_t)put;
		if (put > 0)
			buf_puts(b->out, " AND ");
		if (put_part(b, p))
			put++;
		else
			b->out->len = before;
	}
	buf_puts(b->out, ")");
	if (put == 0)
		b->out->len = start;
	return put > 0;
}

/* Is it what was typed, in other letters? */
static bool
is_typed(const struct builder *b, const struct unit *u, const char *name)
{
	const struct query_part *p = &b->finder->grammar.parts[u->part];
	const struct query_part *last = p + u->nparts - 1;
	char typed[TERM_KEY], key[TERM_KEY];

	return terms_key(typed, b->tongue, p->text,
		   (size_t)(last->text + last->len - p->text)) > 0 &&
	    terms_key(key, b->tongue, name, strlen(name)) > 0 &&
	    strcmp(typed, key) == 0;
}

/* The names the glossary has for it in this language, if it was typed in
 * another; in its own, the term as a phrase counts more than its words. */
static void
put_names(struct builder *b, const struct unit *u)
{
	const struct term *name = u->term == NULL
	    ? NULL
	    : terms_names(&b->finder->terms, u->term->record);
	bool known;

	b->phrase.slot = 0;
	for (; name != NULL && b->phrase.way < NAMES_MAX; name = name->next) {
		bool typed =
		    name->tongue == b->tongue && is_typed(b, u, name->name);

		if (name->tongue != b->tongue || (typed && u->nparts < 2) ||
		    (!typed && u->term->tongue == b->tongue))
			continue;
		b->phrase.way++;
		b->phrase.weight = (float)(u->weight * (typed ? 1.2 : 0.8));
		buf_puts(b->out, " OR ");
		if (put_phrase(b, name->name, strlen(name->name), &known) == 0)
			b->out->len -= 4;
		else
			b->plan->nowhere &= !known;
	}
}

void
plan_make(struct finder *f, enum tongue t, size_t i)
{
	const struct unit *u = &f->units[i];
	struct plan *p = &f->plan;
	struct builder b = { .finder = f,
		.plan = p,
		.out = &p->match,
		.tongue = t,
		.unit = (uint8_t)i,
		.is_name = u->is_name,
		.marking = !f->grammar.parts[u->part].excluded };

	buf_clear(&p->match);
	p->nphrases = 0;
	p->nowhere = false;
	buf_puts(&p->match, "(");
	if (!put_typed(&b, u)) {
		buf_clear(&p->match);
		return;
	}
	put_names(&b, u);
	buf_puts(&p->match, ")");
}
