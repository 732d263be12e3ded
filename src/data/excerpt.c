#include <string.h>

#include "data/finder.h"

#include <sqlite3.h>

/*
 * Marking what was looked for, and cutting an excerpt around it.
 */

enum {
	BEFORE = 4,
	WINDOW = 24,  /* words of an excerpt */
	REST = 6,     /* so few beyond it are taken too */
	LOOKED = 800, /* words of a text that are looked at */
	BEGIN = 2,
	FINISH = 3, /* what the escaper turns into <mark> */
};

/* A word of the text, and which unit of the query it is of, or NOWHERE. */
struct place {
	uint32_t start, end;
	int16_t unit;
};

/* Stems keep the first two letters, but for y and i (dying, die): so most
 * words of a text need not be stemmed. */
uint64_t
excerpt_initials(const char *word, size_t n)
{
	unsigned int second = n > 1 ? (unsigned char)word[1] : 0;

	if (second == 'y')
		second = 'i';
	return UINT64_C(1) << (((unsigned char)word[0] * 7 + second) & 63);
}

/* Is a word of the text all in capitals? */
static bool
is_capital(const struct words *w)
{
	for (size_t i = w->start; i < w->end; i++)
		if (w->text[i] >= 'a' && w->text[i] <= 'z')
			return false;
	return true;
}

static int16_t
find_unit(const struct marks *m, const struct words *w, const char *word,
    size_t len)
{
	const char *stem;
	size_t n;

	if ((m->initials & excerpt_initials(word, len)) == 0)
		return NOWHERE;
	stem = words_stem(w->tongue, word, len, &n);
	for (size_t i = 0; i < m->n; i++) {
		const struct mark *one = &m->all[i];

		if ((one->prefix ? len >= one->n : n == one->n) &&
		    memcmp(one->prefix ? word : stem, one->text, one->n) == 0 &&
		    (!one->capital || is_capital(w)))
			return one->unit;
	}
	return NOWHERE;
}

/* Note a word; if it ends a compound that is looked for, both its parts. */
static void
note(const struct marks *m, const struct words *w, struct place *places,
    size_t n)
{
	int16_t unit;

	places[n] = (struct place){ .start = (uint32_t)w->start,
		.end = (uint32_t)w->end,
		.unit = find_unit(m, w, w->word, w->n) };
	if (w->joined_n == 0 || n == 0)
		return;
	unit = find_unit(m, w, w->joined, w->joined_n);
	if (unit != NOWHERE)
		places[n].unit = places[n - 1].unit = unit;
}

/* Has every unit with a mark been seen in the last words? */
static bool
is_complete(const struct marks *m, const size_t *seen, size_t n)
{
	for (uint32_t left = m->units; left != 0; left &= left - 1) {
		size_t at = seen[__builtin_ctz(left)];

		if (at == 0 || at + WINDOW - BEFORE < n)
			return false;
	}
	return true;
}

/*
 * The words of a text, up to so many beyond the first place where all units
 * stand close together: there is no better excerpt.
 */
static size_t
find_places(const struct finder *f, enum tongue t, const char *text,
    struct place *places)
{
	const struct marks *m = &f->marks[t];
	size_t seen[QUERY_PARTS] = { 0 }, n = 0, most = LOOKED;
	struct words w;

	words_start(&w, t, text, strlen(text));
	while (n < most && words_next(&w)) {
		note(m, &w, places, n++);
		if (places[n - 1].unit == NOWHERE)
			continue;
		seen[places[n - 1].unit] = n;
		if (most == LOOKED && is_complete(m, seen, n) &&
		    n + WINDOW + REST + 1 < LOOKED)
			most = n + WINDOW + REST + 1;
	}
	return n;
}

/* How good it is to show the words from first on: different units first. */
static int
worth(const struct place *places, size_t first, size_t n)
{
	uint32_t units = 0;
	int all = 0;

	for (size_t i = first; i < n && i < first + WINDOW - BEFORE; i++) {
		if (places[i].unit == NOWHERE)
			continue;
		units |= 1u << places[i].unit;
		all++;
	}
	return 8 * __builtin_popcount(units) + (all < 8 ? all : 7);
}

/* Where the best excerpt begins: shortly before the first of its marks. */
static size_t
best_window(const struct place *places, size_t n)
{
	size_t best = 0;
	int most = 0;

	for (size_t i = 0; i < n; i++) {
		int all;

		if (places[i].unit == NOWHERE)
			continue;
		all = worth(places, i, n);
		if (all <= most)
			continue;
		most = all;
		best = i;
	}
	return best > BEFORE ? best - BEFORE : 0;
}

/* Does what was put so far end with a sign that parts it from what follows? */
static bool
is_parted(const struct buf *out)
{
	return out->len == 0 ||
	    strchr(" .,;:!?", out->data[out->len - 1]) != NULL ||
	    (out->len >= 3 && memcmp(out->data + out->len - 3, "…", 3) == 0);
}

