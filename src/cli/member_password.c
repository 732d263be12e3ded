/*
 * Asking for a password.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/member.h"
#include "data/password.h"

/* The terminal as it was, for who breaks off. */
static struct termios before;

static void
give_up(int signal)
{
	(void)signal;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	_exit(FAILED);
}

/* False at the end. */
static bool
read_line(struct buf *line)
{
	int c;

	buf_clear(line);
	while ((c = getchar()) != EOF && c != '\n')
		if (c != '\r')
			buf_putc(line, (char)c);
	return c != EOF || line->len > 0;
}

static bool
ask(const char *question, struct buf *line)
{
	bool good;

	fputs(question, stderr);
	good = read_line(line);
	fputc('\n', stderr);
	return good;
}

/* Twice, as nobody sees what is typed. */
static bool
read_terminal(struct buf *password)
{
	struct termios quiet;
	struct buf again = { 0 };
	bool same;

	tcgetattr(STDIN_FILENO, &before);
	quiet = before;
	quiet.c_lflag &= (tcflag_t)~ECHO;
	signal(SIGINT, give_up);
	signal(SIGTERM, give_up);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	same = ask("Password: ", password) && ask("Again: ", &again) &&
	    strcmp(buf_text(password), buf_text(&again)) == 0;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	buf_free(&again);
	if (!same)
		complain("the two are not the same");
	return same;
}

static bool
is_good(const struct buf *password)
{
	const char *s = buf_text(password);

	if (strlen(s) != password->len ||
	    utf8_valid(s, password->len) != password->len) {
		complain("the password is not UTF-8 text");
		return false;
	}
	switch (password_judge(s)) {
	case PASSWORD_GOOD:
		return true;
	case PASSWORD_COMMON:
		complain("this password is one of those that are tried first");
		return false;
	default:
		complain("a password has %d to %d characters", PASSWORD_LEAST,
		    PASSWORD_MOST);
		return false;
	}
}

bool
password_read(struct buf *password, bool from_stdin)
{
	if (from_stdin) {
		read_line(password);
		return is_good(password);
	}
	if (isatty(STDIN_FILENO))
		return read_terminal(password) && is_good(password);
	complain("there is no terminal to ask for a password; give it on stdin "
		 "with --password-stdin");
	return false;
}
