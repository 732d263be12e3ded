#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>

/*
 * One command of the program, and how its command line is read.
 *
 * A command is a struct command in a file of its own, listed in main.c.  Its
 * run() says what options it has and lets arguments_read() fill them in;
 * --help is made from the same list, so it can't leave one out.  Results go
 * to stdout; messages go to stderr through complain().
 */
enum outcome { DONE = 0, FAILED = 1, WRONG_USE = 2 };

struct arguments;

struct command {
	const char *name;
	const char *summary;  /* one line, for mutua --help */
	const char *operands; /* "FILE", "[CONTENT]", or "" for none */
	const char *about;    /* for --help: lines of at most 78 columns */
	enum outcome (*run)(struct arguments *); /* argv[0] is its name */
};

/* An option.  A list of them ends with { 0 }. */
struct flag {
	const char *name;  /* "data" for --data */
	const char *value; /* what it takes, for --help ("DIR"), or NULL */
	const char *help;  /* one line */
	const char **text; /* its value goes here, */
	bool *on;          /* or, if it takes none, true here when given */
};

/* The options most commands have.  NULL stands for the default. */
/* clang-format off */
#define FLAG_DATA(to) \
	{ "data", "DIR", "the data directory ($MUTUA_DATA, or var)", to, 0 }
#define FLAG_SHARE(to) \
	{ "share", "DIR", "where schema, assets and conf are", to, 0 }
/* clang-format on */

/* What a command was called with.  After arguments_read(), argv holds the
 * operands alone, with a NULL after the last. */
struct arguments {
	const struct command *command;
	int argc;
	char **argv;
	enum outcome outcome;
};

/*
 * Read the options; between least and most operands must be left.  False if
 * the command must return args->outcome: after --help, or wrong use.
 */
bool arguments_read(struct arguments *args, const struct flag *flags, int least,
    int most);

/* Run it; argv[0] is its name.  Messages name it from now on. */
enum outcome command_run(const struct command *, int argc, char **argv);

/* Say on stderr what is wrong: "mutua load: …", with a newline at the end. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Say every line of text so: faults that something has gathered. */
void complain_lines(const char *text);

/* The same for a wrong use, with a hint at --help; returns WRONG_USE. */
enum outcome misused(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

extern const struct command command_check;
extern const struct command command_export;
extern const struct command command_feed;
extern const struct command command_harvest;
extern const struct command command_import;
extern const struct command command_init;
extern const struct command command_jobs;
extern const struct command command_load;
extern const struct command command_member;
extern const struct command command_serve;

#endif
