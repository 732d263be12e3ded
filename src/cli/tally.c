#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "cli/tally.h"

enum { SHOWN = 5, LONGEST = 60 };

/* Where a word is counted, or would be. */
static struct tallied *
slot_of(const struct tally *t, const char *word)
{
	size_t i = hash_bytes(word, strlen(word));

	while (t->slots[i & (t->size - 1)].word != NULL &&
	    strcmp(t->slots[i & (t->size - 1)].word, word) != 0)
		i++;
	return &t->slots[i & (t->size - 1)];
}

static void
grow(struct tally *t)
{
	struct tally larger = { .size = t->size > 0 ? 2 * t->size : 64 };

	larger.slots = calloc(larger.size, sizeof(*larger.slots));
	if (larger.slots == NULL)
		abort();
	for (size_t i = 0; i < t->size; i++)
		if (t->slots[i].word != NULL)
			*slot_of(&larger, t->slots[i].word) = t->slots[i];
	free(t->slots);
	t->slots = larger.slots;
	t->size = larger.size;
}

void
tally_add(struct tally *t, const char *word)
{
	struct tallied *slot;

	if (2 * t->words >= t->size)
		grow(t);
	slot = slot_of(t, word);
	if (slot->word == NULL) {
		slot->word = arena_keep(&t->arena, word, strlen(word));
		t->words++;
	}
	slot->n++;
	t->total++;
}

void
tally_free(struct tally *t)
{
	free(t->slots);
	arena_free(&t->arena);
	*t = (struct tally){ 0 };
}

/* The most frequent first, then by the alphabet; empty slots last. */
static int
compare(const void *a, const void *b)
{
	const struct tallied *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return x->n > 0 ? strcmp(x->word, y->word) : 0;
}

/* On one line, whatever it holds. */
static void
put_word(struct buf *out, const char *word)
{
	size_t len = strnlen(word, LONGEST);

	len = utf8_valid(word, len); /* no half letter */
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)word[i] < ' ')
			buf_putc(out, ' ');
		else
			buf_putc(out, word[i]);
	}
	buf_puts(out, word[len] != '\0' ? "…" : "");
}

void
tally_put(struct tally *t, struct buf *out)
{
	if (t->words > 0)
		qsort(t->slots, t->size, sizeof(*t->slots), compare);
	for (size_t i = 0; i < t->words && i < SHOWN; i++) {
		buf_puts(out, i > 0 ? ", " : "");
		put_word(out, t->slots[i].word);
		buf_printf(out, " (%zu)", t->slots[i].n);
	}
	if (t->words > SHOWN)
		buf_printf(out, " and %zu other%s", t->words - SHOWN,
		    t->words - SHOWN == 1 ? "" : "s");
	tally_free(t);
}
