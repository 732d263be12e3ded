#include <string.h>

#include "cli/feed_show.h"
#include "view/json.h"

void
feed_show_read(struct feed_shown *s, struct arena *a, const char *bytes,
    size_t len, const char *type)
{
	const char *url = s->url != NULL ? s->url : "";

	s->usable = feed_read(a, bytes, len, url, type, &s->feed, &s->faults);
	s->nfound =
	    s->usable ? 0 : feed_discover(a, bytes, len, url, type, s->found);
}

static void
put_string(struct buf *out, const char *s)
{
	if (s == NULL)
		buf_puts(out, "null");
	else
		json_quote(out, s, strlen(s));
}

/* A member of an object; what is before says whether it is the first. */
static void
put_name(struct buf *out, int depth, const char *name)
{
	bool first = out->data[out->len - 1] == '{';

	buf_puts(out, first ? "\n" : ",\n");
	buf_printf(out, "%*s\"%s\": ", 2 * depth, "", name);
}

static void
put_text(struct buf *out, int depth, const char *name, const char *s)
{
	put_name(out, depth, name);
	put_string(out, s);
}

static void
put_enclosures(struct buf *out, const struct feed_entry *e)
{
	put_name(out, 3, "enclosures");
	buf_putc(out, '[');
	for (size_t i = 0; i < e->nenclosures; i++) {
		const struct feed_enclosure *one = &e->enclosures[i];

		buf_puts(out, i > 0 ? ", {\"url\": " : "{\"url\": ");
		put_string(out, one->url);
		buf_puts(out, ", \"type\": ");
		put_string(out, one->type);
		if (one->length >= 0)
			buf_printf(out, ", \"length\": %lld}",
			    (long long)one->length);
		else
			buf_puts(out, ", \"length\": null}");
	}
	buf_putc(out, ']');
}

static void
put_categories(struct buf *out, const struct feed_entry *e)
{
	put_name(out, 3, "categories");
	buf_putc(out, '[');
	for (size_t i = 0; i < e->ncategories; i++) {
		buf_puts(out, i > 0 ? ", " : "");
		put_string(out, e->categories[i]);
	}
	buf_putc(out, ']');
}

static void
put_entry(struct buf *out, const struct feed_entry *e)
{
	buf_puts(out, "    {");
	put_text(out, 3, "id", e->id);
	put_text(out, 3, "link", e->link);
	put_text(out, 3, "title", e->title);
	put_text(out, 3, "summary", e->summary);
	put_text(out, 3, "content", e->content);
	put_text(out, 3, "author", e->author);
	put_text(out, 3, "language", e->lang);
	put_text(out, 3, "published", e->published);
	put_text(out, 3, "updated", e->updated);
	put_enclosures(out, e);
	put_categories(out, e);
	buf_puts(out, "\n    }");
}

static void
put_entries(struct buf *out, const struct feed_read *f)
{
	put_name(out, 1, "entries");
	buf_putc(out, '[');
	for (size_t i = 0; i < f->nentries; i++) {
		buf_puts(out, i > 0 ? ",\n" : "\n");
		put_entry(out, &f->entries[i]);
	}
	buf_puts(out, f->nentries > 0 ? "\n  ]" : "]");
}

static void
put_faults(struct buf *out, const struct feed_faults *f)
{
	put_name(out, 1, "faults");
	buf_putc(out, '[');
	for (size_t i = 0; i < f->n; i++) {
		buf_puts(out, i > 0 ? ",\n    {" : "\n    {");
		buf_puts(out, "\"code\": ");
		put_string(out, f->at[i].code);
		buf_puts(out, ", \"message\": ");
		put_string(out, f->at[i].message);
		if (f->at[i].line > 0)
			buf_printf(out, ", \"line\": %lld}",
			    (long long)f->at[i].line);
		else
			buf_puts(out, ", \"line\": null}");
	}
	buf_puts(out, f->n > 0 ? "\n  ]" : "]");
}

static void
put_found(struct buf *out, const struct feed_shown *s)
{
	put_name(out, 1, "feeds");
	buf_putc(out, '[');
	for (size_t i = 0; i < s->nfound; i++) {
		buf_puts(out, i > 0 ? ",\n    {" : "\n    {");
		buf_puts(out, "\"url\": ");
		put_string(out, s->found[i].url);
		buf_puts(out, ", \"title\": ");
		put_string(out, s->found[i].title);
		buf_puts(out, ", \"type\": ");
		put_string(out, s->found[i].type);
		buf_putc(out, '}');
	}
	buf_puts(out, s->nfound > 0 ? "\n  ]" : "]");
}

void
feed_show_put(struct buf *out, const struct feed_shown *s)
{
	const struct feed_read *f = &s->feed;

	buf_putc(out, '{');
	put_text(out, 1, "url", s->url);
	put_text(out, 1, "page", s->page);
	put_text(out, 1, "format", s->usable ? f->format : NULL);
	put_text(out, 1, "title", f->title);
	put_text(out, 1, "link", f->link);
	put_text(out, 1, "description", f->description);
	put_text(out, 1, "language", f->lang);
	put_text(out, 1, "updated", f->updated);
	put_text(out, 1, "author", f->author);
	put_text(out, 1, "self", f->self);
	put_text(out, 1, "hub", f->hub);
	put_name(out, 1, "pace");
	if (f->pace > 0)
		buf_printf(out, "%lld", (long long)f->pace);
	else
		buf_puts(out, "null");
	put_entries(out, f);
	put_faults(out, &s->faults);
	put_found(out, s);
	buf_puts(out, "\n}\n");
}
