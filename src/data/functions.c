#include <stddef.h>
#include <string.h>

#include "base/url.h"
#include "data/cite_type.h"
#include "data/functions.h"
#include "data/locale.h"
#include "data/locator.h"
#include "data/name.h"
#include "data/withhold.h"

#include <sqlite3.h>

static const char *
text(sqlite3_value *v)
{
	const char *s = (const char *)sqlite3_value_text(v);

	return s != NULL ? s : "";
}

static void
answer(sqlite3_context *ctx, struct buf *out)
{
	sqlite3_result_text(ctx, buf_text(out), (int)out->len,
	    SQLITE_TRANSIENT);
	buf_free(out);
}

static void
sort_key(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	locale_sort_key(&out, text(argv[0]), text(argv[1]));
	sqlite3_result_blob(ctx, buf_text(&out), (int)out.len,
	    SQLITE_TRANSIENT);
	buf_free(&out);
}

static void
index_letter(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	locale_letter(&out, text(argv[0]), text(argv[1]));
	answer(ctx, &out);
}

static void
fold(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	locale_fold(&out, text(argv[0]));
	answer(ctx, &out);
}

static void
number_text(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
		return;
	locale_number(&out, sqlite3_value_double(argv[0]), text(argv[1]));
	answer(ctx, &out);
}

static void
date_text(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
		return;
	locale_date(&out, text(argv[0]), text(argv[1]));
	answer(ctx, &out);
}

static void
time_text(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
		return;
	locale_time(&out, text(argv[0]), text(argv[1]));
	answer(ctx, &out);
}

static void
date_range(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
		return;
	locale_date_range(&out, text(argv[0]), text(argv[1]), text(argv[2]));
	answer(ctx, &out);
}

static void
locator(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
		return;
	if (locator_text(&out, text(argv[0]), text(argv[1])))
		answer(ctx, &out);
	else
		buf_free(&out);
}

static void
set_in_url(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	url_set(&out, text(argv[0]), text(argv[1]),
	    (const char *)sqlite3_value_text(argv[2]));
	answer(ctx, &out);
}

static void
url_part(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };
	const char *s = text(argv[0]);

	(void)argc;
	url_encode(&out, s, strlen(s));
	answer(ctx, &out);
}

/* One of the two parts of a name; nothing of what has none. */
static void
name_part(sqlite3_context *ctx, const char *name, bool first)
{
	struct buf family = { 0 }, given = { 0 };

	if (name_split(name, &family, &given))
		answer(ctx, first ? &family : &given);
	buf_free(&family);
	buf_free(&given);
}

static void
family_name(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	(void)argc;
	name_part(ctx, text(argv[0]), true);
}

static void
given_name(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	(void)argc;
	name_part(ctx, text(argv[0]), false);
}

static void
key_of_url(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct buf out = { 0 };

	(void)argc;
	url_key(&out, text(argv[0]));
	answer(ctx, &out);
}

static void
type_in(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	(void)argc;
	sqlite3_result_text(ctx,
	    cite_type(text(argv[0]), text(argv[1]), text(argv[2])), -1,
	    SQLITE_STATIC);
}

static void
withheld(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	const struct kind *k = kind_find(text(argv[0]));
	struct buf out = { 0 };

	(void)argc;
	if (k != NULL)
		withhold_json(&out, k, text(argv[1]), text(argv[2]));
	if (out.len > 0)
		answer(ctx, &out);
}

bool
functions_register(struct sqlite3 *db)
{
	static const struct {
		const char *name;
		int arguments;
		void (*function)(sqlite3_context *, int, sqlite3_value **);
	} all[] = {
		{ "sort_key", 2, sort_key },
		{ "index_letter", 2, index_letter },
		{ "fold", 1, fold },
		{ "number_text", 2, number_text },
		{ "date_text", 2, date_text },
		{ "time_text", 2, time_text },
		{ "date_range", 3, date_range },
		{ "locator", 2, locator },
		{ "url_set", 3, set_in_url },
		{ "url_part", 1, url_part },
		{ "family_name", 1, family_name },
		{ "given_name", 1, given_name },
		{ "cite_type", 3, type_in },
		{ "url_key", 1, key_of_url },
		{ "withheld", 3, withheld },
	};
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (sqlite3_create_function(db, all[i].name, all[i].arguments,
			flags, NULL, all[i].function, NULL, NULL) != SQLITE_OK)
			return false;
	return true;
}
