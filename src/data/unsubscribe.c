#include <stdlib.h>
#include <string.h>

#include "data/password.h"
#include "data/unsubscribe.h"

const char *
unsubscribe_token(struct db *db, struct arena *a, int64_t member)
{
	struct query *q = db_restart(db_query(db,
	    "SELECT value FROM state.secret WHERE name = 'form'"));
	unsigned char key[PASSWORD_KEY];
	char mac[PASSWORD_DIGEST];

	if (!db_bytes(q, key, sizeof(key)))
		return "";
	password_mac(mac, key,
	    arena_printf(a, "unsubscribe %lld", (long long)member));
	return arena_printf(a, "%lld-%s", (long long)member, mac);
}

int64_t
unsubscribe_member(struct db *db, const char *token)
{
	int64_t member = strtoll(token, NULL, 10);
	struct arena a = { 0 };
	bool ours = member > 0 &&
	    password_same(token, unsubscribe_token(db, &a, member));

	arena_free(&a);
	return ours ? member : 0;
}
