#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "data/locale.h"
#include "data/name.h"

/* A longer name is that of a body. */
enum { WORDS_MAX = 6 };

struct word {
	const char *at;
	size_t len;
};

struct words {
	struct word word[WORDS_MAX];
	size_t n;
	size_t all; /* those that found no room counted */
};

/* What belongs to the family name after it. */
static const char *const particles[] = { "al", "ben", "bin", "da", "das", "de",
	"del", "della", "den", "der", "des", "di", "do", "dos", "du", "el",
	"ibn", "la", "las", "le", "los", "ould", "san", "ter", "van", "von",
	"zu", NULL };

/* Words of bodies, folded; an s after one makes no difference. */
static const char *const bodies[] = { "agence", "agencia", "agency", "and",
	"anonymous", "asociacion", "association", "assurance", "author",
	"autorite", "authority", "autoridad", "banco", "bank", "banque",
	"bureau", "caisse", "caja", "center", "centre", "centro", "comision",
	"comite", "commission", "committee", "company", "confederacion",
	"confederation", "conference", "congress", "consejo", "conseil",
	"consultant", "cooperacion", "cooperation", "cooperative",
	"cooperativa", "council", "departamento", "departement", "department",
	"direccion", "direction", "division", "ecole", "equipe", "equipo",
	"escuela", "et", "faculty", "faculte", "federacion", "federation",
	"fondation", "fondo", "fonds", "for", "foundation", "fundacion", "fund",
	"government", "gouvernement", "gobierno", "group", "groupe", "grupo",
	"health", "inc", "institut", "institute", "institution", "instituto",
	"insurance", "international", "internacional", "ltd", "ministere",
	"ministerio", "ministry", "mondial", "mondiale", "mundial", "mutual",
	"mutualite", "mutuelle", "nacional", "nation", "nacion", "national",
	"nationale", "network", "of", "office", "oficina", "organisation",
	"organization", "organizacion", "para", "pour", "press", "program",
	"programa", "programme", "project", "projet", "proyecto", "red",
	"republic", "republica", "republique", "reseau", "salud", "sante",
	"school", "secretariat", "secretaria", "securite", "security",
	"seguridad", "seguro", "service", "servicio", "social", "sociale",
	"sociedad", "societe", "society", "state", "team", "the", "trust",
	"unidad", "union", "unit", "unite", "united", "universidad",
	"universite", "university", "various", "world", "y", NULL };

static void
read_words(struct words *w, const char *name)
{
	while (*name != '\0') {
		size_t len = strcspn(name, " \t\r\n");

		if (len > 0 && w->n < WORDS_MAX)
			w->word[w->n++] = (struct word){ name, len };
		w->all += len > 0;
		name += len;
		name += strspn(name, " \t\r\n");
	}
}

/* Is it one of a list, as far as searching sees? */
static bool
is_one_of(struct word w, const char *const *list)
{
	struct buf copy = buf_copy(w.at, w.len), folded = { 0 };
	bool found = false;
	size_t len;

	locale_fold(&folded, copy.data);
	len = strcspn(buf_text(&folded), ",.;:");
	for (; *list != NULL && !found; list++) {
		size_t n = strlen(*list);

		found = (len == n || (len == n + 1 && folded.data[n] == 's')) &&
		    memcmp(folded.data, *list, n) == 0;
	}
	buf_free(&copy);
	buf_free(&folded);
	return found;
}

/* How many letters of a word satisfy. */
static size_t
letters(struct word w, UBool is(UChar32))
{
	size_t used, n = 0;

	for (size_t i = 0; i < w.len; i += used)
		n += is((UChar32)utf8_next(w.at + i, w.len - i, &used)) != 0;
	return n;
}

/* "E.", "J", "J.-P." */
static bool
is_initial(struct word w)
{
	size_t n = letters(w, u_isalpha);

	return n == 1 ||
	    (n < 4 && w.at[w.len - 1] == '.' && letters(w, u_islower) == 0);
}

/* "DIOP": neither an initial nor in small letters. */
static bool
is_capitals(struct word w)
{
	return !is_initial(w) && letters(w, u_isalpha) > 1 &&
	    letters(w, u_islower) == 0;
}

static bool
is_body(const struct words *w)
{
	if (w->n < 2 || w->all > WORDS_MAX)
		return true;
	for (size_t i = 0; i < w->n; i++) {
		struct word word = w->word[i];

		if (letters(word, u_isalpha) == 0 ||
		    letters(word, u_isdigit) > 0 ||
		    memchr(word.at, '&', word.len) != NULL ||
		    memchr(word.at, '(', word.len) != NULL ||
		    memchr(word.at, ';', word.len) != NULL ||
		    memchr(word.at, '/', word.len) != NULL ||
		    is_one_of(word, bodies))
			return true;
	}
	return false;
}

static void
put_words(struct buf *out, const struct words *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (i > from)
			buf_putc(out, ' ');
		buf_put(out, w->word[i].at, w->word[i].len);
	}
}

/* "Diop, Awa" */
static bool
split_at_comma(const char *name, const char *comma, struct buf *family,
    struct buf *given)
{
	struct buf before = buf_copy(name, (size_t)(comma - name));
	struct words first = { 0 }, rest = { 0 };

	read_words(&first, before.data);
	read_words(&rest, comma + 1);
	if (first.n > 0 && rest.n > 0) {
		put_words(family, &first, 0, first.n);
		put_words(given, &rest, 0, rest.n);
	}
	buf_free(&before);
	return first.n > 0 && rest.n > 0;
}

/* "Van Ginneken W.": its initials stand last. */
static size_t
trailing_initials(const struct words *w)
{
	size_t n = w->n;

	while (n > 0 && is_initial(w->word[n - 1]))
		n--;
	return n == w->n || is_initial(w->word[0]) ? 0 : n;
}

/* "W. Van Ginneken": all behind them is the family's. */
static size_t
leading_initials(const struct words *w)
{
	size_t n = 0;

	while (n < w->n && is_initial(w->word[n]))
		n++;
	return n;
}

/* The last word, with the particles before it. */
static size_t
last_name(const struct words *w)
{
	size_t at = w->n - 1;

	while (at > 1 && is_one_of(w->word[at - 1], particles))
		at--;
	return at;
}

/* Capitals tell nothing if they stand before the end. */
static bool
is_doubtful(const struct words *w)
{
	for (size_t i = 0; i + 1 < w->n; i++)
		if (is_capitals(w->word[i]))
			return true;
	return false;
}

bool
name_split(const char *name, struct buf *family, struct buf *given)
{
	const char *comma = strchr(name, ',');
	struct words w = { 0 };
	size_t at;

	read_words(&w, name);
	if (is_body(&w))
		return false;
	if (comma != NULL)
		return split_at_comma(name, comma, family, given);
	at = trailing_initials(&w);
	if (at > 0) {
		put_words(family, &w, 0, at);
		put_words(given, &w, at, w.n);
		return true;
	}
	if (is_doubtful(&w))
		return false;
	at = leading_initials(&w);
	if (at == w.n)
		return false;
	if (at == 0)
		at = last_name(&w);
	put_words(family, &w, at, w.n);
	put_words(given, &w, 0, at);
	return true;
}
