#include "data/diff.h"
#include "data/withhold.h"
#include "web/changes.h"

static void
name_rows(struct page *p)
{
	page_rows(p, "changes",
	    "SELECT value ->> 'type' AS type, value ->> 'path' AS path,"
	    "  value ->> 'field' AS field, value ->> 'label' AS label,"
	    "  value ->> 'place' AS place,"
	    "  nullif(value ->> 'lang', '') AS text_lang,"
	    "  value ->> 'language' AS language,"
	    "  value ->> 'before' AS before, value ->> 'after' AS after,"
	    "  value ->> 'type' = 'added' AS _added,"
	    "  value ->> 'type' = 'removed' AS _removed,"
	    "  value ->> 'type' = 'order' AS _moved,"
	    "  value ->> 'type' = 'set' AS _set,"
	    "  value -> 'pieces' AS _pieces, value -> 'parts' AS _parts"
	    " FROM json_each(:_changes)");
	page_rows_in(p, "changes", "pieces",
	    "SELECT value ->> 'piece' AS piece, value ->> 'text' AS text,"
	    "  value ->> 'piece' = 'removed' AS _gone,"
	    "  value ->> 'piece' = 'added' AS _new"
	    " FROM json_each(:_pieces)");
	page_rows_in(p, "changes", "parts",
	    "SELECT value ->> 'label' AS label, value ->> 'value' AS value,"
	    "  value ->> 'depth' AS depth"
	    " FROM json_each(:_parts)");
}

/* The changes as JSON; private fields are taken out of the trees before. */
static size_t
tell(struct page *p, const char *name, const struct kind *k,
    struct node *before, struct node *after)
{
	const struct telling telling = {
		.db = page_db(p),
		.lang = page_lang(p),
		.yes = page_string(p, "change_yes"),
		.no = page_string(p, "change_no"),
	};
	struct change *all;
	struct buf json = { 0 };
	size_t n;

	if (before != NULL)
		withhold(k, before);
	if (after != NULL)
		withhold(k, after);
	n = diff_trees(&p->arena, k, before, after, &all);
	diff_json(&json, &telling, all, n);
	page_text(p, name, json.data);
	buf_free(&json);
	return n;
}

size_t
page_changes(struct page *p, const struct kind *k, struct node *before,
    struct node *after)
{
	size_t n = tell(p, "_changes", k, before, after);

	page_number(p, "changed", (int64_t)n);
	name_rows(p);
	return n;
}

void
page_fields(struct page *p, const struct kind *k, struct node *tree)
{
	tell(p, "_fields", k, NULL, tree);
	page_rows(p, "fields",
	    "SELECT value ->> 'path' AS path, value ->> 'field' AS field,"
	    "  value ->> 'label' AS label,"
	    "  nullif(value ->> 'lang', '') AS text_lang,"
	    "  value ->> 'language' AS language, value ->> 'after' AS value,"
	    "  value -> 'parts' AS _parts"
	    " FROM json_each(:_fields)");
	page_rows_in(p, "fields", "field_parts",
	    "SELECT value ->> 'label' AS label, value ->> 'value' AS value,"
	    "  value ->> 'depth' AS depth"
	    " FROM json_each(:_parts)");
}

void
page_sent_files(struct page *p, const char *json)
{
	page_text(p, "_sent", *json != '\0' ? json : "{}");
	page_rows(p, "sent_files",
	    "SELECT f.name, f.type,"
	    "  '/files/' || f.sha256 || '/' || url_part(f.name) AS url,"
	    "  iif(f.bytes >= 1000000, number_text(round(f.bytes / 1e6, 1),"
	    "   :lang), NULL) AS megabytes,"
	    "  number_text((f.bytes + 999) / 1000, :lang) AS kilobytes"
	    " FROM (SELECT id, value ->> 'file' AS sha"
	    "   FROM json_each(:_sent, '$.files')"
	    "  UNION ALL SELECT -1, :_sent ->> '$.image') e"
	    " JOIN file f ON f.sha256 = e.sha ORDER BY e.id");
}
