#include <string.h>

#include "data/saved.h"
#include "web/list.h"
#include "web/select.h"
#include "web/site.h"

/* The labels of "SN,BJ". */
static void
put_choice(struct page *p, struct buf *out, const char *lang, const char *facet,
    const char *values)
{
	while (*values != '\0') {
		size_t n = strcspn(values, ",");
		const char *value = page_keep(p, values, n);
		struct query *q = db_restart(db_query(page_db(p),
		    "SELECT label FROM code_label WHERE list = :list"
		    " AND code = :code AND lang = :lang"));

		db_set_text(q, "list", facet);
		db_set_text(q, "code", value);
		db_set_text(q, "lang", lang);
		buf_printf(out, ", %s", db_next(q) ? db_text(q, 0) : value);
		db_restart(q);
		values += n + (values[n] == ',');
	}
}

/* "Micro-insurance schemes, “births”, Senegal" */
static const char *
title_of(struct page *p, const char *path, const struct search *s,
    const char *lang)
{
	bool all = strcmp(path, "/search") == 0 && *s->text == '\0';
	struct buf out = { 0 };
	const char *kept;

	buf_puts(&out,
	    site_string(p->site, lang, all ? "list_everything" : path + 1));
	if (*s->text != '\0')
		buf_printf(&out, ", %s%s%s",
		    site_string(p->site, lang, "quote_open"), s->text,
		    site_string(p->site, lang, "quote_close"));
	for (size_t i = 0; i < s->nchoices; i++)
		put_choice(p, &out, lang, s->choices[i].facet,
		    s->choices[i].values);
	kept = page_keep(p, buf_text(&out), out.len);
	buf_free(&out);
	return kept;
}

bool
list_name(struct page *p, const char *path, const char *query, const char *lang)
{
	struct search s;

	query = select_tidy(p, query);
	if (!saved_read(page_db(p), &p->arena, path, query, &s))
		return false;
	page_text(p, "of_path", path);
	page_text(p, "of_query", query);
	page_text(p, "of_title", title_of(p, path, &s, lang));
	page_text(p, "of_url",
	    arena_printf(&p->arena, "/%s%s%s%s", page_lang(p), path,
		*query != '\0' ? "?" : "", query));
	return true;
}
