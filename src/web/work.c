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
work_new(const char *password, const char *hash)
{
	struct work *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	w->password = copy(password);
	w->hash = hash != NULL ? copy(hash) : NULL;
	return w;
}

void
work_do(struct work *w)
{
	size_t len = strlen(w->password);
	struct buf hash = { 0 };

	if (w->hash != NULL) {
		w->fits = password_fits(w->hash, w->password, len);
		return;
	}
	password_hash(&hash, w->password, len);
	w->hash = copy(buf_text(&hash));
	buf_free(&hash);
}

void
work_free(struct work *w)
{
	if (w == NULL)
		return;
	explicit_bzero(w->password, strlen(w->password));
	free(w->password);
	free(w->hash);
	free(w);
}
