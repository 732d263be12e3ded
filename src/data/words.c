#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/fold.h"
#include "data/words.h"

enum {
	STEMS = 4096,   /* stems kept for each language; a power of two */
	STEM_MAX = 26,  /* longer words are not worth keeping */
	PREFIX_MAX = 5, /* "micro", "inter", "self": what makes compounds */
};

struct stem {
	unsigned char word_n;
	unsigned char stem_n;
	char word[STEM_MAX];
	char stem[STEM_MAX];
};

static struct {
	const char *name;
	const char *algorithm;
	struct sb_stemmer *stemmer;
	struct stem *stems;
} tongues[TONGUES] = {
	[EN] = { .name = "en", .algorithm = "english" },
	[FR] = { .name = "fr", .algorithm = "french" },
	[ES] = { .name = "es", .algorithm = "spanish" },
	[PT] = { .name = "pt", .algorithm = "portuguese" },
	[XX] = { .name = "xx" },
};

enum tongue
tongue_of(const char *lang)
{
	for (enum tongue t = EN; t < XX; t++)
		if (strncmp(lang, tongues[t].name, 2) == 0 &&
		    (lang[2] == '\0' || lang[2] == '-'))
			return t;
	return XX;
}

const char *
tongue_name(enum tongue t)
{
	return tongues[t].name;
}

/*
 * Cutting a text into words.
 */

void
words_start(struct words *w, enum tongue tongue, const char *text, size_t len)
{
	w->text = text;
	w->len = len;
	w->tongue = tongue;
	w->start = w->end = w->n = w->joined_n = 0;
	w->plain = false;
}

/* The character at i, folded to out; how many bytes it takes in *used. */
static enum fold
character(const struct words *w, size_t i, size_t *used, char *out, size_t *n)
{
	unsigned char c = (unsigned char)w->text[i];

	if (c < 0x80) {
		*used = 1;
		*n = 1;
		*out = fold_ascii[c];
		return *out != '\0' ? FOLD_LETTER : FOLD_BREAK;
	}
	return fold_char(utf8_next(w->text + i, w->len - i, used), out, n);
}

/* Take the ASCII letters and digits at i, as most are. */
static size_t
take_ascii(struct words *w, size_t i)
{
	size_t n = w->n;
	bool plain = w->plain;

	for (; i < w->len && n < WORD_MAX; i++) {
		unsigned char c = (unsigned char)w->text[i];
		char folded = '\0';

		if (c < 0x80)
			folded = (char)fold_ascii[c];
		if (folded == '\0')
			break;
		plain &= folded >= 'a';
		w->word[n++] = folded;
	}
	w->n = n;
	w->plain = plain;
	return i;
}

/* Fold one word from w->start on; its end is the first byte beyond it. */
static void
take(struct words *w)
{
	size_t i, used, n;
	char out[FOLD_MAX];

	w->n = 0;
	w->plain = true;
	for (i = take_ascii(w, w->start); i < w->len; i = take_ascii(w, i)) {
		enum fold fold = character(w, i, &used, out, &n);

		if (fold == FOLD_BREAK || (fold == FOLD_ALONE && i > w->start))
			break;
		i += used;
		if (fold == FOLD_MARK)
			continue;
		if (w->n + n <= WORD_MAX) {
			memcpy(w->word + w->n, out, n);
			w->n += n;
		}
		w->plain &= *out < '0' || *out > '9';
		if (fold == FOLD_ALONE)
			break;
	}
	w->end = i;
}

/* How long the apostrophe or hyphen at i is; 0 if there is none. */
static size_t
apostrophe(const struct words *w, size_t i)
{
	if (i >= w->len)
		return 0;
	if (w->text[i] == '\'')
		return 1;
	return w->text[i] == '\xe2' && i + 3 <= w->len &&
		memcmp(w->text + i, "\u2019", 3) == 0
	    ? 3
	    : 0;
}

static size_t
hyphen(const struct words *w, size_t i)
{
	if (i >= w->len)
		return 0;
	if (w->text[i] == '-')
		return 1;
	return w->text[i] == '\xe2' && i + 3 <= w->len &&
		(memcmp(w->text + i, "\u2010", 3) == 0 ||
		    memcmp(w->text + i, "\u2011", 3) == 0)
	    ? 3
	    : 0;
}

static bool
letter_at(const struct words *w, size_t i)
{
	char out[FOLD_MAX];
	size_t used, n;

	return i < w->len && character(w, i, &used, out, &n) == FOLD_LETTER;
}

static bool
is_one_of(const struct words *w, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == w->n && memcmp(*list, w->word, w->n) == 0)
			return true;
	return false;
}

/* The article in l'assurance, and in English the s of members'. */
static bool
is_elided(const struct words *w)
{
	static const char *const before[] = { "l", "d", "j", "m", "t", "s", "c",
		"n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", NULL };
	static const char *const after[] = { "s", "t", "d", "m", "ll", "re",
		"ve", NULL };
	size_t mark = apostrophe(w, w->end);

	if (mark > 0 && letter_at(w, w->end + mark))
		return is_one_of(w, before);
	if (w->tongue != EN || w->n > 2)
		return false;
	return ((w->start >= 1 && apostrophe(w, w->start - 1) == 1) ||
		   (w->start >= 3 && apostrophe(w, w->start - 3) == 3)) &&
	    is_one_of(w, after);
}

