#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/diff.h"

/* Cells of the table that finds what two texts have in common: some MB. */
enum { CELLS_MAX = 2 * 1000 * 1000 };

#define BLANKS " \t\n"
#define MARKS ".,;:!?()[]\"*_"

struct token {
	const char *text;
	size_t len;
	size_t written; /* without the blanks at its end */
	size_t lines;   /* how many end in these */
};

struct tokens {
	struct token *all;
	size_t n;
};

typedef size_t splitter(const char *);

static bool
is_mark(char c)
{
	return c != '\0' && strchr(MARKS, c) != NULL;
}

/* A word or a mark, with the blanks after it: so that blanks are never all
 * that two sentences have in common. */
static size_t
word_length(const char *s)
{
	size_t n = is_mark(*s) ? 1 : strcspn(s, BLANKS MARKS);

	return n + strspn(s + n, BLANKS);
}

static size_t
line_length(const char *s)
{
	size_t n = strcspn(s, "\n");

	return s[n] == '\n' ? n + 1 : n;
}

static struct token
make_token(const char *s, size_t len)
{
	struct token t = { .text = s, .len = len, .written = len };

	for (; t.written > 0 && strchr(BLANKS, s[t.written - 1]) != NULL;
	     t.written--)
		t.lines += s[t.written - 1] == '\n';
	return t;
}

static struct tokens
split(struct arena *a, const char *text, splitter *length)
{
	struct tokens t = { 0 };
	size_t n = 0, i = 0;

	for (const char *s = text; *s != '\0'; s += length(s))
		n++;
	t.all = arena_alloc(a, (n + 1) * sizeof(*t.all));
	for (const char *s = text; *s != '\0'; s += t.all[i++].len)
		t.all[i] = make_token(s, length(s));
	t.n = n;
	return t;
}

/* One blank is as good as two, and as none at the end. */
static bool
same(const struct token *a, const struct token *b)
{
	return a->written == b->written && a->lines == b->lines &&
	    memcmp(a->text, b->text, a->written) == 0;
}

/* Pieces as they are found; neighbours of a type are one. */
struct pieces {
	struct arena *arena;
	struct piece *all;
	size_t n, size;
};

static void
add(struct pieces *p, enum piece_type type, const struct token *t)
{
	struct piece *last = p->n > 0 ? &p->all[p->n - 1] : NULL;

	if (last != NULL && last->type == type &&
	    last->text + last->len == t->text) {
		last->len += t->len;
		return;
	}
	if (p->n == p->size) {
		struct piece *more;

		p->size = 2 * p->size + 16;
		more = arena_alloc(p->arena, p->size * sizeof(*more));
		if (p->n > 0)
			memcpy(more, p->all, p->n * sizeof(*more));
		p->all = more;
	}
	p->all[p->n++] = (struct piece){ type, t->text, t->len };
}

static void
add_all(struct pieces *p, enum piece_type type, const struct token *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(p, type, &t[i]);
}

/* Cell (i, j): how much a from i on and b from j on have in common. */
static uint32_t *
make_table(const struct tokens *a, const struct tokens *b)
{
	size_t width = b->n + 1;
	uint32_t *cells = calloc((a->n + 1) * width, sizeof(*cells));

	if (cells == NULL)
		abort();
	for (size_t i = a->n; i-- > 0;)
		for (size_t j = b->n; j-- > 0;) {
			uint32_t *c = &cells[i * width + j];

			if (same(&a->all[i], &b->all[j]))
				*c = c[width + 1] + 1;
			else
				*c = c[width] > c[1] ? c[width] : c[1];
		}
	return cells;
}

static void
walk(struct pieces *p, const struct tokens *a, const struct tokens *b)
{
	size_t width = b->n + 1, i = 0, j = 0;
	uint32_t *cells = make_table(a, b);

	while (i < a->n && j < b->n) {
		const uint32_t *c = &cells[i * width + j];

		if (same(&a->all[i], &b->all[j])) {
			add(p, PIECE_SAME, &a->all[i++]);
			j++;
		} else if (c[width] >= c[1]) {
			add(p, PIECE_REMOVED, &a->all[i++]);
		} else {
			add(p, PIECE_ADDED, &b->all[j++]);
		}
	}
	add_all(p, PIECE_REMOVED, a->all + i, a->n - i);
	add_all(p, PIECE_ADDED, b->all + j, b->n - j);
	free(cells);
}

/* What is the same at both ends needs no table.  False if the rest is too
 * much for one. */
static bool
compare(struct pieces *p, struct tokens a, struct tokens b, bool whatever)
{
	size_t head = 0, tail = 0;
	const struct token *end = a.all + a.n;

	while (head < a.n && head < b.n && same(&a.all[head], &b.all[head]))
		head++;
	while (tail < a.n - head && tail < b.n - head &&
	    same(&a.all[a.n - tail - 1], &b.all[b.n - tail - 1]))
		tail++;
	add_all(p, PIECE_SAME, a.all, head);
	a = (struct tokens){ a.all + head, a.n - head - tail };
	b = (struct tokens){ b.all + head, b.n - head - tail };
	if ((a.n + 1) * (b.n + 1) <= CELLS_MAX) {
		walk(p, &a, &b);
	} else if (whatever) {
		add_all(p, PIECE_REMOVED, a.all, a.n);
		add_all(p, PIECE_ADDED, b.all, b.n);
	} else {
		return false;
	}
	add_all(p, PIECE_SAME, end - tail, tail);
	return true;
}

size_t
diff_words(struct arena *a, const char *before, const char *after,
    struct piece **out)
{
	struct pieces p = { .arena = a };

	if (!compare(&p, split(a, before, word_length),
		split(a, after, word_length), false)) {
		p.n = 0;
		compare(&p, split(a, before, line_length),
		    split(a, after, line_length), true);
	}
	*out = p.all;
	return p.n;
}
