#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/command.h"
#include "cli/extract.h"
#include "cli/place.h"
#include "cli/sandbox.h"
#include "data/file.h"
#include "data/index.h"
#include "data/office.h"

enum { KEPT = 1024 * 1024 }; /* bytes of words: 400 pages */

static const char pdftotext[] = "/usr/bin/pdftotext";

/* A file that is read. */
struct source {
	const char *type;
	struct file_bytes bytes;
};

static bool
read_office(const void *ctx, struct buf *found)
{
	const struct source *s = ctx;

	return office_text(found, s->type, s->bytes.data, s->bytes.len);
}

static enum sandboxed
read_words(int fd, const struct source *s, struct buf *found, struct buf *why)
{
	static const char *const program[] = { pdftotext, "-q", "-enc", "UTF-8",
		"-nopgbrk", "-", "-", NULL };
	struct sandbox box = { .input = -1, .stop = jobs_stopping };

	if (strncmp(s->type, "text/", 5) == 0) {
		buf_put(found, s->bytes.data, s->bytes.len);
		return SANDBOX_DONE;
	}
	if (strcmp(s->type, "application/pdf") == 0) {
		box.program = program;
		box.input = fd;
	} else {
		box.read = read_office;
		box.with = s;
	}
	return sandbox_run(&box, found, why);
}

/* Text as it may be stored: whole characters, no controls, no long gaps. */
static void
tidy(struct buf *text)
{
	char *to = text->data;
	size_t used;

	for (size_t i = 0; i < text->len && to - text->data < KEPT - 4;
	     i += used) {
		uint32_t c = utf8_next(text->data + i, text->len - i, &used);
		bool line = c == '\n' || c == '\f';
		bool blank = c <= ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfffd;

		if (!blank && !utf8_turns(text->data + i)) {
			memmove(to, text->data + i, used);
			to += used;
		} else if (to > text->data && to[-1] != '\n') {
			if (to[-1] == ' ')
				to--;
			*to++ = line ? '\n' : ' ';
		}
	}
	text->len = (size_t)(to - text->data);
	*to = '\0';
}

static bool
write_text(struct db *db, const char *sha, const struct buf *found,
    const char *why)
{
	struct query *q = db_restart(db_query(db,
	    "UPDATE file_text SET text = :text, why = :why,"
	    " state = iif(:text IS NULL, 'failed', 'done')"
	    " WHERE sha256 = :sha"));

	db_set_text(q, "sha", sha);
	if (why == NULL)
		db_set_text(q, "text", buf_text(found));
	else
		db_set_text(q, "why", why);
	return db_run(q);
}

/* Every document that has the file is found by its words from now on. */
static void
index_documents(struct db *db, struct arena *a, const char *sha)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT DISTINCT record FROM document_file WHERE file = :sha"));
	int64_t *records = NULL;
	size_t n = 0;

	db_set_text(q, "sha", sha);
	while (db_next(q)) {
		int64_t *more = arena_alloc(a, (n + 1) * sizeof(*more));

		if (n > 0)
			memcpy(more, records, n * sizeof(*more));
		more[n++] = db_int(q, 0);
		records = more;
	}
	for (size_t i = 0; i < n; i++)
		index_record(db, records[i]);
	index_finish(db);
}

static bool
keep(struct jobs *j, const char *sha, const struct buf *found, const char *why)
{
	if (!db_begin(j->db))
		return false;
	if (write_text(j->db, sha, found, why) && why == NULL)
		index_documents(j->db, &j->arena, sha);
	if (!db_failed(j->db) && db_commit(j->db))
		return true;
	db_rollback(j->db);
	return false;
}

static bool
conclude(struct jobs *j, const char *sha, enum sandboxed outcome,
    struct buf *found, struct buf *why)
{
	if (outcome == SANDBOX_STOPPED || outcome == SANDBOX_BROKEN)
		return false;
	buf_puts(found, "");
	tidy(found);
	if (outcome == SANDBOX_FAILED)
		complain("text of %.12s: %s", sha, buf_text(why));
	return keep(j, sha, found,
	    outcome == SANDBOX_FAILED ? buf_text(why) : NULL);
}

/* Its type, "" if there is no such file, or nothing to be read in it. */
static const char *
type_of(struct jobs *j, const char *sha)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT f.type FROM file f JOIN file_text t"
	    " ON t.sha256 = f.sha256 AND t.state = 'waiting'"
	    " WHERE f.sha256 = :sha"));
	const char *type = "";

	db_set_text(q, "sha", sha);
	if (db_next(q))
		type = arena_keep(&j->arena, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return type;
}

bool
extract_text(struct jobs *j, const char *sha, struct buf *why)
{
	struct source s = { .type = type_of(j, sha) };
	struct buf found = { 0 };
	enum sandboxed outcome;
	size_t len = 0;
	bool good;
	int fd;

	if (*s.type == '\0')
		return !db_failed(j->db);
	fd = file_open(place_in(j->data, "files"), sha, &len);
	if (fd == -1) {
		buf_puts(why, "the file is not there");
		return false;
	}
	s.bytes = file_map(fd, len);
	outcome = read_words(fd, &s, &found, why);
	file_unmap(s.bytes);
	close(fd);
	good = conclude(j, sha, outcome, &found, why);
	buf_free(&found);
	return good;
}
