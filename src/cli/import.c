/*
 * mutua import: documents from a file of JSON Lines, all of them or none.
 *
 * One pass and one transaction: a line is read, checked and stored before
 * the next is looked at, so that a file may be longer than memory.  After a
 * fault the rest is only checked.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/import.h"
#include "cli/place.h"
#include "cli/progress.h"
#include "data/index.h"
#include "data/json.h"
#include "data/migrate.h"
#include "data/store.h"

enum { BATCH = 1000 };

struct import {
	const char *data, *share, *file;
	bool skip_bad;
	struct db *db;
	struct arena arena; /* for one line */
	struct buf why;
	struct check check;
	struct line line;
	const struct kind *kind;
	size_t number;    /* of the line */
	size_t counts[3]; /* by enum stored */
	size_t skipped;
	int64_t ids[BATCH]; /* stored, to be indexed */
	size_t nids;
	struct progress progress;
};

static size_t
stored(const struct import *im)
{
	return im->counts[0] + im->counts[1] + im->counts[2];
}

/* Say at once what is wrong: a file may have many faults. */
static void
say_faults(struct import *im)
{
	if (im->why.len == 0)
		return;
	progress_clear(&im->progress);
	fputs(buf_text(&im->why), stderr);
	buf_clear(&im->why);
}

/* An address is one document's, and only an import may change it. */
static void
check_address(struct import *im, const struct node *record)
{
	const char *slug = node_text(record, "slug");
	struct query *q = db_restart(db_query(im->db,
	    "SELECT line FROM temp.imported WHERE slug = :slug"));
	int64_t line;

	db_set_text(q, "slug", slug);
	line = db_number(q, 0);
	if (line != 0)
		check_fault(&im->check, record, "id",
		    "line %d has “%s” already", (int)line, slug);
	q = db_restart(db_query(im->db,
	    "INSERT OR IGNORE INTO temp.imported (slug, line)"
	    " VALUES (:slug, :line)"));
	db_set_text(q, "slug", slug);
	db_set_int(q, "line", record->line);
	db_run(q);

	q = db_restart(db_query(im->db,
	    "SELECT count(*) FROM record WHERE kind = 'document'"
	    " AND slug = :slug AND entry <> 'import'"));
	db_set_text(q, "slug", slug);
	if (db_number(q, 0) != 0)
		check_fault(&im->check, record, "id",
		    "document/%s is there already, and not from an import",
		    slug);
}

static void
index_batch(struct import *im)
{
	for (size_t i = 0; i < im->nids; i++)
		index_record(im->db, im->ids[i]);
	im->nids = 0;
}

static void
store(struct import *im, const struct node *record)
{
	int64_t id = store_row(im->db, im->kind, record, "import");
	enum stored done =
	    store_record(&im->check, im->kind, record, id, "import");

	im->counts[done]++;
	if (done != STORED_SAME)
		im->ids[im->nids++] = id;
	if (im->nids == BATCH)
		index_batch(im);
}

/* One line; its faults are counted and said. */
static void
take_line(struct import *im, const char *text, size_t len)
{
	size_t faults = im->check.faults;
	struct node at = { .file = im->file, .line = (int)im->number };
	struct node *line, *record = NULL;

	arena_reset(&im->arena);
	line = json_read(&im->arena, &at, text, len, &im->why);
	if (line != NULL)
		record = line_record(&im->line, line);
	else
		im->check.faults++;
	if (record != NULL) {
		check_record(&im->check, im->kind, record);
		check_address(im, record);
	}
	if (im->check.faults > faults)
		im->skipped++;
	else if (im->check.faults == 0 || im->skip_bad)
		store(im, record);
	say_faults(im);
}

static bool
is_blank(const char *text, size_t len)
{
	return strspn(text, " \t\r\n") >= len;
}

static bool
take_all(struct import *im, FILE *f)
{
	char *text = NULL, *start;
	size_t size = 0;
	ssize_t len;
	bool good;

	while ((len = getline(&text, &size, f)) > 0 && !db_failed(im->db)) {
		start = text;
		if (++im->number == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0)
			start += 3, len -= 3;
		if (len > YAML_BYTES) {
			complain("%s:%zu: a line of more than %d MB", im->file,
			    im->number, YAML_BYTES >> 20);
			break;
		}
		if (!is_blank(start, (size_t)len))
			take_line(im, start, (size_t)len);
		progress_show(&im->progress, stored(im), 0);
	}
	good = len <= 0 && ferror(f) == 0;
	if (ferror(f) != 0)
		complain("%s: %s", im->file, strerror(errno));
	free(text);
	progress_clear(&im->progress);
	return good;
}

