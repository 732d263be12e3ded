#include <errno.h>
#include <unistd.h>

#include "base/write.h"

bool
write_all(int fd, const void *bytes, size_t len)
{
	const char *s = bytes;

	while (len > 0) {
		ssize_t n = write(fd, s, len);

		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s += n;
		len -= (size_t)n;
	}
	return true;
}
