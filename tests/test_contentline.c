/* The lines of calendars and cards. */
#include "test.h"
#include "view/contentline.h"

static struct buf out;

static const char *
text(const char *value)
{
	buf_clear(&out);
	contentline_text(&out, "NOTE", value);
	return buf_text(&out);
}

/* No line of the output is longer than 75 bytes, and none begins or ends
 * within a character. */
static bool
lines_fit(void)
{
	for (const char *p = buf_text(&out); *p != '\0';) {
		const char *end = strstr(p, "\r\n");

		if (end == NULL || end - p > 75)
			return false;
		if (((unsigned char)p[*p == ' '] & 0xc0) == 0x80)
			return false;
		p = end + 2;
	}
	return true;
}

/* The output with its folds undone. */
static const char *
unfolded(void)
{
	static struct buf whole;

	buf_clear(&whole);
	for (const char *p = buf_text(&out); *p != '\0'; p++)
		if (strncmp(p, "\r\n ", 3) == 0)
			p += 2;
		else
			buf_putc(&whole, *p);
	return buf_text(&whole);
}

static void
folding(void)
{
	struct buf long_text = { 0 }, line = { 0 };
	bool fit = true, same = true;

	for (int n = 0; n < 300; n++) {
		buf_puts(&long_text, n % 3 == 0 ? "é" : n % 3 == 1 ? "x" : "😀");
		text(long_text.data);
		fit = fit && lines_fit();
		buf_clear(&line);
		buf_printf(&line, "NOTE:%s\r\n", long_text.data);
		same = same && strcmp(unfolded(), line.data) == 0;
	}
	ok(fit, "IC-1: no line is longer than 75 bytes, no character is split");
	ok(same, "IC-1: whoever joins the parts has the text back");
	buf_clear(&out);
	contentline_printf(&out, "%075d", 1);
	ok(out.len == 77, "IC-1: a line of just 75 bytes stays whole");
	contentline_printf(&out, "%076d", 1);
	ok(out.len == 77 + 76 + 5, "IC-1: one more byte, and it is two");
	buf_free(&long_text);
	buf_free(&line);
}

static void
escaping(void)
{
	is(text("a, b; c\\d"), "NOTE:a\\, b\\; c\\\\d\r\n",
	    "IC-1: a comma, a semicolon and a backslash are text");
	is(text("one\r\ntwo\nthree\rfour"), "NOTE:one\\ntwo\\nthree\\nfour\r\n",
	    "IC-1: so is a new line");
	is(text("\001a\002b\013\x80"), "NOTE:ab\xef\xbf\xbd\r\n",
	    "control characters and broken bytes are not passed on");
	is(text(""), "", "what is empty is left out");
	buf_clear(&out);
	contentline_printf(&out, "URL:%s",
	    "https://example.org/\r\nEND:VEVENT");
	is(buf_text(&out), "URL:https://example.org/END:VEVENT\r\n",
	    "no value can begin another line");
}

int
main(void)
{
	folding();
	escaping();
	buf_free(&out);
	return done();
}
