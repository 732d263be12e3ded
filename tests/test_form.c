/* Forms that were sent: what is in them, and what is none. */
#include "base/utf8.h"
#include "test.h"
#include "web/form.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=b"
#define PART(head, value) \
	"--b\r\nContent-Disposition: form-data; " head "\r\n\r\n" value "\r\n"
#define FILE_PART(names, type, value)                   \
	"--b\r\nContent-Disposition: form-data; " names \
	"\r\nContent-Type: " type "\r\n\r\n" value "\r\n"
#define END "--b--\r\n"

static struct arena arena;
static struct form form;

/* "name=value;" for each field of a form, "name=<filename>value;" for a file; or
 * what is wrong with it. */
static const char *
sent_bytes(const char *type, const char *body, size_t len)
{
	static struct buf b;
	char *copy = malloc(len > 0 ? len : 1); /* a sanitizer sees its end */

	memcpy(copy, body, len);
	arena_reset(&arena);
	buf_clear(&b);
	if (!form_read(&form, &arena, type, copy, len))
		buf_puts(&b, form_fault_key(form.fault));
	for (size_t i = 0; i < form.n; i++) {
		const struct form_field *f = &form.fields[i];

		buf_printf(&b, "%s=", f->name);
		if (f->filename != NULL)
			buf_printf(&b, "<%s>", f->filename);
		buf_put(&b, f->value, f->len);
		buf_putc(&b, ';');
	}
	free(copy);
	return buf_text(&b);
}

static const char *
sent(const char *type, const char *body)
{
	return sent_bytes(type, body, strlen(body));
}

static const char *
url(const char *body)
{
	return sent(URLENCODED, body);
}

static const char *
multi(const char *body)
{
	return sent(MULTIPART, body);
}

static void
urlencoded(void)
{
	is(url("a=1&b=2"), "a=1;b=2;", "fields are read in order");
	is(url(""), "", "or none");
	is(url("a=&b"), "a=;b=;", "they may be empty");
	is(url("&&a=1&"), "a=1;", "what is no field is passed over");
	is(url("a=1&a=2&b=3"), "a=1;a=2;b=3;", "names may come again");
	is(url("n%61me=caf%C3%A9+%26+th%c3%a9=x"), "name=café & thé=x;",
	    "they are decoded");
	is(url("a=1%0D%0A2%0A3%0d4%095"), "a=1\n2\n3 4\t5;",
	    "lines end in one way");
	is(url("a=x%02y%1b%7fz%C2%85."), "a=x y  z .;",
	    "what is not to be read is a space");
	is(url("a=%F0%9F%98%80"), "a=😀;", "any character is one");
	is(url("a=100%&b=%zz"), "a=100%;b=%zz;", "a lone % is itself");
	is(url("=1"), "form_broken", "a field has a name");
	is(url("a%00=1"), "form_broken", "that is text");
	is(url("a%0a=1"), "form_broken", "in one line");
	is(url("a%ff=1"), "form_broken", "in UTF-8");
	is(url("a=b%00c"), "form_not_text", "a value has no NUL");
	is(sent_bytes(URLENCODED, "a=b\0c", 5), "form_not_text",
	    "however it is sent");
	is(url("a=%C3"), "form_not_text", "nor half a character");
	is(url("a=%ED%A0%80"), "form_not_text", "nor half a pair");
	is(url("ok=1&a=%ff"), "form_not_text",
	    "of what is refused nothing is kept");
	is(sent(URLENCODED "; charset=UTF-8", "a=1"), "a=1;",
	    "its type may say more");
	is(sent("Application/X-WWW-form-urlencoded", "a=1"), "a=1;",
	    "in whatever case");
}

