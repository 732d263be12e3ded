/*
 * Files that nobody wants: sent, and then never put into a record, or only
 * into a draft that is gone.
 *
 * What any revision ever had stays, for it can be restored; and so does what
 * the site itself brought along.
 */
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/jobs.h"
#include "cli/pictures.h"
#include "cli/place.h"
#include "data/file.h"

enum { UNWANTED_DAYS = 30, FILES_A_TIME = 20 };

#define UNWANTED                                                             \
	" f.member IS NOT NULL AND f.added < strftime('%Y-%m-%dT%H:%M:%SZ'," \
	"  'now', :age)"                                                     \
	" AND NOT EXISTS (SELECT 1 FROM record_bytes d"                      \
	"  WHERE d.file = f.sha256)"                                         \
	" AND NOT EXISTS (SELECT 1 FROM revision v"                          \
	"  JOIN record r ON r.id = v.record WHERE r.kind IN"                 \
	"  ('document', 'news')"                                             \
	"  AND instr(v.snapshot, f.sha256) > 0)"                             \
	" AND NOT EXISTS (SELECT 1 FROM state.contribution c"                \
	"  WHERE c.kind IN ('document', 'news')"                             \
	"  AND instr(c.tree, f.sha256) > 0)"

static void
set_age(struct jobs *j, struct query *q)
{
	db_set_text(q, "age",
	    arena_printf(&j->arena, "-%d days", UNWANTED_DAYS));
}

/* Bytes that no row has any more: somebody may have sent what is a version of
 * another's picture. */
static void
drop_bytes(struct jobs *j, const char *sha)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT 1 FROM file WHERE sha256 = :sha UNION ALL"
	    " SELECT 1 FROM picture_version WHERE sha256 = :sha"));
	struct buf path = { 0 };

	db_set_text(q, "sha", sha);
	file_path(&path, place_in(j->data, "files"), sha);
	if (db_number(q, 0) == 0 && !db_failed(j->db))
		unlink(path.data);
	buf_free(&path);
}

/* The versions of a picture, which go with it; how many. */
static size_t
list_versions(struct jobs *j, const char *sha, const char *found[PICTURE_SIZES])
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT sha256 FROM picture_version WHERE file = :sha"));
	size_t n = 0;

	db_set_text(q, "sha", sha);
	while (n < PICTURE_SIZES && db_next(q))
		found[n++] =
		    arena_keep(&j->arena, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return n;
}

/* Its row and its bytes, under the lock that whoever sends it again must hold
 * to have it listed; asked once more, for it may be wanted by now. */
static void
take_away(struct jobs *j, const char *sha)
{
	const char *versions[PICTURE_SIZES];
	struct query *q;
	size_t n;

	if (!db_begin(j->db))
		return;
	n = list_versions(j, sha, versions);
	q = db_restart(db_query(j->db,
	    "DELETE FROM file AS f WHERE f.sha256 = :sha AND" UNWANTED
	    " RETURNING 1"));
	db_set_text(q, "sha", sha);
	set_age(j, q);
	if (db_number(q, 0) == 1) {
		drop_bytes(j, sha);
		while (n > 0)
			drop_bytes(j, versions[--n]);
	}
	if (!db_commit(j->db))
		db_rollback(j->db);
}

void
jobs_files(struct jobs *j)
{
	const char *found[FILES_A_TIME];
	size_t n = 0;
	struct query *q = db_restart(db_query(j->db,
	    "SELECT f.sha256 FROM file f WHERE" UNWANTED " LIMIT 20"));

	file_sweep(place_in(j->data, "files"));
	set_age(j, q);
	while (n < FILES_A_TIME && db_next(q))
		found[n++] =
		    arena_keep(&j->arena, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	for (size_t i = 0; i < n && !jobs_stopping(); i++)
		take_away(j, found[i]);
	if (n > 0)
		complain("%zu files that no record has were removed", n);
}
