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

size_t
page_changes(struct page *p, const struct kind *k, struct node *before,
    struct node *after)
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
	page_text(p, "_changes", json.data);
	page_number(p, "changed", (int64_t)n);
	buf_free(&json);
	name_rows(p);
	return n;
}
