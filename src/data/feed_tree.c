/*
 * An entry of a feed as a record of kind news.
 */
#include <string.h>

#include "base/utf8.h"
#include "data/check.h"
#include "data/feed_take.h"

enum {
	BODY_BYTES = 90 * 1000, /* a record may have some more */
	AUTHOR_CHARACTERS = 200,
	URL_BYTES = 2000,
};

static void
add(struct arena *a, struct node *to, const char *key, const char *text,
    size_t len)
{
	struct node *n = node_add(a, to, key, NODE_TEXT);

	n->text = arena_keep(a, text, len);
	n->len = len;
	n->quoted = true;
}

/* If something is said. */
static void
add_text(struct arena *a, struct node *to, const char *key, const char *text)
{
	if (text != NULL && *text != '\0')
		add(a, to, key, text, strlen(text));
}

/* Words in the language of the record. */
static void
add_words(struct arena *a, struct node *to, const char *key, const char *text,
    size_t len)
{
	struct node *by_lang = node_add(a, to, key, NODE_MAP);

	add(a, by_lang, node_text(to, "lang"), text, len);
}

/* A list of one. */
static void
add_only(struct arena *a, struct node *to, const char *key, const char *text)
{
	if (*text != '\0')
		add(a, node_add(a, to, key, NODE_LIST), NULL, text,
		    strlen(text));
}

/* A language without the country it is spoken in, which no list of ours has. */
static const char *
plain_lang(struct arena *a, const char *lang)
{
	return lang != NULL && check_is_language(lang)
	    ? arena_keep(a, lang, strcspn(lang, "-"))
	    : NULL;
}

/* What an entry says itself; else what the partner says, who may know better
 * than their feed; else what that says. */
static const char *
lang_of(struct arena *a, const struct feed_take *t, const struct feed_entry *e)
{
	const char *of_feed = plain_lang(a, t->read->lang);
	const char *own = plain_lang(a, e->lang);
	const char *said = plain_lang(a, t->feed->lang);

	if (own != NULL && (of_feed == NULL || strcmp(own, of_feed) != 0))
		return own;
	return said != NULL ? said : own != NULL ? own : t->lang;
}

/* At most so many bytes, whole paragraphs. */
static size_t
cut(const char *text, size_t most)
{
	size_t len = strlen(text);

	if (len <= most)
		return len;
	for (len = most; len > 1; len--)
		if (text[len] == '\n' && text[len - 1] == '\n')
			return len;
	return utf8_valid(text, most);
}

static size_t
cut_characters(const char *text, size_t most)
{
	size_t len = strlen(text), at = 0, size;

	while (at < len && most-- > 0) {
		utf8_next(text + at, len - at, &size);
		at += size;
	}
	return at;
}

/* A body that says what the summary says, in a paragraph as well, is none. */
static bool
says_more(const struct feed_entry *e)
{
	size_t summary = e->summary != NULL ? strlen(e->summary) : 0;

	return e->content_markdown != NULL &&
	    (strlen(e->content_markdown) > summary + 20 ||
		strstr(e->content_markdown, "\n\n") != NULL);
}

struct node *
feed_tree(struct arena *a, const struct feed_take *t,
    const struct feed_entry *e, const char *published)
{
	static struct node none = { .type = NODE_MAP, .file = "feed" };
	struct node *r = arena_alloc(a, sizeof(*r));

	*r = none;
	add_text(a, r, "lang", lang_of(a, t, e));
	add_words(a, r, "title", e->title, strlen(e->title));
	if (e->summary != NULL && *e->summary != '\0')
		add_words(a, r, "summary", e->summary, strlen(e->summary));
	if (says_more(e))
		add_words(a, r, "body", e->content_markdown,
		    cut(e->content_markdown, BODY_BYTES));
	add_text(a, r, "published", published);
	add_only(a, r, "themes", t->feed->theme);
	add_only(a, r, "countries", t->feed->country);
	add_text(a, r, "organisation", t->feed->owner_slug);
	if (e->author != NULL && *e->author != '\0')
		add(a, r, "author", e->author,
		    cut_characters(e->author, AUTHOR_CHARACTERS));
	if (feed_page(e) != NULL && strlen(feed_page(e)) <= URL_BYTES)
		add_text(a, r, "source_url", feed_page(e));
	return r;
}
