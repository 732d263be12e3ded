#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "data/db.h"

enum { FLAGS_MAX = 24 };

/* The command that runs, for its messages. */
static const struct command *current;

/* Names of files and the words of other servers may hold anything: a line end
 * would begin a line of the log that we have not written, and a terminal obeys
 * what begins with ESC, or U+009B. */
static void
tame(char *line)
{
	for (unsigned char *c = (unsigned char *)line; *c != '\0'; c++)
		if (*c < ' ' || *c == 0x7f)
			*c = ' ';
		else if (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0)
			c[0] = c[1] = ' ';
}

static void __attribute__((format(printf, 1, 0)))
complain_list(const char *format, va_list list)
{
	char *line = NULL;

	if (vasprintf(&line, format, list) == -1)
		abort();
	tame(line);
	fprintf(stderr, "mutua%s%s: %s\n", current != NULL ? " " : "",
	    current != NULL ? current->name : "", line);
	free(line);
}

void
complain(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	complain_list(format, list);
	va_end(list);
}

void
complain_lines(const char *text)
{
	for (size_t len; *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		if (len > 0)
			complain("%.*s", (int)len, text);
	}
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
	printf("  %-22s %s\n\n", "-h, --help", "this text");
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
	while ((c = getopt_long(args->argc, args->argv, ":h", options, NULL)) !=
	    -1) {
		if (c == '?' || c == ':') {
			args->outcome = bad_option(args, c);
			return false;
		}
		if (c == 0 || c == 'h') {
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

enum outcome
command_run(const struct command *c, int argc, char **argv)
{
	struct arguments args = { .command = c, .argc = argc, .argv = argv };

	current = c;
	db_quiet();
	return c->run(&args);
}
