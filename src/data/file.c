#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/write.h"
#include "data/file.h"
#include "data/queue.h"

enum { UNFINISHED = 24 * 60 * 60 }; /* seconds */

static const char unfinished[] = ".new-";

static bool
fail(const char *what)
{
	fprintf(stderr, "file: %s: %s\n", what, strerror(errno));
	return false;
}

static void
be_ready(void)
{
	if (sodium_init() == -1)
		abort();
}

void
file_sha256(char out[FILE_SHA], const char *bytes, size_t len)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	be_ready();
	crypto_hash_sha256(hash, (const unsigned char *)bytes, len);
	sodium_bin2hex(out, FILE_SHA, hash, sizeof(hash));
}

bool
file_is_sha256(const char *s)
{
	return strspn(s, "0123456789abcdef") == FILE_SHA - 1 &&
	    s[FILE_SHA - 1] == '\0';
}

void
file_path(struct buf *out, const char *dir, const char *sha)
{
	buf_printf(out, "%s/%.2s/%s", dir, sha, sha);
}

int
file_open(const char *dir, const char *sha, size_t *len)
{
	struct buf path = { 0 };
	struct stat st;
	int fd;

	file_path(&path, dir, sha);
	fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	buf_free(&path);
	if (fd == -1)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		*len = (size_t)st.st_size;
		return fd;
	}
	close(fd);
	return -1;
}

struct file_bytes
file_map(int fd, size_t len)
{
	void *at = len > 0 ? mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0)
			   : MAP_FAILED;

	return at != MAP_FAILED ? (struct file_bytes){ at, len, at }
				: (struct file_bytes){ "", 0, NULL };
}

void
file_unmap(struct file_bytes b)
{
	if (b.map != NULL)
		munmap(b.map, b.len);
}

/*
 * Keeping.
 */

/* Bring the names in a directory to the disk. */
static bool
sync_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd != -1 && fsync(fd) == 0;

	if (fd != -1)
		close(fd);
	return good;
}

/* One of the 256, by the first two digits; and the first time that which they
 * are in. */
static bool
make_directory(const char *dir, const char *path)
{
	if (mkdir(path, 0750) == 0 ||
	    (errno == ENOENT && mkdir(dir, 0750) == 0 &&
		mkdir(path, 0750) == 0))
		return sync_directory(dir);
	return errno == EEXIST;
}

static bool
write_file(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	bool good;

	if (fd == -1)
		return false;
	good = fchmod(fd, 0640) == 0 && write_all(fd, bytes, len) &&
	    fsync(fd) == 0;
	return close(fd) == 0 && good;
}

static bool
put_in_place(const char *dir, const char *sha, const char *bytes, size_t len)
{
	struct buf folder = { 0 }, path = { 0 }, new = { 0 };
	bool good;

	buf_printf(&folder, "%s/%.2s", dir, sha);
	file_path(&path, dir, sha);
	buf_printf(&new, "%s/%s%s-%08x", dir, unfinished, sha,
	    randombytes_random());
	good = make_directory(dir, folder.data) &&
	    write_file(new.data, bytes, len) &&
	    rename(new.data, path.data) == 0 && sync_directory(folder.data);
	if (!good) {
		fail(path.data);
		unlink(new.data);
	}
	buf_free(&folder);
	buf_free(&path);
	buf_free(&new);
	return good;
}

bool
file_keep(const char *dir, const char *bytes, size_t len, char sha[FILE_SHA])
{
	size_t there = 0;
	int fd;

	file_sha256(sha, bytes, len);
	fd = file_open(dir, sha, &there);
	if (fd != -1)
		close(fd);
	/* One that is shorter was damaged from outside: it is mended. */
	return (fd != -1 && there == len) || put_in_place(dir, sha, bytes, len);
}

void
file_sweep(const char *dir)
{
	struct buf path = { 0 };
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, unfinished, sizeof(unfinished) - 1) != 0)
			continue;
		buf_clear(&path);
		buf_printf(&path, "%s/%s", dir, e->d_name);
		if (lstat(path.data, &st) == 0 &&
		    time(NULL) - st.st_mtime > UNFINISHED)
			unlink(path.data);
	}
	if (d != NULL)
		closedir(d);
	buf_free(&path);
}

/*
 * Rows.
 */

static bool
add_row(struct db *db, const char *sha, const struct file_type *type,
    const char *name, struct file_bytes b, int64_t member)
{
	uint32_t side[2];
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO file (sha256, name, type, bytes, added, member,"
	    "  width, height) VALUES (:sha, :name, :type, :bytes,"
	    "  strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), nullif(:member, 0),"
	    "  :width, :height) ON CONFLICT DO NOTHING"));

	db_set_text(q, "sha", sha);
	db_set_text(q, "name", name);
	db_set_text(q, "type", type->type);
	db_set_int(q, "bytes", (int64_t)b.len);
	if (sniff_size(b.data, b.len, side)) {
		db_set_int(q, "width", side[0]);
		db_set_int(q, "height", side[1]);
	}
	db_set_int(q, "member", member);
	return db_run(q);
}

static bool
queue_text(struct db *db, const char *sha, bool has_text)
{
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO file_text (sha256, state) VALUES"
	    " (:sha, iif(:has_text, 'waiting', 'none'))"
	    " ON CONFLICT DO NOTHING"));

	db_set_text(q, "sha", sha);
	db_set_int(q, "has_text", has_text);
	if (!db_run(q))
		return false;
	q = db_restart(db_query(db,
	    "SELECT 1 FROM file_text WHERE sha256 = :sha"
	    " AND state = 'waiting'"));
	db_set_text(q, "sha", sha);
	return db_number(q, 0) == 0 ? !db_failed(db)
				    : queue_put(db, "text", sha);
}

static bool
queue_picture(struct db *db, const char *sha)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT 1 FROM picture_wanted WHERE file = :sha"));

	db_set_text(q, "sha", sha);
	return db_number(q, 0) == 0 ? !db_failed(db)
				    : queue_put(db, "picture", sha);
}

bool
file_add(struct db *db, const char *sha, const struct file_type *type,
    const char *name, struct file_bytes b, int64_t member)
{
	return add_row(db, sha, type, name, b, member) &&
	    queue_text(db, sha, type->has_text) && queue_picture(db, sha);
}
