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
#include "cli/tally.h"
#include "data/index.h"
#include "data/json.h"
#include "data/store.h"

enum { BATCH = 1000, LINE_BYTES = YAML_BYTES };

struct import {
	const char *data, *share, *file;
	bool skip_bad;
	struct db *db;
	struct arena arena; /* for one line */
	struct buf why;
	struct check check;
	struct line line;
	struct tally odd[OUTSIDES]; /* in the lines that were stored */
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
	enum stored done = store_record(&im->check, im->kind, record, id,
	    &(struct authorship){ .comment = "import" });

	im->counts[done]++;
	for (const struct oddity *o = im->line.odd; o != NULL; o = o->next)
		tally_add(&im->odd[o->what], o->word);
	if (done != STORED_SAME)
		im->ids[im->nids++] = id;
	if (im->nids == BATCH)
		index_batch(im);
}

/* The record of a line; its faults are counted. */
static struct node *
read_record(struct import *im, const char *text, size_t len)
{
	struct node at = { .file = im->file, .line = (int)im->number };
	struct node *line, *record = NULL;

	if (len > LINE_BYTES) {
		check_fault(&im->check, &at, "", "longer than %d MB",
		    LINE_BYTES >> 20);
		return NULL;
	}
	line = json_read(&im->arena, &at, text, len, &im->why);
	if (line == NULL)
		im->check.faults++;
	else
		record = line_record(&im->line, line);
	if (record != NULL) {
		check_record(&im->check, im->kind, record);
		check_address(im, record);
	}
	return record;
}

static void
take_line(struct import *im, const char *text, size_t len)
{
	size_t faults = im->check.faults;
	struct node *record;

	arena_reset(&im->arena);
	record = read_record(im, text, len);
	if (im->check.faults > faults)
		im->skipped++;
	else if (im->check.faults == 0 || im->skip_bad)
		store(im, record);
	say_faults(im);
}

static bool
is_blank(const char *text, size_t len)
{
	return strspn(text, " \t\r") >= len;
}

/* A file, piece by piece: what is no text may be one endless line. */
struct lines {
	FILE *file;
	size_t at, n;
	char bytes[65536];
};

/* The next line without its end, as much of it as may be; false if there is
 * none. */
static bool
next_line(struct lines *l, struct buf *line)
{
	const char *start, *end = NULL;
	size_t len;

	for (buf_clear(line); end == NULL; l->at += len + (end != NULL)) {
		if (l->at == l->n) {
			l->n = fread(l->bytes, 1, sizeof(l->bytes), l->file);
			l->at = 0;
		}
		if (l->n == 0)
			return line->len > 0;
		start = l->bytes + l->at;
		end = memchr(start, '\n', l->n - l->at);
		len = end != NULL ? (size_t)(end - start) : l->n - l->at;
		if (line->len <= LINE_BYTES)
			buf_put(line, start, len);
	}
	return true;
}

