/*
 * The registry of schemes, and its questionnaire, as archives that visitors can
 * take away: files/registry.zip and files/questionnaire.zip, which are what
 * 'mutua export' writes, packed.
 *
 * They are made anew when there is a revision that they do not have, in a
 * directory that is nobody else's; each takes the place of the older one when
 * it is whole.  What a process that was killed left there goes first.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/export.h"
#include "cli/jobs.h"
#include "data/zip.h"

static const struct package {
	const char *archive;
	void (*write)(struct export *);
} packages[] = {
	{ "registry.zip", export_registry },
	{ "questionnaire.zip", export_questionnaire },
};

enum { NPACKAGES = sizeof(packages) / sizeof(packages[0]) };

/* Where things are, within the data directory. */
struct place {
	const char *files;
	const char *work;   /* the directory of what is being made */
	const char *tables; /* within it */
};

static bool
fail(const char *path)
{
	complain("%s: %s", path, strerror(errno));
	return false;
}

static const char *
path_in(struct jobs *j, const char *dir, const char *name)
{
	return arena_printf(&j->arena, "%s/%s", dir, name);
}

/* Remove a directory and the files in it, if it is there. */
static void
sweep(struct jobs *j, const char *dir)
{
	DIR *d = opendir(dir);
	const struct dirent *e;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlink(path_in(j, dir, e->d_name));
	closedir(d);
	if (rmdir(dir) == -1)
		fail(dir);
}

static void
clean(struct jobs *j, const struct place *at)
{
	sweep(j, at->tables);
	sweep(j, at->work);
}

static bool
make_directories(const struct place *at)
{
	if (mkdir(at->files, 0750) == -1 && errno != EEXIST)
		return fail(at->files);
	if (mkdir(at->work, 0750) == -1)
		return fail(at->work);
	return mkdir(at->tables, 0750) == 0 || fail(at->tables);
}

static bool
sync_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd != -1 && fsync(fd) == 0;

	if (fd != -1)
		close(fd);
	return good || fail(path);
}

static bool
write_tables(struct jobs *j, const struct package *p, const struct place *at)
{
	const char *licence = j->settings.licence;
	struct export e = { .db = j->db,
		.data = j->data,
		.to = at->tables,
		.licence = *licence != '\0' ? licence : NULL };

	p->write(&e);
	arena_free(&e.arena);
	return !e.failed && !db_failed(j->db);
}

static bool
make(struct jobs *j, const struct package *p, const struct place *at)
{
	const char *made = path_in(j, at->work, p->archive);
	const char *archive = path_in(j, at->files, p->archive);
	bool good = make_directories(at) && write_tables(j, p, at) &&
	    zip_pack(made, at->tables);

	if (good && rename(made, archive) == -1)
		good = fail(archive);
	clean(j, at);
	return good && sync_directory(at->files);
}

/*
 * How far the packages are.
 */

static int64_t
newest_revision(struct db *db)
{
	return db_number(db_restart(db_query(db,
			     "SELECT coalesce(max(rowid), 0) FROM revision")),
	    0);
}

static int64_t
packed_revision(struct db *db)
{
	return db_number(
	    db_restart(db_query(db,
		"SELECT value FROM progress WHERE name = 'registry'")),
	    -1);
}

static void
advance(struct db *db, int64_t revision)
{
	struct query *q;

	if (!db_begin(db))
		return;
	q = db_restart(db_query(db,
	    "INSERT INTO progress (name, value) VALUES ('registry', :revision)"
	    " ON CONFLICT (name) DO UPDATE SET value = :revision"));
	db_set_int(q, "revision", revision);
	db_run(q);
	if (!db_commit(db))
		db_rollback(db);
}

static bool
are_there(struct jobs *j, const struct place *at)
{
	struct stat st;

	for (size_t i = 0; i < NPACKAGES; i++)
		if (stat(path_in(j, at->files, packages[i].archive), &st) == -1)
			return false;
	return true;
}

/* Both are of one moment of the database, whatever is written meanwhile. */
static void
make_all(struct jobs *j, const struct place *at)
{
	bool good = db_script(j->db, "BEGIN");
	int64_t revision = newest_revision(j->db);

	for (size_t i = 0; i < NPACKAGES && good; i++)
		good = !jobs_stopping() && make(j, &packages[i], at);
	if (db_failed(j->db))
		return; /* who called says so */
	db_rollback(j->db);
	if (!good)
		return;
	advance(j->db, revision);
	complain("the registry was packed, for visitors to take");
}

void
jobs_registry(struct jobs *j)
{
	const char *files = path_in(j, j->data, "files");
	const char *work = path_in(j, files, ".registry");
	struct place at = { files, work, path_in(j, work, "tables") };

	clean(j, &at);
	if (!are_there(j, &at) ||
	    newest_revision(j->db) != packed_revision(j->db))
		make_all(j, &at);
}
