#include <stdint.h>
#include <string.h>

#include "data/tokenizer.h"
#include "data/words.h"

#include <sqlite3.h>

/* A tokenizer has no state but its language: it is a place in this array. */
static char places[TONGUES];

typedef int taker(void *, int, const char *, int, int, int);

static int
create(void *ctx, const char **argv, int argc, Fts5Tokenizer **out)
{
	(void)ctx;
	*out = (Fts5Tokenizer *)&places[argc > 0 ? tongue_of(argv[0]) : XX];
	return SQLITE_OK;
}

static void delete (Fts5Tokenizer *t)
{
	(void)t;
}

static int
take_stems(const char *text, size_t len, void *ctx, taker *take)
{
	int rc = SQLITE_OK;

	for (size_t i = 1, n; rc == SQLITE_OK && i < len; i += n + 1) {
		const char *end = memchr(text + i, 1, len - i);

		n = end != NULL ? (size_t)(end - text) - i : len - i;
		rc = take(ctx, 0, text + i, (int)n, (int)i, (int)(i + n));
	}
	return rc;
}

static int
take_word(const struct words *w, void *ctx, taker *take)
{
	size_t n;
	const char *stem = words_stem(w->tongue, w->word, w->n, &n);
	int rc = take(ctx, 0, stem, (int)n, (int)w->start, (int)w->end);

	if (rc != SQLITE_OK || w->joined_n == 0)
		return rc;
	stem = words_stem(w->tongue, w->joined, w->joined_n, &n);
	return take(ctx, FTS5_TOKEN_COLOCATED, stem, (int)n, (int)w->start,
	    (int)w->end);
}

static int
tokenize(Fts5Tokenizer *t, void *ctx, int flags, const char *text, int len,
    taker *take)
{
	struct words w;
	int rc = SQLITE_OK;

	(void)flags;
	if (len > 0 && text[0] == 1)
		return take_stems(text, (size_t)len, ctx, take);
	words_start(&w, (enum tongue)((char *)t - places), text,
	    len > 0 ? (size_t)len : 0);
	while (rc == SQLITE_OK && words_next(&w))
		rc = take_word(&w, ctx, take);
	return rc;
}

/* FTS5 gives out its interface through a pointer bound to a statement. */
static fts5_api *
interface(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) !=
	    SQLITE_OK)
		return NULL;
	sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	return api;
}

bool
tokenizer_register(struct sqlite3 *db)
{
	static fts5_tokenizer functions = { create, delete, tokenize };
	fts5_api *api = interface(db);

	return api != NULL && api->iVersion >= 2 &&
	    api->xCreateTokenizer(api, "mutua", NULL, &functions, NULL) ==
	    SQLITE_OK;
}
