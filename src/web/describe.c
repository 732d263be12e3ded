#include <string.h>

#include "view/cited.h"
#include "web/describe.h"
#include "web/format.h"
#include "web/linked.h"

/* The first PDF of a document. */
#define PDF                                                                \
	"(SELECT url FROM document_file_shown f WHERE f.record = c.record" \
	" AND f.ui = c.ui AND f.type = 'application/pdf' ORDER BY f.place" \
	" LIMIT 1)"

/* The page's own address, whatever it was asked with. */
static const char *
address(struct page *p, const char *extension)
{
	return arena_printf(&p->arena, "%s/%s%s%s",
	    model_cell(&p->model, "base").text, page_lang(p),
	    model_cell(&p->model, "path").text, extension);
}

static void
put_forms(struct page *p, struct buf *out)
{
	struct other_form f;

	for (size_t at = 0; format_next(p, &at, &f);)
		buf_printf(out,
		    "<link rel=\"alternate\" type=\"%.*s\" href=\"%s\">\n",
		    f.len, f.type, address(p, f.extension));
}

static void
put_meta(struct buf *out, const char *name, const char *text, size_t len,
    const char *lang)
{
	if (len == 0)
		return;
	buf_printf(out, "<meta name=\"%s\"", name);
	if (*lang != '\0')
		buf_printf(out, " lang=\"%s\"", lang);
	buf_puts(out, " content=\"");
	buf_html(out, text, len);
	buf_puts(out, "\">\n");
}

/*
 * Dublin Core: the same as for harvesters, but what it is about in the page's
 * language alone: a reader on a slow line pays for every word.
 */

static void
put_element(struct buf *out, const char *base, const struct query *row)
{
	struct cell value = db_cell(row, 1);
	struct buf name = { 0 }, url = { 0 };

	buf_printf(&name, "DC.%s", db_text(row, 0));
	if (value.text[0] == '/')
		buf_puts(&url, base);
	buf_put(&url, value.text, value.len);
	put_meta(out, name.data, url.data, url.len, db_text(row, 2));
	buf_free(&name);
	buf_free(&url);
}

static void
put_dublin_core(struct page *p, struct buf *out)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT element, value, value_lang FROM dublin_core"
	    " WHERE record = :record"
	    " AND (element NOT IN ('subject', 'coverage', 'type')"
	    "  OR coalesce(value_lang, '') IN ('', :lang))"
	    " ORDER BY element, place, value_lang, value"));

	db_set_int(q, "record", p->record);
	db_set_text(q, "lang", page_lang(p));
	buf_puts(out,
	    "<link rel=\"schema.DC\" href=\"http://purl.org/dc/elements/1.1/\">"
	    "\n");
	while (db_next(q))
		put_element(out, model_cell(&p->model, "base").text, q);
}

/*
 * Publications.
 */

struct publication {
	struct page *page;
	struct cited cited;
	struct buf *out;
};

static void
put(struct publication *u, const char *name, const char *text)
{
	put_meta(u->out, name, text, strlen(text), "");
}

static void
put_column(struct publication *u, const char *name, const char *column)
{
	put(u, name, cited_text(&u->cited, column));
}

static void
put_each(struct publication *u, const char *name, const char *column)
{
	const char *lines = cited_text(&u->cited, column);
	struct part line;

	while (cited_line(&lines, &line))
		put_meta(u->out, name, line.at, line.len, "");
}

static void
put_authors(struct publication *u)
{
	const char *at = cited_text(&u->cited, "authors");
	struct buf name = { 0 };
	struct author a;

	while (cited_author(&at, &a)) {
		buf_clear(&name);
		buf_put(&name, a.family.at, a.family.len);
		buf_puts(&name, a.given.len > 0 ? ", " : "");
		buf_put(&name, a.given.at, a.given.len);
		put(u, "citation_author", name.data);
	}
	buf_free(&name);
}

/* 2007/11/13, or the year alone. */
static void
put_date(struct publication *u)
{
	struct buf date = { 0 };
	int n[3], known = cited_date(&u->cited, n);

	if (known == 3)
		buf_printf(&date, "%04d/%02d/%02d", n[0], n[1], n[2]);
	else if (known > 0)
		buf_printf(&date, "%04d", n[0]);
	put(u, "citation_publication_date", buf_text(&date));
	buf_free(&date);
}

static void
put_issue(struct publication *u)
{
	bool report = strcmp(cited_text(&u->cited, "ris"), "RPRT") == 0;
	struct part first, last;

	put_column(u, "citation_journal_title", "journal");
	put_column(u,
	    report ? "citation_technical_report_institution"
		   : "citation_publisher",
	    "publisher");
	put_column(u,
	    report ? "citation_technical_report_number" : "citation_issue",
	    "number");
	if (!cited_pages(&u->cited, &first, &last))
		return;
	put_meta(u->out, "citation_firstpage", first.at, first.len, "");
	put_meta(u->out, "citation_lastpage", last.at, last.len, "");
}

/* What is citable, what describes it, and the thing itself. */
static void
put_links(struct page *p, const char *pdf)
{
	struct buf links = { 0 };
	struct other_form f;

	buf_printf(&links, "<%s>; rel=\"cite-as\"", address(p, ""));
	for (size_t at = 0; format_next(p, &at, &f);)
		buf_printf(&links, ", <%s>; rel=\"describedby\"; type=\"%.*s\"",
		    address(p, f.extension), f.len, f.type);
	if (*pdf != '\0')
		buf_printf(&links,
		    ", <%s>; rel=\"item\"; type=\"application/pdf\"", pdf);
	response_header(p->response, "link", links.data);
	buf_free(&links);
}

static void
put_publication(struct publication *u)
{
	const char *pdf = "";

	if (*cited_text(&u->cited, "pdf") != '\0')
		pdf = address(u->page, "/document.pdf");
	put_column(u, "citation_title", "title");
	put_authors(u);
	put_date(u);
	put_issue(u);
	put_each(u, "citation_language", "language");
	put_each(u, "citation_keywords", "keywords");
	put_column(u, "citation_doi", "doi");
	put(u, "citation_abstract_html_url", address(u->page, ""));
	put(u, "citation_pdf_url", pdf);
	put_links(u->page, pdf);
}

static void
put_citation(struct page *p, struct buf *out)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT c.*, " PDF " AS pdf FROM cited c"
	    " WHERE c.record = :record AND c.ui = :ui"));
	struct publication u = { .page = p, .cited = { .row = q }, .out = out };

	db_set_int(q, "record", p->record);
	db_set_text(q, "ui", page_lang(p));
	if (db_next(q))
		put_publication(&u);
	db_restart(q);
}

static void
put_head(struct page *p, struct buf *out)
{
	if (*model_cell(&p->model, "canonical").text == '\0')
		return; /* it tells of an error */
	if (p->record != 0) {
		put_forms(p, out);
		put_dublin_core(p, out);
		if (strcmp(model_cell(&p->model, "kind").text, "document") == 0)
			put_citation(p, out);
	}
	linked_put(p, out);
}

void
describe_page(struct page *p)
{
	struct buf head = { 0 };

	put_head(p, &head);
	page_text(p, "_head_html", buf_text(&head));
	buf_free(&head);
}
