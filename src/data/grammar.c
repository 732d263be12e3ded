#include <string.h>

#include "base/utf8.h"
#include "data/grammar.h"
#include "data/words.h"

/* A quotation mark at s: how long it is; 0 if there is none. */
static size_t
quote(const char *s)
{
	static const char *const marks[] = { "\"", "“", "”", "„", "«", "»" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* What parts words outside of quotes.  Hyphens, apostrophes and full stops
 * don't: they keep a name together. */
static size_t
gap(const char *s)
{
	static const char *const wide[] = { "\u00a0", "\u202f", "\u3000",
		"\u2013", "\u2014", "\u2026" };

	if (*s == '\0')
		return 0;
	if ((unsigned char)*s <= ' ' ||
	    strchr(",;/|()[]{}!?=<>&#%~^\\`+$", *s) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

static const char *
skip_gaps(const char *s)
{
	size_t n;

	while ((n = gap(s)) > 0)
		s += n;
	return s;
}

/* Read "title:" and its sisters; returns what follows. */
static const char *
take_field(const char *s, enum query_field *field)
{
	static const struct {
		const char *name;
		enum query_field field;
	} fields[] = {
		{ "title", TITLE_FIELD },
		{ "titre", TITLE_FIELD },
		{ "titulo", TITLE_FIELD },
		{ "author", AUTHOR_FIELD },
		{ "auteur", AUTHOR_FIELD },
		{ "autor", AUTHOR_FIELD },
	};
	const char *colon = strchr(s, ':');
	struct words w;

	if (colon == NULL || colon - s > 8)
		return s;
	words_start(&w, XX, s, (size_t)(colon - s));
	if (!words_next(&w) || w.end != w.len || w.start != 0)
		return s;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (strlen(fields[i].name) != w.n ||
		    memcmp(fields[i].name, w.word, w.n) != 0)
			continue;
		*field = fields[i].field;
		return colon + 1;
	}
	return s;
}

static const char *
take_quoted(const char *s, struct query_part *part)
{
	part->quoted = true;
	part->text = s;
	while (*s != '\0' && quote(s) == 0)
		s++;
	part->len = (size_t)(s - part->text);
	return s + quote(s);
}

static const char *
take_plain(const char *s, struct query_part *part)
{
	part->text = s;
	while (*s != '\0' && gap(s) == 0 && quote(s) == 0)
		s++;
	part->len = (size_t)(s - part->text);
	return s;
}

/* A star ends a prefix, if it has letters enough to say something. */
static void
see_prefix(struct query_part *part, const char *after)
{
	struct words w;

	if (part->quoted ? *after != '*'
			 : part->len == 0 || part->text[part->len - 1] != '*')
		return;
	words_start(&w, XX, part->text, part->len);
	while (words_next(&w))
		part->prefix = w.n >= 2;
}

static bool
has_word(const struct query_part *part)
{
	struct words w;

	words_start(&w, XX, part->text, part->len);
	return words_next(&w);
}

static const char *
take_part(const char *s, struct query_part *part)
{
	*part = (struct query_part){ 0 };
	if (*s == '-') {
		part->excluded = true;
		s += strspn(s, "-");
	}
	s = take_field(s, &part->field);
	s = quote(s) > 0 ? take_quoted(s + quote(s), part)
			 : take_plain(s, part);
	see_prefix(part, s);
	return s;
}

/* As much as there is room for, ending with a whole character and, if
 * something was cut, with a whole word. */
static size_t
fit(const char *query, size_t len)
{
	size_t n = utf8_valid(query, len < QUERY_BYTES ? len : QUERY_BYTES);

	while (len > QUERY_BYTES && n > QUERY_BYTES / 2 &&
	    (unsigned char)query[n - 1] > ' ')
		n--;
	return n;
}

void
grammar_parse(struct grammar *g, const char *query)
{
	size_t len = strlen(query), n = fit(query, len);
	const char *s = g->text;

	g->n = 0;
	g->cut = len > QUERY_BYTES;
	memcpy(g->text, query, n);
	g->text[n] = '\0';
	while (*(s = skip_gaps(s)) != '\0') {
		struct query_part part;

		s = take_part(s, &part);
		if (!has_word(&part))
			continue;
		if (g->n == QUERY_PARTS) {
			g->cut = true;
			break;
		}
		g->parts[g->n++] = part;
	}
}
