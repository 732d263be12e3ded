#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/place.h"
#include "cli/rights.h"

/* nftw() hands its callback no context, so what it needs stands here. */
static struct {
	const char *from, *to;
	uid_t uid;
	gid_t gid;
} tree;

static bool
fail(const char *path)
{
	complain("%s: %s", path, strerror(errno));
	return false;
}

static int
give_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return lchown(path, tree.uid, tree.gid) == -1 && !fail(path);
}

/* What does not exist yet needn't be given. */
static bool
give(const char *data, const char *name)
{
	const char *path = place_in(data, name);

	if (access(path, F_OK) == -1)
		return true;
	return nftw(path, give_entry, 16, FTW_PHYS) == 0;
}

/* NULL after saying why it can't be that user. */
static const struct passwd *
find_user(const char *user)
{
	const struct passwd *pw = getpwnam(user);

	if (pw != NULL && pw->pw_uid != 0)
		return pw;
	complain(pw == NULL ? "user: there is no user “%s”"
			    : "user: “%s” is root; name another",
	    user);
	return NULL;
}

bool
rights_give(const char *data, const char *user)
{
	static const char *const theirs[] = { "mutua.db", "mutua.db-wal",
		"mutua.db-shm", "mutua.db-lock", "state.db", "state.db-wal",
		"state.db-shm", "files", "mail", "jobs-lock" };
	const struct passwd *pw = find_user(user);

	if (pw == NULL)
		return false;
	tree.uid = pw->pw_uid;
	tree.gid = pw->pw_gid;
	for (size_t i = 0; i < sizeof(theirs) / sizeof(theirs[0]); i++)
		if (!give(data, theirs[i]))
			return false;
	if (chown(data, 0, tree.gid) == -1 || chmod(data, 01770) == -1)
		return fail(data);
	return true;
}

bool
rights_drop(const char *user)
{
	const struct passwd *pw = find_user(user);
	pid_t parent = getppid();
	int signal = 0;

	if (pw == NULL)
		return false;
	prctl(PR_GET_PDEATHSIG, &signal);
	if (initgroups(user, pw->pw_gid) == -1 ||
	    setresgid(pw->pw_gid, pw->pw_gid, pw->pw_gid) == -1 ||
	    setresuid(pw->pw_uid, pw->pw_uid, pw->pw_uid) == -1)
		return fail(user);
	/* the kernel forgets it with the rights */
	prctl(PR_SET_PDEATHSIG, (unsigned long)signal);
	if (signal != 0 && getppid() != parent)
		raise(signal);
	return true;
}

static bool
copy_file(const char *from, const char *to, off_t size)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	bool good;

	if (in == -1)
		return fail(from);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	good = out != -1 && fchmod(out, 0644) == 0;
	while (good && size > 0) {
		ssize_t n = sendfile(out, in, NULL, (size_t)size);

		good = n > 0;
		size -= n;
	}
	if (out != -1 && close(out) == -1)
		good = false;
	close(in);
	return good || fail(to);
}

static int
copy_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	const char *to = place_in(tree.to, path + strlen(tree.from));

	(void)ftw;
	if (type == FTW_D)
		return (mkdir(to, 0755) == -1 || chmod(to, 0755) == -1) &&
		    !fail(to);
	return type == FTW_F && !copy_file(path, to, st->st_size);
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path) == -1 && !fail(path);
}

bool
rights_copy(const char *from, const char *to)
{
	if (access(to, F_OK) == 0 &&
	    nftw(to, remove_entry, 16, FTW_PHYS | FTW_DEPTH) != 0)
		return false;
	tree.from = from;
	tree.to = to;
	return nftw(from, copy_entry, 16, 0) == 0;
}
