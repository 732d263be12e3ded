#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/buf.h"
#include "data/zip.h"

static bool
fail(const char *path, const char *why)
{
	fprintf(stderr, "zip: %s: %s\n", path, why);
	return false;
}

static int
is_seen(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* All of it; its bytes are read when the archive is closed. */
static bool
add_file(zip_t *zip, const char *dir, const char *name)
{
	struct buf path = { 0 };
	zip_source_t *source;
	bool good;

	buf_printf(&path, "%s/%s", dir, name);
	source = zip_source_file(zip, path.data, 0, -1);
	good = source != NULL &&
	    zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) != -1;
	if (!good)
		fail(path.data, zip_strerror(zip));
	if (!good && source != NULL)
		zip_source_free(source);
	buf_free(&path);
	return good;
}

static bool
add_files(zip_t *zip, const char *dir)
{
	struct dirent **entries = NULL;
	int n = scandir(dir, &entries, is_seen, alphasort);
	bool good = n >= 0 || fail(dir, strerror(errno));

	for (int i = 0; i < n; i++) {
		good = good && add_file(zip, dir, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return good;
}

/* Bring it to the disk, and close it to others, as all that is in files/. */
static bool
sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd != -1 && fchmod(fd, 0640) == 0 && fsync(fd) == 0;

	if (!good)
		fail(path, strerror(errno));
	if (fd != -1)
		close(fd);
	if (!good)
		unlink(path);
	return good;
}

bool
zip_pack(const char *path, const char *dir)
{
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, NULL);

	if (zip == NULL)
		return fail(path, "it cannot be made");
	if (!add_files(zip, dir)) {
		zip_discard(zip);
		return false;
	}
	if (zip_close(zip) == -1) {
		fail(path, zip_strerror(zip));
		zip_discard(zip);
		return false;
	}
	return sync_file(path);
}