static void
types(void)
{
	is(sent(NULL, "a=1"), "form_type", "a form says what it is");
	is(sent("", "a=1"), "form_type", "it does");
	is(sent("text/plain", "a=1"), "form_type", "and is a form");
	is(sent(URLENCODED "x", "a=1"), "form_type", "just that");
	is(sent("multipart/form-data", END), "form_type",
	    "parts have a boundary");
	is(sent("multipart/form-data; boundary=", END), "form_type",
	    "that is something");
	is(sent("multipart/form-data; boundary=\"b", END), "form_type",
	    "with quotes on both sides");
	is(sent("multipart/form-data; boundary=b; boundary=c", END),
	    "form_type", "only one");
	is(sent("multipart/form-data; boundary=\"b \"", END), "form_type",
	    "without a blank at its end");
	is(sent("multipart/form-data; boundary=\"a\\\\b\"", END), "form_type",
	    "of what a boundary is made of");
	is(sent("multipart/form-data boundary=b", END), "form_type",
	    "named properly");
	is(sent("multipart/form-data; boundary=b junk", END), "form_type",
	    "with nothing behind");
	is(sent("multipart/mixed; boundary=b", END), "form_type",
	    "other parts are no form");
	is(sent("multipart/form-data; charset=utf-8; boundary=b", END), "",
	    "other parameters do no harm");
	is(sent("multipart/form-data; boundary=\"b c'()+_,-./:=?d\"",
	       "--b c'()+_,-./:=?d--"),
	    "", "odd boundaries are boundaries");
}

static void
boundary_lengths(void)
{
	struct buf type = { 0 }, body = { 0 };

	for (int n = 70; n <= 71; n++) {
		buf_clear(&type);
		buf_clear(&body);
		buf_printf(&type, "multipart/form-data; boundary=%0*d", n, 0);
		buf_printf(&body, "--%0*d--\r\n", n, 0);
		is(sent(type.data, body.data), n == 70 ? "" : "form_type",
		    n == 70 ? "a boundary has up to 70 characters"
			    : "and no more");
	}
	buf_free(&type);
	buf_free(&body);
}

static void
multipart(void)
{
	is(multi(END), "", "parts may be none");
	is(multi("--b--"), "", "without a last line end, too");
	is(multi(PART("name=\"a\"", "1") PART("name=b", "2") END), "a=1;b=2;",
	    "parts are read");
	is(multi(PART("name=\"a\"", "") END), "a=;", "or are empty");
	is(multi(PART("name=\"a\"", "x\r\ny\x02z") END), "a=x\ny z;",
	    "their texts are text");
	is(multi(PART("name=\"a\"", "x\r\n--c\r\n--\r\n-b") END),
	    "a=x\n--c\n--\n-b;", "with what is almost a boundary in it");
	is(multi(PART("name=\"a\"", "--b") END), "a=--b;",
	    "or would be on a line of its own");
	is(multi(
	       "--b\r\ncontent-disposition:form-data;name=a\r\n"
	       "X-Other: x\r\nContent-Transfer-Encoding: 8bit\r\n\r\n1\r\n" END),
	    "a=1;", "other lines of a part do no harm");
	is(multi(PART("name=\"a \\\"b\\\" %22c%22 \\d\"", "1") END),
	    "a \"b\" \"c\" \\d=1;", "quotes in names are sent in two ways");
	is(multi(PART("name=\"a\"", "caf\xc3\xa9") END), "a=café;", "in UTF-8");
	is(multi(PART("name=\"a\"", "caf\xe9") END), "form_not_text",
	    "and in nothing else");
	is(sent_bytes(MULTIPART, PART("name=\"a\"", "x\0y") END,
	       sizeof(PART("name=\"a\"", "x\0y") END) - 1),
	    "form_not_text", "nor with a NUL");
}

