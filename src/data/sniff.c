#include <ctype.h>
#include <magic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "data/sniff.h"
#include "data/unzip.h"

enum { LOOK_AT = 256 * 1024, NAME_MAX_BYTES = 150 };

/* Keys of strings. */
static const char *const not_accepted = "file_type";
static const char *const not_whole = "file_broken";
static const char *const too_much = "file_bomb";
static const char *const not_inert = "file_active";

/* What libmagic may call a type, NULL-ended: containers are told by what is
 * first in them, and prose is taken for many things. */
#define CALLED(...)               \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}

struct judge {
	struct file_type type;
	const char *begins; /* it may be this if it begins so */
	const char *(*fault)(const struct judge *, const char *, size_t);
	bool (*whole)(const char *, size_t, uint32_t[2]); /* of pictures */
	const char *has; /* an entry of the archive */
	const char *const *called;
};

#define ODF "application/vnd.oasis.opendocument."
#define OOXML "application/vnd.openxmlformats-officedocument."

static const char *fault_of_pdf(const struct judge *, const char *, size_t);
static const char *fault_of_image(const struct judge *, const char *, size_t);
static const char *fault_of_odf(const struct judge *, const char *, size_t);
static const char *fault_of_ooxml(const struct judge *, const char *, size_t);
static const char *fault_of_text(const struct judge *, const char *, size_t);

/* clang-format off */
static const struct judge judges[] = {
	{ { "application/pdf", "pdf", true }, "%PDF-", fault_of_pdf, NULL,
	    NULL, CALLED("application/pdf") },
	{ { "image/png", "png", false }, "\x89PNG\r\n\x1a\n", fault_of_image,
	    sniff_png, NULL, CALLED("image/png") },
	{ { "image/jpeg", "jpg", false }, "\xff\xd8\xff", fault_of_image,
	    sniff_jpeg, NULL, CALLED("image/jpeg") },
	{ { "image/gif", "gif", false }, "GIF87a", fault_of_image,
	    sniff_gif, NULL, CALLED("image/gif") },
	{ { "image/gif", "gif", false }, "GIF89a", fault_of_image,
	    sniff_gif, NULL, CALLED("image/gif") },
	{ { "image/webp", "webp", false }, "RIFF", fault_of_image,
	    sniff_webp, NULL, CALLED("image/webp") },
	{ { ODF "text", "odt", true }, "PK\3\4", fault_of_odf, NULL,
	    "content.xml", CALLED(ODF "text") },
	{ { ODF "spreadsheet", "ods", true }, "PK\3\4", fault_of_odf, NULL,
	    "content.xml", CALLED(ODF "spreadsheet") },
	{ { OOXML "wordprocessingml.document", "docx", true }, "PK\3\4",
	    fault_of_ooxml, NULL, "word/document.xml",
	    CALLED(OOXML "wordprocessingml.document", "application/zip",
		"application/octet-stream") },
	{ { OOXML "spreadsheetml.sheet", "xlsx", true }, "PK\3\4",
	    fault_of_ooxml, NULL, "xl/workbook.xml",
	    CALLED(OOXML "spreadsheetml.sheet", "application/zip",
		"application/octet-stream") },
	{ { "text/csv", "csv", true }, NULL, fault_of_text, NULL, NULL,
	    CALLED("text/plain", "text/csv", "application/csv",
		"text/x-algol68", "text/troff", "text/x-tex") },
	{ { "text/plain", "txt", true }, NULL, fault_of_text, NULL, NULL,
	    CALLED("text/plain", "text/csv", "application/csv",
		"text/x-algol68", "text/troff", "text/x-tex") },
};
/* clang-format on */

enum { JUDGES = sizeof(judges) / sizeof(judges[0]) };

static bool
is_same(char a, char b)
{
	return (a | 0x20) == (b | 0x20);
}

/* Does one of the words begin there?  Most are told apart by two letters:
 * nobody is to keep us busy by many that almost do. */