static bool
take_all(struct import *im, FILE *f)
{
	struct lines lines = { .file = f };
	struct buf line = { 0 };

	while (!db_failed(im->db) && next_line(&lines, &line)) {
		const char *text = buf_text(&line);
		size_t mark = 0;

		if (++im->number == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0)
			mark = 3;
		if (!is_blank(text + mark, line.len - mark))
			take_line(im, text + mark, line.len - mark);
		progress_show(&im->progress, stored(im), 0);
	}
	buf_free(&line);
	progress_clear(&im->progress);
	if (ferror(f) != 0)
		complain("%s: %s", im->file, strerror(errno));
	return ferror(f) == 0;
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

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* What was odd, each with the words met most often. */
static void
show_odd(struct import *im)
{
	static const char *const what[OUTSIDES] = {
		[OUTSIDE_THEME] = "of theme kept as keywords",
		[OUTSIDE_TYPE] = "of doctype kept as keywords",
		[OUTSIDE_COUNTRY] = "of country kept as keywords",
		[OUTSIDE_LANGUAGE] = "of lang without a name, kept as they are",
		[OUTSIDE_FIELD] = "left out, in fields no document has",
		[OUTSIDE_TURN] = "without what turned the direction of text",
	};

	for (size_t i = 0; i < OUTSIDES; i++) {
		size_t n = im->odd[i].total;
		struct buf words = { 0 };

		if (n == 0)
			continue;
		tally_put(&im->odd[i], &words);
		printf("%zu value%s %s: %s\n", n, plural(n), what[i],
		    buf_text(&words));
		buf_free(&words);
	}
}

static void
show_summary(struct import *im)
{
	size_t n = stored(im);

	printf("%zu document%s: %zu added, %zu changed, %zu the same; %.0f a "
	       "second\n",
	    n, plural(n), im->counts[STORED_ADDED], im->counts[STORED_CHANGED],
	    im->counts[STORED_SAME],
	    (double)n / progress_seconds(&im->progress));
	show_odd(im);
	if (im->skipped > 0)
		printf("%zu bad line%s skipped\n", im->skipped,
		    plural(im->skipped));
}

/* Commit, or take it back; says what failed. */
static enum outcome
finish(struct import *im, bool good)
{
	if (good && im->check.faults > 0 && !im->skip_bad) {
		complain("%s: %zu bad line%s; nothing was imported", im->file,
		    im->skipped, plural(im->skipped));
		good = false;
	}
	good = good && db_commit(im->db);
	if (db_failed(im->db))
		place_failed(im->data, im->db, "; nothing was imported");
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
	for (size_t i = 0; i < OUTSIDES; i++)
		tally_free(&im->odd[i]);
	arena_free(&im->arena);
	buf_free(&im->why);
	return outcome;
}

static enum outcome
open_and_import(struct import *im)
{
	enum outcome outcome;

	im->db = place_open_current(im->data, im->share, DB_WRITE);
	if (im->db == NULL)
		return FAILED;
	outcome = import(im);
	db_close(im->db);
	return outcome;
}

static enum outcome
run(struct arguments *args)
{
	struct import im = { 0 };
	bool dry_run = false;
	const struct flag flags[] = {
		FLAG_DATA(&im.data),
		FLAG_SHARE(&im.share),
		{ "skip-bad", NULL,
		    "leave out lines that cannot be read, import the others",
		    NULL, &im.skip_bad },
		{ "dry-run", NULL,
		    "list what would become of schemes, and write nothing",
		    NULL, &dry_run },
		{ 0 },
	};

	if (!arguments_read(args, flags, 2, 2))
		return args->outcome;
	im.data = place_data(im.data);
	im.share = place_share(im.share);
	im.file = args->argv[1];
	if (strcmp(args->argv[0], "schemes") == 0 && !im.skip_bad)
		return import_schemes(im.data, im.share, im.file, dry_run);
	if (strcmp(args->argv[0], "documents") != 0 || dry_run)
		return misused("can import documents or schemes, not %s%s",
		    args->argv[0],
		    dry_run || im.skip_bad ? " with that option" : "");
	return im.share != NULL ? open_and_import(&im) : FAILED;
}

const struct command command_import = {
	.name = "import",
	.summary = "import documents from JSON Lines, or schemes from CSV",
	.operands = "documents FILE | schemes DIR",
	.about =
	    "Adds the documents of FILE, one JSON object a line, with the fields\n"
	    "id, lang, title, authors (between semicolons), year, country (name or\n"
	    "ISO code), theme, doctype, summary and body.  Documents that an import\n"
	    "brought before are changed, if they differ.  Themes, types and countries\n"
	    "that no list has become keywords; the summary counts them and names the\n"
	    "most frequent.\n"
	    "\n"
	    "All is one transaction.  A line that is bad is told with its number, and\n"
	    "then nothing is imported, unless --skip-bad is given.  Bad is what is no\n"
	    "JSON, not UTF-8 or longer than 32 MB; what is without id, lang or title;\n"
	    "an id for the second time, or of a document that no import brought; a\n"
	    "year that is not from 1400 to 2100; a lang that is no tag in small\n"
	    "letters, as fr or pt-BR; a field that holds more than one value.\n"
	    "Control characters, and those that turn the direction of a text, are\n"
	    "taken out.  On a terminal, a line on stderr says how far it is.\n"
	    "\n"
	    "Schemes come from a directory of CSV files as 'mutua export "
	    "--registry' and\n"
	    "'--questionnaire' write them.  A scheme that is there already is "
	    "replaced; of\n"
	    "a file that is missing it keeps what it has.  Organisations that "
	    "the site\n"
	    "does not have are added.  Every fault is told with file, line and "
	    "column, and\n"
	    "then nothing is imported.",
	.run = run,
};