/* Everything between begin and commit. */
static bool
fill(struct import *im)
{
	FILE *f = fopen(im->file, "re");
	bool good;

	if (names_find(im->line.names, "doctype", "other") == NULL) {
		complain("%s: no code lists yet; 'mutua load --data %s' brings "
			 "them",
		    place_in(im->data, "mutua.db"), im->data);
		if (f != NULL)
			fclose(f);
		return false;
	}
	if (f == NULL) {
		complain("%s: %s", im->file, strerror(errno));
		return false;
	}
	db_script(im->db,
	    "CREATE TEMP TABLE imported ("
	    " slug TEXT PRIMARY KEY, line INTEGER) STRICT, WITHOUT ROWID");
	good = take_all(im, f);
	fclose(f);
	if (good && (im->check.faults == 0 || im->skip_bad)) {
		index_batch(im);
		index_finish(im->db);
	}
	return good && !db_failed(im->db);
}

static void
show_summary(const struct import *im)
{
	static const char *const what[OUTSIDES] = {
		[OUTSIDE_THEME] = "theme",
		[OUTSIDE_TYPE] = "type",
		[OUTSIDE_COUNTRY] = "country",
	};
	const struct line *l = &im->line;

	printf("%zu documents: %zu added, %zu changed, %zu the same; %.0f a "
	       "second\n",
	    stored(im), im->counts[STORED_ADDED], im->counts[STORED_CHANGED],
	    im->counts[STORED_SAME],
	    (double)stored(im) / progress_seconds(&im->progress));
	for (size_t i = 0; i < OUTSIDES; i++)
		if (l->outside[i] > 0)
			printf("kept as keywords: %zu values of %s that no "
			       "list has\n",
			    l->outside[i], what[i]);
	if (l->unread > 0)
		printf("not read: %zu fields that documents do not have\n",
		    l->unread);
	if (im->skipped > 0)
		printf("skipped: %zu lines\n", im->skipped);
}

/* Commit, or take it back; says what failed. */
static enum outcome
finish(struct import *im, bool good)
{
	if (good && im->check.faults > 0 && !im->skip_bad) {
		complain("%s: %zu bad line%s; nothing was imported", im->file,
		    im->skipped, im->skipped == 1 ? "" : "s");
		good = false;
	}
	good = good && db_commit(im->db);
	if (db_failed(im->db))
		complain("%s: %s; nothing was imported",
		    place_in(im->data, "mutua.db"), db_error(im->db));
	if (good)
		show_summary(im);
	db_rollback(im->db);
	return good ? DONE : FAILED;
}

static enum outcome
import(struct import *im)
{
	struct names *names = names_open(im->db);
	enum outcome outcome;
	bool good;

	im->kind = kind_find("document");
	im->check = (struct check){ .db = im->db, .why = &im->why };
	im->line = (struct line){
		.arena = &im->arena, .check = &im->check, .names = names
	};
	progress_start(&im->progress, "documents");

	/* Indexes grow in many places at once: 64 MB keep them in memory. */
	good = db_script(im->db, "PRAGMA cache_size = -65536") &&
	    db_begin(im->db) && fill(im);
	outcome = finish(im, good);
	names_free(names);
	arena_free(&im->arena);
	buf_free(&im->why);
	return outcome;
}

static enum outcome
open_and_import(struct import *im)
{
	enum outcome outcome = FAILED;

	im->db = place_open(im->data, DB_WRITE);
	if (im->db == NULL)
		return FAILED;
	if (migrate_is_current(im->db, place_in(im->share, "schema")))
		outcome = import(im);
	else
		complain("%s: of another version; 'mutua init --data %s' "
			 "brings it up to date",
		    place_in(im->data, "mutua.db"), im->data);
	db_close(im->db);
	return outcome;
}

static enum outcome
run(struct arguments *args)
{
	struct import im = { 0 };
	const struct flag flags[] = {
		FLAG_DATA(&im.data),
		FLAG_SHARE(&im.share),
		{ "skip-bad", NULL,
		    "leave out lines that cannot be read, import the others",
		    NULL, &im.skip_bad },
		{ 0 },
	};

	if (!arguments_read(args, flags, 2, 2))
		return args->outcome;
	if (strcmp(args->argv[0], "documents") != 0)
		return misused("can import documents, not %s", args->argv[0]);
	im.data = place_data(im.data);
	im.share = place_share(im.share);
	im.file = args->argv[1];
	return im.share != NULL ? open_and_import(&im) : FAILED;
}

const struct command command_import = {
	.name = "import",
	.summary = "import documents from a file of JSON Lines",
	.operands = "documents FILE",
	.about =
	    "Adds the documents of FILE, one JSON object a line, with the fields\n"
	    "id, lang, title, authors (between semicolons), year, country (name or\n"
	    "ISO code), theme, doctype, summary and body.  Documents that an import\n"
	    "brought before are changed, if they differ.  Themes, types and countries\n"
	    "that no list has become keywords.  A line that cannot be read is named,\n"
	    "and nothing is imported, unless --skip-bad is given.",
	.run = run,
};
