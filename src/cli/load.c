/*
 * mutua load: a content directory into the database, whole or not at all.
 *
 * Everything happens in one transaction, a rehearsal (--dry-run) too: it
 * does just the same and then takes it back.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/load.h"
#include "cli/place.h"
#include "cli/progress.h"
#include "data/index.h"

enum { LEFT_SHOWN = 20 };

/* First the rows, so that records can name each other. */
static void
make_rows(struct load *l, const char *entry)
{
	for (size_t i = 0; i < l->n; i++)
		if (!l->items[i].nameless)
			l->items[i].id = store_row(l->db, l->items[i].kind,
			    l->items[i].node, entry);
}

static void
check_all(struct load *l)
{
	for (size_t i = 0; i < l->n && !db_failed(l->db); i++)
		if (!l->items[i].cut)
			check_record(&l->check, l->items[i].kind,
			    l->items[i].node);
	load_check_trees(l);
}

/* A file that has changed does not undo what members have written since: an
 * editor has to say which of the two is right. */
static enum stored
store_item(struct load *l, const struct load_options *o,
    const struct item *item)
{
	const struct authorship files = { .comment = o->comment };

	if (!store_is_members(l->db, item->id))
		return store_record(&l->check, item->kind, item->node, item->id,
		    &files);
	if (store_differs(&l->check, item->kind, item->node, item->id))
		complain("%s/%s differs in the files, but members have edited "
			 "it; it was left as it is",
		    item->kind->kind, item->slug);
	return STORED_SAME;
}

static void
store_all(struct load *l, const struct load_options *o, size_t counts[3])
{
	static const char *const words[] = { "same", "add", "change" };

	struct progress progress;

	progress_start(&progress, "records");
	for (size_t i = 0; i < l->n && !db_failed(l->db); i++) {
		struct item *item = &l->items[i];
		enum stored done = store_item(l, o, item);

		counts[done]++;
		item->done = done;
		if (o->dry_run)
			printf("%-6s  %s/%s\n", words[done], item->kind->kind,
			    item->slug);
		else
			progress_show(&progress, i + 1, l->n);
	}
	progress_clear(&progress);
}

/* Records that once came from files which have them no more. */
static void
report_left(struct load *l)
{
	size_t left = 0;
	struct query *q = db_restart(db_query(l->db,
	    "SELECT kind, slug FROM record WHERE entry = 'content'"
	    " ORDER BY kind, slug"));

	while (db_next(q))
		if (load_find(l, db_text(q, 0), db_text(q, 1)) == NULL &&
		    ++left <= LEFT_SHOWN)
			complain("%s/%s is in the files no more; it was left "
				 "as it is",
			    db_text(q, 0), db_text(q, 1));
	if (left > LEFT_SHOWN)
		complain("and so are %zu more", left - LEFT_SHOWN);
}

/* What was stored is to be indexed; and because a record is also found by
 * the names of its themes and authors, so is what names a changed one. */
static void
gather_due(struct load *l)
{
	struct query *q;

	db_script(l->db,
	    "CREATE TEMP TABLE due (record INTEGER PRIMARY KEY) STRICT");
	for (size_t i = 0; i < l->n; i++) {
		if (l->items[i].done == STORED_SAME)
			continue;
		q = db_restart(db_query(l->db,
		    "INSERT INTO temp.due (record) VALUES (:id)"));
		db_set_int(q, "id", l->items[i].id);
		db_run(q);
	}
	db_run(db_restart(db_query(l->db,
	    "INSERT OR IGNORE INTO temp.due (record)"
	    " SELECT t.record FROM temp.due d JOIN record r ON r.id = d.record"
	    " JOIN record_theme t ON t.theme = r.slug WHERE r.kind = 'theme'"
	    " UNION SELECT a.record FROM temp.due d"
	    " JOIN document_author a ON a.organisation = d.record")));
}

/* Last, when the names of all things that records name are there. */
static void
index_all(struct load *l)
{
	struct query *q;

	gather_due(l);
	q = db_restart(db_query(l->db, "SELECT record FROM temp.due"));
	while (db_next(q))
		index_record(l->db, db_int(q, 0));
	index_finish(l->db);
}

