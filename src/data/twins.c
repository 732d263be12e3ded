#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/locale.h"
#include "data/twins.h"

enum {
	WORDS_MAX = 16, /* of a name */
	NAMES_MAX = 12, /* of a scheme */
	LIKELY = 75,
	SAME_PLACE = 8,
	OTHER_PLACE = -25,
};

static const double ALIKE = 0.7; /* words, spelt a little otherwise */
static const double RARE = 0.7;  /* the weight of a word of one scheme's name */

struct name {
	const char *folded;
	const char *words[WORDS_MAX];
	double weights[WORDS_MAX];
	int n;
};

struct known {
	int64_t record;
	const char *slug, *name, *acronym, *locality; /* folded but for name */
	struct name names[NAMES_MAX];
	int n;
	struct known *next;
};

struct twins {
	struct arena *arena;
	struct db *db;
	struct known *first;
	const char **words; /* of all, each once a scheme, in order */
	size_t n;
};

static const char *
folded(struct arena *a, const char *text)
{
	struct buf out = { 0 };
	const char *kept;

	locale_fold(&out, text);
	kept = arena_keep(a, buf_text(&out), out.len);
	buf_free(&out);
	return kept;
}

/* A word of ASCII ends at what is neither letter nor digit; other letters
 * are words' too. */
static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 128;
}

static void
split(struct arena *a, struct name *name)
{
	for (const char *s = name->folded; *s != '\0' && name->n < WORDS_MAX;) {
		size_t len = 0;

		while (is_letter(s[len]))
			len++;
		if (len > 0)
			name->words[name->n++] = arena_keep(a, s, len);
		s += len + (s[len] != '\0');
	}
}

static void
add_name(struct arena *a, struct known *k, const char *text)
{
	const char *f = folded(a, text);

	for (int i = 0; i < k->n; i++)
		if (strcmp(k->names[i].folded, f) == 0)
			return;
	if (*f == '\0' || k->n == NAMES_MAX)
		return;
	k->names[k->n].folded = f;
	split(a, &k->names[k->n++]);
}

static void
add_names(struct twins *t, struct known *k)
{
	struct query *q = db_restart(db_query(t->db,
	    "SELECT name FROM scheme WHERE record = :record"
	    " UNION SELECT official_name FROM scheme WHERE record = :record"
	    " UNION SELECT name FROM scheme_former_name WHERE record = :record"
	    " UNION SELECT name FROM scheme_other_name WHERE record = :record"
	    " UNION SELECT title FROM record_text WHERE record = :record"));

	db_set_int(q, "record", k->record);
	while (db_next(q))
		add_name(t->arena, k, db_text(q, 0));
}

static struct known *
read_known(struct arena *a, const struct query *q)
{
	struct known *k = arena_alloc(a, sizeof(*k));

	*k = (struct known){ .record = db_int(q, 0),
		.slug = arena_printf(a, "%s", db_text(q, 1)),
		.name = arena_printf(a, "%s", db_text(q, 2)),
		.acronym = folded(a, db_text(q, 3)),
		.locality = folded(a, db_text(q, 4)) };
	return k;
}

