#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/jobs.h"
#include "cli/place.h"
#include "cli/rights.h"
#include "data/queue.h"

enum {
	LOOK_MS = 500,    /* between looks at whether there is work */
	REST_SECONDS = 5, /* after the database has failed */
	PATIENCE = 4,     /* seconds for what is at hand, when told to end */
	HOUR = 3600,
	TEN_MINUTES = 600,
	MINUTE = 60,
	SOON = 10, /* as exactly as what is scheduled comes */
};

static const struct task tasks[] = {
	{ "reconcile", HOUR, false, jobs_reconcile },
	{ "news", SOON, false, jobs_news },
	{ "watches", HOUR, true, jobs_watch },
	{ "reminders", HOUR, false, jobs_remind },
	{ "entries to review", TEN_MINUTES, false, jobs_review },
	{ "cleaning", HOUR, false, jobs_clean },
	{ "files", HOUR, false, jobs_files },
	{ "pictures", HOUR, false, jobs_pictures },
	{ "registry", TEN_MINUTES, false, jobs_registry },
	{ "hub", MINUTE, false, jobs_hub },
	{ "links", HOUR, false, jobs_links_list },
};

enum { NTASKS = sizeof(tasks) / sizeof(tasks[0]) };

/* What the loop knows. */
struct clock {
	int64_t next[NTASKS];   /* when each task is due */
	int64_t content, state; /* versions of the two databases */
	int64_t due;            /* when mail, work or a question is */
};

static volatile sig_atomic_t stopping;

/* What is at hand may be finished, if it does not take too long. */
static void
stop(int signal)
{
	(void)signal;
	stopping = 1;
	alarm(PATIENCE);
}

