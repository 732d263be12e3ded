#include <sodium.h>
#include <string.h>

#include "data/feed_own.h"
#include "data/html_markdown.h"
#include "data/html_plain.h"
#include "data/markup.h"
#include "data/plain.h"
#include "data/sanitize.h"

/*
 * Entries of drafts: clean, with what is missing made of what is there, each
 * with a key that no other has.
 */
enum {
	MADE_TITLE = 100, /* characters */
	MADE_SUMMARY = 500,
	ID_MAX = 2000,
	KEY_MAX = 500, /* bytes of an id that are the key */
};

/*
 * Hashes.
 */

struct digest {
	crypto_generichash_state state;
};

static void
digest_start(struct digest *d)
{
	crypto_generichash_init(&d->state, NULL, 0, 16);
}

/* With its end, so that parts can't run into each other. */
static void
digest_add(struct digest *d, const char *s)
{
	if (s == NULL)
		s = "";
	crypto_generichash_update(&d->state, (const unsigned char *)s,
	    strlen(s) + 1);
}

static const char *
digest_end(struct reading *r, struct digest *d)
{
	unsigned char hash[16];
	char hex[33];

	crypto_generichash_final(&d->state, hash, sizeof(hash));
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	return arena_keep(r->arena, hex, 32);
}

static const char *
digest_of_words(struct reading *r, const struct feed_entry *e)
{
	struct digest d;

	digest_start(&d);
	digest_add(&d, e->title);
	digest_add(&d, e->published);
	if (e->title == NULL || e->published == NULL) {
		digest_add(&d, e->summary);
		digest_add(&d, e->content);
	}
	return digest_end(r, &d);
}

static const char *
digest_of_all(struct reading *r, const struct feed_entry *e)
{
	struct digest d;

	digest_start(&d);
	digest_add(&d, e->title);
	digest_add(&d, e->link);
	digest_add(&d, e->summary);
	digest_add(&d, e->content);
	digest_add(&d, e->author);
	digest_add(&d, e->lang);
	digest_add(&d, e->published);
	for (size_t i = 0; i < e->nenclosures; i++)
		digest_add(&d, e->enclosures[i].url);
	for (size_t i = 0; i < e->ncategories; i++)
		digest_add(&d, e->categories[i]);
	return digest_end(r, &d);
}

/*
 * Texts.
 */

/* HTML that was escaped twice shows its own tags to whoever reads it. */
static bool
is_double_escaped(const char *html)
{
	static const char *const signs[] = { "&lt;p&gt;", "&lt;p ", "&lt;br",
		"&lt;a href", "&lt;div", "&lt;/p&gt;", "&lt;/a&gt;", "&lt;img ",
		"&lt;strong&gt;", "&lt;em&gt;", "&lt;ul&gt;", "&lt;span" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strstr(html, signs[i]) != NULL)
			return !html_has_tags(html, strlen(html));
	return false;
}

static const char *
unescape(struct reading *r, const struct draft *d, const char *html)
{
	struct buf b = { 0 };

	if (html == NULL || !is_double_escaped(html))
		return html;
	feed_tell(r, "double-escaped", d->line, "its HTML is escaped twice");
	markup_decode(&b, html, strlen(html));
	html = arena_keep(r->arena, buf_text(&b), b.len);
	buf_free(&b);
	return html;
}

/* The link at s leads to a page, whatever slash it ends with. */
static bool
leads_to(const char *s, const char *url)
{
	const char *at = strstr(s, "href=");
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/')
		len--;
	if (at == NULL || at[5] == '\0' || strncmp(at + 6, url, len) != 0)
		return false;
	at += 6 + len;
	return *(at + (*at == '/')) == '"' || *(at + (*at == '/')) == '\'';
}

/* WordPress ends each text with a paragraph that says where it was first: its
 * two links lead to the entry and to the site, in whatever language. */
