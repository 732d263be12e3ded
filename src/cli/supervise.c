#include <assert.h>
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
	pid_t pid;     /* 0 while it is not running */
	bool ended;    /* without being asked to */
	int status;    /* … so */
	bool ready;    /* since it was last started */
	bool ever;     /* ready at any time */
	int64_t since; /* it was last started */
	int64_t next;  /* time to start it */
	int64_t pause;
};

struct supervisor {
	struct watch watches[SERVICES_MAX];
	size_t n;
	int signals; /* a signalfd */
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
	w->ready = w->ended = false;
	return true;
}

/* Reap whoever ended, and note which services did. */
static void
reap(struct supervisor *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (size_t i = 0; i < s->n; i++)
			if (s->watches[i].pid == pid) {
				s->watches[i].ended = true;
				s->watches[i].status = status;
			}
}

/* Wait for some milliseconds, or for a signal; which one, or 0. */
static int
wait_signal(const struct supervisor *s, int64_t timeout)
{
	struct pollfd p = { .fd = s->signals, .events = POLLIN };
	struct signalfd_siginfo info;

	if (poll(&p, 1, (int)timeout) != 1 ||
	    read(s->signals, &info, sizeof(info)) != sizeof(info))
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
end_group(struct supervisor *s, pid_t group, int64_t patience)
{
	int64_t begin = now(), asked = 0;

	while (killpg(group, 0) == 0) {
		if (now() - begin >= patience)
			killpg(group, SIGKILL);
		else if (now() - asked >= ASK_AGAIN) {
			killpg(group, SIGTERM);
			asked = now();
		}
		wait_signal(s, ASK_EVERY);
		reap(s);
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
lost(struct supervisor *s, struct watch *w)
{
	char how[80];

	end_group(s, w->pid, ASK_AGAIN);
	how_it_ended(w->status, how, sizeof(how));
	if (now() - w->since > LONG_LIVED)
		w->pause = 0;
	w->pid = 0;
	w->ended = false;
	w->next = now() + w->pause;
	if (!w->ever) {
		complain("%s %s before it was ready", w->service->name, how);
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

	if (w->pid == 0 || w->ready ||
	    (s->ready != NULL && !s->ready(s->context)))
		return;
	w->ready = true;
	if (!w->ever && s->announce != NULL)
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

/* Start what is not running and due, one after the other the first time. */
static bool
start_all(struct supervisor *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct watch *w = &s->watches[i];

		if (w->pid == 0 && now() >= w->next && !start(w))
			return false;
		ask_whether_ready(w);
		if (!w->ever)
			break;
	}
	return true;
}

static int64_t
shortest_wait(const struct supervisor *s)
{
	int64_t least = LONG_LIVED;

	for (size_t i = 0; i < s->n; i++) {
		int64_t wait = time_to_wait(&s->watches[i]);

		least = wait < least ? wait : least;
		if (!s->watches[i].ever)
			break;
	}
	return least;
}

/* See to those that ended, or never began.  False if there is no hope. */
static bool
look_after(struct supervisor *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct watch *w = &s->watches[i];

		if (w->ended && !lost(s, w))
			return false;
		if (w->pid != 0 && !w->ever && now() - w->since > PATIENCE) {
			complain("%s does not answer", w->service->name);
			return false;
		}
	}
	return true;
}

/* Until a signal says stop, or there is no hope. */
static enum outcome
keep_running(struct supervisor *s)
{
	while (start_all(s)) {
		int signal = wait_signal(s, shortest_wait(s));

		if (signal != 0 && signal != SIGCHLD)
			return DONE;
		reap(s);
		if (!look_after(s))
			return FAILED;
	}
	return FAILED;
}

/* All are asked at once, then each is waited for. */
static void
end_all(struct supervisor *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->watches[i].pid != 0)
			killpg(s->watches[i].pid, SIGTERM);
	for (size_t i = 0; i < s->n; i++)
		if (s->watches[i].pid != 0)
			end_group(s, s->watches[i].pid, KILL_AFTER);
}

enum outcome
supervise(const struct service *services, size_t n)
{
	struct supervisor s = { .n = n };
	enum outcome outcome;
	sigset_t set;

	assert(n <= SERVICES_MAX);
	for (size_t i = 0; i < n; i++)
		s.watches[i].service = &services[i];
	/* Workers whose parent is gone become our children. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signal_set(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	s.signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (s.signals == -1) {
		complain("signalfd: %s", strerror(errno));
		return FAILED;
	}
	outcome = keep_running(&s);
	end_all(&s);
	close(s.signals);
	return outcome;
}
