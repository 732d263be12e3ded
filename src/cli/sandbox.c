#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/write.h"
#include "cli/sandbox.h"
#include "cli/sandbox_rules.h"

enum {
	ALL_MS = 30 * 1000,
	LOOK_MS = 200,    /* between looks whether we are told to end */
	NOT_LOCKED = 120, /* exit statuses of ours */
	NOT_RUN = 121,
	NOT_READ = 122
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * The child.
 */

/* Input, output and errors, and nothing else. */
static bool
take_descriptors(int input, int output)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	return null != -1 && dup2(input != -1 ? input : null, 0) == 0 &&
	    dup2(output, 1) == 1 && dup2(null, 2) == 2 &&
	    close_range(3, ~0U, 0) == 0;
}

static void
reset_signals(void)
{
	sigset_t none;

	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int
read_within(const struct sandbox *s)
{
	struct buf found = { 0 };

	return s->read(s->with, &found) && write_all(1, found.data, found.len)
	    ? 0
	    : NOT_READ;
}

/* Never returns, and runs nothing that the parent registered for its end. */
static _Noreturn void
be_child(const struct sandbox *s, int output)
{
	static char locale[] = "LC_ALL=C.UTF-8";
	static char *const environment[] = { locale, NULL };
	const char *path = s->program != NULL ? s->program[0] : NULL;
	union {
		/* cppcheck-suppress unusedStructMember */
		const char *const *ours;
		char *const *theirs;
	} argv = { .ours = s->program };

	reset_signals();
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
	    !take_descriptors(s->input, output) || !sandbox_lock(path))
		_exit(NOT_LOCKED);
	if (path == NULL)
		_exit(read_within(s));
	execve(path, argv.theirs, environment);
	_exit(NOT_RUN);
}

/*
 * The parent.
 */

/* Why it did not end well, "" if it did. */
static void
explain(int result, struct buf *why)
{
	if (WIFSIGNALED(result))
		buf_printf(why, "it was stopped: %s",
		    strsignal(WTERMSIG(result)));
	else if (WEXITSTATUS(result) == NOT_READ)
		buf_puts(why, "it cannot be read");
	else if (WEXITSTATUS(result) != 0)
		buf_printf(why, "it cannot be read (status %d)",
		    WEXITSTATUS(result));
}

/* Read what it says until it has said all, or enough; false if it has to be
 * stopped, and *why is then the outcome. */
static bool
listen_to(const struct sandbox *s, int fd, struct buf *found,
    enum sandboxed *why)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t end = now_ms() + ALL_MS;

	for (;;) {
		ssize_t n;

		if (s->stop != NULL && s->stop()) {
			*why = SANDBOX_STOPPED;
			return false;
		}
		if (now_ms() > end) {
			*why = SANDBOX_FAILED;
			return false;
		}
		if (poll(&p, 1, LOOK_MS) <= 0)
			continue;
		buf_reserve(found, 65536);
		n = read(fd, found->data + found->len, 65536);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		found->len += (size_t)n;
		if (found->len >= SANDBOX_OUTPUT)
			break;
	}
	found->len = SANDBOX_OUTPUT;
	*why = SANDBOX_DONE;
	return false;
}

static enum sandboxed
wait_for(const struct sandbox *s, pid_t pid, int fd, struct buf *found,
    struct buf *why)
{
	enum sandboxed outcome = SANDBOX_DONE;
	int result = 0;

	if (!listen_to(s, fd, found, &outcome)) {
		kill(pid, SIGKILL);
		if (outcome == SANDBOX_FAILED)
			buf_puts(why, "it takes too long");
	}
	while (waitpid(pid, &result, 0) == -1 && errno == EINTR)
		;
	if (outcome != SANDBOX_DONE || found->len == SANDBOX_OUTPUT)
		return outcome;
	if (WIFEXITED(result) &&
	    (WEXITSTATUS(result) == NOT_LOCKED ||
		WEXITSTATUS(result) == NOT_RUN)) {
		buf_puts(why,
		    WEXITSTATUS(result) == NOT_RUN ? "the program is not there"
						   : "there is no sandbox");
		return SANDBOX_BROKEN;
	}
	explain(result, why);
	return why->len == 0 ? SANDBOX_DONE : SANDBOX_FAILED;
}

enum sandboxed
sandbox_run(const struct sandbox *s, struct buf *found, struct buf *why)
{
	enum sandboxed outcome;
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) == -1 || (pid = fork()) == -1) {
		buf_puts(why, strerror(errno));
		return SANDBOX_BROKEN;
	}
	if (pid == 0)
		be_child(s, ends[1]);
	close(ends[1]);
	outcome = wait_for(s, pid, ends[0], found, why);
	close(ends[0]);
	if (found->len > 0)
		found->data[found->len] = '\0';
	return outcome;
}
