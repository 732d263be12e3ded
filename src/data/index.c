#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/index.h"
#include "data/plain.h"
#include "data/vocabulary.h"
#include "data/words.h"

#include <sqlite3.h>

/*
 * FTS5 keeps its own copy of what it indexes: so a text can be taken out
 * after its record has changed, and excerpts are cut from plain text.
 * Lengths stand in index_text, where the catalogue reads them at once, and
 * not in FTS5 (columnsize = 0), which would look up each for each match.
 *
 * The last column is what stands in a document's files.  Its words find the
 * document but count for little (match.c), and not for its length: they are
 * many, and not chosen by who described it.
 */
static const char tables[] =
    "CREATE TABLE IF NOT EXISTS index_text ("
    "  text INTEGER PRIMARY KEY," /* record_text.id */
    "  record INTEGER NOT NULL,"
    "  lang TEXT NOT NULL," /* which index it is in */
    "  title_words INTEGER NOT NULL,"
    "  words INTEGER NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS index_text_record ON index_text (record);"
    "CREATE TABLE IF NOT EXISTS word ("
    "  id INTEGER PRIMARY KEY,"
    "  lang TEXT NOT NULL,"
    "  folded TEXT NOT NULL,"
    "  word TEXT NOT NULL," /* small letters, with accents */
    "  stem TEXT NOT NULL,"
    "  documents INTEGER NOT NULL,"
    "  UNIQUE (lang, folded)) STRICT;";

/* Words are gathered in memory, 16 MB at most, before they are written: an
 * import would merge many small pieces otherwise. */
#define FTS(lang)                                                      \
	"CREATE VIRTUAL TABLE IF NOT EXISTS fts_" lang " USING fts5 (" \
	"title, author, body, keywords, file, columnsize = 0,"         \
	" tokenize = 'mutua " lang "');"                               \
	"INSERT INTO fts_" lang " (fts_" lang ", rank)"                \
	" VALUES ('hashsize', 16777216);"

/* One statement a language for each thing that is done to an index. */
#define EACH(before, after)                                       \
	{                                                         \
		before "fts_en" after, before "fts_fr" after,     \
		    before "fts_es" after, before "fts_pt" after, \
		    before "fts_xx" after                         \
	}

static const char *const put[TONGUES] = EACH("INSERT INTO ",
    " (rowid, title, author, body, keywords, file)"
    " VALUES (:text, :title, :author, :body, :keywords, :file)");
static const char *const fetch[TONGUES] =
    EACH("SELECT title, author, body, keywords, file FROM ",
	" WHERE rowid = :text");
static const char *const take_out[TONGUES] =
    EACH("DELETE FROM ", " WHERE rowid = :text");

enum { COLUMNS = 5, FILE_COLUMN = 4, BULK = 500 };

/* Was it made before there were files? */
static bool
is_older(struct db *db)
{
	return db_number(db_restart(db_query(db,
			     "SELECT count(*) FROM pragma_table_info('fts_en')"
			     " HAVING max(name = 'file') = 0")),
		   0) > 0;
}

bool
index_create(struct db *db)
{
	static const char fts[] =
	    FTS("en") FTS("fr") FTS("es") FTS("pt") FTS("xx");

	if (is_older(db))
		return index_rebuild(db);
	return db_script(db, tables) && db_script(db, fts);
}

/*
 * Taking out.
 */

static void
forget(struct db *db, int64_t text, enum tongue t)
{
	struct query *q = db_restart(db_prepare(db, fetch[t]));
	const char *parts[COLUMNS];

	db_set_int(q, "text", text);
	if (db_next(q)) {
		for (int i = 0; i < COLUMNS; i++)
			parts[i] = db_text(q, i);
		vocabulary_count(db, t, parts, COLUMNS, -1);
	}
	db_restart(q);
	q = db_restart(db_prepare(db, take_out[t]));
	db_set_int(q, "text", text);
	db_run(q);
}

bool
index_remove(struct db *db, int64_t record)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT text, lang FROM index_text WHERE record = :record"));

	db_set_int(q, "record", record);
	while (db_next(q))
		forget(db, db_int(q, 0), tongue_of(db_text(q, 1)));
	if (db_rows(q) == 0)
		return !db_failed(db);
	q = db_restart(db_query(db,
	    "DELETE FROM index_text WHERE record = :record"));
	db_set_int(q, "record", record);
	return db_run(q);
}

/*
 * Putting in.
 */

/* Put every row of a query about a record in a language, a line each. */
static void
gather(struct buf *out, struct query *q, int64_t record, const char *lang)
{
	db_restart(q);
	db_set_int(q, "record", record);
	db_set_text(q, "lang", lang);
	while (db_next(q)) {
		buf_puts(out, db_text(q, 0));
		buf_puts(out, "\n");
	}
}

/* Labels are in the interface's languages: others are indexed with English. */
static const char *
label_lang(enum tongue t)
{
	return t == PT || t == XX ? "en" : tongue_name(t);
}

