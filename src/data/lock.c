#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "data/lock.h"

enum { PAUSE = 1 }; /* milliseconds at a time */

int
lock_open(const char *database)
{
	char name[4096];
	size_t len = strlen(database);

	if (strcmp(database, ":memory:") == 0)
		return -1;
	/* state.db is written together with mutua.db, under the one lock */
	if (len >= 8 && strcmp(database + len - 8, "state.db") == 0)
		snprintf(name, sizeof(name), "%.*smutua.db-lock", (int)len - 8,
		    database);
	else
		snprintf(name, sizeof(name), "%s-lock", database);
	return open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
}

void
lock_close(int lock)
{
	if (lock != -1)
		close(lock);
}

bool
lock_take(int lock, int milliseconds)
{
	struct timespec pause = { .tv_nsec = PAUSE * 1000000L };

	if (lock == -1)
		return true;
	for (int left = milliseconds;; left -= PAUSE) {
		if (flock(lock, LOCK_EX | LOCK_NB) == 0)
			return true;
		if (left <= 0)
			return false;
		nanosleep(&pause, NULL);
	}
}

void
lock_leave(int lock)
{
	if (lock != -1)
		flock(lock, LOCK_UN);
}