static bool
begins_one(const char *s, size_t len, const char *const *words)
{
	for (const char *const *w = words; *w != NULL; w++)
		if (is_same(s[1], (*w)[1]) && is_same(s[2], (*w)[2]) &&
		    len >= strlen(*w) && strncasecmp(s, *w, strlen(*w)) == 0)
			return true;
	return false;
}

/* Is one of the words in it, in small letters or capitals?  All begin with
 * '<' and a letter, '!' or '?'. */
static bool
holds(const char *s, size_t len, const char *const *words)
{
	const char *end = s + len;

	for (;
	     end - s > 2 && (s = memchr(s, '<', (size_t)(end - s - 2))) != NULL;
	     s++)
		if ((isalpha((unsigned char)s[1]) || s[1] == '!' ||
			s[1] == '?') &&
		    begins_one(s, (size_t)(end - s), words))
			return true;
	return false;
}

/* What no text has by chance, and what no other bytes have. */
static const char *const markup[] = { "<script", "<html", "<!doctype", "<svg",
	"<?xml", "<?php", "<iframe", "<object", "<embed", "<body", "<head",
	"<style", "<img", "<link", "<meta", "<base", "<form", NULL };
static const char *const code[] = { "<script", "<!doctype html", "<?php ",
	NULL };

/* An archive may follow anything; some programs look for it from the end. */
static bool
has_archive(const char *s, size_t len)
{
	size_t most = len < 65557 ? len : 65557;

	for (size_t n = 22; n <= most; n++) {
		const unsigned char *at = (const unsigned char *)s + len - n;

		if (memcmp(at, "PK\5\6", 4) == 0 &&
		    (at[20] | (size_t)at[21] << 8) == n - 22)
			return true;
	}
	return false;
}

static const char *
fault_of_pdf(const struct judge *j, const char *s, size_t len)
{
	size_t tail = len < 1024 ? len : 1024;

	(void)j;
	if (len < 9 || s[5] < '1' || s[5] > '2' || s[6] != '.' ||
	    memmem(s + len - tail, tail, "%%EOF", 5) == NULL)
		return not_whole;
	return has_archive(s, len) ? not_inert : NULL;
}

static const char *
fault_of_image(const struct judge *j, const char *s, size_t len)
{
	uint32_t side[2];

	if (!j->whole(s, len, side))
		return not_whole;
	return has_archive(s, len) || holds(s, len, code) ? not_inert : NULL;
}

static const char *
fault_of_archive(const struct judge *j, struct unzip *u)
{
	const char *name;

	for (size_t i = 0; (name = unzip_name(u, i)) != NULL; i++)
		if (strncmp(name, "Basic/", 6) == 0 ||
		    strncmp(name, "Scripts/", 8) == 0 ||
		    strcasestr(name, "vbaProject") != NULL ||
		    strcasestr(name, "/activeX/") != NULL)
			return not_inert;
	return unzip_has(u, j->has) ? NULL : not_accepted;
}

static const char *
open_archive(const struct judge *j, const char *s, size_t len)
{
	enum unzip_fault fault;
	struct unzip *u = unzip_open(s, len, &fault);
	const char *found;

	if (u == NULL)
		return fault == UNZIP_BOMB ? too_much : not_whole;
	found = fault_of_archive(j, u);
	unzip_close(u);
	return found;
}

/* First in it is "mimetype", neither packed nor with anything extra: that is
 * what the format asks for, so that its type can be seen from outside. */
static const char *
fault_of_odf(const struct judge *j, const char *s, size_t len)
{
	const char *type = j->type.type;
	size_t n = strlen(type);

	if (len < 38 + n + 4 || memcmp(s + 26, "\x08\0\0\0mimetype", 12) != 0 ||
	    memcmp(s + 38, type, n) != 0 || memcmp(s + 38 + n, "PK", 2) != 0)
		return not_accepted;
	return open_archive(j, s, len);
}

