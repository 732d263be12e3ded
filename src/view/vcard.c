#include <inttypes.h>
#include <string.h>

#include "base/hash.h"
#include "view/contentline.h"
#include "view/vcard.h"

struct card {
	const struct query *row;
	const char *base; /* scheme and host, before addresses of the site */
	struct buf *out;
};

static const char *
column(const struct card *c, const char *name)
{
	return db_text(c->row, db_column(c->row, name));
}

static void
put(struct card *c, const char *name, const char *from)
{
	contentline_text(c->out, name, column(c, from));
}

/* Parts that ';' divides, each escaped: "Diop;Awa;;;". */
static void
put_parts(struct card *c, const char *name, const char *const *parts)
{
	struct buf value = { 0 };

	for (size_t i = 0; parts[i] != NULL; i++) {
		if (i > 0)
			buf_putc(&value, ';');
		contentline_escape(&value, parts[i], strlen(parts[i]));
	}
	contentline_printf(c->out, "%s:%s", name, value.data);
	buf_free(&value);
}

/* A value from lines, with commas between. */
static void
put_lines(struct card *c, const char *name, const char *lines)
{
	struct buf value = { 0 };

	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");

		if (value.len > 0)
			buf_putc(&value, ',');
		contentline_escape(&value, lines, len);
		lines += len + (lines[len] == '\n');
	}
	if (value.len > 0)
		contentline_printf(c->out, "%s:%s", name, value.data);
	buf_free(&value);
}

/* 128 bits of the record's name, as a UUID of our own making (version 8). */
static void
put_uid(struct card *c)
{
	const char *host = strstr(c->base, "://");
	struct buf name = { 0 };
	uint64_t high, low;

	buf_printf(&name, "0%s/%s/%s", host != NULL ? host : c->base,
	    column(c, "kind"), column(c, "slug"));
	high = hash_bytes(name.data, name.len);
	name.data[0] = '1';
	low = hash_bytes(name.data, name.len);
	contentline_printf(c->out,
	    "UID:urn:uuid:%08" PRIx64 "-%04" PRIx64 "-8%03" PRIx64 "-%04" PRIx64
	    "-%012" PRIx64,
	    high >> 32, high >> 16 & 0xffff, high & 0xfff,
	    (low >> 48 & 0x3fff) | 0x8000, low & 0xffffffffffff);
	buf_free(&name);
}

/* 20261201T080000Z from 2026-12-01T08:00:00Z; a day alone has no time. */
static void
put_revision(struct card *c)
{
	const char *updated = column(c, "updated");
	struct buf value = { 0 };

	for (const char *s = updated; *s != '\0'; s++)
		if (*s != '-' && *s != ':')
			buf_putc(&value, *s);
	if (value.len == 8)
		buf_puts(&value, "T000000Z");
	if (value.len > 0)
		contentline_printf(c->out, "REV:%s", value.data);
	buf_free(&value);
}

static void
put_name(struct card *c)
{
	const char *family = column(c, "family");

	put(c, "FN", "title");
	if (strcmp(column(c, "kind"), "expert") != 0)
		return;
	put_parts(c, "N",
	    (const char *const[]){
		*family != '\0' ? family : column(c, "title"),
		*family != '\0' ? column(c, "given") : "", "", "", "", NULL });
}

static void
put_place(struct card *c)
{
	const char *city = column(c, "city"), *country = column(c, "country");

	if (*city != '\0' || *country != '\0')
		put_parts(c, "ADR",
		    (const char *const[]){
			"", "", "", city, "", "", country, NULL });
}

/* The first is the one somebody speaks best. */
static void
put_languages(struct card *c)
{
	const char *at = column(c, "languages");

	for (int n = 1; *at != '\0'; n++) {
		size_t len = strcspn(at, "\n");

		contentline_printf(c->out, "LANG;PREF=%d:%.*s", n, (int)len,
		    at);
		at += len + (at[len] == '\n');
	}
}

static void
put_card(void *ctx, const struct query *row, size_t n)
{
	struct card *c = ctx;
	bool person;

	(void)n;
	c->row = row;
	person = strcmp(column(c, "kind"), "expert") == 0;
	buf_puts(c->out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
	contentline_printf(c->out, "KIND:%s", person ? "individual" : "org");
	put_name(c);
	put(c, "NICKNAME", "acronym");
	put(c, "TITLE", "position");
	put(c, "ORG", person ? "organisation" : "title");
	put_place(c);
	put_languages(c);
	if (*column(c, "website") != '\0')
		contentline_printf(c->out, "URL:%s", column(c, "website"));
	put_lines(c, "CATEGORIES", column(c, "categories"));
	put(c, "NOTE", "summary");
	contentline_printf(c->out, "SOURCE:%s%s.vcf", c->base,
	    column(c, "page"));
	put_uid(c);
	put_revision(c);
	buf_puts(c->out, "END:VCARD\r\n");
}

bool
vcard_render(const struct model *m, struct buf *out)
{
	struct card c = { .base = model_cell(m, "base").text, .out = out };

	return model_each(m, "_cards", put_card, &c);
}
