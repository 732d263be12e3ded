/* Files are kept for good, once, and by what is in them. */
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <utime.h>

#include "data/file.h"
#include "data/migrate.h"
#include "files.h"

static struct buf dir;

static const char *
path_of(const char *sha)
{
	static struct buf b;

	buf_clear(&b);
	file_path(&b, dir.data, sha);
	return b.data;
}

/* How many names there are in the directory, and below. */
static int
names(const char *pattern)
{
	struct buf command = { 0 };
	char answer[32] = "";
	FILE *f;

	buf_printf(&command, "find '%s' -name '%s' | wc -l", dir.data, pattern);
	f = popen(command.data, "r");
	if (f == NULL || fgets(answer, sizeof(answer), f) == NULL)
		bail_out(command.data);
	pclose(f);
	buf_free(&command);
	return atoi(answer);
}

static bool
is_kept(const char *sha, const char *text)
{
	size_t len = 0;
	int fd = file_open(dir.data, sha, &len);
	struct file_bytes b = file_map(fd, len);
	bool same =
	    fd != -1 && len == strlen(text) && memcmp(b.data, text, len) == 0;

	file_unmap(b);
	if (fd != -1)
		close(fd);
	return same;
}

static void
keeping(void)
{
	char sha[FILE_SHA], again[FILE_SHA];
	struct stat st;

	ok(file_keep(dir.data, "hello", 5, sha), "bytes are kept");
	is(sha,
	    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
	    "by their SHA-256");
	ok(is_kept(sha, "hello"), "and are there");
	ok(stat(path_of(sha), &st) == 0 && (st.st_mode & 07777) == 0640,
	    "for us alone");
	ok(has(path_of(sha), "/2c/2cf24dba"), "in one of 256 directories");
	ok(file_keep(dir.data, "hello", 5, again) && strcmp(sha, again) == 0 &&
		names("2cf2*") == 1,
	    "the same bytes are the same file");
	ok(file_keep(dir.data, "hello!", 6, again) && strcmp(sha, again) != 0,
	    "others are another");
	ok(truncate(path_of(sha), 3) == 0 &&
		file_keep(dir.data, "hello", 5, again) && is_kept(sha, "hello"),
	    "what was damaged is mended");
	ok(names(".new*") == 0, "nothing else is left");
}

static void
faults(void)
{
	char sha[FILE_SHA];
	size_t len;
	struct buf link = { 0 };
	int err = dup(2), none = open("/dev/null", O_WRONLY);

	dup2(none, 2);
	ok(!file_keep("/nowhere/at/all", "x", 1, sha),
	    "without a directory nothing is kept");
	dup2(err, 2);
	close(err);
	close(none);
	file_sha256(sha, "nothing", 7);
	ok(file_open(dir.data, sha, &len) == -1,
	    "what is not kept is not there");
	buf_printf(&link, "mkdir -p '%s/%.2s' && ln -s /etc/passwd '%s'",
	    dir.data, sha, path_of(sha));
	ok(system(link.data) == 0 && file_open(dir.data, sha, &len) == -1,
	    "a link is no file");
	ok(!file_is_sha256("..") && !file_is_sha256("") &&
		!file_is_sha256("2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA742"
				"5E73043362938B9824"),
	    "nor is any other name");
	ok(file_is_sha256(sha), "a hash is one");
	buf_free(&link);
}

/* Killed at any moment, a file is there whole or not at all. */
static void
kills(void)
{
	static char bytes[300000];
	bool whole = true;
	char sha[FILE_SHA];
	struct stat st;

	for (int i = 0; i < 60; i++) {
		pid_t pid;

		memset(bytes, i + 1, sizeof(bytes));
		file_sha256(sha, bytes, sizeof(bytes));
		if ((pid = fork()) == 0) {
			file_keep(dir.data, bytes, sizeof(bytes), sha);
			_exit(0);
		}
		usleep((useconds_t)i * 100);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		whole = whole &&
		    (stat(path_of(sha), &st) == -1 ||
			st.st_size == sizeof(bytes));
	}
	ok(whole, "whoever is killed leaves no half file");
	ok(file_keep(dir.data, bytes, sizeof(bytes), sha) &&
		stat(path_of(sha), &st) == 0 && st.st_size == sizeof(bytes),
	    "the next one keeps it");
}

static void
sweeping(void)
{
	struct buf old = { 0 }, new = { 0 };
	int before;

	buf_printf(&old, "%s/.new-old", dir.data);
	buf_printf(&new, "%s/.new-new", dir.data);
	close(open(old.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	close(open(new.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	utime(old.data, &(struct utimbuf){ 1, 1 });
	before = names(".new*");
	file_sweep(dir.data);
	ok(names(".new*") == before - 1 && access(new.data, F_OK) == 0,
	    "what is unfinished for long is taken away");
	buf_free(&old);
	buf_free(&new);
}

/* A database with its state. */
static struct db *
open_database(void)
{
	struct buf path = { 0 }, why = { 0 };
	struct db *db;

	buf_printf(&path, "%s/state.db", test_dir());
	db = db_open(path.data, DB_CREATE);
	if (!migrate(db, "schema/state", &why))
		bail_out(buf_text(&why));
	db_close(db);
	buf_clear(&path);
	buf_printf(&path, "%s/mutua.db", test_dir());
	db = db_open(path.data, DB_CREATE);
	if (!migrate(db, "schema", &why))
		bail_out(buf_text(&why));
	buf_free(&path);
	buf_free(&why);
	return db;
}

static int64_t
add(struct db *db, const char *sha, const char *type, const char *name)
{
	bool good = db_begin(db) &&
	    file_add(db, sha, sniff_find(type), name,
		(struct file_bytes){ .data = "bytes", .len = 5 }, 0) &&
	    db_commit(db);

	db_release(db);
	return good;
}

#define number(db, sql) db_number(db_restart(db_query(db, sql)), -1)

static void
rows(void)
{
	struct db *db = open_database();
	char sha[FILE_SHA];

	file_keep(dir.data, "hello", 5, sha);
	ok(add(db, sha, "application/pdf", "a.pdf"), "a file gets a row");
	ok(number(db,
	       "SELECT count(*) FROM file f JOIN file_text t USING (sha256)"
	       " WHERE f.name = 'a.pdf' AND f.bytes = 5"
	       " AND f.member IS NULL AND t.state = 'waiting'") == 1,
	    "that says what it is");
	ok(number(db, "SELECT count(*) FROM state.job WHERE job = 'text'") == 1,
	    "its text is to be read");
	ok(add(db, sha, "application/pdf", "b.pdf") &&
		number(db, "SELECT count(*) FROM file WHERE name = 'a.pdf'") ==
		    1 &&
		number(db, "SELECT count(*) FROM state.job") == 1,
	    "once is enough");
	file_keep(dir.data, "image", 5, sha);
	ok(add(db, sha, "image/png", "c.png") &&
		number(db, "SELECT count(*) FROM state.job") == 1 &&
		number(db,
		    "SELECT count(*) FROM file_text"
		    " WHERE state = 'none'") == 1,
	    "a picture has no text");
	db_close(db);
}

int
main(void)
{
	buf_printf(&dir, "%s/files", test_dir());
	if (mkdir(dir.data, 0700) == -1)
		bail_out(dir.data);
	keeping();
	faults();
	kills();
	sweeping();
	rows();
	buf_free(&dir);
	return done();
}