static const char *
without_end(struct reading *r, const struct draft *d, const char *html)
{
	const char *last = NULL, *one, *two;

	if (html == NULL || d->entry.link == NULL || r->feed->link == NULL)
		return html;
	for (const char *p = html; (p = strstr(p, "<p>")) != NULL; p++)
		last = p;
	one = last != NULL ? strstr(last, "<a ") : NULL;
	two = one != NULL ? strstr(one + 1, "<a ") : NULL;
	if (two == NULL || strstr(two + 1, "<a ") != NULL ||
	    !leads_to(one, d->entry.link) || !leads_to(two, r->feed->link))
		return html;
	return arena_keep(r->arena, html, (size_t)(last - html));
}

static void
set_content(struct reading *r, const struct draft *d, struct feed_entry *e)
{
	const char *html = without_end(r, d, unescape(r, d, d->content_html));
	struct buf clean = { 0 }, markdown = { 0 };

	if (html != NULL)
		sanitize_html(&clean, html, strlen(html), d->base);
	if (clean.len >= SANITIZE_MAX)
		feed_tell(r, "too-long", d->line,
		    "an entry is longer than %d bytes; the rest is left out",
		    SANITIZE_MAX);
	if (clean.len > 0) {
		e->content = arena_keep(r->arena, clean.data, clean.len);
		html_markdown(&markdown, clean.data, clean.len);
	}
	if (markdown.len > 0)
		e->content_markdown =
		    arena_keep(r->arena, markdown.data, markdown.len);
	buf_free(&clean);
	buf_free(&markdown);
}

/* The words of clean HTML, from its begin; NULL if it has none. */
static const char *
words_of(struct reading *r, const char *clean, size_t most)
{
	struct buf plain = { 0 };
	const char *line;

	if (clean == NULL)
		return NULL;
	plain_html(&plain, clean);
	line = feed_line(r, buf_text(&plain), most);
	buf_free(&plain);
	return line;
}

/* "[…]" says no more than "…" where it leads nowhere. */
static const char *
without_brackets(struct reading *r, const char *s)
{
	static const char more[] = "[…]";
	size_t len = s != NULL ? strlen(s) : 0, n = strlen(more);

	if (len < n || strcmp(s + len - n, more) != 0)
		return s;
	return arena_printf(r->arena, "%.*s…", (int)(len - n), s);
}

static void
set_summary(struct reading *r, const struct draft *d, struct feed_entry *e)
{
	if (e->summary == NULL)
		e->summary = feed_html_line(r,
		    without_end(r, d, unescape(r, d, d->summary_html)),
		    FEED_SUMMARY);
	if (e->summary == NULL)
		e->summary = words_of(r, e->content, MADE_SUMMARY);
	e->summary = without_brackets(r, e->summary);
}

/* The first sentence of a text, if it is short enough for a title. */
static const char *
first_sentence(struct reading *r, const char *s)
{
	const char *end = strpbrk(s, ".!?");

	while (end != NULL && end[1] != ' ' && end[1] != '\0')
		end = strpbrk(end + 1, ".!?");
	if (end != NULL && end - s > 15 && end - s < MADE_TITLE)
		return arena_keep(r->arena, s,
		    (size_t)(end - s) + (*end != '.'));
	return feed_line(r, s, MADE_TITLE);
}

static void
set_title(struct reading *r, const struct draft *d, struct feed_entry *e)
{
	if (e->title == NULL)
		e->title = feed_html_line(r, d->title_html, FEED_TITLE);
	if (e->title == NULL && e->summary != NULL)
		e->title = first_sentence(r, e->summary);
	if (e->title == NULL && e->nenclosures > 0)
		e->title = feed_line(r, e->enclosures[0].url, MADE_TITLE);
	if (e->title == NULL)
		e->title = e->link;
}

/*
 * Keys.
 */

static bool
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* An id is as long as somebody likes: of a long one a part and a hash. */
static const char *
key_of(struct reading *r, const char *kind, const char *s)
{
	struct digest d;

	if (strlen(s) <= KEY_MAX)
		return arena_printf(r->arena, "%s %s", kind, s);
	digest_start(&d);
	digest_add(&d, s);
	return arena_printf(r->arena, "%s %s", kind, digest_end(r, &d));
}

