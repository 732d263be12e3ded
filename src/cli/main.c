/*
 * mutua: the command line.  What a command does is in the file of its name.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"

static const struct command *const commands[] = {
	&command_init,
	&command_import,
	&command_load,
	&command_serve,
	&command_export,
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
	fputs("\n'mutua COMMAND --help' explains a command.\n", to);
}

static const struct command *
find(const char *name)
{
	for (int i = 0; i < NCOMMANDS; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

int
main(int argc, char **argv)
{
	const struct command *c;

	umask(027);
	signal(SIGXFSZ, SIG_IGN); /* a file that gets too big is an error */
	if (argc < 2) {
		show_commands(stderr);
		return WRONG_USE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		show_commands(stdout);
		return DONE;
	}
	c = find(argv[1]);
	if (c == NULL)
		return (int)misused("no such command: %s", argv[1]);
	return (int)command_run(c, argc - 1, argv + 1);
}