/* Put text, with one space for many and for what is no character, and a dot
 * between lines: they are headings, fields, items of a list. */
static void
put_text(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		bool line = false;

		if ((unsigned char)s[i] > ' ') {
			buf_putc(out, s[i++]);
			continue;
		}
		for (; i < n && (unsigned char)s[i] <= ' '; i++)
			line |= s[i] == '\n';
		if (line && !is_parted(out))
			buf_puts(out, " ·");
		buf_putc(out, ' ');
	}
}

/* Some words of a text, from one byte to another. */
struct part {
	const struct place *places;
	size_t n, from, to;
};

/* Put a part of a text, marked. */
static void
put_marked(struct buf *out, const char *text, const struct part *part)
{
	const struct place *places = part->places;
	size_t at = part->from;

	for (size_t i = 0; i < part->n; i++) {
		const struct place *p = &places[i];

		if (p->unit == NOWHERE)
			continue;
		put_text(out, text + at, p->start - at);
		buf_putc(out, BEGIN);
		put_text(out, text + p->start, p->end - p->start);
		buf_putc(out, FINISH);
		at = p->end;
	}
	put_text(out, text + at, part->to - at);
}

/* Where the text of an excerpt begins: before what belongs to its first word,
 * as in « l’épargne » or (note, and after what belongs to the one before. */
static size_t
find_start(const char *text, const struct place *places, size_t first)
{
	size_t start = places[first].start;
	size_t low = first > 0 ? places[first - 1].end : 0, at = start;

	while (at > low && (unsigned char)text[at - 1] > ' ')
		at--;
	return at + strspn(text + at, ",;:.!?)]-/");
}

/* Where the text of an excerpt ends: with the sign after its last word, if
 * that is no sign that announces more. */
static size_t
find_end(const char *text, size_t end)
{
	size_t more = strcspn(text + end, " \n\t");

	if (text[end + more + strspn(text + end + more, " \n\t")] == '\0')
		return end + more;
	while (more > 0 && strchr(",;:-([/", text[end + more - 1]) != NULL)
		more--;
	return end + more;
}

/* The words of the best excerpt, first to last: if few are left before it or
 * beyond it those too, and at the end of the text no fewer than elsewhere. */
static size_t
window(const struct place *places, size_t n, size_t *first)
{
	size_t last;

	*first = best_window(places, n);
	last = *first + WINDOW;
	if (last + REST >= n)
		last = n;
	if (*first + WINDOW > last)
		*first = last > WINDOW ? last - WINDOW : 0;
	if (*first <= REST)
		*first = 0;
	return last;
}

static bool
has_marks(const struct place *places, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (places[i].unit != NOWHERE)
			return true;
	return false;
}

/* Does it show a word that was looked for? */
static bool
put_excerpt(struct buf *out, const struct finder *f, enum tongue t,
    const char *text)
{
	struct place places[LOOKED];
	size_t n = find_places(f, t, text, places), first, last, end;

	if (n == 0)
		return false;
	last = window(places, n, &first);
	end = find_end(text, places[last - 1].end);
	if (first > 0)
		buf_puts(out, "… ");
	put_marked(out, text,
	    &(struct part){ .places = places + first,
		.n = last - first,
		.from = find_start(text, places, first),
		.to = end });
	if (text[end + strspn(text + end, " \n\t")] != '\0')
		buf_puts(out, " …");
	return has_marks(places, n);
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
	n = f->marks[t].n > 0 ? find_places(f, t, text, places) : 0;
	if (n == 0) {
		sqlite3_result_value(ctx, argv[0]);
		return;
	}
	put_marked(&out, text,
	    &(struct part){ .places = places, .n = n, .to = strlen(text) });
	answer(ctx, &out);
}

/* Read where FTS5 keeps it, without asking FTS5: c2 is the third column, the
 * body, and c4 what stands in files, of which only the beginning is looked at. */
static struct query *
body_of(struct db *db, enum tongue t, int64_t text)
{
#define BODY(lang)                                       \
	"SELECT c2, substr(c4, 1, 10000) FROM fts_" lang \
	"_content WHERE id = :text"
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
	struct buf out = { 0 }, file = { 0 };
	struct query *q;
	enum tongue t;

	(void)argc;
	if (catalogue_entry(&f->catalogue, id) == NULL)
		return;
	t = f->catalogue.texts[id].tongue;
	q = body_of(f->db, t, id);
	if (db_next(q) && !put_excerpt(&out, f, t, db_text(q, 0)) &&
	    put_excerpt(&file, f, t, db_text(q, 1))) {
		buf_clear(&out);
		buf_put(&out, file.data, file.len);
	}
	db_restart(q);
	buf_free(&file);
	if (out.len > 0)
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
