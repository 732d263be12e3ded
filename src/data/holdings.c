#include <stdlib.h>
#include <string.h>

#include "data/finder.h"
#include "data/holdings.h"

#include <sqlite3.h>

enum { KINDS_MAX = 32 };

struct holdings {
	struct db *db;
	const struct catalogue *catalogue;
	int64_t version;  /* of the catalogue that all this was made of */
	uint64_t *newest; /* dates and, below them, places in its entries */
	size_t nnewest;
	uint32_t *counts; /* by kind and facet value */
	uint16_t kinds[KINDS_MAX];
	uint16_t nkinds;
};

static void *
allocate(size_t n, size_t size)
{
	void *p = calloc(n + 1, size);

	if (p == NULL)
		abort();
	return p;
}

static void
clear(struct holdings *h)
{
	free(h->newest);
	free(h->counts);
	h->newest = NULL;
	h->counts = NULL;
	h->nnewest = 0;
}

/* Those of a connection, or of its lender, with the catalogue up to date. */
static struct holdings *
holdings_of(sqlite3_context *ctx)
{
	struct db *db = sqlite3_user_data(ctx);
	struct holdings *h = db_part(db, DB_PART_HOLDINGS);

	h->catalogue = finder_catalogue(h->db);
	if (h->version != h->catalogue->version || h->version == HALF_READ)
		clear(h);
	h->version = h->catalogue->version;
	return h;
}

/*
 * The newest.
 */

/* The later goes first; of one day, what was added later. */
static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? 1 : x > y ? -1 : 0;
}

static void
make_newest(struct holdings *h)
{
	const struct catalogue *c = h->catalogue;
	uint16_t expired = finder_expired(c);

	if (h->newest != NULL)
		return;
	h->newest = allocate(c->nentries, sizeof(h->newest[0]));
	for (size_t i = 0; i < c->nentries; i++) {
		const struct entry *e = &c->entries[i];

		if (e->kind != 0 &&
		    (expired == 0 || !catalogue_has(c, e, expired)))
			h->newest[h->nnewest++] =
			    (uint64_t)catalogue_date(e) << 32 | i;
	}
	qsort(h->newest, h->nnewest, sizeof(h->newest[0]), compare);
}

/*
 * Counts.
 */

/* The counts of a kind; those of all together for 0. */
static uint32_t *
counts_of(const struct holdings *h, uint16_t kind)
{
	uint16_t row = (uint16_t)(h->nkinds - 1);

	while (h->kinds[row] != kind && row > 0)
		row--;
	return h->counts + row * h->catalogue->nall;
}

static void
make_counts(struct holdings *h)
{
	const struct catalogue *c = h->catalogue;

	if (h->counts != NULL)
		return;
	h->nkinds = 1;
	for (size_t v = 1; v < c->nall && h->nkinds < KINDS_MAX; v++)
		if (c->all[v].facet == 0)
			h->kinds[h->nkinds++] = (uint16_t)v;
	h->counts = allocate(h->nkinds * c->nall, sizeof(h->counts[0]));
	for (size_t i = 0; i < c->nentries; i++) {
		const struct entry *e = &c->entries[i];
		const uint16_t *v = c->values + e->values;
		uint32_t *own = counts_of(h, e->kind);

		if (e->kind == 0)
			continue;
		for (const uint16_t *end = v + e->nvalues; v < end; v++) {
			h->counts[*v]++;
			own[*v]++;
		}
	}
}

/*
 * Both for SQL.
 */

/* The number of a facet's value, of two arguments; 0 if no record has it. */
static uint16_t
number_of(const struct catalogue *c, sqlite3_value **argv)
{
	const char *facet = (const char *)sqlite3_value_text(argv[0]);
	const char *value = (const char *)sqlite3_value_text(argv[1]);

	if (facet == NULL || value == NULL)
		return 0;
	return catalogue_value(c, catalogue_facet(c, facet), value,
	    strlen(value));
}

static uint16_t
kind_of(const struct catalogue *c, sqlite3_value *kind)
{
	const char *text = (const char *)sqlite3_value_text(kind);

	return text != NULL ? catalogue_value(c, 0, text, strlen(text)) : 0;
}

static void
held(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct holdings *h = holdings_of(ctx);
	uint16_t kind = kind_of(h->catalogue, argv[0]);
	uint16_t value = argc == 3 ? number_of(h->catalogue, argv + 1) : kind;
	bool any = sqlite3_value_type(argv[0]) == SQLITE_NULL;

	make_counts(h);
	if (value == 0 || (kind == 0 && !any))
		sqlite3_result_int(ctx, 0);
	else
		sqlite3_result_int64(ctx, counts_of(h, kind)[value]);
}

static void
newest(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct holdings *h = holdings_of(ctx);
	const struct catalogue *c = h->catalogue;
	uint16_t kind = kind_of(c, argv[0]);
	uint16_t value = argc == 4 ? number_of(c, argv + 2) : kind;
	int64_t most = sqlite3_value_type(argv[1]) != SQLITE_NULL
	    ? sqlite3_value_int64(argv[1])
	    : INT64_MAX;
	struct buf out = { 0 };

	make_newest(h);
	for (size_t i = 0; value != 0 && i < h->nnewest && most > 0; i++) {
		const struct entry *e = &c->entries[h->newest[i] & UINT32_MAX];

		if (e->kind != kind ||
		    (argc == 4 && !catalogue_has(c, e, value)))
			continue;
		buf_printf(&out, "%c%lld", out.len > 0 ? ',' : '[',
		    (long long)e->id);
		most--;
	}
	buf_puts(&out, out.len > 0 ? "]" : "[]");
	sqlite3_result_text(ctx, out.data, (int)out.len, SQLITE_TRANSIENT);
	buf_free(&out);
}

static void
end_holdings(void *holdings)
{
	clear(holdings);
	free(holdings);
}

bool
holdings_register(struct db *db)
{
	static const struct {
		const char *name;
		int arguments;
		void (*function)(sqlite3_context *, int, sqlite3_value **);
	} all[] = {
		{ "held", 1, held },
		{ "held", 3, held },
		{ "newest", 2, newest },
		{ "newest", 4, newest },
	};
	struct holdings *h = allocate(1, sizeof(*h));
	int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS;

	h->db = db;
	db_keep_part(db, DB_PART_HOLDINGS, h, end_holdings);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (sqlite3_create_function(db_handle(db), all[i].name,
			all[i].arguments, flags, db, all[i].function, NULL,
			NULL) != SQLITE_OK)
			return false;
	return true;
}