static bool
changed_nothing(struct load *l)
{
	return db_number(db_restart(db_query(l->db, "SELECT total_changes()")),
		   0) == 0;
}

/* All that is done between begin and commit. */
static void
fill(struct load *l, const struct load_options *o, size_t counts[3])
{
	if (!o->partial) {
		load_codes(l);
		load_titles(l);
		load_uploads(l, o->from, o->data, o->dry_run);
	}
	make_rows(l, o->entry);
	check_all(l);
	if (l->check.faults > 0 || db_failed(l->db))
		return;
	store_all(l, o, counts);
	if (!db_failed(l->db))
		load_themes(l);
	if (l->check.faults > 0 || db_failed(l->db))
		return;
	if (!changed_nothing(l))
		index_all(l);
	if (!o->partial)
		report_left(l);
	load_report_twins(l);
}

/* Commit, or take it back; says what failed. */
static bool
finish(struct load *l, const struct load_options *o)
{
	bool good = l->check.faults == 0 && !db_failed(l->db);

	if (good && !o->dry_run && !changed_nothing(l))
		good = db_commit(l->db);
	if (db_failed(l->db))
		place_failed(o->data, l->db, "; nothing was loaded");
	else if (l->check.faults > 0)
		complain("%zu fault%s; nothing was loaded", l->check.faults,
		    l->check.faults == 1 ? "" : "s");
	db_rollback(l->db);
	return good;
}

static enum outcome
load(struct load *l, const struct load_options *o, load_reader *read)
{
	size_t counts[3] = { 0 };
	bool good;

	/* Indexes grow in many places at once: 64 MB keep them in memory. */
	db_script(l->db, "PRAGMA cache_size = -65536");
	if (!o->partial)
		read(l, o->from);
	if (db_begin(l->db)) {
		if (o->partial)
			read(l, o->from);
		fill(l, o, counts);
	}
	if (!db_failed(l->db)) {
		fputs(buf_text(&l->why), stderr);
		fputs(buf_text(&l->unread), stderr);
	}
	good = finish(l, o);
	if (good)
		printf("%zu records: %zu %s, %zu %s, %zu the same\n", l->n,
		    counts[STORED_ADDED], o->dry_run ? "to add" : "added",
		    counts[STORED_CHANGED],
		    o->dry_run ? "to change" : "changed", counts[STORED_SAME]);
	return good ? DONE : FAILED;
}

enum outcome
load_run(const struct load_options *o, load_reader *read)
{
	struct load l = { .db =
			      place_open_current(o->data, o->share, DB_WRITE) };
	enum outcome outcome;

	if (l.db == NULL)
		return FAILED;
	l.check = (struct check){ .db = l.db, .why = &l.why };
	outcome = load(&l, o, read);
	db_close(l.db);
	free(l.items);
	free(l.slots);
	buf_free(&l.why);
	buf_free(&l.unread);
	arena_free(&l.arena);
	return outcome;
}

static enum outcome
run(struct arguments *args)
{
	struct load_options o = { .entry = "content",
		.comment = "content files" };
	const struct flag flags[] = {
		FLAG_DATA(&o.data),
		FLAG_SHARE(&o.share),
		{ "dry-run", NULL,
		    "list what would be added, changed or left the same", NULL,
		    &o.dry_run },
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 1))
		return args->outcome;
	o.data = place_data(o.data);
	o.share = place_share(o.share);
	if (o.share == NULL)
		return FAILED;
	o.from = args->argc > 0 ? args->argv[0] : place_in(o.share, "content");
	return load_run(&o, load_read);
}

const struct command command_load = {
	.name = "load",
	.summary = "load a content directory into the database",
	.operands = "[DIR]",
	.about =
	    "Loads the YAML and Markdown files of a content directory (the one\n"
	    "beside schema/ if none is given).  Records are matched by kind and\n"
	    "slug: new ones are added, those that differ are changed, others are\n"
	    "not touched.  If anything is wrong in any file, every fault is listed\n"
	    "with file, line and field, and nothing is loaded.",
	.run = run,
};
