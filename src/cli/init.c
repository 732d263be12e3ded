/*
 * mutua init: the data directory and its database, or nothing if they are
 * there and current.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/place.h"
#include "data/migrate.h"

static bool
make_directory(const char *path)
{
	struct stat st;

	if (mkdir(path, 0750) == 0)
		return true;
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	complain("%s: %s", path, strerror(errno == EEXIST ? ENOTDIR : errno));
	return false;
}

/* Make the database, or bring it up to date. */
static bool
bring_up(const char *data, const char *share)
{
	const char *schema = place_in(share, "schema");
	const char *path = place_in(data, "mutua.db");
	bool existed = access(path, F_OK) == 0;
	struct db *db;
	struct buf why = { 0 };
	const char *reason;
	bool good;

	db = existed ? place_open(data, DB_WRITE) : db_open(path, DB_CREATE);
	if (db == NULL)
		return false;
	if (existed && migrate_is_current(db, schema)) {
		printf("%s: up to date\n", path);
		db_close(db);
		return true;
	}
	good = !db_failed(db) && migrate(db, schema, &why);
	reason = why.len > 0 ? buf_text(&why) : db_error(db);
	if (good)
		printf("%s: %s\n", path,
		    existed ? "brought up to date" : "made");
	else
		complain("%s: %.*s", path, (int)strcspn(reason, "\n"), reason);
	buf_free(&why);
	db_close(db);
	if (!good && !existed)
		unlink(path);
	return good;
}

static enum outcome
run(struct arguments *args)
{
	const char *data = NULL, *share = NULL;
	const struct flag flags[] = {
		FLAG_DATA(&data),
		FLAG_SHARE(&share),
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 0))
		return args->outcome;
	data = place_data(data);
	share = place_share(share);
	if (share == NULL || !make_directory(data) ||
	    !place_state(data, share) || !bring_up(data, share))
		return FAILED;
	return DONE;
}

const struct command command_init = {
	.name = "init",
	.summary = "make a data directory, or bring its database up to date",
	.operands = "",
	.about =
	    "Makes the data directory and an empty database in it.  Where both\n"
	    "are there, the database is brought to this program's schema; if it\n"
	    "has that already, nothing is done but to say so.",
	.run = run,
};
