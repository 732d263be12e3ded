#ifndef CLI_MEMBER_H
#define CLI_MEMBER_H

#include <stdbool.h>

#include "base/buf.h"
#include "cli/command.h"
#include "data/db.h"

/*
 * mutua member: accounts, by who runs the site.  What it was called with, and
 * what its parts share; each part is a transaction of its own.
 */
struct member {
	struct arguments *args;
	struct db *db; /* to write */
	const char *data, *share;
	const char *email, *role, *lang, *country;
	bool password_stdin, json, remove;
};

/* One word after the command: add, list, … */
struct deed {
	const char *name;
	int least, most; /* operands after it */
	const char *operands;
	enum outcome (*run)(struct member *, char **operands);
};

enum outcome member_add(struct member *, char **operands);
enum outcome member_steward(struct member *, char **operands);
enum outcome member_spokesperson(struct member *, char **operands);

/* The id of the member with that address; 0 after saying that there is none. */
int64_t member_find(struct member *, const char *email);

/* Is it a role?  If not, says which there are. */
bool member_is_role(const char *);

/* End a transaction well; FAILED after saying what went wrong. */
enum outcome member_commit(struct member *);

/* Read a new password: one line of stdin, or twice from the terminal without
 * showing it.  False after saying what is wrong. */
bool password_read(struct buf *, bool from_stdin);

#endif
