#include <stdlib.h>
#include <string.h>

#include "data/password.h"
#include "data/unsubscribe.h"

const char *
unsubscribe_token(struct db *db, struct arena *a, const char *what, int64_t id)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT value FROM state.secret WHERE name = 'form'"));
	unsigned char key[PASSWORD_KEY];
	char mac[PASSWORD_DIGEST];

	if (!db_bytes(q, key, sizeof(key)))
		return "";
	password_mac(mac, key, arena_printf(a, "%s %lld", what, (long long)id));
	return arena_printf(a, "%lld-%s", (long long)id, mac);
}

int64_t
unsubscribe_whose(struct db *db, const char *what, const char *token)
{
	int64_t id = strtoll(token, NULL, 10);
	struct arena a = { 0 };
	bool ours =
	    id > 0 && password_same(token, unsubscribe_token(db, &a, what, id));

	arena_free(&a);
	return ours ? id : 0;
}
