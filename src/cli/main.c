/*
 * mutua: the command line.  It knows the commands and how to read options;
 * what a command does is in the file of its name.
 */
#include <getopt.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"

static const struct command *const commands[] = {
	&command_serve,
};

enum { NCOMMANDS = sizeof(commands) / sizeof(commands[0]), FLAGS_MAX = 24 };

/* The command that runs, for its messages. */
static const struct command *current;

static void
complain_list(const char *format, va_list list)
{
	fprintf(stderr, "mutua%s%s: ", current != NULL ? " " : "",
	    current != NULL ? current->name : "");
	vfprintf(stderr, format, list);
	fputc('\n', stderr);
}

void
complain(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	complain_list(format, list);
	va_end(list);
}

enum outcome
misused(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	complain_list(format, list);
	va_end(list);
	fprintf(stderr, "Try: mutua%s%s --help\n", current != NULL ? " " : "",
	    current != NULL ? current->name : "");
	return WRONG_USE;
}

static void
show_help(const struct command *c, const struct flag *flags)
{
	char left[40];

	printf("usage: mutua %s [options]%s%s\n\n%s\n\noptions:\n", c->name,
	    *c->operands != '\0' ? " " : "", c->operands, c->about);
	for (const struct flag *f = flags; f->name != NULL; f++) {
		snprintf(left, sizeof(left), "--%s%s%s", f->name,
		    f->value != NULL ? " " : "",
		    f->value != NULL ? f->value : "");
		printf("  %-22s %s\n", left, f->help);
	}
	printf("  %-22s %s\n\n", "--help", "this text");
	puts("exit status: 0 done, 1 failed, 2 wrong use");
}

/* getopt_long numbers the options by their place, after 0 for --help. */
static void
list_options(struct option *out, const struct flag *flags)
{
	int n = 0;

	out[n++] = (struct option){ "help", no_argument, NULL, 0 };
	for (; flags->name != NULL && n < FLAGS_MAX; flags++, n++)
		out[n] = (struct option){
			.name = flags->name,
			.has_arg = flags->value != NULL ? required_argument
							: no_argument,
			.val = n,
		};
	out[n] = (struct option){ 0 };
}

/* What getopt stumbled over: argv names it better than getopt's letter. */
static enum outcome
bad_option(const struct arguments *args, int c)
{
	const char *word = args->argv[optind - 1];

	if (c == ':')
		return misused("%s needs a value", word);
	return misused("no such option: %s", word);
}

static bool
read_options(struct arguments *args, const struct flag *flags)
{
	struct option options[FLAGS_MAX + 1];
	int c;

	list_options(options, flags);
	optind = 1;
	while ((c = getopt_long(args->argc, args->argv, ":", options, NULL)) !=
	    -1) {
		if (c == '?' || c == ':') {
			args->outcome = bad_option(args, c);
			return false;
		}
		if (c == 0) {
			show_help(args->command, flags);
			args->outcome = DONE;
			return false;
		}
		if (flags[c - 1].value != NULL)
			*flags[c - 1].text = optarg;
		else
			*flags[c - 1].on = true;
	}
	return true;
}

bool
arguments_read(struct arguments *args, const struct flag *flags, int least,
    int most)
{
	if (!read_options(args, flags))
		return false;

	args->argc -= optind;
	args->argv += optind;
	if (args->argc >= least && args->argc <= most)
		return true;
	if (args->argc < least)
		args->outcome = misused("needs %s", args->command->operands);
	else
		args->outcome =
		    misused("one word too many: %s", args->argv[most]);
	return false;
}

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
	struct arguments args = { .argc = argc - 1, .argv = argv + 1 };

	umask(027);
	if (argc < 2) {
		show_commands(stderr);
		return WRONG_USE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		show_commands(stdout);
		return DONE;
	}
	args.command = find(argv[1]);
	if (args.command == NULL)
		return (int)misused("no such command: %s", argv[1]);

	current = args.command;
	return (int)args.command->run(&args);
}
