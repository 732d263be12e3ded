/*
 * A record in Dublin Core, as others fill it in, as the tree of a document.
 *
 * What has a place here goes there; what no list has becomes a keyword; what
 * is unlikely (a date in words, a third title) is left out, for the original is
 * a click away.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "cli/harvest.h"
#include "data/check.h"
#include "data/feed_date.h"
#include "data/html_plain.h"
#include "data/locale.h"

enum {
	TITLE = 390, /* characters; a record may have some more */
	SUMMARY = 4800,
	NOTE = 1000,
	NAME = 200, /* of an author, or a keyword */
	MANY = 60,  /* authors, keywords */
	URL = 2000  /* bytes */
};

static bool
is(const struct oai_value *v, const char *element)
{
	return strcmp(v->element, element) == 0;
}

/* Words alone, on one line, cut to so many characters. */
static const char *
plain(struct harvest *h, const char *text, size_t most)
{
	struct buf line = { 0 }, cut = { 0 };
	const char *kept;

	html_plain(&line, text, strlen(text));
	html_cut(&cut, buf_text(&line), most);
	kept = arena_keep(&h->arena, buf_text(&cut), cut.len);
	buf_free(&line);
	buf_free(&cut);
	return kept;
}

static struct node *
put(struct harvest *h, struct node *to, const char *key, const char *text)
{
	struct node *n = node_add(&h->arena, to, key, NODE_TEXT);

	n->text = text;
	n->len = strlen(text);
	n->quoted = true;
	return n;
}

static struct node *
within(struct harvest *h, struct node *to, const char *key, enum node_type type)
{
	struct node *n = node_get(to, key);

	return n != NULL ? n : node_add(&h->arena, to, key, type);
}

/* Add to a list of values, once. */
static void
put_value(struct harvest *h, struct node *to, const char *key, const char *text)
{
	struct node *list = within(h, to, key, NODE_LIST);

	for (const struct node *n = list->first; n != NULL; n = n->next)
		if (strcasecmp(n->text, text) == 0)
			return;
	if (list->n < MANY)
		put(h, list, NULL, text);
}

/*
 * Languages.
 */

/* Codes of ISO 639-2 that only libraries use. */
static const char *
of_library(const char *code)
{
	static const char pairs[][2][4] = { { "fre", "fr" }, { "ger", "de" },
		{ "dut", "nl" }, { "chi", "zh" }, { "cze", "cs" },
		{ "gre", "el" }, { "per", "fa" }, { "rum", "ro" },
		{ "eng", "en" }, { "fra", "fr" }, { "spa", "es" },
		{ "por", "pt" }, { "deu", "de" }, { "ita", "it" },
		{ "rus", "ru" }, { "ara", "ar" }, { "zho", "zh" },
		{ "jpn", "ja" }, { "nld", "nl" }, { "swa", "sw" },
		{ "vie", "vi" }, { "ind", "id" }, { "hin", "hi" },
		{ "wol", "wo" }, { "amh", "am" }, { "khm", "km" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strcasecmp(pairs[i][0], code) == 0)
			return pairs[i][1];
	return NULL;
}

/* By its name in a language of ours. */
static const char *
by_name(struct harvest *h, const char *name)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT code FROM code_label WHERE list = 'language'"
	    " AND fold(label) = fold(:name) LIMIT 1"));
	const char *code = NULL;

	db_set_text(q, "name", name);
	if (db_next(q))
		code = arena_keep(&h->arena, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return code;
}

/* The code of a language that is said in whatever way; NULL if it is none:
 * "en", "en_US", "eng", "English". */
static const char *
language(struct harvest *h, const char *said)
{
	char *code = arena_keep(&h->arena, said, strnlen(said, 40));
	const char *known = of_library(code);

	if (known != NULL || *code == '\0')
		return known;
	code[strcspn(code, "-_")] = '\0';
	known = of_library(code);
	if (known == NULL)
		known = names_find(h->names, "language", code);
	return known != NULL ? known : by_name(h, said);
}

/* That of the record: what it says, else its title's, else English. */
static const char *
main_language(struct harvest *h, const struct oai_item *item)
{
	const char *code = NULL;

	for (size_t i = 0; i < item->n && code == NULL; i++)
		if (is(&item->values[i], "language"))
			code = language(h, item->values[i].text);
	for (size_t i = 0; i < item->n && code == NULL; i++)
		if (is(&item->values[i], "title"))
			code = language(h, item->values[i].lang);
	return code != NULL ? code : "en";
}

