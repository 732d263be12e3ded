#include "web/recipients.h"

size_t
recipients_read(struct page *p, struct query *q,
    struct recipient to[RECIPIENTS])
{
	size_t n = 0;

	db_start(q, scope_lookup, &(struct scope){ .model = &p->model });
	while (n < RECIPIENTS && db_next(q)) {
		to[n].email = page_keep(p, db_text(q, 0), db_cell(q, 0).len);
		to[n++].lang = page_keep(p, db_text(q, 1), db_cell(q, 1).len);
	}
	db_restart(q);
	return n;
}

size_t
recipients_editors(struct page *p, int64_t but, struct recipient to[RECIPIENTS])
{
	page_number(p, "_but_member", but);
	return recipients_read(p,
	    db_query(page_writer(p),
		"SELECT email, lang FROM member WHERE status = 'active'"
		" AND id <> :_but_member AND role IN ('editor', 'administrator')"
		" ORDER BY id LIMIT 20"),
	    to);
}

bool
recipients_send(struct page *p, const char *name, const struct recipient *to,
    size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++) {
		model_change(&p->model, "link",
		    arena_printf(&p->arena, "/%s%s", to[i].lang, path));
		if (!page_mail(p, name, to[i].email, to[i].lang, NULL))
			return false;
	}
	return true;
}
