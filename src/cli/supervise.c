#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/supervise.h"

/* All in milliseconds. */
enum {
	ASK_EVERY = 5,          /* while it starts */
	PATIENCE = 30 * 1000,   /* for it to get ready */
	PAUSE_MAX = 10 * 1000,  /* between two starts */
	LONG_LIVED = 60 * 1000, /* after which the pauses begin anew */
	KILL_AFTER = 5 * 1000,  /* asking politely */
	ASK_AGAIN = 200,        /* a signal can get lost in Kore */
};

struct watch {
	const struct service *service;
	int signals;   /* a signalfd */
	pid_t pid;     /* 0 while it is not running */
	bool ready;    /* since it was last started */
	bool ever;     /* ready at any time */
	int64_t since; /* it was last started */
	int64_t next;  /* time to start it */
	int64_t pause;
};

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
signal_set(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGQUIT);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGCHLD);
}

static _Noreturn void
become(const struct service *s, pid_t parent)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
	dup2(STDERR_FILENO, STDOUT_FILENO); /* what it says are messages */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent) /* it ended before we asked to be told */
		_exit(1);
	execvp(s->argv[0], s->argv);
	complain("can't start %s: %s%s", s->argv[0], strerror(errno),
	    errno == ENOENT ? "; is it installed?" : "");
	_exit(1);
}

static bool
start(struct watch *w)
{
	pid_t parent = getpid();

	fflush(NULL);
	w->pid = fork();
	if (w->pid == 0)
		become(w->service, parent);
	if (w->pid == -1) {
		complain("can't start %s: %s", w->service->name,
		    strerror(errno));
		w->pid = 0;
		return false;
	}
	setpgid(w->pid, w->pid); /* whoever of us two comes first */
	w->since = now();
	w->ready = false;
	return true;
}

/* Reap whoever ended; true if the service itself did. */
static bool
reap(struct watch *w, int *status)
{
	int how;
	pid_t pid;
	bool ended = false;

	while ((pid = waitpid(-1, &how, WNOHANG)) > 0) {
		if (pid != w->pid)
			continue;
		*status = how;
		ended = true;
	}
	return ended;
}

/* Wait for some milliseconds, or for a signal; which one, or 0. */
static int
wait_signal(struct watch *w, int64_t timeout)
{
	struct pollfd p = { .fd = w->signals, .events = POLLIN };
	struct signalfd_siginfo info;

	if (poll(&p, 1, (int)timeout) != 1 ||
	    read(w->signals, &info, sizeof(info)) != sizeof(info))
		return 0;
	return (int)info.ssi_signo;
}

/*
 * Kore keeps a System V memory segment, and leaves it behind when it is
 * killed.  The list of /proc says who made which.
 */
void
supervise_tidy(pid_t maker)
{
	FILE *f = fopen("/proc/sysvipc/shm", "re");
	char line[512];
	int id, cpid, users;

	if (f == NULL)
		return;
	while (fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "%*d %d %*o %*u %d %*d %d", &id, &cpid,
			&users) == 3 &&
		    cpid == maker && users == 0)
			shmctl(id, IPC_RMID, NULL);
	fclose(f);
}

/* What is left of its process group goes too: politely, then not. */
static void
end_group(struct watch *w, pid_t group, int64_t patience)
{
	int64_t begin = now(), asked = 0;
	int status;

	while (killpg(group, 0) == 0) {
		if (now() - begin >= patience)
			killpg(group, SIGKILL);
		else if (now() - asked >= ASK_AGAIN) {
			killpg(group, SIGTERM);
			asked = now();
		}
		wait_signal(w, ASK_EVERY);
		reap(w, &status);
	}
	supervise_tidy(group);
}

static const char *
how_it_ended(int status, char *text, size_t size)
{
	if (WIFSIGNALED(status))
		snprintf(text, size, "was killed by signal %d (%s)",
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(text, size, "ended by itself");
	return text;
}

/* It ended without being asked to.  False if it never worked. */
static bool
lost(struct watch *w, int status)
{
	char how[80];

	end_group(w, w->pid, ASK_AGAIN);
	how_it_ended(status, how, sizeof(how));
	if (now() - w->since > LONG_LIVED)
		w->pause = 0;
	w->pid = 0;
	w->next = now() + w->pause;
	if (!w->ever) {
		complain("%s %s before the site answered", w->service->name,
		    how);
		return false;
	}
	if (w->pause == 0)
		complain("%s %s; starting it again", w->service->name, how);
	else
		complain("%s %s; starting it again in %.1f s", w->service->name,
		    how, (double)w->pause / 1000);
	w->pause = w->pause == 0 ? 100 : w->pause * 2;
	if (w->pause > PAUSE_MAX)
		w->pause = PAUSE_MAX;
	return true;
}

static void
ask_whether_ready(struct watch *w)
{
	const struct service *s = w->service;

	if (w->pid == 0 || w->ready || !s->ready(s->context))
		return;
	w->ready = true;
	if (!w->ever)
		s->announce(s->context);
	w->ever = true;
}

static int64_t
time_to_wait(const struct watch *w)
{
	int64_t left = w->next - now();

	if (w->pid == 0)
		return left > 0 ? left : 0;
	return w->ready ? 60 * 1000 : ASK_EVERY;
}

/* Until a signal says stop, or there is no hope. */
static enum outcome
keep_running(struct watch *w)
{
	int status;

	for (;;) {
		int signal;

		if (w->pid == 0 && now() >= w->next && !start(w))
			return FAILED;
		signal = wait_signal(w, time_to_wait(w));
		if (signal != 0 && signal != SIGCHLD)
			return DONE;
		if (reap(w, &status)) {
			if (!lost(w, status))
				return FAILED;
			continue;
		}
		ask_whether_ready(w);
		if (w->pid != 0 && !w->ever && now() - w->since > PATIENCE) {
			complain("%s does not answer", w->service->name);
			return FAILED;
		}
	}
}

enum outcome
supervise(const struct service *s)
{
	struct watch w = { .service = s };
	enum outcome outcome;
	sigset_t set;

	/* Workers whose parent is gone become our children. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signal_set(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	w.signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w.signals == -1) {
		complain("signalfd: %s", strerror(errno));
		return FAILED;
	}
	outcome = keep_running(&w);
	if (w.pid != 0)
		end_group(&w, w.pid, KILL_AFTER);
	close(w.signals);
	return outcome;
}
