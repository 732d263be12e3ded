/*
 * The files of published records, as load_uploads.c takes them again:
 * content/files/SHA256/NAME.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/export.h"
#include "cli/place.h"
#include "data/file.h"

/* A name that is one on every system. */
static const char *
plain_name(struct export *e, const char *name)
{
	char *plain = arena_keep(&e->arena, name, strlen(name));

	for (char *c = plain; *c != '\0'; c++)
		if (strchr("/\\:*?\"<>|", *c) != NULL)
			*c = '-';
	return plain;
}

static void
copy(struct export *e, const char *path, struct file_bytes b)
{
	FILE *f = export_open(e, path);

	if (f != NULL && fwrite(b.data, 1, b.len, f) != b.len) {
		complain("%s/%s: %s", e->to, path, strerror(errno));
		e->failed = true;
	}
	export_close(e, f, path);
}

static void
write_file(struct export *e, const char *sha, const char *name)
{
	const char *dir = arena_printf(&e->arena, "content/files/%s", sha);
	struct file_bytes b = { 0 };
	size_t len = 0;
	int fd = file_open(place_in(e->data, "files"), sha, &len);

	if (fd == -1) {
		complain("files/%s (%s) is not there", sha, name);
		e->lacking = true;
		return;
	}
	b = file_map(fd, len);
	close(fd);
	if (mkdir(place_in(e->to, dir), 0777) == 0)
		copy(e,
		    arena_printf(&e->arena, "%s/%s", dir, plain_name(e, name)),
		    b);
	file_unmap(b);
}

void
export_files(struct export *e)
{
	struct query *q = db_restart(db_query(e->db,
	    "SELECT sha256, name FROM file WHERE sha256 IN"
	    " (SELECT d.file FROM record_bytes d"
	    "  JOIN record r ON r.id = d.record WHERE r.status = 'published')"
	    " ORDER BY sha256"));

	while (!e->failed && db_next(q)) {
		if (db_rows(q) == 1 &&
		    mkdir(place_in(e->to, "content/files"), 0777) == -1) {
			complain("%s/content/files: %s", e->to,
			    strerror(errno));
			e->failed = true;
			break;
		}
		write_file(e, db_text(q, 0), db_text(q, 1));
		arena_reset(&e->arena);
	}
}
