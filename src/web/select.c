#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "data/search.h"
#include "view/json.h"
#include "web/select.h"

enum { PARAM_BYTES = 400 };

static const char *const orders[] = { [BY_SCORE] = "relevance",
	[BY_TITLE] = "title",
	[BY_NEWEST] = "newest",
	[BY_YEAR] = "year" };

/*
 * Reading the address.
 */

/* Countries go by codes in capitals; a visitor may write them as they like. */
static void
to_capitals(char *s)
{
	for (; *s != '\0'; s++)
		if (*s >= 'a' && *s <= 'z')
			*s = (char)(*s - 'a' + 'A');
}

/* Languages without regions, "fr-CA,es" as "fr,es"; "*" is any, and none:
 * programs that know OpenSearch write them so. */
static void
to_languages(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (*s == '-')
			s += strcspn(s, ",");
		if (*s == '\0')
			break;
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
		if (*s != '*')
			*to++ = *s;
	}
	*to = '\0';
}

/* All values of a parameter that may be repeated, with commas between. */
static char *
all_values(struct page *p, const char *name)
{
	const char *query = model_cell(&p->model, "query").text;
	char *kept;
	struct buf values = { 0 }, value = { 0 };

	while (*query != '\0' && values.len < PARAM_BYTES) {
		size_t n = strcspn(query, "&");

		buf_clear(&value);
		if (url_param(&value, page_keep(p, query, n), name) &&
		    value.len > 0) {
			if (values.len > 0)
				buf_putc(&values, ',');
			buf_put(&values, value.data, value.len);
		}
		query += n + (query[n] == '&');
	}
	kept = page_keep(p, buf_text(&values), values.len);
	buf_free(&values);
	buf_free(&value);
	return kept;
}

static void
read_choices(struct page *p, const struct selection *sel, struct search *s)
{
	if (sel->about != NULL) {
		s->choices[s->nchoices].facet = sel->about;
		s->choices[s->nchoices++].values = sel->value;
	}
	for (size_t i = 0; sel->facets[i] != NULL && s->nchoices < CHOICES_MAX;
	     i++) {
		char *values = all_values(p, sel->facets[i]);

		if (*values == '\0')
			continue;
		if (strcmp(sel->facets[i], "country") == 0)
			to_capitals(values);
		if (strcmp(sel->facets[i], "language") == 0)
			to_languages(values);
		if (*values == '\0')
			continue;
		s->choices[s->nchoices].facet = sel->facets[i];
		s->choices[s->nchoices++].values = values;
	}
}

/* The facet to be listed in full; what is no facet of the list is ignored. */
static const char *
read_more(struct page *p, const struct selection *sel)
{
	const char *more = page_param(p, "more");

	for (size_t i = 0; sel->facets[i] != NULL; i++)
		if (strcmp(sel->facets[i], more) == 0)
			return more;
	model_change(&p->model, "more", "");
	return NULL;
}

/* The order asked for, else the list's own; without words none is more
 * relevant than another.  In feeds the newest come first. */
static enum order
read_order(struct page *p, const struct selection *sel)
{
	bool words = *model_cell(&p->model, "q").text != '\0';
	const char *sort = page_param(p, "sort");

	if (p->format & FEEDS)
		return BY_NEWEST;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (strcmp(sort, orders[i]) == 0 && (i != BY_SCORE || words))
			return (enum order)i;
	if (words)
		return BY_SCORE;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (strcmp(sel->sort, orders[i]) == 0)
			return (enum order)i;
	return BY_TITLE;
}

/*
 * Naming what was found.
 */

/* The address without any facet. */
static void
name_clear_url(struct page *p, const struct selection *sel)
{
	struct buf from = { 0 }, to = { 0 }, spare;

	buf_puts(&from, "?");
	buf_puts(&from, model_cell(&p->model, "query").text);
	for (size_t i = 0; sel->facets[i] != NULL; i++) {
		buf_clear(&to);
		url_set(&to, from.data + 1, sel->facets[i], NULL);
		spare = from;
		from = to;
		to = spare;
	}
	page_text(p, "clear_url", from.data);
	buf_free(&from);
	buf_free(&to);
}

