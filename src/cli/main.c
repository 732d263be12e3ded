/*
 * mutua: the command line.  What a command does is in the file of its name.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"

/* Goes up with what users see; the schema has a number of its own. */
#define VERSION "0.1"

static const struct command *const commands[] = {
	&command_init,
	&command_load,
	&command_import,
	&command_serve,
	&command_jobs,
	&command_member,
	&command_export,
	&command_harvest,
	&command_feed,
	&command_check,
};

enum { NCOMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void
show_commands(FILE *to)
{
	fputs("usage: mutua COMMAND [options]\n\n", to);
	for (int i = 0; i < NCOMMANDS; i++)
		fprintf(to, "  %-8s %s\n", commands[i]->name,
		    commands[i]->summary);
	fputs("\n'mutua COMMAND --help' or 'mutua help COMMAND' explains a "
	      "command,\n'mutua --version' says which mutua this is.\n",
	    to);
}

static const struct command *
find(const char *name)
{
	for (int i = 0; i < NCOMMANDS; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static enum outcome
run(int argc, char **argv)
{
	const struct command *c = find(argv[0]);

	if (c == NULL)
		return misused("no such command: %s", argv[0]);
	return command_run(c, argc, argv);
}

static bool
is(const char *word, const char *one, const char *other)
{
	return strcmp(word, one) == 0 || strcmp(word, other) == 0;
}

/* mutua help, or mutua help COMMAND, which is mutua COMMAND --help. */
static enum outcome
help(int argc, char **argv)
{
	char option[] = "--help";
	char *words[] = { argv[1], option, NULL };

	if (argc > 1 && !is(argv[1], "--help", "-h"))
		return run(2, words);
	show_commands(stdout);
	return DONE;
}

int
main(int argc, char **argv)
{
	umask(027);
	signal(SIGXFSZ, SIG_IGN); /* a file that gets too big is an error */
	if (argc < 2) {
		show_commands(stderr);
		return WRONG_USE;
	}
	if (is(argv[1], "--help", "-h"))
		return (int)help(1, argv);
	if (strcmp(argv[1], "help") == 0)
		return (int)help(argc - 1, argv + 1);
	if (is(argv[1], "--version", "version")) {
		puts("mutua " VERSION);
		return DONE;
	}
	return (int)run(argc - 1, argv + 1);
}
