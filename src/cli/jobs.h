#ifndef CLI_JOBS_H
#define CLI_JOBS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/settings.h"
#include "data/db.h"
#include "data/fetcher.h"
#include "data/smtp.h"
#include "view/mail.h"

/*
 * mutua jobs: what must not keep a visitor waiting, done by one process beside
 * the workers: mails that are due (jobs_mail.c), work that was asked for
 * (jobs_work.c), mails to many (jobs_digest.c, jobs_newsletter.c), what other
 * servers are asked (jobs_ask.c, jobs_feeds.c, jobs_tries.c, jobs_links.c,
 * jobs_harvest.c), and tasks that come again (jobs_clean.c, jobs_watch.c,
 * jobs_remind.c, jobs_review.c, jobs_files.c, pictures.c, jobs_registry.c,
 * jobs_news.c).
 *
 * There is one such process a data directory, sure of it by a lock.  It may be
 * killed at any moment: what it had begun is begun again.
 */
struct jobs;

/* Told what a server has answered; about is what it was asked about. */
typedef void jobs_answered(struct jobs *, int64_t about,
    const struct fetched *);

enum {
	JOBS_ASKING = 40, /* answers that are waited for at once */
	JOBS_PAUSE = 60, /* seconds, when what was answered could not be kept */
};

struct asking {
	jobs_answered *answered; /* NULL: free for another */
	int64_t about;
};

struct jobs {
	struct db *db; /* to write; state.db is attached */
	const char *data;
	const char *share;
	struct settings settings;
	const char *home;   /* of the site, for links */
	const char *sender; /* the address mails come from */
	struct mailer *mailer;
	struct smtp_options smtp_options;
	struct smtp *smtp;  /* or NULL: mails become files */
	int64_t mail_after; /* while the server is down: not before */
	int64_t taken;      /* the mail last accepted, marked or not */
	struct fetcher_options fetcher_options;
	struct fetcher *fetcher; /* NULL as long as nobody was asked */
	struct asking asking[JOBS_ASKING];
	struct harvesting *harvesting; /* a repository, or NULL */
	int64_t ask_after;    /* what is answered can't be kept: not before */
	struct arena lasting; /* as long as the process */
	struct arena arena;   /* reset after each piece of work */
};

/* Work that can be asked for by queue_put(): done to subject, once or more
 * often.  False after putting why. */
struct chore {
	const char *job;
	bool (*run)(struct jobs *, const char *subject, struct buf *why);
};

/* What is done every so many seconds, and at the start; if eager, whenever
 * mutua.db has changed too.  What fails is in the db. */
struct task {
	const char *name;
	int64_t every;
	bool eager;
	void (*run)(struct jobs *);
};

/* Ended by { 0 }. */
extern const struct chore jobs_work[];

/* Do some of what is due; true if more is. */
bool jobs_send(struct jobs *);
bool jobs_do(struct jobs *);

/*
 * Queue some of the mails that go to many: digests that are due, an issue of
 * the newsletter; true if there are more, and room for them.  No more than so
 * many wait in the outbox at a time, however many it will be in the end.
 */
bool jobs_digest(struct jobs *);
bool jobs_newsletter(struct jobs *);
int64_t jobs_room(struct jobs *);

/* When mail is due next, and digests; INT64_MAX if none is. */
int64_t jobs_mail_due(struct jobs *);
int64_t jobs_digest_due(struct jobs *);

/*
 * Ask another server, without waiting: the answer is told in some round, and
 * what is kept of it stands in the arena until then.  False if too many are
 * asked already.
 */
bool jobs_ask(struct jobs *, const struct fetch *, jobs_answered *told,
    int64_t about);

/* What is waited for, of those who are told so; how many. */
size_t jobs_asked(const struct jobs *, jobs_answered *told,
    int64_t about[JOBS_ASKING]);

/* Let others answer for so long, or rest; true if somebody did, or all is
 * answered. */
bool jobs_listen(struct jobs *, int milliseconds);

/* After a write that changes pages of the site: let others write, and visitors
 * read what is kept of pages for a moment; those who were asked go on. */
void jobs_breathe(struct jobs *);

/* Ask for what is due.  When something is next; INT64_MAX if nothing is. */
void jobs_feeds(struct jobs *);
int64_t jobs_feeds_due(struct jobs *);

/* Look for the feeds that partners want to bring. */
void jobs_tries(struct jobs *);
void jobs_links(struct jobs *);
int64_t jobs_links_due(struct jobs *);

/* Harvest the repository that is due; leave it where it is. */
void jobs_harvest(struct jobs *);
int64_t jobs_harvest_due(struct jobs *);
void jobs_harvest_leave(struct jobs *);

/* Say what failed, and forget it; true if nothing did. */
bool jobs_recover(struct jobs *, const char *what);

void jobs_clean(struct jobs *);
void jobs_files(struct jobs *);
void jobs_pictures(struct jobs *);
void jobs_links_list(struct jobs *);
void jobs_registry(struct jobs *);
void jobs_reconcile(struct jobs *);
void jobs_watch(struct jobs *);
void jobs_remind(struct jobs *);
void jobs_review(struct jobs *);
void jobs_news(struct jobs *);
void jobs_hub(struct jobs *);

/* The chore "hub": tell it that a list or a theme, by its path, has news. */
bool jobs_tell_hub(struct jobs *, const char *path, struct buf *why);

/* Has a signal asked us to end? */
bool jobs_stopping(void);

/* An address as it may stand in a log: "a…@example.org". */
const char *jobs_masked(struct jobs *, const char *address);

#endif