/* Go to the first character of the next word. */
static bool
find(struct words *w)
{
	size_t i = w->end, used, n;
	char out[FOLD_MAX];

	while (i < w->len) {
		enum fold fold;

		/* Spaces and signs need no more than a look. */
		if ((unsigned char)w->text[i] < 0x80 &&
		    fold_ascii[(unsigned char)w->text[i]] == '\0') {
			i++;
			continue;
		}
		fold = character(w, i, &used, out, &n);
		if (fold == FOLD_LETTER || fold == FOLD_ALONE) {
			w->start = i;
			return true;
		}
		i += used;
	}
	w->end = w->len;
	return false;
}

/* Is the word so far the short first part of a compound? */
static bool
opens_compound(const struct words *w)
{
	size_t mark = hyphen(w, w->end);

	return w->plain && w->n > 1 && w->n <= PREFIX_MAX && mark > 0 &&
	    letter_at(w, w->end + mark);
}

bool
words_next(struct words *w)
{
	bool compound = opens_compound(w);

	w->joined_n = compound ? w->n : 0;
	if (compound)
		memcpy(w->joined, w->word, w->joined_n);
	do {
		if (!find(w))
			return false;
		take(w);
	} while (w->n == 0 || is_elided(w));
	if (!compound)
		return true;
	memcpy(w->joined + w->joined_n, w->word, w->n);
	w->joined_n += w->n;
	return true;
}

/*
 * Stems.
 */

/* An ending and the same as the stemmer knows it, with accents. */
struct ending {
	const char *folded;
	const char *accented;
};

/*
 * Folding comes first, so that an accent may be left out; but Snowball goes
 * by some accents.  These endings are all but certain to have had one.
 */
static const struct ending endings[TONGUES][9] = {
	[FR] = { { "ites", "ités" }, { "ite", "ité" }, { "iere", "ière" },
	    { "ieres", "ières" }, { "ees", "ées" }, { "ee", "ée" } },
	[ES] = { { "ion", "ión" }, { "logia", "logía" },
	    { "logias", "logías" } },
	/* Plurals as singulars: Snowball keeps -ção and -ções apart. */
	[PT] = { { "cao", "ção" }, { "coes", "ção" }, { "oes", "ão" },
	    { "aos", "ão" }, { "aes", "ão" }, { "ao", "ão" },
	    { "encia", "ência" }, { "encias", "ências" } },
};

static size_t
restore(enum tongue t, char *word, size_t n)
{
	for (const struct ending *e = endings[t]; e->folded != NULL; e++) {
		size_t len = strlen(e->folded), with = strlen(e->accented);

		if (n < len + 2 || memcmp(word + n - len, e->folded, len) != 0)
			continue;
		memcpy(word + n - len, e->accented, with);
		return n - len + with;
	}
	return n;
}

/* Accents off again: what the stemmer leaves of those restored. */
static size_t
refold(char *word, size_t n)
{
	char out[FOLD_MAX], *to = word;
	size_t used, m;

	for (size_t i = 0; i < n; i += used) {
		uint32_t c = utf8_next(word + i, n - i, &used);

		if (fold_char(c, out, &m) != FOLD_LETTER || m > used) {
			memmove(to, word + i, used);
			to += used;
			continue;
		}
		memcpy(to, out, m);
		to += m;
	}
	return (size_t)(to - word);
}

static const char *
make_stem(enum tongue t, const char *word, size_t n, size_t *stem_n)
{
	static char stem[WORD_MAX + 32];
	const sb_symbol *s;

	memcpy(stem, word, n);
	n = restore(t, stem, n);
	if (tongues[t].stemmer == NULL)
		tongues[t].stemmer =
		    sb_stemmer_new(tongues[t].algorithm, "UTF_8");
	s = tongues[t].stemmer == NULL ? NULL
				       : sb_stemmer_stem(tongues[t].stemmer,
					     (const sb_symbol *)stem, (int)n);
	if (s == NULL)
		abort(); /* no memory */
	*stem_n = (size_t)sb_stemmer_length(tongues[t].stemmer);
	if (*stem_n > sizeof(stem))
		*stem_n = sizeof(stem);
	memmove(stem, s, *stem_n);
	*stem_n = refold(stem, *stem_n);
	return stem;
}

static struct stem *
kept(enum tongue t, const char *word, size_t n)
{
	uint32_t hash = 2166136261u;

	if (tongues[t].stems == NULL) {
		tongues[t].stems = calloc(STEMS, sizeof(struct stem));
		if (tongues[t].stems == NULL)
			abort();
	}
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)word[i]) * 16777619u;
	return &tongues[t].stems[(hash ^ hash >> 15) % STEMS];
}

static bool
is_plain(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] >= '0' && word[i] <= '9')
			return false;
	return n > 2;
}

const char *
words_stem(enum tongue t, const char *word, size_t n, size_t *stem_n)
{
	struct stem *k;
	const char *stem;

	*stem_n = n;
	if (t == XX || n > WORD_MAX || !is_plain(word, n))
		return word;
	if (n > STEM_MAX)
		return make_stem(t, word, n, stem_n);
	k = kept(t, word, n);
	if (k->word_n != n || memcmp(k->word, word, n) != 0) {
		stem = make_stem(t, word, n, stem_n);
		if (*stem_n > STEM_MAX)
			return stem;
		k->word_n = (unsigned char)n;
		k->stem_n = (unsigned char)*stem_n;
		memcpy(k->word, word, n);
		memcpy(k->stem, stem, *stem_n);
	}
	*stem_n = k->stem_n;
	return k->stem;
}
