#include "base/url.h"
#include "web/feed.h"
#include "web/select.h"
#include "web/site.h"

enum { PER_PAGE = 50 };

/* The record of a row of results; there is none where rows are changes. */
#define RECORD "(SELECT id FROM record WHERE kind = :kind AND slug = :slug)"

static void
name_categories(struct page *p)
{
	page_rows_in(p, "results", "_categories",
	    "SELECT 'kind' AS scheme, code AS term, label"
	    " FROM code_label WHERE list = 'kind' AND code = :kind"
	    "  AND lang = :lang"
	    " UNION ALL SELECT 'theme', t.theme, coalesce(c.label, t.theme)"
	    " FROM record_theme t LEFT JOIN code_label c ON c.list = 'theme'"
	    "  AND c.code = t.theme AND c.lang = :lang"
	    " WHERE t.record = " RECORD
	    " UNION ALL SELECT 'country', t.country, c.label"
	    " FROM record_country t CROSS JOIN code_label c"
	    "  ON c.list = 'country' AND c.code = t.country"
	    "  AND c.lang = :lang WHERE t.record = " RECORD
	    " UNION ALL SELECT NULL, keyword, keyword"
	    " FROM record_keyword WHERE record = " RECORD);
}

/* Whose it is: of what has no authors, who published it. */
static void
name_authors(struct page *p)
{
	page_rows_in(p, "results", "_authors",
	    "SELECT name, author_url AS url FROM document_author_name"
	    " WHERE record = " RECORD " AND ui = :lang"
	    " UNION ALL SELECT author, NULL FROM news"
	    " WHERE record = " RECORD " AND author IS NOT NULL"
	    " UNION ALL SELECT o.title, o.url"
	    " FROM news n CROSS JOIN shown o ON o.record = n.organisation"
	    "  AND o.ui = :lang WHERE n.record = " RECORD
	    " UNION ALL SELECT o.title, o.url FROM record_relation b"
	    " CROSS JOIN shown o ON o.record = b.to_record AND o.ui = :lang"
	    " WHERE b.from_record = " RECORD " AND b.relation = 'publisher'"
	    "  AND NOT EXISTS (SELECT 1 FROM document_author a"
	    "   WHERE a.record = b.from_record)");
}

/* Those in the reader's language first: some readers take one only. */
static void
name_files(struct page *p)
{
	page_rows_in(p, "results", "_files",
	    "SELECT * FROM (SELECT url, type, bytes, label"
	    "  FROM document_file_shown WHERE record = " RECORD
	    "   AND ui = :lang ORDER BY lang IS NOT :lang, place)"
	    " UNION ALL SELECT '/files/' || f.sha256 || '/'"
	    "  || url_part(f.name), f.type, f.bytes, coalesce((SELECT"
	    "   a.image_alt FROM news_text a WHERE a.news = n.record"
	    "   ORDER BY a.lang IS NOT :lang LIMIT 1), '')"
	    " FROM news n CROSS JOIN file f ON f.sha256 = n.image"
	    " WHERE n.record = " RECORD);
}

void
feed_parts(struct page *p)
{
	page_rows_in(p, "results", "_texts",
	    "SELECT t.body_html AS text_html FROM shown s"
	    " CROSS JOIN record_text t ON t.id = s.text"
	    " WHERE s.record = " RECORD " AND s.ui = :lang"
	    "  AND t.body_html <> ''");
	name_categories(p);
	name_authors(p);
	name_files(p);
}

void
feed_headers(struct page *p)
{
	const struct request *q = p->request;
	const char *hub = site_hub(p->site);
	struct buf self = { 0 };

	if (*hub == '\0')
		return;
	url_clean(&self, model_cell(&p->model, "base").text);
	url_clean(&self, q->path);
	if (q->query != NULL) {
		buf_putc(&self, '?');
		url_clean(&self, q->query);
	}
	response_header(p->response, "link",
	    arena_printf(&p->arena, "<%s>; rel=\"hub\", <%s>; rel=\"self\"",
		hub, self.data));
	buf_free(&self);
}

/* What is chosen as a feed; it has no template. */
static int
show(struct page *p, const struct selection *sel)
{
	page_select(p, sel);
	page_rows(p, "results",
	    "SELECT l.kind, l.slug, l.text_lang, l.title, l.summary, l.url,"
	    "  l.updated, l.published FROM hit h"
	    " JOIN listed l ON l.id = h.record AND l.ui = :lang"
	    " ORDER BY h.place");
	return page_show(p, 200, "error");
}

int
feed_kind(struct page *p, const char *kind)
{
	static const char *const facets[] = { "theme", "country", "language",
		NULL };

	return show(p,
	    &(struct selection){ .kind = kind,
		.facets = facets,
		.sort = "newest",
		.per_page = PER_PAGE });
}

int
feed_about(struct page *p, const char *facet, const char *value)
{
	static const char *const facets[] = { "kind", "language", NULL };

	return show(p,
	    &(struct selection){ .about = facet,
		.value = value,
		.facets = facets,
		.sort = "newest",
		.per_page = PER_PAGE });
}
