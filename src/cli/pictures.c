/*
 * Smaller versions of pictures.  They are read in a sandbox, and what comes
 * out of it is trusted no more than what a visitor sends.
 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/pictures.h"
#include "cli/place.h"
#include "cli/sandbox.h"
#include "data/file.h"
#include "data/picture.h"
#include "data/pixels.h"

/* In lists a picture is 96 pixels wide, of which phones make three times as
 * many, and old ones have no more than 320; on its page it is as wide as the
 * text, 672. */
static const struct {
	const char *name;
	uint32_t width;
} sizes[PICTURE_SIZES] = { { "small", 320 }, { "medium", 800 } };

struct version {
	struct buf file; /* empty: not worth it */
	const struct file_type *type;
	uint32_t side[2];
};

/* A picture, and what is made of it. */
struct picture {
	const char *sha, *type, *name;
	int64_t pixels; /* as its head says */
	struct buf file;
	struct version versions[PICTURE_SIZES];
	const char *fault; /* or NULL */
};

/* One of the sizes, inside. */
struct wanted {
	const struct picture *picture;
	uint32_t width;
};

static bool
read_smaller(const void *ctx, struct buf *found)
{
	const struct wanted *w = ctx;

	return picture_smaller(found, w->picture->type, w->picture->file,
	    w->width);
}

/* Is it what it should be? */
static bool
is_sound(struct version *v, uint32_t width)
{
	const char *fault;

	v->type = sniff_type(v->file.data, v->file.len, "", &fault);
	return v->type != NULL &&
	    sniff_size(v->file.data, v->file.len, v->side) &&
	    v->side[0] <= width;
}

static enum sandboxed
make_version(const struct picture *p, struct version *v, uint32_t width,
    struct buf *why)
{
	struct wanted w = { .picture = p, .width = width };
	struct sandbox box = { .read = read_smaller,
		.with = &w,
		.input = -1,
		.stop = jobs_stopping };
	enum sandboxed outcome = sandbox_run(&box, &v->file, why);

	if (outcome != SANDBOX_DONE || v->file.len == 0 || is_sound(v, width))
		return outcome;
	buf_puts(why, "what became of it is no picture");
	return SANDBOX_FAILED;
}

/* False if it is to be tried again. */
static bool
make_versions(struct picture *p, struct buf *why)
{
	enum sandboxed outcome = SANDBOX_DONE;

	if (p->pixels > PIXELS_MAX) {
		p->fault = "large";
		return true;
	}
	for (size_t i = 0; i < PICTURE_SIZES && outcome == SANDBOX_DONE; i++)
		outcome = make_version(p, &p->versions[i], sizes[i].width, why);
	if (outcome == SANDBOX_FAILED) {
		complain("picture %.12s: %s", p->sha, buf_text(why));
		p->fault = "damaged";
	}
	return outcome == SANDBOX_DONE || outcome == SANDBOX_FAILED;
}

/*
 * Keeping.
 */

/* A name without its extension, which need not be that of a version. */
static const char *
stem(struct jobs *j, const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL ? arena_keep(&j->arena, name, (size_t)(dot - name))
			   : name;
}

static bool
keep_version(struct jobs *j, const struct picture *p, size_t i)
{
	const struct version *v = &p->versions[i];
	struct buf name = { 0 };
	char sha[FILE_SHA];
	struct query *q;

	if (v->file.len == 0)
		return true;
	if (!file_keep(place_in(j->data, "files"), v->file.data, v->file.len,
		sha))
		return false;
	sniff_name(&name, v->type, stem(j, p->name));
	q = db_restart(db_query(j->db,
	    "INSERT INTO picture_version (file, size, sha256, name, type,"
	    "  bytes, width, height) VALUES (:file, :size, :sha, :name, :type,"
	    "  :bytes, :width, :height)"));
	db_set_text(q, "file", p->sha);
	db_set_text(q, "size", sizes[i].name);
	db_set_text(q, "sha", sha);
	db_set_text(q, "name", name.data);
	db_set_text(q, "type", v->type->type);
	db_set_int(q, "bytes", (int64_t)v->file.len);
	db_set_int(q, "width", v->side[0]);
	db_set_int(q, "height", v->side[1]);
	buf_free(&name);
	return db_run(q);
}

static bool
keep_picture(struct jobs *j, const struct picture *p)
{
	struct query *q = db_restart(db_query(j->db,
	    "INSERT INTO picture (file, fault) VALUES (:file, :fault)"));

	db_set_text(q, "file", p->sha);
	if (p->fault != NULL)
		db_set_text(q, "fault", p->fault);
	return db_run(q);
}

static bool
keep(struct jobs *j, const struct picture *p)
{
	bool good;

	if (!db_begin(j->db))
		return false;
	good = keep_picture(j, p);
	for (size_t i = 0; i < PICTURE_SIZES && good && p->fault == NULL; i++)
		good = keep_version(j, p, i);
	if (good && db_commit(j->db))
		return true;
	db_rollback(j->db);
	return false;
}

/* False if nothing is to be done with it. */
static bool
find(struct jobs *j, struct picture *p)
{
	struct query *q = db_restart(db_query(j->db,
	    "SELECT type, name, pixels FROM picture_wanted"
	    " WHERE file = :sha"));
	bool there;

	db_set_text(q, "sha", p->sha);
	there = db_next(q);
	if (there) {
		p->type =
		    arena_keep(&j->arena, db_text(q, 0), db_cell(q, 0).len);
		p->name =
		    arena_keep(&j->arena, db_text(q, 1), db_cell(q, 1).len);
		p->pixels = db_int(q, 2);
	}
	db_restart(q);
	return there;
}

static bool
make(struct jobs *j, struct picture *p, struct buf *why)
{
	bool good = make_versions(p, why) && keep(j, p);

	for (size_t i = 0; i < PICTURE_SIZES; i++)
		buf_free(&p->versions[i].file);
	return good;
}

bool
pictures_make(struct jobs *j, const char *sha, struct buf *why)
{
	struct picture p = { .sha = sha };
	struct file_bytes b;
	size_t len = 0;
	bool good;
	int fd;

	if (!find(j, &p))
		return !db_failed(j->db);
	fd = file_open(place_in(j->data, "files"), sha, &len);
	if (fd == -1) {
		buf_puts(why, "the file is not there");
		return false;
	}
	b = file_map(fd, len);
	p.file = buf_copy(b.data, b.len);
	file_unmap(b);
	close(fd);
	good = make(j, &p, why);
	buf_free(&p.file);
	return good;
}

/* Pictures that were there before there were versions, or that are wanted
 * again; not what was given up. */
void
jobs_pictures(struct jobs *j)
{
	struct query *q = db_restart(db_query(j->db,
	    "INSERT INTO state.job (job, subject, created, due)"
	    " SELECT 'picture', file, :now, :now FROM picture_wanted WHERE true"
	    " ON CONFLICT DO NOTHING"));

	if (!db_begin(j->db))
		return;
	db_set_int(q, "now", time(NULL));
	if (!db_run(q) || !db_commit(j->db))
		db_rollback(j->db);
}
