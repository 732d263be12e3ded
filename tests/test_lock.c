/* Who writes waits for who writes. */
#include <sys/file.h>
#include <time.h>

#include "cli.h"

static pid_t child;

/* Another process that holds the lock for a while. */
static void
hold(int milliseconds)
{
	int ready[2];
	char c;

	if (pipe(ready) == -1)
		bail_out("pipe");
	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct db *db = db_open(in_dir("data/mutua.db"), DB_WRITE);

		if (!db_begin(db) || write(ready[1], "x", 1) != 1)
			_exit(1);
		nanosleep(&(struct timespec){ .tv_nsec =
						  milliseconds * 1000000L },
		    NULL);
		db_rollback(db);
		db_close(db);
		_exit(0);
	}
	if (read(ready[0], &c, 1) != 1)
		bail_out("the other process did not begin");
	close(ready[0]);
	close(ready[1]);
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(void)
{
	double start;

	mutua(&command_init, "", "", "");
	hold(700);
	start = seconds();
	ok(mutua(&command_load, "tests/fixtures/content", "", "") == DONE,
	    "a load waits until another process has written");
	ok(seconds() - start > 0.4, "it did wait");
	waitpid(child, NULL, 0);

	hold(700);
	start = seconds();
	ok(number_of("SELECT count(*) FROM record") == 8,
	    "who only reads reads meanwhile");
	ok(seconds() - start < 0.4, "and does not wait");
	waitpid(child, NULL, 0);
	return cli_done();
}
