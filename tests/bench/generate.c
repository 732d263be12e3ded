/*
 * Documents and queries for the bench, made from the words of the content.
 *
 *	generate DATABASE documents COUNT	JSON Lines for mutua import
 *	generate DATABASE queries COUNT		paths with queries, one a line
 *
 * Texts are runs of the content's own sentences in their language, so words
 * are as frequent, and stand beside each other, as they really do; rare names
 * are made up, as real collections grow by new words for ever.  The same
 * arguments give the same output.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "data/db.h"
#include "data/words.h"

enum { LANGUAGES = 3, WORDS = 400000, CODES = 400 };

/* All words of a language's texts, in order. */
struct corpus {
	const char *lang;
	char *words[WORDS];
	size_t n;
};

struct codes {
	char *code[CODES];
	size_t n;
};

static struct corpus corpora[LANGUAGES] = { { .lang = "en" }, { .lang = "fr" },
	{ .lang = "es" } };
static struct codes countries, themes, doctypes;

/* xorshift64*: the same everywhere. */
static uint64_t state = 0x9e3779b97f4a7c15u;

static uint64_t
number(uint64_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (state * 0x2545f4914f6cdd1du >> 33) % below;
}

/* Small numbers are the most frequent, as in Zipf's law. */
static size_t
skewed(size_t n)
{
	uint64_t a = number(1000), b = number(1000), c = number(1000);

	return (size_t)(a * b * c * n / 1000000000u);
}

static void
add_words(struct corpus *c, const char *text)
{
	while (c->n < WORDS) {
		size_t n;

		text += strspn(text, " \t\r\n#*|>[]()\"\\");
		n = strcspn(text, " \t\r\n#*|>[]()\"\\");
		if (n == 0)
			return;
		c->words[c->n++] = strndup(text, n);
		text += n;
	}
}

static void
read_corpus(struct db *db, struct corpus *c)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT t.title, t.summary, t.body FROM record_text t"
	    " JOIN record r ON r.id = t.record"
	    " WHERE t.lang = :lang ORDER BY r.kind, r.slug"));

	db_set_text(q, "lang", c->lang);
	while (db_next(q))
		for (int i = 0; i < 3; i++)
			add_words(c, db_text(q, i));
	if (c->n < 1000) {
		fprintf(stderr, "generate: too few words in %s\n", c->lang);
		exit(EXIT_FAILURE);
	}
}

static void
read_codes(struct query *q, struct codes *codes)
{
	db_restart(q);
	while (codes->n < CODES && db_next(q))
		codes->code[codes->n++] = strdup(db_text(q, 0));
	if (codes->n == 0) {
		fputs("generate: a code list is empty\n", stderr);
		exit(EXIT_FAILURE);
	}
}

static void
read_database(const char *path)
{
	struct db *db = db_open(path, DB_READ);

	for (int i = 0; i < LANGUAGES; i++)
		read_corpus(db, &corpora[i]);
	read_codes(db_query(db,
		       "SELECT country FROM record_country"
		       " GROUP BY 1 ORDER BY count(*) DESC, 1"),
	    &countries);
	read_codes(db_query(db,
		       "SELECT slug FROM record WHERE kind = 'theme'"
		       " ORDER BY id"),
	    &themes);
	read_codes(db_query(db,
		       "SELECT code FROM code WHERE list = 'doctype'"
		       " ORDER BY place"),
	    &doctypes);
	if (db_failed(db))
		exit(EXIT_FAILURE);
	db_close(db);
}

static struct corpus *
any_language(void)
{
	uint64_t n = number(100);

	return &corpora[n < 45 ? 0 : n < 80 ? 1 : 2];
}

static void
put_json(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '"' || *s == '\\')
			buf_printf(out, "\\%c", *s);
		else
			buf_putc(out, (unsigned char)*s < 0x20 ? ' ' : *s);
}

/* A name that few texts have, such as Bokanda. */
static void
put_name(struct buf *out)
{
	static const char *const parts[] = { "ba", "ko", "nda", "si", "mu",
		"re", "ta", "lo", "gi", "nya", "ve", "dou", "ra", "mi", "san",
		"po" };
	uint64_t n = 2 + number(3);

	for (uint64_t i = 0; i < n; i++) {
		size_t start = out->len;

		buf_puts(out, parts[number(sizeof(parts) / sizeof(*parts))]);
		if (i == 0)
			out->data[start] = (char)(out->data[start] - 32);
	}
}

