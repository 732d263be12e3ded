#ifndef FEATURES_CONTRIBUTE_OWN_H
#define FEATURES_CONTRIBUTE_OWN_H

#include "web/record_faults.h"
#include "web/record_form.h"

/* The number of a new contribution, by chance: see schema/state.  Up to 2^47,
 * which any reader of JSON takes as it is. */
#define NEW_CONTRIBUTION "abs(random() % 140737488355328)"

/*
 * What the files of contributing share; for them alone.
 *
 * A contribution is a row of state.contribution: a whole record as JSON, as it
 * was typed, on the revision it was made from.  It is kept from the first save
 * on, whatever is wrong with it; only what a check finds good is submitted.
 */
struct contributing {
	const struct kind *kind;
	int64_t id;        /* 0: not kept yet */
	int64_t record;    /* 0: a new one */
	int64_t base;      /* the revision it was made from */
	int64_t author;    /* 0: a visitor */
	const char *state; /* "" before it is kept */
	int64_t due;       /* in state scheduled: when to publish it */
	struct node *tree; /* as typed; NULL of a suggestion */
	const char *json;  /* the same, as it is kept */
	const char *words; /* why, in the author's words */
	bool may_publish;  /* whoever asks, without review */
	bool reviewing;    /* whoever asks is not the author */
	bool overtaken;    /* it was sent, decided or taken back meanwhile */
};

/* Open the contribution of the address's {id}: 0, or 404 for who has no part
 * in it. */
int contribute_open(struct page *, struct contributing *);

/* May whoever opened it write on? */
bool contribute_is_open(const struct contributing *);

/* Put the tree that is in it as JSON; read one. */
void contribute_keep_json(struct page *, struct contributing *);
struct node *contribute_tree(struct page *, const char *json);

/* The record as it was when it was begun; NULL of a new one. */
struct node *contribute_base(struct page *, const struct contributing *);

/* Take out of a tree what whoever asks may not see. */
void contribute_hide(struct page *, const struct contributing *,
    struct node *tree);

/* Show the form. */
int contribute_form(struct page *, struct contributing *, int status,
    struct record_faults *, const char *more);

/* Names _reviewed_first, 1 of a partner's news that is of nobody they speak for,
 * and what contribute/_reviewed_first.html says then.  True of their own news,
 * if they speak for anybody at all. */
bool contribute_name_spokesperson(struct page *, const struct contributing *);

/* Names the rows notes: what was said and done. */
void contribute_notes(struct page *, const struct contributing *);

/* Take the form that was posted: keep it, submit it, publish it … */
int contribute_take(struct page *, struct contributing *);

/* A new one as it is before anything is typed. */
void contribute_begin_tree(struct page *, struct contributing *);

/* Submit, or publish, what is in it; or show why that can't be. */
int contribute_go_on(struct page *, struct contributing *, const char *action);

/*
 * Within the caller's transaction on the writer: keep it in a state, with a
 * note of that if note is set.  False if storage failed, or if its state is no
 * longer what it was when it was opened: contribute_failed() tells which.
 */
bool contribute_save(struct page *, struct contributing *, const char *state,
    bool note);

/* Would it be more than one member may have lying about? */
bool contribute_is_full(struct page *, const struct contributing *);

/* Undo what was begun; lead to what it is now, or 500. */
int contribute_failed(struct page *, const struct contributing *);

/* Mails, in the same transaction: to the author that it has come, or is
 * published; to reviewers that it waits. */
bool contribute_tell(struct page *, const struct contributing *);

/* Somebody else has changed the record meanwhile: what did who?  409. */
int contribute_conflict(struct page *, struct contributing *);

/* What it is called in lists: its title. */
const char *contribute_title(struct page *, const struct contributing *);

/* The address of the record it is about. */
const char *contribute_url(struct page *, int64_t record);

/* Go to the contribution, saying what has been done to it. */
int contribute_go(struct page *, const struct contributing *, const char *done);

#endif