/* Do entries of other addresses have the same id?  Then it is none. */
static bool
is_shared(const struct reading *r, const struct draft *d)
{
	for (size_t i = 0; i < r->ndrafts; i++) {
		const struct feed_entry *other = &r->drafts[i]->entry;

		if (is_same(other->id, d->entry.id) && other->link != NULL &&
		    d->entry.link != NULL &&
		    strcmp(other->link, d->entry.link) != 0)
			return true;
	}
	return false;
}

static void
set_key(struct reading *r, const struct draft *d, struct feed_entry *e)
{
	if (e->id != NULL && !is_shared(r, d)) {
		e->key = key_of(r, "id", e->id);
		return;
	}
	if (e->id != NULL)
		feed_tell(r, "shared-id", d->line,
		    "entries of different addresses have the same id: %.60s",
		    e->id);
	else
		feed_tell(r, "no-id", d->line,
		    "an entry has no id; it is recognised by its %s",
		    e->link != NULL ? "address" : "words");
	if (e->link != NULL)
		e->key = key_of(r, "link", e->link);
	else
		e->key = key_of(r, "hash", digest_of_words(r, e));
}

static const struct feed_entry *
find_key(const struct feed_entry *all, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].key, key) == 0)
			return &all[i];
	return NULL;
}

/*
 * All.
 */

/* Entries of no id that share an address, or of words that share a title, are
 * told apart by all they say. */
static bool
settle_key(struct reading *r, const struct draft *d, struct feed_entry *e,
    size_t n)
{
	const struct feed_entry *twin = find_key(r->feed->entries, n, e->key);

	if (twin == NULL)
		return true;
	if (strncmp(e->key, "id ", 3) != 0 &&
	    strcmp(twin->digest, e->digest) != 0) {
		e->key = key_of(r, "hash", e->digest);
		if (find_key(r->feed->entries, n, e->key) == NULL)
			return true;
	}
	feed_tell(r, "double", d->line,
	    "an entry is in it twice; the first counts: %.60s", e->title);
	return false;
}

static bool
finish(struct reading *r, struct draft *d, struct feed_entry *e, size_t n)
{
	*e = d->entry;
	e->enclosures = d->enclosures;
	e->categories = d->categories;
	if (e->lang == NULL)
		e->lang = r->feed->lang;
	set_content(r, d, e);
	set_summary(r, d, e);
	if (d->title_html == NULL && e->title == NULL)
		feed_tell(r, "no-title", d->line, "an entry has no title");
	set_key(r, d, e);
	set_title(r, d, e);
	if (e->title == NULL) {
		feed_tell(r, "empty", d->line,
		    "an entry without title, text and address is left out");
		return false;
	}
	e->digest = digest_of_all(r, e);
	return settle_key(r, d, e, n);
}

static bool
is_late(const struct reading *r)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > r->deadline.tv_sec;
}

void
feed_finish(struct reading *r)
{
	struct feed_entry *all =
	    arena_alloc(r->arena, (r->ndrafts + 1) * sizeof(*all));
	size_t n = 0;

	if (r->in_entry && !r->more && r->ndrafts > 0)
		r->ndrafts--; /* its rest is still to come */
	r->feed->entries = all;
	if (sodium_init() == -1)
		return;
	for (size_t i = 0; i < r->ndrafts; i++)
		r->drafts[i]->entry.id =
		    feed_line(r, r->drafts[i]->entry.id, ID_MAX);
	for (size_t i = 0; i < r->ndrafts && !is_late(r); i++)
		n += finish(r, r->drafts[i], &all[n], n);
	if (r->more || is_late(r))
		feed_tell(r, "too-many-entries", 0,
		    "only the first %zu entries are read", n);
	r->feed->nentries = n;
}
