#include "base/utf8.h"

enum { REPLACEMENT = 0xfffd };

/* How long a sequence its first byte announces, and the bits it carries. */
static size_t
announced(unsigned char first, uint32_t *bits)
{
	if (first < 0x80)
		return *bits = first, 1;
	if (first >= 0xc2 && first < 0xe0)
		return *bits = first & 0x1fu, 2;
	if (first >= 0xe0 && first < 0xf0)
		return *bits = first & 0x0fu, 3;
	if (first >= 0xf0 && first < 0xf5)
		return *bits = first & 0x07u, 4;
	return 0;
}

static uint32_t
decode(const char *s, size_t len, size_t *used)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c = 0;
	size_t n = announced((unsigned char)*s, &c);

	*used = 1;
	if (n == 0 || n > len)
		return UINT32_MAX;
	for (size_t i = 1; i < n; i++) {
		unsigned char next = (unsigned char)s[i];

		if ((next & 0xc0) != 0x80)
			return UINT32_MAX;
		c = c << 6 | (next & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return UINT32_MAX;
	*used = n;
	return c;
}

size_t
utf8_valid(const char *s, size_t len)
{
	size_t i = 0, used;

	while (i < len) {
		if ((unsigned char)s[i] < 0x80) {
			i++;
			continue;
		}
		if (decode(s + i, len - i, &used) == UINT32_MAX)
			return i;
		i += used;
	}
	return len;
}

uint32_t
utf8_next(const char *s, size_t len, size_t *used)
{
	uint32_t c = decode(s, len, used);

	return c != UINT32_MAX ? c : REPLACEMENT;
}

size_t
utf8_put(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

bool
utf8_turns(const char *s)
{
	unsigned char last;

	if (s[0] != '\xe2' || (s[1] != '\x80' && s[1] != '\x81'))
		return false;
	last = (unsigned char)s[2];
	return s[1] == '\x80' ? last >= 0xaa && last <= 0xae
			      : last >= 0xa6 && last <= 0xa9;
}

size_t
utf8_count(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}