static void
catch_signals(void)
{
	static const int all[] = { SIGTERM, SIGINT, SIGQUIT, SIGHUP };
	struct sigaction action = { .sa_handler = stop };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		sigaction(all[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

bool
jobs_stopping(void)
{
	return stopping;
}

bool
jobs_recover(struct jobs *j, const char *what)
{
	if (!db_failed(j->db))
		return true;
	complain("%s: %s (in: %s)", what, db_error(j->db), db_failed_at(j->db));
	db_rollback(j->db);
	return false;
}

static bool
run_tasks(struct jobs *j, struct clock *c, bool changed)
{
	int64_t now = time(NULL);
	bool good = true;

	for (int i = 0; i < NTASKS; i++) {
		if (now < c->next[i] && !(tasks[i].eager && changed))
			continue;
		tasks[i].run(j);
		arena_reset(&j->arena);
		good = jobs_recover(j, tasks[i].name) && good;
		c->next[i] = now + tasks[i].every;
		db_release(j->db);
	}
	return good;
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
state_version(struct jobs *j)
{
	return db_number(db_restart(db_query(j->db,
			     "PRAGMA state.data_version")),
	    -1);
}

/* Everything that is due; what became due meanwhile is left to the next. */
static bool
round_of_work(struct jobs *j, struct clock *c)
{
	int64_t content = db_version(j->db);
	bool changed = content != c->content, more = false;

	c->content = content;
	c->state = state_version(j);
	if (run_tasks(j, c, changed)) {
		more = jobs_send(j);
		more = jobs_do(j) || more;
		more = jobs_digest(j) || more;
		more = jobs_newsletter(j) || more;
		jobs_feeds(j);
		jobs_tries(j);
		jobs_links(j);
		jobs_harvest(j);
	}
	c->due = least(least(jobs_mail_due(j), jobs_digest_due(j)),
	    queue_due(j->db));
	c->due = least(c->due, least(jobs_feeds_due(j), jobs_links_due(j)));
	c->due = least(c->due, jobs_harvest_due(j));
	db_release(j->db);
	return more;
}

/* Is there something to do, as far as can be told by a look? */
static bool
is_time(struct jobs *j, const struct clock *c)
{
	int64_t now = time(NULL);
	bool something = c->due <= now || db_version(j->db) != c->content ||
	    state_version(j) != c->state;

	for (int i = 0; i < NTASKS; i++)
		something = something || c->next[i] <= now;
	db_release(j->db);
	return something;
}

static void
keep_working(struct jobs *j, bool once)
{
	struct clock c = { .content = -1 };

	while (!jobs_stopping()) {
		bool more = round_of_work(j, &c);

		if (!jobs_recover(j, "looking for work") && !once)
			jobs_listen(j, REST_SECONDS * 1000);
		if (once && !more && jobs_asked(j, NULL, NULL) == 0 &&
		    j->harvesting == NULL)
			return;
		while (!more && !jobs_stopping() && !is_time(j, &c))
			more = jobs_listen(j, LOOK_MS);
	}
}

/*
 * Getting ready.
 */

/* One process for each directory; it holds the lock as long as it lives. */
static bool
lock(const struct jobs *j)
{
	const char *path = place_in(j->data, "jobs-lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	char pid[16] = "";

	if (fd == -1) {
		complain("%s: %s", path, strerror(errno));
		return false;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return ftruncate(fd, 0) == 0 &&
		    dprintf(fd, "%d\n", (int)getpid()) > 0;
	if (read(fd, pid, sizeof(pid) - 1) > 0)
		pid[strcspn(pid, "\n")] = '\0';
	complain("%s: process %s does its jobs already", j->data, pid);
	close(fd);
	return false;
}

static bool
open_mailer(struct jobs *j)
{
	struct buf why = { 0 };

	j->home = settings_home(&j->settings, &j->lasting);
	j->sender = settings_sender(&j->settings, &j->lasting);
	j->mailer = mailer_open(place_in(j->share, "assets"), j->settings.name,
	    j->home, &why);
	if (j->mailer == NULL)
		complain_lines(buf_text(&why));
	buf_free(&why);
	return j->mailer != NULL;
}

static void
open_smtp(struct jobs *j)
{
	if (*j->settings.smtp == '\0')
		return;
	j->smtp_options = (struct smtp_options){
		.url = j->settings.smtp,
		.user = j->settings.smtp_user,
		.password = j->settings.smtp_password,
		.from = j->sender,
		.stop = jobs_stopping,
	};
	j->smtp = smtp_open(&j->smtp_options);
}

/* Is the database there, and this program's? */
static bool
is_current(const struct jobs *j)
{
	struct db *db = place_open_current(j->data, j->share, DB_READ);

	if (db == NULL)
		return false;
	db_close(db);
	return place_state(j->data, j->share);
}

/* Root becomes the user, in the data directory: the user may have no way to
 * it from outside. */
static bool
become_user(struct jobs *j)
{
	if (!rights_give(j->data, j->settings.user))
		return false;
	if (chdir(j->data) == -1) {
		complain("%s: %s", j->data, strerror(errno));
		return false;
	}
	j->data = ".";
	return rights_drop(j->settings.user);
}

/* What is the program's is read as root, if we are; what is the site's is
 * written as the user. */
static bool
prepare(struct jobs *j, const char *config, const char *base)
{
	if (!settings_load(&j->settings, &j->lasting, j->share, j->data,
		config))
		return false;
	if (base != NULL)
		j->settings.base = base;
	if (!open_mailer(j) || !is_current(j))
		return false;
	if (getuid() == 0 && !become_user(j))
		return false;
	if (!lock(j) || (j->db = place_open(j->data, DB_WRITE)) == NULL)
		return false;
	open_smtp(j);
	return true;
}

static void
finish(struct jobs *j)
{
	jobs_harvest_leave(j);
	if (j->fetcher != NULL)
		fetcher_close(j->fetcher);
	if (j->smtp != NULL)
		smtp_close(j->smtp);
	if (j->db != NULL)
		db_close(j->db);
	if (j->mailer != NULL)
		mailer_close(j->mailer);
	arena_free(&j->arena);
	arena_free(&j->lasting);
}

static enum outcome
run(struct arguments *args)
{
	struct jobs j = { 0 };
	const char *config = NULL, *base = NULL;
	bool once = false, ready;
	const struct flag flags[] = {
		FLAG_DATA(&j.data),
		{ "once", NULL, "do what is due, and end", NULL, &once },
		{ "base", "URL", "the address of the site, for links in mails",
		    &base, NULL },
		{ "config", "FILE",
		    "settings (mutua.yaml in the data directory)", &config,
		    NULL },
		FLAG_SHARE(&j.share),
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 0))
		return args->outcome;
	catch_signals();
	j.data = place_real(place_data(j.data));
	j.share = place_share(j.share);
	ready = j.share != NULL && prepare(&j, config, base);
	if (ready)
		keep_working(&j, once);
	finish(&j);
	return ready ? DONE : FAILED;
}

const struct command command_jobs = {
	.name = "jobs",
	.summary = "send mails and do what else waits",
	.operands = "",
	.about =
	    "Sends the mails that are due, does the work that was asked for,\n"
	    "publishes what is scheduled, tells members what has changed in what\n"
	    "they watch, and subscribers what is new, reads the feeds of others,\n"
	    "harvests the repositories that were harvested once, tries links, makes\n"
	    "pictures smaller, packs the registry for visitors to take away, and\n"
	    "cleans up; then waits for more.\n"
	    "'mutua serve' runs it: by itself it is for sites that start their\n"
	    "processes otherwise, and for --once.\n"
	    "\n"
	    "Mails go to the server of the settings (smtp); without one each is\n"
	    "written into the data directory's mail/, as a file.",
	.run = run,
};