/* So many words, in runs as they stand in the content. */
static void
put_text(struct buf *out, const struct corpus *c, uint64_t words)
{
	while (words > 0) {
		uint64_t run = 3 + number(10), at;

		if (run > words)
			run = words;
		at = number(c->n - run);
		for (uint64_t i = 0; i < run; i++) {
			put_json(out, c->words[at + i]);
			buf_putc(out, ' ');
		}
		if (number(4) == 0) {
			put_name(out);
			buf_putc(out, ' ');
		}
		words -= run;
	}
	out->data[--out->len] = '\0';
}

static void
put_document(struct buf *out, uint64_t id)
{
	const struct corpus *c = any_language();

	buf_printf(out,
	    "{\"id\":\"bench-%" PRIu64 "\",\"lang\":\"%s\","
	    "\"title\":\"",
	    id, c->lang);
	put_text(out, c, 4 + number(6));
	buf_puts(out, "\",\"authors\":\"");
	put_name(out);
	buf_puts(out, ", A.; ");
	put_name(out);
	buf_printf(out,
	    "\",\"year\":%" PRIu64 ",\"country\":\"%s\","
	    "\"theme\":\"%s\",\"doctype\":\"%s\",\"summary\":\"",
	    1990 + number(20) + number(16), countries.code[skewed(countries.n)],
	    themes.code[skewed(themes.n)], doctypes.code[skewed(doctypes.n)]);
	put_text(out, c, 20 + number(20));
	buf_puts(out, "\",\"body\":\"");
	put_text(out, c, 100 + number(60));
	buf_puts(out, "\"}\n");
}

/* A word one may look for: not the, not 2007. */
static bool
is_worth(enum tongue t, const char *word)
{
	struct words w;

	words_start(&w, t, word, strlen(word));
	return words_next(&w) && w.plain && w.n > 3 &&
	    !words_is_stop(t, w.word, w.n);
}

/* Words that stand near each other, typed as people do: small letters. */
static void
put_query(struct buf *out, const struct corpus *c, uint64_t words)
{
	enum tongue t = tongue_of(c->lang);
	size_t at = number(c->n - 200);
	uint64_t n = 0;

	for (; n < words && at < c->n; at++) {
		struct words w;

		if (!is_worth(t, c->words[at]) || number(3) == 0)
			continue;
		words_start(&w, t, c->words[at], strlen(c->words[at]));
		words_next(&w);
		if (n++ > 0)
			buf_putc(out, '+');
		buf_put(out, w.word, w.n);
	}
}

static void
put_path(struct buf *out)
{
	static const int lengths[] = { 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4 };
	const struct corpus *c = any_language(), *reader = c;
	uint64_t words = (uint64_t)lengths[number(12)];

	if (number(100) < 15)
		reader = any_language();
	buf_printf(out, "/%s/search?q=", reader->lang);
	if (number(100) < 4) {
		buf_puts(out, "%22");
		put_query(out, c, 2);
		buf_puts(out, "%22");
	} else {
		put_query(out, c, words);
		if (number(100) < 3)
			buf_putc(out, '*');
	}
	if (number(100) < 8)
		buf_printf(out, "&country=%s",
		    countries.code[skewed(countries.n)]);
	if (number(100) < 6)
		buf_puts(out, "&kind=document");
	if (number(100) < 8)
		buf_puts(out, "&page=2");
	buf_putc(out, '\n');
}

int
main(int argc, char **argv)
{
	struct buf out = { 0 };
	uint64_t count = argc == 4 ? strtoull(argv[3], NULL, 10) : 0;

	if (count == 0) {
		fputs("use: generate DATABASE documents|queries COUNT\n",
		    stderr);
		return 2;
	}
	read_database(argv[1]);
	for (uint64_t i = 0; i < count; i++) {
		buf_clear(&out);
		if (strcmp(argv[2], "documents") == 0)
			put_document(&out, i);
		else
			put_path(&out);
		fwrite(out.data, 1, out.len, stdout);
	}
	buf_free(&out);
	return EXIT_SUCCESS;
}
