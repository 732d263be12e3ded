#ifndef TESTS_CLI_H
#define TESTS_CLI_H

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "cli/command.h"
#include "test.h"

/*
 * Commands run inside the test, on directories of its own.
 *
 *	ok(mutua(&command_load, "tests/fixtures/content", "", "") == DONE, …);
 *	has(said(), "8 added")
 *
 * Their words on stdout and stderr are caught; --data and --share are given.
 */
static struct buf test_said;

static inline const char *
said(void)
{
	return buf_text(&test_said);
}

/* A path in the test's directory, good until the eighth next one. */
static inline const char *
in_dir(const char *name)
{
	static char paths[8][512];
	static int i;

	i = (i + 1) % 8;
	snprintf(paths[i], sizeof(paths[i]), "%s/%s", test_dir(), name);
	return paths[i];
}

/* Send fd to the file that catches words; returns what it was. */
static inline int
catch_words(int fd, int to)
{
	int was = dup(fd);

	if (was == -1 || dup2(to, fd) == -1)
		bail_out("dup");
	return was;
}

static inline void
release_words(int fd, int was)
{
	dup2(was, fd);
	close(was);
}

/* Run a command with up to three words, "" for none. */
static inline int
mutua(const struct command *c, const char *one, const char *two,
    const char *three)
{
	const char *words[] = { c->name, "--data", in_dir("data"), "--share",
		".", one, two, three };
	char *argv[9] = { 0 };
	int argc = 0, file, out, err, outcome;

	for (size_t i = 0; i < 8; i++)
		if (*words[i] != '\0')
			argv[argc++] = strdup(words[i]);
	file = open(in_dir("said"), O_RDWR | O_CREAT | O_TRUNC, 0600);
	fflush(stdout);
	out = catch_words(1, file);
	err = catch_words(2, file);
	outcome = (int)command_run(c, argc, argv);
	fflush(stdout);
	release_words(1, out);
	release_words(2, err);
	close(file);
	buf_free(&test_said);
	test_said = test_file(in_dir("said"));
	while (argc > 0)
		free(argv[--argc]);
	return outcome;
}

/* Write a file of the test's directory. */
static inline void
write_file(const char *name, const char *text, size_t len)
{
	FILE *f = fopen(in_dir(name), "w");

	if (f == NULL || fwrite(text, 1, len, f) != len || fclose(f) != 0)
		bail_out(name);
}

/* Run a shell command in the test's directory. */
static inline void
shell(const char *command)
{
	struct buf line = { 0 };

	buf_printf(&line, "D=%s; %s", test_dir(), command);
	if (system(line.data) != 0)
		bail_out(command);
	buf_free(&line);
}

/* A number from the database of the last command. */
#define number_of(sql) test_number(("" sql ""))

static inline int64_t
test_number(const char *sql)
{
	struct db *db = db_open(in_dir("data/mutua.db"), DB_READ);
	int64_t n = db_number(db_restart(db_prepare(db, sql)), -1);

	db_close(db);
	return n;
}

/* Words from it, good until the next. */
static inline const char *
words_of(const char *sql)
{
	static char words[4096];
	struct db *db = db_open(in_dir("data/mutua.db"), DB_READ);
	struct query *q = db_restart(db_prepare(db, sql));

	snprintf(words, sizeof(words), "%s", db_next(q) ? db_text(q, 0) : "");
	db_close(db);
	return words;
}

static inline int
cli_done(void)
{
	buf_free(&test_said);
	return done();
}

#endif