static const char *
fault_of_ooxml(const struct judge *j, const char *s, size_t len)
{
	return open_archive(j, s, len);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool
is_text(const char *s, size_t len)
{
	if (utf8_valid(s, len) != len)
		return false;
	for (const char *end = s + len; s < end; s++)
		if (((unsigned char)*s < ' ' && !is_blank(*s)) || *s == 0x7f)
			return false;
	return true;
}

static const char *
fault_of_text(const struct judge *j, const char *s, size_t len)
{
	size_t start = 0;

	(void)j;
	if (!is_text(s, len))
		return not_accepted;
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		start = 3;
	while (start < len && is_blank(s[start]))
		start++;
	if (start == len)
		return "file_empty";
	if (s[start] == '<' ||
	    (len - start > 1 && memcmp(s + start, "#!", 2) == 0) ||
	    holds(s, len, markup))
		return not_inert;
	return NULL;
}

/*
 * The other judge.
 */

static magic_t
open_magic(void)
{
	static magic_t magic;
	static bool tried;

	if (tried)
		return magic;
	tried = true;
	/* It is not to unpack anything, nor to read old office files. */
	magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
	    MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF);
	if (magic != NULL && magic_load(magic, NULL) == -1) {
		fprintf(stderr, "sniff: %s\n", magic_error(magic));
		magic_close(magic);
		magic = NULL;
	}
	return magic;
}

bool
sniff_prepare(void)
{
	return open_magic() != NULL;
}

static bool
agrees(const struct judge *j, const char *s, size_t len)
{
	magic_t magic = open_magic();
	const char *name = magic != NULL
	    ? magic_buffer(magic, s, len < LOOK_AT ? len : LOOK_AT)
	    : NULL;

	for (const char *const *c = j->called; name != NULL && *c != NULL; c++)
		if (strcmp(name, *c) == 0)
			return true;
	return false;
}

/*
 * Together.
 */

static bool
begins(const struct judge *j, const char *s, size_t len)
{
	size_t n = j->begins != NULL ? strlen(j->begins) : 0;

	return len >= n &&
	    memcmp(s, j->begins != NULL ? j->begins : "", n) == 0;
}

static const char *
extension(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL ? dot + 1 : "";
}

/* Any text may be called a table, but no text has to be one. */
static bool
is_meant(const struct judge *j, const char *name)
{
	return strcmp(j->type.extension, "csv") != 0 ||
	    strcasecmp(extension(name), "csv") == 0;
}

bool
sniff_size(const char *s, size_t len, uint32_t side[2])
{
	for (size_t i = 0; i < JUDGES; i++)
		if (judges[i].whole != NULL && begins(&judges[i], s, len))
			return judges[i].whole(s, len, side);
	return false;
}

const struct file_type *
sniff_type(const char *s, size_t len, const char *name, const char **fault)
{
	*fault = len > 0 ? not_accepted : "file_empty";
	for (size_t i = 0; len > 0 && i < JUDGES; i++) {
		const struct judge *j = &judges[i];

		if (!begins(j, s, len) || !is_meant(j, name))
			continue;
		*fault = j->fault(j, s, len);
		if (*fault == NULL && agrees(j, s, len))
			return &j->type;
		if (*fault == NULL)
			*fault = not_accepted;
		/* What is not quite one type may be another. */
		if (*fault != not_accepted)
			return NULL;
	}
	return NULL;
}

const struct file_type *
sniff_find(const char *type)
{
	for (size_t i = 0; i < JUDGES; i++)
		if (strcmp(judges[i].type.type, type) == 0)
			return &judges[i].type;
	return NULL;
}

const struct file_type *
sniff_list(size_t i)
{
	return i < JUDGES ? &judges[i].type : NULL;
}

void
sniff_name(struct buf *out, const struct file_type *type, const char *name)
{
	size_t len = strlen(name),
	       room = NAME_MAX_BYTES - strlen(type->extension) - 1;
	const char *ext = extension(name);

	if (*ext != '\0' &&
	    (strcasecmp(ext, type->extension) == 0 ||
		(strcmp(type->extension, "jpg") == 0 &&
		    strcasecmp(ext, "jpeg") == 0)))
		len = (size_t)(ext - name) - 1;
	if (len > room)
		len = utf8_valid(name, room);
	buf_put(out, len > 0 ? name : "file", len > 0 ? len : 4);
	buf_printf(out, ".%s", type->extension);
}
