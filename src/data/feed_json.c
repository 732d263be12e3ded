#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "data/charset.h"
#include "data/feed_own.h"
#include "data/html_plain.h"

/*
 * JSON Feed 1.0 and 1.1.
 */

/*
 * Mending, as far as it is clear what is meant: line ends within strings, half
 * characters (\ud83d), commas before a bracket that closes.
 */

static bool
is_half(const char *s, size_t len, const char *first)
{
	return len >= 6 && s[0] == '\\' && s[1] == 'u' &&
	    (s[2] == 'd' || s[2] == 'D') && strchr(first, s[3]) != NULL &&
	    s[3] != '\0';
}

/* Put an escape of a string; returns its length. */
static size_t
put_escape(struct buf *out, const char *s, size_t len)
{
	if (is_half(s, len, "89abAB") && is_half(s + 6, len - 6, "cdefCDEF")) {
		buf_put(out, s, 12);
		return 12;
	}
	if (is_half(s, len, "89abcdefABCDEF")) {
		buf_puts(out, "\\ufffd");
		return 6;
	}
	buf_put(out, s, len > 1 ? 2 : 1);
	return len > 1 ? 2 : 1;
}

static size_t
put_string(struct buf *out, const char *s, size_t len)
{
	size_t i = 1;

	buf_putc(out, '"');
	while (i < len && s[i] != '"') {
		if (s[i] == '\\') {
			i += put_escape(out, s + i, len - i);
			continue;
		}
		if (s[i] == '\n' || s[i] == '\t')
			buf_puts(out, s[i] == '\n' ? "\\n" : "\\t");
		else
			buf_putc(out, s[i]);
		i++;
	}
	if (i < len)
		buf_putc(out, '"');
	return i + (i < len);
}

/* Is the comma at s the last thing in its brackets? */
static bool
is_last(const char *s)
{
	const char *next = s + 1 + strspn(s + 1, " \t\n");

	return *s == ',' && (*next == ']' || *next == '}');
}

static void
mend(struct buf *out, const char *s, size_t len)
{
	size_t i = 0;

	while (i < len)
		if (s[i] == '"')
			i += put_string(out, s + i, len - i);
		else if (is_last(s + i))
			i++;
		else
			buf_putc(out, s[i++]);
}

/*
 * Values.
 */

/* A string, or a number as one, without controls and space around; NULL if it
 * is neither, or empty. */
static const char *
string(struct reading *r, const json_t *v)
{
	struct buf b = { 0 };
	const char *kept = NULL;
	size_t lead;

	if (json_is_string(v))
		charset_clean(&b, json_string_value(v), json_string_length(v));
	else if (json_is_integer(v))
		buf_printf(&b, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	else if (json_is_real(v))
		buf_printf(&b, "%.17g", json_real_value(v));
	while (b.len > 0 && strchr(" \t\n", b.data[b.len - 1]) != NULL)
		b.data[--b.len] = '\0';
	lead = strspn(buf_text(&b), " \t\n");
	if (b.len > lead)
		kept = arena_keep(r->arena, b.data + lead, b.len - lead);
	buf_free(&b);
	return kept;
}

static const char *
member(struct reading *r, const json_t *object, const char *name)
{
	return string(r, json_object_get(object, name));
}

/* authors, or author of 1.0: names with commas between. */
static const char *
people(struct reading *r, const json_t *object)
{
	json_t *list = json_object_get(object, "authors");
	struct buf all = { 0 };
	const char *kept = NULL;

	for (size_t i = 0; i < json_array_size(list) && i < 20; i++) {
		const char *name = feed_line(r,
		    member(r, json_array_get(list, i), "name"), FEED_TITLE);

		if (name != NULL)
			buf_printf(&all, "%s%s", all.len > 0 ? ", " : "", name);
	}
	if (all.len > 0)
		kept = arena_keep(r->arena, all.data, all.len);
	else
		kept = feed_line(r,
		    feed_either(member(r, json_object_get(object, "author"),
				    "name"),
			member(r, object, "author")),
		    FEED_TITLE);
	buf_free(&all);
	return kept;
}

/*
 * Items.
 */

static void
contents(struct reading *r, const json_t *item, struct draft *d)
{
	const char *text = member(r, item, "content_text");
	struct buf html = { 0 };

	d->content_html = member(r, item, "content_html");
	if (d->content_html == NULL && text != NULL) {
		html_of_text(&html, text);
		d->content_html = arena_keep(r->arena, html.data, html.len);
		buf_free(&html);
	}
	d->entry.summary =
	    feed_line(r, member(r, item, "summary"), FEED_SUMMARY);
}

static void
attachments(struct reading *r, const json_t *item, struct draft *d)
{
	static const char *const images[] = { "image", "banner_image" };
	json_t *list = json_object_get(item, "attachments");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const json_t *size = json_object_get(one, "size_in_bytes");

		feed_add_enclosure(r, d, d->base,
		    (struct feed_enclosure){ .url = member(r, one, "url"),
			.type = member(r, one, "mime_type"),
			.length = json_is_integer(size)
			    ? json_integer_value(size)
			    : -1 });
	}
	for (size_t i = 0; i < 2; i++)
		feed_add_enclosure(r, d, d->base,
		    (struct feed_enclosure){ .url = member(r, item, images[i]),
			.type = "image/*",
			.length = -1 });
}

