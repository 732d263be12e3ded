#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "web/spool.h"

int
spool_open(const char *directory)
{
	unsigned long long name = 0;
	char path[4096];
	int fd;

	if (getrandom(&name, sizeof(name), 0) != sizeof(name))
		return -1;
	snprintf(path, sizeof(path), "%s/.new-body-%016llx", directory, name);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		fprintf(stderr, "spool: %s: %s\n", path, strerror(errno));
	else
		unlink(path);
	return fd;
}