/*
 * Elements.
 */

/* The first words of each language. */
static void
put_words(struct harvest *h, struct node *record, const char *key,
    const struct oai_value *v, size_t most)
{
	const char *text = plain(h, v->text, most);
	const char *lang = language(h, v->lang);
	struct node *words;

	if (*text == '\0')
		return;
	if (lang == NULL)
		lang = node_text(record, "lang");
	words = within(h, record, key, NODE_MAP);
	if (node_get(words, lang) == NULL)
		put(h, words, lang, text);
}

static void
put_title(struct harvest *h, struct node *record, const struct oai_value *v)
{
	put_words(h, record, "title", v, TITLE);
}

static void
put_summary(struct harvest *h, struct node *record, const struct oai_value *v)
{
	put_words(h, record, "summary", v, SUMMARY);
}

static void
put_author(struct harvest *h, struct node *record, const struct oai_value *v)
{
	const char *name = plain(h, v->text, NAME);
	struct node *authors;

	if (*name == '\0')
		return;
	authors = within(h, record, "authors", NODE_LIST);
	if (authors->n < MANY)
		put(h, node_add(&h->arena, authors, NULL, NODE_MAP), "name",
		    name);
}

/* A theme or a country by its name, else a keyword. */
static void
put_subject(struct harvest *h, struct node *record, const char *word)
{
	const char *theme = names_find(h->names, "theme", word);
	const char *country = names_find(h->names, "country", word);

	if (theme != NULL)
		put_value(h, record, "themes", theme);
	else if (country != NULL && strlen(word) > 3)
		put_value(h, record, "countries", country);
	else if (utf8_count(word, strlen(word)) <= NAME)
		put_value(h, record, "keywords", word);
}

/* One, or several between semicolons. */
static void
put_subjects(struct harvest *h, struct node *record, const struct oai_value *v)
{
	const char *s = v->text;

	while (*s != '\0') {
		size_t len = strcspn(s, ";");
		const char *word =
		    plain(h, arena_keep(&h->arena, s, len), NAME + 1);

		if (*word != '\0')
			put_subject(h, record, word);
		s += len + (s[len] == ';');
	}
}

static void
put_country(struct harvest *h, struct node *record, const struct oai_value *v)
{
	const char *country =
	    names_find(h->names, "country", plain(h, v->text, NAME));

	if (country != NULL)
		put_value(h, record, "countries", country);
}

static void
put_language(struct harvest *h, struct node *record, const struct oai_value *v)
{
	const char *code = language(h, v->text);

	if (code != NULL)
		put_value(h, record, "languages", code);
}

static void
put_rights(struct harvest *h, struct node *record, const struct oai_value *v)
{
	const char *text = plain(h, v->text, NOTE);

	if (*text != '\0' && node_get(record, "note") == NULL)
		put(h, record, "note", text);
}

/* As precise as it is said; what is no date is none. */
static void
put_date(struct harvest *h, struct node *record, const struct oai_value *v)
{
	size_t len = strspn(v->text, "0123456789-");
	char date[FEED_DATE];
	long year;

	if (node_get(record, "date") != NULL)
		return;
	if ((len == 4 || len == 7 || len == 10) && v->text[len] == '\0' &&
	    check_is_time(v->text, len))
		memcpy(date, v->text, len);
	else if (feed_date(date, v->text))
		len = 10;
	else
		return;
	date[len] = '\0';
	year = strtol(date, NULL, 10);
	if (year < 1400 || year > 2100)
		return;
	put(h, record, "date", arena_keep(&h->arena, date, len));
	put(h, record, "year", arena_keep(&h->arena, date, 4));
}

/* What kinds are called elsewhere: in vocabularies of repositories, of DCMI. */
static const char *
doctype_of(struct harvest *h, const char *said)
{
	static const char *const pairs[][2] = { { "conferenceObject",
						    "conference-paper" },
		{ "conferencePaper", "conference-paper" },
		{ "conferenceProceedings", "proceedings" },
		{ "doctoralThesis", "thesis" }, { "masterThesis", "thesis" },
		{ "bachelorThesis", "thesis" }, { "bookPart", "chapter" },
		{ "book chapter", "chapter" },
		{ "workingPaper", "working-paper" }, { "preprint", "paper" },
		{ "journal article", "article" },
		{ "MovingImage", "video-audio" }, { "Sound", "video-audio" },
		{ "Dataset", "dataset" }, { "Software", "software" },
		{ "technical report", "report" } };
	const char *word = strrchr(said, '/');

	word = word != NULL ? word + 1 : said;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strcasecmp(pairs[i][0], word) == 0)
			return pairs[i][1];
	return names_find(h->names, "doctype", word);
}