/* What to type instead of something nothing can be found by. */
static void
name_advice(struct page *p, enum lack lack)
{
	static const char *const keys[] = { [LACKS_WORDS] =
						"search_lacks_words",
		[LACKS_WANTED] = "search_lacks_wanted",
		[LACKS_MEANING] = "search_lacks_meaning" };

	page_text(p, "advice",
	    lack != LACKS_NOTHING ? page_string(p, keys[lack]) : "");
}

static void
name_did_you_mean(struct page *p, const struct search *s, bool nothing)
{
	struct buf text = { 0 }, url = { 0 };

	if (nothing && search_did_you_mean(page_db(p), s, &text))
		url_set(&url, model_cell(&p->model, "query").text, "q",
		    text.data);
	else
		buf_clear(&text);
	page_text(p, "did_you_mean", buf_text(&text));
	page_text(p, "did_you_mean_url", buf_text(&url));
	buf_free(&text);
	buf_free(&url);
}

/* What a facet's value is called: by the code list, by the organisation. */
#define LABEL                                                    \
	"coalesce(n.label, (SELECT o.title FROM record r"        \
	" JOIN shown o ON o.record = r.id AND o.ui = :lang"      \
	" WHERE " IS_ORGANISATION " AND r.kind = 'organisation'" \
	" AND r.slug = f.value), f.value)"
#define IS_ORGANISATION "f.facet IN ('support', 'organisation')"

/* An organisation that was withdrawn is named no more, and nobody's choice;
 * chosen, it can be let go. */
#define IS_OFFERED                                                   \
	"(f.selected OR NOT " IS_ORGANISATION " OR EXISTS (SELECT 1" \
	"  FROM record r WHERE r.kind = 'organisation'"              \
	"  AND r.slug = f.value AND r.status = 'published'))"

static void
name_facets(struct page *p)
{
	page_number(p, "_few", FACET_VALUES);
	page_rows(p, "facets",
	    "SELECT f.facet, coalesce(n.label, f.facet) AS label,"
	    "  f.chosen AS any, f.all_values,"
	    "  f.chosen OR f.facet = :more OR (f.place = 1 AND :more = '') AS open,"
	    "  CASE WHEN f.hidden_values > 0"
	    "   THEN url_set(:query, 'more', f.facet) END AS more_url,"
	    "  CASE WHEN f.facet = :more AND f.all_values > :_few"
	    "   THEN url_set(:query, 'more', NULL) END AS fewer_url"
	    " FROM facet_found f LEFT JOIN code_label n ON n.list = 'facet'"
	    "  AND n.code = f.facet AND n.lang = :lang"
	    " ORDER BY f.place");
	page_rows_in(p, "facets", "values",
	    "SELECT f.value, " LABEL " AS label, f.count,"
	    "  f.selected, url_set(:query, f.facet, f.toggled) AS url"
	    " FROM facet_count f LEFT JOIN code_label n ON n.list = f.facet"
	    "  AND n.code = f.value AND n.lang = :lang"
	    " WHERE f.facet = :facet AND " IS_OFFERED " ORDER BY f.place");
	page_rows(p, "filters",
	    "SELECT f.facet, coalesce(g.label, f.facet) AS facet_label,"
	    "  f.value, " LABEL " AS label,"
	    "  url_set(:query, f.facet, f.toggled) AS url"
	    " FROM facet_count f LEFT JOIN code_label n ON n.list = f.facet"
	    "  AND n.code = f.value AND n.lang = :lang"
	    " LEFT JOIN code_label g ON g.list = 'facet'"
	    "  AND g.code = f.facet AND g.lang = :lang"
	    " WHERE f.selected ORDER BY f.facet_place, f.place");
}

static void
name_choices(struct page *p, const struct search *s)
{
	struct buf json = { 0 };

	for (size_t i = 0; i < s->nchoices; i++) {
		const char *facet = s->choices[i].facet;
		const char *values = s->choices[i].values;

		buf_puts(&json, i > 0 ? ",{\"facet\":" : "{\"facet\":");
		json_quote(&json, facet, strlen(facet));
		buf_puts(&json, ",\"values\":");
		json_quote(&json, values, strlen(values));
		buf_putc(&json, '}');
	}
	page_text(p, "_choices",
	    arena_printf(&p->arena, "[%s]", buf_text(&json)));
	buf_free(&json);
}