/* Do the names before this one, or the words before this, have the word? */
static bool
stands_before(const struct known *k, int name, int word)
{
	const char *it = k->names[name].words[word];

	for (int i = 0; i <= name; i++)
		for (int j = 0; j < (i < name ? k->names[i].n : word); j++)
			if (strcmp(k->names[i].words[j], it) == 0)
				return true;
	return false;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
gather_words(struct twins *t)
{
	size_t schemes = 0;

	for (const struct known *k = t->first; k != NULL; k = k->next)
		schemes++;
	t->words = arena_alloc(t->arena,
	    (schemes * NAMES_MAX * WORDS_MAX + 1) * sizeof(*t->words));
	for (const struct known *k = t->first; k != NULL; k = k->next)
		for (int i = 0; i < k->n; i++)
			for (int j = 0; j < k->names[i].n; j++)
				if (!stands_before(k, i, j))
					t->words[t->n++] = k->names[i].words[j];
	qsort(t->words, t->n, sizeof(*t->words), compare_texts);
}

/* The first place whose word is not less; or not less or equal. */
static size_t
find_word(const struct twins *t, const char *word, bool after)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(t->words[middle], word);

		if (order < 0 || (after && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A word weighs less, the more schemes have it. */
static void
weigh(const struct twins *t, struct known *k)
{
	for (int i = 0; i < k->n; i++)
		for (int j = 0; j < k->names[i].n; j++) {
			const char *word = k->names[i].words[j];
			size_t n = find_word(t, word, true) -
			    find_word(t, word, false);

			k->names[i].weights[j] = 1 / sqrt((double)n + 1);
		}
}

struct twins *
twins_read(struct arena *a, struct db *db, const char *country)
{
	struct twins *t = arena_alloc(a, sizeof(*t));
	struct query *q = db_restart(db_query(db,
	    "SELECT s.record, r.slug, s.name, coalesce(s.acronym, ''),"
	    " coalesce(s.locality, '')"
	    " FROM scheme s JOIN record r ON r.id = s.record"
	    " WHERE s.country = :country AND r.status = 'published'"
	    " ORDER BY r.slug DESC"));

	*t = (struct twins){ .arena = a, .db = db };
	db_set_text(q, "country", country);
	while (db_next(q)) {
		struct known *k = read_known(a, q);

		k->next = t->first;
		t->first = k;
	}
	for (struct known *k = t->first; k != NULL; k = k->next)
		add_names(t, k);
	gather_words(t);
	for (struct known *k = t->first; k != NULL; k = k->next)
		weigh(t, k);
	return t;
}

/* How alike two words are, 0 to 1, by the pairs of letters they share. */
static double
likeness(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b), shared = 0;
	char used[64] = { 0 };

	if (strcmp(a, b) == 0)
		return 1;
	if (m < 4 || n < 4 || n > sizeof(used))
		return 0;
	for (size_t i = 0; i + 1 < m; i++)
		for (size_t j = 0; j + 1 < n; j++)
			if (!used[j] && a[i] == b[j] && a[i + 1] == b[j + 1]) {
				used[j] = 1;
				shared++;
				break;
			}
	return 2.0 * (double)shared / (double)(m + n - 2);
}

/* What two names have in common, by weight of words. */
struct common {
	double shared, all;
	int own; /* names with a word that only they have */
};

static void
compare_words(const struct name *a, const struct name *b, struct common *c)
{
	bool own = false;

	for (int i = 0; i < a->n; i++) {
		double best = 0;

		for (int j = 0; j < b->n; j++)
			best = fmax(best, likeness(a->words[i], b->words[j]));
		c->all += a->weights[i];
		if (best >= ALIKE)
			c->shared += a->weights[i] * best;
		else
			own |= a->weights[i] > RARE;
	}
	c->own += own;
}

/* Ishaka Hospital Health Plan is not Kisiizi Hospital Health Plan: where each
 * has a word of its own, the rest tells little. */
static double
compare_names(const struct name *a, const struct name *b)
{
	struct common c = { 0 };

	if (strcmp(a->folded, b->folded) == 0)
		return 1;
	compare_words(a, b, &c);
	compare_words(b, a, &c);
	if (c.all <= 0)
		return 0;
	return c.shared / c.all * (c.own == 2 ? 0.7 : 1);
}

static struct twin
compare(const struct known *a, const struct known *b)
{
	bool known = *a->locality != '\0' && *b->locality != '\0';
	bool elsewhere = known && strcmp(a->locality, b->locality) != 0;
	double best = 0, score;

	for (int i = 0; i < a->n; i++)
		for (int j = 0; j < b->n; j++)
			best = fmax(best,
			    compare_names(&a->names[i], &b->names[j]));
	score = 100 * best;
	if (*a->acronym != '\0' && strcmp(a->acronym, b->acronym) == 0)
		score = fmax(score, 85);
	if (best < 1 && known)
		score += elsewhere ? OTHER_PLACE : SAME_PLACE;
	if (best == 1 && elsewhere)
		score += OTHER_PLACE;
	return (struct twin){ .record = b->record,
		.slug = b->slug,
		.name = b->name,
		.score = (int)fmin(100, score),
		.sure = best == 1 && !elsewhere };
}

static void
add_list(struct arena *a, struct known *k, const struct node *list)
{
	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next)
		add_name(a, k, n->text);
}

static struct known
wanted(struct twins *t, const struct node *scheme)
{
	struct arena *a = t->arena;
	const struct node *title = node_get(scheme, "title");
	struct known k = { .acronym = folded(a, node_text(scheme, "acronym")),
		.locality = folded(a, node_text(scheme, "locality")) };

	add_name(a, &k, node_text(scheme, "name"));
	add_name(a, &k, node_text(scheme, "official_name"));
	add_list(a, &k, node_get(scheme, "former_names"));
	add_list(a, &k, node_get(scheme, "other_names"));
	if (title != NULL && title->type == NODE_TEXT)
		add_name(a, &k, title->text);
	else
		add_list(a, &k, title);
	weigh(t, &k);
	return k;
}

/* Somebody has looked at these two already. */
static bool
is_related(struct db *db, int64_t one, int64_t other)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT count(*) FROM beside WHERE record = :one"
	    " AND other = :other"));

	db_set_int(q, "one", one);
	db_set_int(q, "other", other);
	return db_number(q, 0) > 0;
}

size_t
twins_find(struct twins *t, const struct node *scheme, int64_t id,
    struct twin found[TWINS_MAX])
{
	const struct known mine = wanted(t, scheme);
	size_t n = 0, at;

	for (const struct known *k = t->first; k != NULL; k = k->next) {
		struct twin twin = compare(&mine, k);

		if (k->record == id || twin.score < LIKELY ||
		    is_related(t->db, id, k->record))
			continue;
		for (at = n; at > 0 && found[at - 1].score < twin.score; at--)
			if (at < TWINS_MAX)
				found[at] = found[at - 1];
		if (at < TWINS_MAX)
			found[at] = twin;
		n += n < TWINS_MAX;
	}
	return n;
}
