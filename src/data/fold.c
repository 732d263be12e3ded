#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/utf8.h"
#include "data/fold.h"

/* clang-format off */
const char fold_ascii[129] =
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	"0123456789\0\0\0\0\0\0"
	"\0abcdefghijklmno"
	"pqrstuvwxyz\0\0\0\0\0"
	"\0abcdefghijklmno"
	"pqrstuvwxyz\0\0\0\0\0";
/* clang-format on */

/* Letters that Unicode does not take apart, but readers do. */
static const struct {
	uint32_t c;
	const char *plain;
} ligatures[] = {
	{ 0xc6, "ae" },
	{ 0xe6, "ae" },
	{ 0x152, "oe" },
	{ 0x153, "oe" },
	{ 0xdf, "ss" },
	{ 0x1e9e, "ss" },
	{ 0xd8, "o" },
	{ 0xf8, "o" },
	{ 0x110, "d" },
	{ 0x111, "d" },
	{ 0xd0, "d" },
	{ 0xf0, "d" },
	{ 0x141, "l" },
	{ 0x142, "l" },
	{ 0xde, "th" },
	{ 0xfe, "th" },
	{ 0x131, "i" },
	{ 0x126, "h" },
	{ 0x127, "h" },
	{ 0x166, "t" },
	{ 0x167, "t" },
};

static bool
is_alone(uint32_t c)
{
	return (c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0xa000) ||
	    (c >= 0xf900 && c < 0xfb00) || (c >= 0x20000 && c < 0x40000);
}

static bool
is_mark(UChar32 c)
{
	int type = u_charType(c);

	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

static size_t
decompose(UChar32 c, UChar *apart, size_t size)
{
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&e);
	int32_t n;

	if (U_FAILURE(e))
		abort(); /* ICU without its data */
	n = unorm2_getDecomposition(nfkd, c, apart, (int32_t)size, &e);
	if (n > 0 && U_SUCCESS(e))
		return (size_t)n;
	n = 0;
	U16_APPEND_UNSAFE(apart, n, c);
	return (size_t)n;
}

/* The code point at s, which takes one unit or two. */
static UChar32
unit(const UChar *s, size_t n, size_t *used)
{
	*used = n > 1 && U16_IS_LEAD(s[0]) && U16_IS_TRAIL(s[1]) ? 2 : 1;
	return *used == 2 ? U16_GET_SUPPLEMENTARY(s[0], s[1]) : s[0];
}

static size_t
letters(UChar32 c, char *to)
{
	UChar apart[32];
	size_t n = decompose(c, apart, 32), len = 0, used;

	for (size_t i = 0; i < n && len + 4 <= FOLD_MAX; i += used) {
		c = unit(apart + i, n - i, &used);
		if (u_isalnum(c))
			len += utf8_put(to + len,
			    (uint32_t)u_foldCase(c, U_FOLD_CASE_DEFAULT));
	}
	return len;
}

static enum fold
find(uint32_t c, char *to, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < sizeof(ligatures) / sizeof(ligatures[0]); i++) {
		if (ligatures[i].c != c)
			continue;
		*n = strlen(ligatures[i].plain);
		memcpy(to, ligatures[i].plain, *n);
		return FOLD_LETTER;
	}
	/* A soft hyphen and the joiners stand within a word. */
	if (is_mark((UChar32)c) || c == 0xad || c == 0x200c || c == 0x200d)
		return FOLD_MARK;
	if (!u_isalnum((UChar32)c) &&
	    u_charType((UChar32)c) != U_COMBINING_SPACING_MARK)
		return FOLD_BREAK;
	*n = letters((UChar32)c, to);
	if (*n == 0)
		return FOLD_MARK;
	return is_alone(c) ? FOLD_ALONE : FOLD_LETTER;
}

enum fold
fold_char(uint32_t c, char to[FOLD_MAX], size_t *n)
{
	/* Latin letters, looked up once: ICU is slow for every é. */
	static struct {
		unsigned char known, fold, n;
		char text[5];
	} latin[0x250], *l;
	char text[FOLD_MAX];

	if (c >= sizeof(latin) / sizeof(latin[0]))
		return find(c, to, n);
	l = &latin[c];
	if (!l->known) {
		size_t len;

		l->fold = (unsigned char)find(c, text, &len);
		l->n = (unsigned char)(len < 5 ? len : 5);
		memcpy(l->text, text, l->n);
		l->known = 1;
	}
	*n = l->n;
	memcpy(to, l->text, sizeof(l->text));
	return l->fold;
}