/* What is chosen, as a title goes on: Library, “births”, Senegal. */
static void
name_choice(struct page *p, bool filtered)
{
	const char *q = model_cell(&p->model, "q").text, *labels = "";

	if (filtered &&
	    page_row(p,
		"SELECT coalesce(group_concat(label, ', '), '') AS _labels FROM"
		" (SELECT " LABEL " AS label FROM facet_count f"
		"  LEFT JOIN code_label n ON n.list = f.facet"
		"   AND n.code = f.value AND n.lang = :lang"
		"  WHERE f.selected ORDER BY f.facet_place, f.place)"))
		labels = model_cell(&p->model, "_labels").text;
	if (*q != '\0')
		q = arena_printf(&p->arena, ", %s%s%s",
		    page_string(p, "quote_open"), q,
		    page_string(p, "quote_close"));
	page_text(p, "_choice",
	    arena_printf(&p->arena, "%s%s%s", q, *labels != '\0' ? ", " : "",
		labels));
}

/* A list goes by years where its kind has them, else by dates. */
static void
name_sorts(struct page *p, const struct selection *sel, enum order order)
{
	bool words = *model_cell(&p->model, "q").text != '\0';

	page_text(p, "_order", orders[order]);
	page_text(p, "_default", words ? "relevance" : sel->sort);
	page_text(p, "_dated",
	    strcmp(sel->sort, "year") == 0 ? "year" : "newest");
	page_text(p, "_relevance", page_string(p, "sort_relevance"));
	page_text(p, "_title", page_string(p, "sort_title"));
	page_text(p, "_newest", page_string(p, "sort_newest"));
	page_rows(p, "sorts",
	    "SELECT s.column1 AS sort, s.column2 AS label,"
	    "  s.column1 = :_order AS selected,"
	    "  url_set(:query, 'sort', nullif(s.column1, :_default)) AS url"
	    " FROM (VALUES ('relevance', :_relevance), ('title', :_title),"
	    "  (:_dated, :_newest)) s"
	    " WHERE s.column1 <> 'relevance' OR :q <> ''");
}

static void
name_equivalents(struct page *p)
{
	page_rows(p, "equivalents",
	    "SELECT e.term, e.lang AS term_lang,"
	    "  coalesce(n.label, e.lang) AS language, l.url"
	    " FROM equivalent e CROSS JOIN listed l ON l.id = e.record"
	    "  AND l.ui = :lang"
	    " LEFT JOIN code_label n ON n.list = 'language'"
	    "  AND n.code = e.lang AND n.lang = :lang");
}

const char *
select_tidy(struct page *p, const char *query)
{
	static const char *const shown[] = { "page", "sort", "view", "more",
		"done", "order" };
	struct buf out = { 0 };
	const char *kept = page_keep(p, query, strlen(query));

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		buf_clear(&out);
		url_drop(&out, kept, shown[i]);
		kept = page_keep(p, buf_text(&out), out.len);
		kept += *kept == '?';
	}
	buf_free(&out);
	return kept;
}

int64_t
page_select(struct page *p, const struct selection *sel)
{
	struct search s = { .ui = page_lang(p),
		.kind = sel->kind,
		.facets = sel->facets,
		.text = page_param(p, "q"),
		.full = read_more(p, sel),
		.current = (sel->kind != NULL && !sel->archive) ||
		    (p->format & FEEDS) != 0,
		.all_full = p->format == JSON };
	struct found found;

	s.order = read_order(p, sel);
	read_choices(p, sel, &s);
	found = search_run(page_db(p), &s);
	name_did_you_mean(p, &s, *s.text != '\0' && found.exact == 0);
	page_paging(p, found.total, sel->per_page);
	search_page(page_db(p),
	    strtoll(model_cell(&p->model, "offset").text, NULL, 10),
	    strtoll(model_cell(&p->model, "limit").text, NULL, 10));

	page_number(p, "exact_total", found.exact);
	page_number(p, "partial", found.partial);
	page_number(p, "about", found.about);
	page_number(p, "cut", found.cut);
	page_number(p, "filtered", s.nchoices > 0);
	name_advice(p, found.lack);
	name_clear_url(p, sel);
	name_choices(p, &s);
	name_choice(p, s.nchoices > 0);
	name_facets(p);
	name_sorts(p, sel, s.order);
	name_equivalents(p);
	return found.total;
}
