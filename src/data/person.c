#include <string.h>

#include "base/utf8.h"
#include "data/person.h"

/* How long the initials are that a name begins with, and the blank behind
 * them: "J.-P. ", "W. ".  0 if it begins with none. */
static size_t
initial(const char *s)
{
	size_t len = strcspn(s, " "), used = 0, letters = 0;

	if (len == 0 || s[len] == '\0' || s[len - 1] != '.')
		return 0;
	for (size_t i = 0; i < len; i += used) {
		utf8_next(s + i, len - i, &used);
		letters = strchr(".-", s[i]) != NULL ? 0 : letters + 1;
		if (letters > 2) /* "Ch." is one, "Inst." is a word */
			return 0;
	}
	return len + strspn(s + len, " ");
}

void
person_inverted(struct buf *out, const char *name)
{
	const char *family = name;
	size_t n;

	while ((n = initial(family)) > 0)
		family += n;
	if (family == name || strpbrk(family, ",.&;") != NULL) {
		buf_puts(out, name);
		return;
	}
	for (n = (size_t)(family - name); n > 0 && name[n - 1] == ' ';)
		n--;
	buf_printf(out, "%s, %.*s", family, (int)n, name);
}
