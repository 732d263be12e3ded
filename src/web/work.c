#include <stdlib.h>
#include <string.h>

#include "data/password.h"
#include "web/work.h"

static char *
copy(const char *s)
{
	char *kept = strdup(s);

	if (kept == NULL)
		abort();
	return kept;
}

struct work *
work_new(const char *password, const char *hash, const char *next)
{
	struct work *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	w->password = copy(password);
	w->hash = hash != NULL ? copy(hash) : NULL;
	w->next = next != NULL ? copy(next) : NULL;
	return w;
}

static char *
make_hash(const char *password)
{
	struct buf hash = { 0 };
	char *made;

	password_hash(&hash, password, strlen(password));
	made = copy(buf_text(&hash));
	buf_free(&hash);
	return made;
}

void
work_do(struct work *w)
{
	if (w->hash == NULL) {
		w->hash = make_hash(w->password);
		return;
	}
	w->fits = password_fits(w->hash, w->password, strlen(w->password));
	if (w->fits && w->next != NULL)
		w->next_hash = make_hash(w->next);
}

static void
wipe(char *password)
{
	if (password != NULL)
		explicit_bzero(password, strlen(password));
	free(password);
}

void
work_free(struct work *w)
{
	if (w == NULL)
		return;
	wipe(w->password);
	wipe(w->next);
	free(w->hash);
	free(w->next_hash);
	free(w);
}