static void
broken(void)
{
	is(multi(""), "form_cut", "nothing is not even the end");
	is(multi("--"), "form_cut", "nor is half of it");
	is(multi("--b"), "form_cut", "nor a boundary");
	is(multi("--b-"), "form_cut", "with half an end");
	is(multi("--b\r\n"), "form_cut", "a part has a head");
	is(multi("--b\r\nContent-Disposition: form-data; name=a"), "form_cut",
	    "with an end");
	is(multi("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue"),
	    "form_cut", "and a value with an end");
	is(multi(PART("name=a", "1") PART("name=b", "2")), "form_cut",
	    "what is cut between two parts is cut");
	is(multi("hello\r\n" END), "form_broken", "nothing stands before");
	is(multi("\r\n" END), "form_broken", "not even a line");
	is(multi(END "more"), "form_broken", "or behind");
	is(multi("--c\r\n" END), "form_broken", "another boundary is another");
	is(multi("--b \r\n" END), "form_broken", "a blank is something");
	is(multi(PART("name=a", "x\r\n--bb") END), "form_broken",
	    "a line that begins with the boundary is one");
	is(multi("--b\nContent-Disposition: form-data; name=a\n\n1\n--b--\n"),
	    "form_broken", "lines end in CRLF");
	is(multi("--b\r\n\r\n1\r\n" END), "form_broken", "a part has a name");
	is(multi(PART("filename=\"x\"", "1") END), "form_broken",
	    "not just a file's");
	is(multi(PART("name=\"\"", "1") END), "form_broken",
	    "that is not empty");
	is(multi(PART("name=a; name=b", "1") END), "form_broken", "only one");
	is(multi(PART("name=\"a", "1") END), "form_broken",
	    "with quotes on both sides");
	is(multi(PART("name=a; filename*=UTF-8''x", "1") END), "form_broken",
	    "and none in two ways");
	is(multi(PART("name=a junk", "1") END), "form_broken",
	    "with nothing behind");
	is(multi(PART("name=\"a%0D%0Ab\"", "1") END), "form_broken",
	    "in one line");
	is(multi(
	       "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n" END),
	    "form_broken", "a part is a form's");
}

static void
broken_heads(void)
{
	is(multi("--b\r\nContent-Disposition: form-data; name=a\r\n"
		 "Content-Disposition: form-data; name=b\r\n\r\n1\r\n" END),
	    "form_broken", "it says only once what it is");
	is(multi(
	       "--b\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n" END),
	    "form_broken", "in one line");
	is(multi(
	       "--b\r\nContent-Disposition : form-data; name=a\r\n\r\n1\r\n" END),
	    "form_broken", "without a blank in front of the colon");
	is(multi("--b\r\nContent-Disposition: form-data; name=a\r\n"
		 "Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" END),
	    "form_broken", "nothing is encoded");
	is(multi("--b\r\nContent-Disposition: form-data; name=a\r\n"
		 "A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\nF: 1\r\nG: 1\r\n"
		 "H: 1\r\nI: 1\r\n\r\n1\r\n" END),
	    "form_broken", "a head has few lines");
}

static void
files(void)
{
	const char *body = FILE_PART("name=\"f\"; filename=\"a.pdf\"",
	    "application/pdf", "x\r\n\x01y") PART("name=\"f\"", "text") END;

	is(multi(body), "f=<a.pdf>x\r\n\x01y;f=text;",
	    "a file's bytes are as they are");
	is(form_get(&form, "f"), "text", "a file is no text");
	ok(form_file(&form, "f") == &form.fields[0], "it is found as a file");
	is(form.fields[0].type, "application/pdf", "that says what it is");
	ok(form_read(&form, &arena, MULTIPART, body, strlen(body)) &&
		form.fields[0].value > body &&
		form.fields[0].value < body + strlen(body),
	    "it is not copied");
	multi(FILE_PART("name=\"f\"; filename=\"\"", "application/octet-stream",
	    "") END);
	ok(form_file(&form, "f") == NULL, "no file chosen is no file");
	multi(FILE_PART("name=\"f\"; filename=\"\"", "text/plain", "x") END);
	ok(form_file(&form, "f") != NULL, "one without a name is");
	multi(FILE_PART("name=\"f\"; filename=\"a\"", "text/plain", "") END);
	ok(form_file(&form, "f") != NULL, "so is an empty one");
}