static void
put_body(struct buf *out, const struct query *text)
{
	buf_puts(out, db_text(text, 3));
	buf_puts(out, "\n");
	plain_html(out, db_text(text, 4));
	buf_puts(out, "\n");
}

/* Has a kind sentences in tables of its own?  Most have not, and imports are
 * of those. */
static bool
has_prose(const char *kind)
{
	return strcmp(kind, "country") == 0 || strcmp(kind, "scheme") == 0;
}

/* The columns after the title. */
static void
compose(struct db *db, struct buf *columns, const struct query *text,
    int64_t record)
{
	enum tongue t = tongue_of(db_text(text, 1));

	gather(&columns[0],
	    db_query(db,
		"SELECT coalesce(a.name, o.title) FROM document_author a"
		" LEFT JOIN shown s ON s.record = a.organisation"
		"  AND s.ui = :lang"
		" LEFT JOIN record_text o ON o.id = s.text"
		" WHERE a.record = :record ORDER BY a.place"),
	    record, label_lang(t));
	put_body(&columns[1], text);
	if (has_prose(db_text(text, 5)))
		gather(&columns[1],
		    db_query(db,
			"SELECT words FROM record_prose"
			" WHERE record = :record AND words IS NOT NULL"
			" AND (lang IS NULL OR lang = :lang)"),
		    record, db_text(text, 1));
	if (strcmp(db_text(text, 5), "document") == 0)
		gather(&columns[3],
		    db_query(db,
			"SELECT words FROM record_file WHERE record = :record"
			" AND lang = :lang ORDER BY place"),
		    record, db_text(text, 1));
	gather(&columns[2],
	    db_query(db,
		"SELECT words FROM record_word WHERE record = :record"
		" AND (lang IS NULL OR lang = :lang) AND words IS NOT NULL"),
	    record, label_lang(t));
}

static size_t
count_words(enum tongue t, const char *s)
{
	struct words w;
	size_t n = 0;

	words_start(&w, t, s, strlen(s));
	while (words_next(&w))
		n++;
	return n;
}

static void
keep_lengths(struct db *db, const struct query *text, int64_t record,
    const char *const *parts)
{
	enum tongue t = tongue_of(db_text(text, 1));
	size_t all = vocabulary_count(db, t, parts, COLUMNS, 1), title;
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO index_text VALUES"
	    " (:text, :record, :lang, :title_words, :words)"));

	title = count_words(t, parts[0]);
	all -= count_words(t, parts[FILE_COLUMN]);
	db_set_int(q, "text", db_int(text, 0));
	db_set_int(q, "record", record);
	db_set_text(q, "lang", tongue_name(t));
	db_set_int(q, "title_words", (int64_t)title);
	db_set_int(q, "words", (int64_t)all);
	db_run(q);
}

static void
put_text(struct db *db, const struct query *text, int64_t record)
{
	enum tongue t = tongue_of(db_text(text, 1));
	struct buf columns[COLUMNS - 1] = { { 0 } };
	const char *parts[COLUMNS] = { db_text(text, 2) };
	static const char *const names[] = { "author", "body", "keywords",
		"file" };
	struct query *q;

	compose(db, columns, text, record);
	q = db_restart(db_prepare(db, put[t]));
	db_set_int(q, "text", db_int(text, 0));
	db_set_text(q, "title", parts[0]);
	for (size_t i = 0; i < COLUMNS - 1; i++) {
		parts[i + 1] = buf_text(&columns[i]);
		db_set_text(q, names[i], parts[i + 1]);
	}
	db_run(q);
	keep_lengths(db, text, record, parts);
	for (size_t i = 0; i < COLUMNS - 1; i++)
		buf_free(&columns[i]);
}

void
index_record(struct db *db, int64_t record)
{
	struct query *q;

	index_remove(db, record);
	q = db_restart(db_query(db,
	    "SELECT t.id, t.lang, t.title, t.summary, t.body_html, r.kind"
	    " FROM record r JOIN record_text t ON t.record = r.id"
	    " WHERE r.id = :record AND r.status = 'published'"));
	db_set_int(q, "record", record);
	while (db_next(q))
		put_text(db, q, record);
}

/* What one batch of a good part of all texts leaves in many pieces is joined
 * again: every search would go through all of them. */
static void
join_pieces(struct db *db)
{
	static const char *const optimize[TONGUES] = {
		"INSERT INTO fts_en (fts_en) VALUES ('optimize')",
		"INSERT INTO fts_fr (fts_fr) VALUES ('optimize')",
		"INSERT INTO fts_es (fts_es) VALUES ('optimize')",
		"INSERT INTO fts_pt (fts_pt) VALUES ('optimize')",
		"INSERT INTO fts_xx (fts_xx) VALUES ('optimize')",
	};

	for (enum tongue t = 0; t < TONGUES; t++)
		db_run(db_restart(db_prepare(db, optimize[t])));
}

