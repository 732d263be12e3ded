#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "data/message.h"

enum {
	ADDRESS_MAX = 254, /* RFC 5321 */
	URL_MAX = 900,     /* a line has 998 */
	PLAIN_MAX = 60,    /* of a header that needs no folding */
	WORD_BYTES = 45,   /* in an encoded word of at most 75 */
	LINE_MAX_QP = 75,  /* and the '=' of a soft break */
};

static const char alnum[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "abcdefghijklmnopqrstuvwxyz0123456789";

/* Words of such characters, one dot between two of them. */
static bool
is_dotted(const char *s, size_t len, const char *signs)
{
	char before = '.';

	for (size_t i = 0; i < len; before = s[i++]) {
		if (s[i] == '.' && before == '.')
			return false;
		if (s[i] != '.' && strchr(alnum, s[i]) == NULL &&
		    strchr(signs, s[i]) == NULL)
			return false;
	}
	return before != '.';
}

bool
message_is_address(const char *s)
{
	const char *at = strchr(s, '@');
	size_t len = strlen(s);

	if (at == NULL || len > ADDRESS_MAX || at - s > 64)
		return false;
	return is_dotted(s, (size_t)(at - s), "!#$%&'*+-/=?^_`{|}~") &&
	    is_dotted(at + 1, len - (size_t)(at - s) - 1, "-");
}

/* Something that can stand between < and >. */
static bool
is_url(const char *s)
{
	size_t len = strlen(s);

	if (len > URL_MAX || strncmp(s, "http", 4) != 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (s[i] <= ' ' || s[i] > '~' || s[i] == '<' || s[i] == '>')
			return false;
	return true;
}

void
message_flatten(struct buf *out, const char *s)
{
	size_t begin = out->len;

	for (; *s != '\0'; s++) {
		bool blank = (unsigned char)*s <= ' ' || *s == 127;

		if (!blank)
			buf_putc(out, *s);
		else if (out->len > begin && out->data[out->len - 1] != ' ')
			buf_putc(out, ' ');
	}
	if (out->len > begin && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

/* As many whole characters as an encoded word can hold. */
static size_t
word_length(const char *s, size_t len)
{
	size_t n = 0, used;

	while (n < len) {
		utf8_next(s + n, len - n, &used);
		if (n + used > WORD_BYTES)
			break;
		n += used;
	}
	return n;
}

static void
put_encoded(struct buf *out, const char *s, size_t len)
{
	char word[WORD_BYTES * 2];

	while (len > 0) {
		size_t n = word_length(s, len);

		sodium_bin2base64(word, sizeof(word), (const unsigned char *)s,
		    n, sodium_base64_VARIANT_ORIGINAL);
		buf_printf(out, "=?utf-8?B?%s?=%s", word,
		    n < len ? "\r\n " : "");
		s += n;
		len -= n;
	}
}

/* Words in a header.  Whatever is not plain is encoded, and so is what only
 * looks like an encoded word. */
static void
put_words(struct buf *out, const char *words, const char *signs)
{
	struct buf flat = { 0 };
	bool plain;

	message_flatten(&flat, words);
	plain = flat.len <= PLAIN_MAX;
	for (size_t i = 0; i < flat.len && plain; i++)
		plain = strchr(alnum, flat.data[i]) != NULL ||
		    strchr(signs, flat.data[i]) != NULL;
	if (plain)
		buf_puts(out, buf_text(&flat));
	else
		put_encoded(out, flat.data, flat.len);
	buf_free(&flat);
}

static void
put_date(struct buf *out, int64_t date)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t t = (time_t)date;
	struct tm tm;

	gmtime_r(&t, &tm);
	buf_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Is the byte at s the last of its line? */
static bool
ends_line(const char *s)
{
	return s[1] == '\0' || s[1] == '\n' || s[1] == '\r';
}

static bool
is_literal(const char *s)
{
	if (*s == ' ' || *s == '\t')
		return !ends_line(s);
	return *s > ' ' && *s <= '~' && *s != '=';
}

/* Put a body as quoted-printable. */
static void
put_body(struct buf *out, const char *s)
{
	size_t column = 0;

	for (; *s != '\0'; s++) {
		size_t width = is_literal(s) ? 1 : 3;

		if (*s == '\r')
			continue;
		if (*s == '\n') {
			buf_puts(out, "\r\n");
			column = 0;
			continue;
		}
		if (column + width > LINE_MAX_QP) {
			buf_puts(out, "=\r\n");
			column = 0;
		}
		if (width == 1)
			buf_putc(out, *s);
		else
			buf_printf(out, "=%02X", (unsigned char)*s);
		column += width;
	}
	buf_puts(out, "\r\n");
}

static void
put_headers(struct buf *out, const struct message *m)
{
	put_date(out, m->date);
	buf_puts(out, "From: ");
	put_words(out, m->name, " -");
	buf_printf(out, " <%s>\r\n", m->from);
	if (*m->reply != '\0')
		buf_printf(out, "Reply-To: <%s>\r\n", m->reply);
	buf_printf(out, "To: <%s>\r\nSubject: ", m->to);
	put_words(out, m->subject, " -.,:;!?'\"()/&+*%#@");
	buf_printf(out, "\r\nMessage-ID: <mutua.%lld.%lld@%s>\r\n",
	    (long long)m->date, (long long)m->id, strchr(m->from, '@') + 1);
	buf_puts(out, "Auto-Submitted: auto-generated\r\n");
	if (*m->unsubscribe != '\0')
		buf_printf(out,
		    "List-Unsubscribe: <%s>\r\n"
		    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		    m->unsubscribe);
	buf_puts(out, "MIME-Version: 1.0\r\n");
	if (strlen(m->lang) == 2 && strspn(m->lang, alnum) == 2)
		buf_printf(out, "Content-Language: %s\r\n", m->lang);
}

static void
put_part(struct buf *out, const char *boundary, const char *type,
    const char *body)
{
	buf_printf(out,
	    "--%s\r\nContent-Type: text/%s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
	    boundary, type);
	put_body(out, body);
}

bool
message_put(struct buf *out, const struct message *m)
{
	char boundary[80]; /* quoted-printable has no '=' before a '_' */

	if (!message_is_address(m->from) || !message_is_address(m->to) ||
	    (*m->reply != '\0' && !message_is_address(m->reply)) ||
	    (*m->unsubscribe != '\0' && !is_url(m->unsubscribe)))
		return false;
	snprintf(boundary, sizeof(boundary), "=_%lld.%lld", (long long)m->date,
	    (long long)m->id);
	put_headers(out, m);
	buf_printf(out,
	    "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n",
	    boundary);
	put_part(out, boundary, "plain", m->text);
	put_part(out, boundary, "html", m->html);
	buf_printf(out, "--%s--\r\n", boundary);
	return true;
}
