#ifndef TESTS_POSTING_H
#define TESTS_POSTING_H

#include "cli/jobs.h"
#include "data/json.h"
#include "data/publish.h"
#include "mailbox.h"

/*
 * What "mutua jobs" does, in the process of the test, and records that appear
 * for it to tell of.
 */

/* The mails to many that are due, as they would be queued. */
static inline void
run_mailings(void)
{
	struct buf why = { 0 };
	struct jobs j = {
		.db = db_open(visitor_database.data, DB_WRITE),
		.mailer =
		    mailer_open("assets", "", "https://example.org", &why),
	};

	if (j.mailer == NULL)
		bail_out(buf_text(&why));
	while (jobs_digest(&j) || jobs_newsletter(&j))
		;
	if (db_failed(j.db))
		bail_out(db_error(j.db));
	mailer_close(j.mailer);
	db_close(j.db);
	arena_free(&j.arena);
	buf_free(&why);
}

/* As if a week had gone by since the last digests. */
static inline void
days_pass(void)
{
	change_in("UPDATE state.subscription SET day = day - 8");
	change_in("UPDATE state.outbox SET once = NULL"
		  " WHERE once LIKE 'digest %'");
}

/* Publish a new record of a kind, or a new revision of one, from its JSON, in
 * which ' stands for "; returns its id. */
static inline int64_t
publish_new(const char *kind, const char *json)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	struct arena a = { 0 };
	struct buf why = { 0 };
	struct check c = { .db = db, .why = &why };
	struct publishing w = { .kind = kind_find(kind), .arena = &a };
	char *text = arena_keep(&a, json, strlen(json));

	for (char *s = text; *s != '\0'; s++)
		if (*s == '\'')
			*s = '"';
	w.tree = json_read(&a, &(struct node){ .file = "test" }, text,
	    strlen(text), &why);
	if (w.tree == NULL || !db_begin(db) || publish(&c, &w) != PUBLISHED ||
	    !db_commit(db))
		bail_out(buf_text(&why));
	db_close(db);
	arena_free(&a);
	buf_free(&why);
	return w.record;
}

/* A text of the last mail of a name to somebody. */
#define mail_to(name, column, address)                                    \
	text_in("SELECT " column " FROM state.outbox WHERE name = '" name \
		"' AND recipient = '" address "' ORDER BY id DESC LIMIT 1")

#endif