static const char *
filename(const char *name)
{
	struct buf body = { 0 };

	buf_printf(&body, FILE_PART("name=f; filename=\"%s\"", "x/y", "") END,
	    name);
	multi(body.data);
	buf_free(&body);
	return form.n == 1 ? form.fields[0].filename
			   : form_fault_key(form.fault);
}

static void
filenames(void)
{
	struct buf name = { 0 };

	is(filename("Rapport été.pdf"), "Rapport été.pdf", "a name is a name");
	is(filename("/etc/passwd"), "passwd", "not a path");
	is(filename("..\\..\\C:\\temp\\x.pdf"), "x.pdf", "of whatever system");
	is(filename("../.."), "", "or a way up");
	is(filename(".htaccess"), "htaccess", "or hidden");
	is(filename("a\xe2\x80\xae"
		    "fdp.exe"),
	    "afdp.exe", "nothing turns its end around");
	is(filename("a%0d%0ab\x01.c"), "ab.c", "or breaks it");
	is(filename("a%22b\\\"c"), "a\"b\"c", "it may have quotes");
	is(filename("a%2fb%00"), "a%2fb%00", "but no other escapes");
	is(filename("a\xff"), "form_not_text", "it is text");
	for (int i = 0; i < 100; i++)
		buf_puts(&name, "é");
	ok(strlen(filename(name.data)) == 150, "a long name is cut");
	buf_puts(&name, "é");
	name.data[0] = 'x';
	name.data[1] = 'y';
	memmove(name.data + 1, name.data + 2, name.len - 1);
	ok(strlen(filename(name.data)) == 149 &&
		utf8_valid(form.fields[0].filename, 149) == 149,
	    "between two characters");
	buf_free(&name);
}

static void
limits(void)
{
	struct buf b = { 0 };

	for (int i = 0; i < FORM_FIELDS; i++)
		buf_printf(&b, "a%d=%d&", i, i);
	url(b.data);
	ok(form.n == FORM_FIELDS, "there may be as many fields as forms have");
	is(form_get(&form, "a9999"), "9999", "all are found");
	is(form_get(&form, "a10000"), "", "others are not");
	buf_puts(&b, "z=1");
	is(url(b.data), "form_too_many", "one more is too many");
	buf_clear(&b);
	buf_printf(&b, "%0*d=1", FORM_NAME, 0);
	url(b.data);
	ok(form.n == 1, "a name may be long");
	buf_clear(&b);
	buf_printf(&b, "%0*d=1", FORM_NAME + 1, 0);
	is(url(b.data), "form_broken", "but not too long");
	buf_clear(&b);
	buf_printf(&b, "a=%0*d", FORM_VALUE, 0);
	url(b.data);
	ok(form.n == 1 && form.fields[0].len == FORM_VALUE, "so may a text");
	buf_puts(&b, "0");
	is(url(b.data), "form_too_long", "but not too long either");
	buf_clear(&b);
	buf_printf(&b, PART("name=a", "%0*d") END, FORM_VALUE + 1, 0);
	is(multi(b.data), "form_too_long", "in parts neither");
	buf_clear(&b);
	buf_printf(&b, FILE_PART("name=a; filename=b", "x/y", "%0*d") END,
	    FORM_VALUE + 1, 0);
	multi(b.data);
	ok(form.n == 1, "but a file may be any length");
	buf_free(&b);
}

/* Cut anywhere, it is never read, nor past its end. */
static void
cuts(void)
{
	const char *body = PART("name=\"a\"", "1\r\n2")
	    FILE_PART("name=\"f\"; filename=\"x.pdf\"", "x/y", "bytes") "--b--";
	bool all = true;

	for (size_t n = 0; n < strlen(body); n++)
		all = all &&
		    strncmp(sent_bytes(MULTIPART, body, n), "form_", 5) == 0;
	ok(all, "a body that is cut anywhere is refused");
}

int
main(void)
{
	urlencoded();
	types();
	boundary_lengths();
	multipart();
	broken();
	broken_heads();
	files();
	filenames();
	limits();
	cuts();
	arena_free(&arena);
	return done();
}
