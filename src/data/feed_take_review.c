/*
 * An entry that is reviewed before it is shown: a contribution, as if who named
 * the feed had sent it.
 *
 * Its number is made of what it is, so that a process that is killed while it
 * commits, with the contribution in state.db and nothing in mutua.db, finds it
 * there the next time.
 */
#include <stdlib.h>
#include <string.h>

#include "data/feed_take_own.h"
#include "data/file.h"
#include "data/publish.h"

static int64_t
number(struct feed_take *t, const struct incoming *in)
{
	char sha[FILE_SHA];
	const char *what =
	    arena_printf(&t->arena, "%lld %s %s %lld", (long long)t->feed->id,
		in->key, in->entry->digest, (long long)in->revision);

	file_sha256(sha, what, strlen(what));
	sha[11] = '\0'; /* 44 bits, fewer than schema/state says are good */
	return 1 + strtoll(sha, NULL, 16);
}

static void
note(struct feed_take *t, int64_t id)
{
	struct query *q = db_restart(db_query(t->db,
	    "INSERT INTO state.contribution_note (contribution, time, member,"
	    "  state) VALUES (:id, :now, nullif(:member, 0), 'submitted')"));

	db_set_int(q, "id", id);
	db_set_text(q, "now", t->now);
	db_set_int(q, "member", t->feed->member);
	db_run(q);
}

static void
set_all(struct feed_take *t, struct query *q, const struct incoming *in,
    const char *tree)
{
	db_set_int(q, "id", in->contribution);
	db_set_int(q, "record", in->record);
	db_set_int(q, "base", in->revision);
	db_set_text(q, "title", in->entry->title);
	db_set_text(q, "tree", tree);
	db_set_text(q, "now", t->now);
}

/* In place of what waits. */
static void
replace(struct feed_take *t, const struct incoming *in, const char *tree)
{
	struct query *q = db_restart(db_query(t->db,
	    "UPDATE state.contribution SET title = :title, tree = :tree,"
	    "  base = nullif(:base, 0), record = nullif(:record, 0),"
	    "  updated = max(:now,"
	    "   strftime('%Y-%m-%dT%H:%M:%SZ', updated, '+1 second')),"
	    "  submitted = max(:now,"
	    "   strftime('%Y-%m-%dT%H:%M:%SZ', updated, '+1 second'))"
	    " WHERE id = :id"));

	set_all(t, q, in, tree);
	db_run(q);
}

static void
insert(struct feed_take *t, const struct incoming *in, const char *tree)
{
	struct query *q = db_restart(db_query(t->db,
	    "INSERT OR IGNORE INTO state.contribution (id, kind, record, base,"
	    "  member, lang, state, title, country, tree, words, created,"
	    "  updated, submitted) SELECT :id, 'news', nullif(:record, 0),"
	    "  nullif(:base, 0), nullif(:member, 0),"
	    "  coalesce((SELECT lang FROM member WHERE id = :member), 'en'),"
	    "  'submitted', :title, nullif(:country, ''), :tree, :words, :now,"
	    "  :now, :now RETURNING id"));

	set_all(t, q, in, tree);
	db_set_int(q, "member", t->feed->member);
	db_set_text(q, "country", t->feed->country);
	db_set_text(q, "words", feed_take_comment(t));
	if (db_number(q, 0) == in->contribution)
		note(t, in->contribution);
}

bool
feed_take_submit(struct feed_take *t, struct incoming *in,
    const struct node *tree)
{
	struct buf json = { 0 };

	publish_put_tree(&json, tree);
	if (in->waits) {
		replace(t, in, json.data);
	} else {
		in->contribution = number(t, in);
		insert(t, in, json.data);
	}
	buf_free(&json);
	return !db_failed(t->db);
}
