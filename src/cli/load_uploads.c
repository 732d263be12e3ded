/*
 * The files of documents, from DIR/files/SHA256/NAME into the site's store.
 * What is kept there and then not wanted, because the load fails, does no
 * harm: its name is what is in it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/load.h"
#include "data/file.h"

/* One file on its way. */
struct upload {
	struct load *load;
	const char *store; /* the site's directory; NULL: only rehearse */
	const char *path, *sha, *name;
};

static void
fault(const struct upload *u, const char *what)
{
	buf_printf(&u->load->why, "%s: %s\n", u->path, what);
	u->load->check.faults++;
}

static void
add(const struct upload *u, struct file_bytes b)
{
	const struct file_type *type;
	const char *why = NULL;
	struct buf name = { 0 };
	char sha[FILE_SHA];

	file_sha256(sha, b.data, b.len);
	type = sniff_type(b.data, b.len, u->name, &why);
	if (strcmp(sha, u->sha) != 0)
		fault(u, "is not what its directory is called (SHA-256)");
	else if (type == NULL)
		fault(u, "is not of a kind that is taken, or is damaged");
	else if (u->store != NULL && !file_keep(u->store, b.data, b.len, sha))
		fault(u, "cannot be kept");
	else {
		sniff_name(&name, type, u->name);
		file_add(u->load->db, sha, type, name.data, b, 0);
	}
	buf_free(&name);
}

static void
take(const struct upload *u)
{
	int fd = open(u->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct file_bytes b = { 0 };
	struct stat st;

	if (fd == -1 || fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		fault(u, fd == -1 ? strerror(errno) : "is no file");
	} else {
		b = file_map(fd, (size_t)st.st_size);
		add(u, b);
	}
	file_unmap(b);
	if (fd != -1)
		close(fd);
}

static int
is_visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* Go over a directory's names, in order; how many there are, -1 if there is
 * none. */
static int
each(struct upload u, void (*one)(struct upload, const char *))
{
	struct dirent **found;
	int n = scandir(u.path, &found, is_visible, alphasort);

	for (int i = 0; i < n; i++) {
		one(u, found[i]->d_name);
		free(found[i]);
	}
	if (n >= 0)
		free(found);
	return n;
}

static void
take_named(struct upload u, const char *name)
{
	u.path = arena_printf(&u.load->arena, "%s/%s", u.path, name);
	u.name = name;
	take(&u);
}

static void
take_directory(struct upload u, const char *sha)
{
	u.path = arena_printf(&u.load->arena, "%s/%s", u.path, sha);
	u.sha = sha;
	if (each(u, take_named) != 1)
		fault(&u, "one file must stand here");
}

void
load_uploads(struct load *l, const char *dir, const char *data, bool rehearse)
{
	struct upload u = {
		.load = l,
		.store =
		    rehearse ? NULL : arena_printf(&l->arena, "%s/files", data),
		.path = arena_printf(&l->arena, "%s/files", dir),
	};

	each(u, take_directory);
}
