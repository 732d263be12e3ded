#include <string.h>

#include "data/finder.h"

#include <sqlite3.h>

/*
 * Marking what was looked for, and cutting an excerpt around it.
 */

enum {
	WINDOW = 24,  /* words of an excerpt */
	LOOKED = 800, /* words of a text that are looked at */
	BEGIN = 2,
	FINISH = 3, /* what the escaper turns into <mark> */
};

/* A word of the text, and which mark it has, or NOWHERE. */
struct place {
	uint32_t start, end;
	int16_t mark;
};

static int16_t
find_mark(const struct plan *p, enum tongue t, const char *word, size_t len)
{
	const char *stem;
	size_t n;

	/* Stems keep the first letter: most words need no more. */
	if ((p->initials >> ((unsigned char)*word & 31) & 1) == 0)
		return NOWHERE;
	stem = words_stem(t, word, len, &n);
	for (size_t i = 0; i < p->nmarks; i++) {
		const struct mark *m = &p->marks[i];

		if ((m->prefix ? len >= m->n : n == m->n) &&
		    memcmp(m->prefix ? word : stem, m->text, m->n) == 0)
			return (int16_t)i;
	}
	return NOWHERE;
}

/* Note a word; if it ends a compound that is looked for, both its parts. */
static void
note(const struct plan *p, const struct words *w, struct place *places,
    size_t n)
{
	int16_t mark;

	places[n] = (struct place){ .start = (uint32_t)w->start,
		.end = (uint32_t)w->end,
		.mark = find_mark(p, w->tongue, w->word, w->n) };
	if (w->joined_n == 0 || n == 0)
		return;
	mark = find_mark(p, w->tongue, w->joined, w->joined_n);
	if (mark != NOWHERE)
		places[n].mark = places[n - 1].mark = mark;
}

static size_t
find_places(const struct finder *f, enum tongue t, const char *text,
    struct place *places)
{
	const struct plan *p = &f->plans[t];
	struct words w;
	size_t n = 0;

	words_start(&w, t, text, strlen(text));
	while (n < LOOKED && words_next(&w))
		note(p, &w, places, n++);
	return n;
}

/* How good it is to show the words from first on: different marks first. */
static int
worth(const struct place *places, size_t first, size_t n)
{
	uint64_t marks = 0;
	int all = 0;

	for (size_t i = first; i < n && i < first + WINDOW; i++) {
		if (places[i].mark == NOWHERE)
			continue;
		marks |= UINT64_C(1) << (places[i].mark & 63);
		all++;
	}
	return 8 * __builtin_popcountll(marks) + (all < 8 ? all : 8);
}

/* Where the best excerpt begins: shortly before the first of its marks. */
static size_t
best_window(const struct place *places, size_t n)
{
	size_t best = 0;
	int most = 0;

	for (size_t i = 0; i < n; i++) {
		int all;

		if (places[i].mark == NOWHERE)
			continue;
		all = worth(places, i, n);
		if (all <= most)
			continue;
		most = all;
		best = i;
	}
	return best > 4 ? best - 4 : 0;
}

/* Put text, with whatever is no character as a space. */
static void
put_text(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_putc(out, (unsigned char)s[i] < ' ' ? ' ' : s[i]);
}

/* Put the text of some words, marked, from one byte to another. */
static void
put_marked(struct buf *out, const char *text, const struct place *places,
    size_t n, size_t to)
{
	size_t at = places->start;

	for (size_t i = 0; i < n; i++) {
		const struct place *p = &places[i];

		if (p->mark == NOWHERE)
			continue;
		put_text(out, text + at, p->start - at);
		buf_putc(out, BEGIN);
		put_text(out, text + p->start, p->end - p->start);
		buf_putc(out, FINISH);
		at = p->end;
	}
	put_text(out, text + at, to - at);
}

static void
put_excerpt(struct buf *out, const struct finder *f, enum tongue t,
    const char *text)
{
	struct place places[LOOKED];
	size_t n = find_places(f, t, text, places), first, last, end;

	if (n == 0)
		return;
	first = best_window(places, n);
	last = first + WINDOW < n ? first + WINDOW : n;
	end = places[last - 1].end;
	if (first > 0)
		buf_puts(out, "… ");
	/* The sign after the last word belongs to it. */
	end += strcspn(text + end, " \n\t");
	put_marked(out, text, places + first, last - first, end);
	if (text[end + strspn(text + end, " \n\t")] != '\0')
		buf_puts(out, " …");
}

/*
 * The SQL functions.
 */

static void
answer(sqlite3_context *ctx, struct buf *out)
{
	sqlite3_result_text(ctx, buf_text(out), (int)out->len,
	    SQLITE_TRANSIENT);
	buf_free(out);
}

static void
marked(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	const struct finder *f = sqlite3_user_data(ctx);
	const char *text = (const char *)sqlite3_value_text(argv[0]);
	const char *lang = (const char *)sqlite3_value_text(argv[1]);
	enum tongue t = tongue_of(lang != NULL ? lang : "");
	struct place places[LOOKED];
	struct buf out = { 0 };
	size_t n;

	(void)argc;
	if (text == NULL)
		return;
	n = f->plans[t].nmarks > 0 ? find_places(f, t, text, places) : 0;
	if (n == 0) {
		sqlite3_result_value(ctx, argv[0]);
		return;
	}
	put_text(&out, text, places->start);
	put_marked(&out, text, places, n, strlen(text));
	answer(ctx, &out);
}

/* Read where FTS5 keeps it, without asking FTS5: c2 is the third column. */
static struct query *
body_of(struct db *db, enum tongue t, int64_t text)
{
#define BODY(lang) "SELECT c2 FROM fts_" lang "_content WHERE id = :text"
	static const char *const queries[TONGUES] = { BODY("en"), BODY("fr"),
		BODY("es"), BODY("pt"), BODY("xx") };
	struct query *q = db_restart(db_prepare(db, queries[t]));

	db_set_int(q, "text", text);
	return q;
}

static void
excerpt(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct finder *f = sqlite3_user_data(ctx);
	int64_t id = sqlite3_value_int64(argv[0]);
	struct buf out = { 0 };
	struct query *q;
	enum tongue t;

	(void)argc;
	if (catalogue_entry(&f->catalogue, id) == NULL)
		return;
	t = f->catalogue.texts[id].tongue;
	q = body_of(f->db, t, id);
	if (db_next(q))
		put_excerpt(&out, f, t, db_text(q, 0));
	db_restart(q);
	answer(ctx, &out);
}

bool
excerpt_register(struct finder *f)
{
	sqlite3 *db = db_handle(f->db);

	return sqlite3_create_function(db, "marked", 2, SQLITE_UTF8, f, marked,
		   NULL, NULL) == SQLITE_OK &&
	    sqlite3_create_function(db, "excerpt", 1, SQLITE_UTF8, f, excerpt,
		NULL, NULL) == SQLITE_OK;
}
