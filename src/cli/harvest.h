#ifndef CLI_HARVEST_H
#define CLI_HARVEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/import.h"
#include "cli/settings.h"
#include "cli/tally.h"
#include "data/db.h"
#include "data/fetcher.h"
#include "data/oai_read.h"
#include "data/yaml.h"

/*
 * mutua harvest: the records of another repository, by OAI-PMH, into the
 * library.
 *
 * harvest.c is the command, harvest_run.c one run of a source, harvest_sets.c
 * whether it has a set, harvest_source.c what is known of it, harvest_ask.c a
 * request, harvest_tree.c a record of theirs as one of ours, and harvest_take.c
 * what becomes of it.  Each page is one transaction (several, if it is long), the
 * last with the token of the next: whatever ends it in between, the next run
 * goes on there, and a page that is taken twice changes nothing.
 *
 * A run is steps, each an answer to what harvest_query() asks, so that the
 * command may wait for each, and mutua jobs (jobs_harvest.c) need not.
 */
enum fate {
	HARVEST_ADDED,
	HARVEST_CHANGED,
	HARVEST_SAME,
	HARVEST_DELETED,
	HARVEST_LEFT, /* alone: edited here, or had from elsewhere */
	HARVEST_BAD,
	HARVEST_FATES
};

enum harvest_asks { HARVEST_WHO, HARVEST_SETS, HARVEST_RECORDS };

enum harvest_step { STEP_MORE, STEP_DONE, STEP_FAILED };

struct harvest {
	struct db *db;
	struct fetcher *fetcher; /* the command's */
	struct names *names;
	struct settings settings;
	bool dry_run;
	bool again;       /* all of it, not only what has changed */
	const char *from; /* instead of since, or NULL */
	/* The source, and where it stands; "" where nothing is known. */
	int64_t source;
	const char *url, *set, *prefix;
	const char *name;
	const char *organisation; /* slug, or "" */
	const char *since, *begun, *token;
	bool days; /* it dates to the day, not to the second */
	/* This run of it. */
	enum harvest_asks asks;
	size_t counts[HARVEST_FATES];
	size_t pages;
	size_t empty;     /* pages without a record, one after the other */
	bool begun_again; /* for a token that was none */
	struct buf sets;  /* those that it has, to be told */
	size_t nsets;
	const char *sets_token;
	struct tally tokens;         /* all that were met */
	struct arena lasting, arena; /* of the source; of a page */
};

/* Has a signal asked us to end? */
bool harvest_stopping(void);

/* Begin a run of url, set and prefix, where the last one ended. */
void harvest_begin(struct harvest *);

/* What is to be asked next: verb and its arguments, in the arena. */
const char *harvest_query(struct harvest *);

/* Take what was answered; STEP_FAILED after putting why. */
enum harvest_step harvest_answer(struct harvest *, const struct oai_page *,
    struct buf *why);

/* Does the repository have the set?  The same, for an answer to ListSets. */
enum harvest_step harvest_sets(struct harvest *, const struct oai_page *,
    struct buf *why);

/* A token that was there before leads round in circles. */
bool harvest_goes_round(struct harvest *, const char *token);

/* End the run; why is "" if it came to its end. */
void harvest_end(struct harvest *, const char *why);

/* Leave it without a word, where its last page was: what it holds is freed. */
void harvest_leave(struct harvest *);

/* What has become of its records: "URL: 3 added, …". */
void harvest_put_counts(const struct harvest *, struct buf *);

/* Read what is known of url, set and prefix. */
void harvest_source(struct harvest *);

/* Give it a row, if it has none; false if storage failed. */
bool harvest_source_add(struct harvest *);

/* How it stands now, within a transaction of the caller's; false if another
 * process harvests it, too. */
bool harvest_step(struct harvest *, const char *before);

/* How a run ended: error is "" if it came to its end. */
void harvest_ended(struct harvest *, const char *error);

/* A request as it goes out; what came back as a page, in the arena, or why it
 * is none; and after how many seconds another try is worth it, -1 if none is. */
struct fetch harvest_fetch(struct harvest *, const char *query);
bool harvest_read(struct harvest *, const struct fetched *, struct oai_page *,
    struct buf *why);
int64_t harvest_pause(const struct fetched *, int tries);

/* All of that, and wait for it. */
bool harvest_ask(struct harvest *, const char *query, struct oai_page *,
    struct buf *why);

/* What a record of theirs says, as a document, in the arena. */
struct node *harvest_tree(struct harvest *, const struct oai_item *);

/* The addresses it names, the first for the document: DOIs as addresses. */
enum { HARVEST_URLS = 8 };
size_t harvest_urls(struct harvest *, const struct oai_item *,
    const char *urls[HARVEST_URLS]);

/* Take one, within a transaction of the caller's. */
enum fate harvest_take(struct harvest *, const struct oai_item *);

#endif