/*
 * A batch changes how much there is of what; without knowing that, SQLite
 * takes a language of the reader for a rare thing and looks at every record.
 */
static void
tell_planner(struct db *db)
{
	db_script(db, "PRAGMA analysis_limit = 1000; ANALYZE;");
}

void
index_finish(struct db *db)
{
	int64_t batch = (int64_t)vocabulary_flush(db), all;

	if (batch < BULK)
		return;
	all = db_number(db_restart(db_query(db,
			    "SELECT count(*) FROM index_text")),
	    0);
	if (batch * 4 > all)
		join_pieces(db);
	tell_planner(db);
}

bool
index_rebuild(struct db *db)
{
	struct query *q;

	db_script(db,
	    "DROP TABLE IF EXISTS fts_en; DROP TABLE IF EXISTS fts_fr;"
	    "DROP TABLE IF EXISTS fts_es; DROP TABLE IF EXISTS fts_pt;"
	    "DROP TABLE IF EXISTS fts_xx;"
	    "DROP TABLE IF EXISTS index_text; DROP TABLE IF EXISTS word;");
	if (!index_create(db))
		return false;
	q = db_restart(db_query(db, "SELECT id FROM record"));
	while (db_next(q))
		index_record(db, db_int(q, 0));
	index_finish(db);
	return !db_failed(db);
}

/*
 * Checking.
 */

/* Put a line if a query, which counts faults, finds any. */
static bool
none(struct query *q, const char *what, struct buf *why)
{
	int64_t n = db_number(db_restart(q), -1);

	if (n > 0)
		buf_printf(why, "index: %lld %s\n", (long long)n, what);
	return n == 0;
}

static bool
is_whole(struct db *db, struct buf *why)
{
	static const char *const check[TONGUES] = {
		"INSERT INTO fts_en (fts_en) VALUES ('integrity-check')",
		"INSERT INTO fts_fr (fts_fr) VALUES ('integrity-check')",
		"INSERT INTO fts_es (fts_es) VALUES ('integrity-check')",
		"INSERT INTO fts_pt (fts_pt) VALUES ('integrity-check')",
		"INSERT INTO fts_xx (fts_xx) VALUES ('integrity-check')",
	};
	bool whole = true;

	/* Past the connection's memory of failures: a fault is an answer. */
	for (enum tongue t = 0; t < TONGUES; t++) {
		if (sqlite3_exec(db_handle(db), check[t], NULL, NULL, NULL) ==
		    SQLITE_OK)
			continue;
		buf_printf(why, "index: %s: %s\n", tongue_name(t),
		    sqlite3_errmsg(db_handle(db)));
		whole = false;
	}
	return whole;
}

/* As many texts in each language's table as index_text says. */
static bool
is_complete(struct db *db, struct buf *why)
{
#define DIFFERENCE(lang)                                           \
	"SELECT abs((SELECT count(*) FROM fts_" lang "_content) -" \
	" (SELECT count(*) FROM index_text WHERE lang = '" lang "'))"
	static const char *const count[TONGUES] = { DIFFERENCE("en"),
		DIFFERENCE("fr"), DIFFERENCE("es"), DIFFERENCE("pt"),
		DIFFERENCE("xx") };
	bool complete = true;

	for (enum tongue t = 0; t < TONGUES; t++)
		complete &= none(db_prepare(db, count[t]),
		    "texts too many or too few in a language", why);
	return complete;
}

bool
index_check(struct db *db, struct buf *why)
{
	bool good = none(db_query(db,
			     "SELECT count(*) FROM record_text t"
			     " JOIN record r ON r.id = t.record"
			     " LEFT JOIN index_text i ON i.text = t.id"
			     " WHERE r.status = 'published'"
			     " AND i.text IS NULL"),
	    "texts are not in it", why);

	good &= none(db_query(db,
			 "SELECT count(*) FROM index_text i"
			 " LEFT JOIN record_text t ON t.id = i.text"
			 "  AND t.record = i.record"
			 " LEFT JOIN record r ON r.id = t.record"
			 "  AND r.status = 'published'"
			 " WHERE r.id IS NULL"),
	    "texts in it are gone or not published", why);
	good &= none(db_query(db,
			 "SELECT count(*) FROM record_text t JOIN ("
			 " SELECT id, c0 FROM fts_en_content"
			 " UNION ALL SELECT id, c0 FROM fts_fr_content"
			 " UNION ALL SELECT id, c0 FROM fts_es_content"
			 " UNION ALL SELECT id, c0 FROM fts_pt_content"
			 " UNION ALL SELECT id, c0 FROM fts_xx_content) f"
			 " ON f.id = t.id WHERE f.c0 <> t.title"),
	    "titles in it are not those of the records", why);
	good &= is_complete(db, why);
	return is_whole(db, why) && good && !db_failed(db);
}