static void
put_doctype(struct harvest *h, struct node *record, const struct oai_item *item)
{
	const char *code = NULL;

	for (size_t i = 0; i < item->n && code == NULL; i++)
		if (is(&item->values[i], "type"))
			code = doctype_of(h, item->values[i].text);
	put(h, record, "doctype", code != NULL ? code : "other");
}

/* A publisher that is in the directory. */
static void
put_publisher(struct harvest *h, struct node *record, const char *slug)
{
	struct node *list = within(h, record, "related", NODE_LIST), *n;

	if (list->n > 0)
		return;
	n = node_add(&h->arena, list, NULL, NODE_MAP);
	put(h, n, "to", arena_printf(&h->arena, "organisation/%s", slug));
	put(h, n, "relation", "publisher");
}

static void
find_publisher(struct harvest *h, struct node *record,
    const struct oai_value *v)
{
	struct query *q = db_restart(db_query(h->db,
	    "SELECT r.slug FROM shown s JOIN record r ON r.id = s.record"
	    " WHERE s.ui IN (SELECT lang FROM language)"
	    "  AND s.kind = 'organisation' AND s.title = :name LIMIT 1"));
	const char *slug = NULL;

	db_set_text(q, "name", plain(h, v->text, NAME));
	if (db_next(q))
		slug = arena_keep(&h->arena, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	if (slug != NULL)
		put_publisher(h, record, slug);
}

/*
 * Addresses.
 */

/* "doi:10.1000/1" and "10.1000/1" as addresses; NULL if it is none. */
static const char *
address_of(struct harvest *h, const char *said)
{
	static const char *const old[] = { "http://dx.doi.org/",
		"https://dx.doi.org/", "http://doi.org/" };

	for (size_t i = 0; i < sizeof(old) / sizeof(old[0]); i++)
		if (strncasecmp(said, old[i], strlen(old[i])) == 0)
			said += strlen(old[i]);
	if (strncasecmp(said, "doi:", 4) == 0)
		said += 4 + strspn(said + 4, " ");
	if (strncmp(said, "10.", 3) == 0 && strchr(said, '/') != NULL)
		return arena_printf(&h->arena, "https://doi.org/%s", said);
	return strncmp(said, "http://", 7) == 0 ||
		strncmp(said, "https://", 8) == 0
	    ? said
	    : NULL;
}

size_t
harvest_urls(struct harvest *h, const struct oai_item *item,
    const char *urls[HARVEST_URLS])
{
	size_t n = 0;

	for (size_t i = 0; i < item->n && n < HARVEST_URLS; i++) {
		const struct oai_value *v = &item->values[i];
		const char *url =
		    is(v, "identifier") ? address_of(h, v->text) : NULL;

		if (url != NULL && strlen(url) <= URL &&
		    url[strcspn(url, " \t\n\"<>")] == '\0')
			urls[n++] = url;
	}
	return n;
}

struct node *
harvest_tree(struct harvest *h, const struct oai_item *item)
{
	static const struct {
		const char *element;
		void (*put)(struct harvest *, struct node *,
		    const struct oai_value *);
	} elements[] = { { "title", put_title }, { "creator", put_author },
		{ "subject", put_subjects }, { "description", put_summary },
		{ "abstract", put_summary }, { "date", put_date },
		{ "issued", put_date }, { "language", put_language },
		{ "coverage", put_country }, { "spatial", put_country },
		{ "rights", put_rights }, { "publisher", find_publisher } };
	struct node at = { .type = NODE_LIST, .file = item->identifier };
	struct node *record = node_add(&h->arena, &at, NULL, NODE_MAP);
	const char *urls[HARVEST_URLS];

	put(h, record, "lang", main_language(h, item));
	put_doctype(h, record, item);
	if (*h->organisation != '\0')
		put_publisher(h, record, h->organisation);
	for (size_t i = 0; i < item->n; i++)
		for (size_t k = 0; k < sizeof(elements) / sizeof(elements[0]);
		     k++)
			if (is(&item->values[i], elements[k].element))
				elements[k].put(h, record, &item->values[i]);
	if (harvest_urls(h, item, urls) > 0)
		put(h, record, "url", urls[0]);
	return record;
}
