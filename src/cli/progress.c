#include <stdio.h>
#include <unistd.h>

#include "cli/progress.h"

void
progress_start(struct progress *p, const char *what)
{
	*p = (struct progress){ .what = what,
		.terminal = isatty(STDERR_FILENO) == 1 };
	clock_gettime(CLOCK_MONOTONIC, &p->start);
}

double
progress_seconds(const struct progress *p)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - p->start.tv_sec) +
	    (double)(now.tv_nsec - p->start.tv_nsec) / 1e9;
}

void
progress_show(struct progress *p, size_t done, size_t of)
{
	double seconds = p->terminal ? progress_seconds(p) : 0;

	if (seconds < 1 || (size_t)(seconds * 10) == p->shown)
		return;
	p->shown = (size_t)(seconds * 10);
	fprintf(stderr, "\r%zu", done);
	if (of > 0)
		fprintf(stderr, " of %zu", of);
	fprintf(stderr, " %s, %.0f a second\033[K", p->what,
	    (double)done / seconds);
}

void
progress_clear(struct progress *p)
{
	if (p->shown > 0)
		fputs("\r\033[K", stderr);
	p->shown = 0;
}