static void
item(struct reading *r, const json_t *item, const char *base)
{
	struct draft *d = json_is_object(item) ? feed_draft(r, 0) : NULL;
	json_t *tags = json_object_get(item, "tags");

	if (d == NULL)
		return;
	d->entry.id = member(r, item, "id");
	d->entry.link = feed_url(r, base,
	    feed_either(member(r, item, "url"),
		member(r, item, "external_url")),
	    0);
	d->base = feed_either(d->entry.link, base);
	d->entry.title = feed_line(r, member(r, item, "title"), FEED_TITLE);
	contents(r, item, d);
	attachments(r, item, d);
	for (size_t i = 0; i < json_array_size(tags); i++)
		feed_add_category(r, d, string(r, json_array_get(tags, i)));
	d->entry.author = feed_either(people(r, item), r->feed->author);
	d->entry.lang = feed_language(r, member(r, item, "language"));
	d->entry.published = feed_time(r, member(r, item, "date_published"), 0);
	d->entry.updated = feed_time(r, member(r, item, "date_modified"), 0);
}

/*
 * The feed.
 */

static const char *
hub(struct reading *r, const json_t *root)
{
	json_t *hubs = json_object_get(root, "hubs");

	for (size_t i = 0; i < json_array_size(hubs); i++) {
		const json_t *one = json_array_get(hubs, i);
		const char *type = member(r, one, "type");

		if (type != NULL && strcasecmp(type, "WebSub") == 0)
			return feed_url(r, NULL, member(r, one, "url"), 0);
	}
	return NULL;
}

static bool
read_root(struct reading *r, const json_t *root)
{
	const char *version = member(r, root, "version");
	json_t *items = json_object_get(root, "items");
	struct feed_read *f = r->feed;

	if (version != NULL && strstr(version, "jsonfeed.org/version/") == NULL)
		version = NULL;
	if (version == NULL && !json_is_array(items))
		return feed_refuse(r, "other-json", 0,
		    "it is JSON, but no JSON Feed: it has no version and no"
		    " items");
	if (version == NULL)
		feed_tell(r, "bad-version", 0,
		    "it does not say which version of JSON Feed it is");
	f->format = version != NULL && strstr(version, "/version/1.1") == NULL
	    ? "json-1.0"
	    : "json-1.1";
	r->known = true;
	f->title = feed_line(r, member(r, root, "title"), FEED_TITLE);
	f->description =
	    feed_line(r, member(r, root, "description"), FEED_SUMMARY);
	f->link = feed_url(r, NULL, member(r, root, "home_page_url"), 0);
	f->self = feed_url(r, NULL, member(r, root, "feed_url"), 0);
	f->lang = feed_language(r, member(r, root, "language"));
	f->author = people(r, root);
	f->hub = hub(r, root);
	for (size_t i = 0; i < json_array_size(items); i++)
		item(r, json_array_get(items, i), feed_either(f->link, r->url));
	return true;
}

/* A number that is too large for an integer is no reason to refuse it. */
static json_t *
load(const struct buf *text, json_error_t *error)
{
	const size_t flags = JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK;
	json_t *root = json_loadb(text->data, text->len, flags, error);

	if (root == NULL &&
	    json_error_code(error) == json_error_numeric_overflow)
		root = json_loadb(text->data, text->len,
		    flags | JSON_DECODE_INT_AS_REAL, error);
	return root;
}

/*
 * What breaks off.
 */

/* Where the last object ends that is in a list of the feed: 0 if none does. */
static size_t
find_whole(const struct buf *text)
{
	size_t depth = 0, whole = 0;
	bool quoted = false;

	for (size_t i = 0; i < text->len; i++) {
		char c = text->data[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '['))
			depth++;
		else if (!quoted && (c == '}' || c == ']') && depth > 0 &&
		    --depth == 2 && c == '}')
			whole = i + 1;
	}
	return whole;
}

/* The same up to its last whole entry, NULL if there is none. */
static json_t *
load_whole(struct reading *r, struct buf *text, int64_t line)
{
	json_error_t error;
	json_t *root;

	r->cut = line;
	r->known = memmem(buf_text(text), text->len, "jsonfeed.org",
		       strlen("jsonfeed.org")) != NULL;
	text->len = find_whole(text);
	buf_puts(text, "]}");
	root = load(text, &error);
	if (root != NULL)
		feed_tell(r, "cut", r->cut,
		    "it ends before its brackets are closed:"
		    " something is missing");
	return root;
}

bool
feed_read_json(struct reading *r, const char *s, size_t len)
{
	struct buf text = { 0 };
	json_error_t error;
	json_t *root;
	bool good;

	mend(&text, s, len);
	root = load(&text, &error);
	if (root == NULL &&
	    json_error_code(&error) == json_error_premature_end_of_input)
		root = load_whole(r, &text, error.line);
	good = root != NULL ? read_root(r, root)
			    : feed_refuse(r, "bad-json", error.line,
				  "the JSON is broken: %s", error.text);
	json_decref(root);
	buf_free(&text);
	return good;
}
