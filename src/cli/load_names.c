/*
 * What content has besides records: code lists, countries, and the names that
 * ICU knows.
 *
 * Nothing is written that stands in the database already, so that loading
 * the same content again leaves it untouched.
 */
#include <stdio.h>
#include <string.h>

#include "cli/load.h"
#include "data/locale.h"

static const char *const langs[] = { "en", "fr", "es" };

enum { NLANGS = sizeof(langs) / sizeof(langs[0]) };

static void
put_code(struct load *l, const char *list, const char *code, int place)
{
	struct query *q = db_restart(db_query(l->db,
	    "INSERT INTO code (list, code, place)"
	    " VALUES (:list, :code, :place) ON CONFLICT DO UPDATE"
	    " SET place = excluded.place WHERE place <> excluded.place"));

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	db_set_int(q, "place", place);
	db_run(q);
}

static void
put_label(struct load *l, const char *list, const char *code, const char *lang,
    const char *label)
{
	struct query *q = db_restart(db_query(l->db,
	    "INSERT INTO code_label (list, code, lang, label)"
	    " VALUES (:list, :code, :lang, :label) ON CONFLICT DO UPDATE"
	    " SET label = excluded.label WHERE label <> excluded.label"));

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	db_set_text(q, "lang", lang);
	db_set_text(q, "label", label);
	db_run(q);
}

typedef void naming(struct buf *, const char *code, const char *lang);

/* A code whose labels are ICU's. */
static void
put_named(struct load *l, const char *list, const char *code, naming *name)
{
	struct buf label = { 0 };
	struct query *q = db_restart(db_query(l->db,
	    "INSERT INTO code (list, code, place) VALUES (:list, :code, 0)"
	    " ON CONFLICT DO NOTHING"));

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	db_run(q);
	for (int i = 0; i < NLANGS; i++) {
		buf_clear(&label);
		name(&label, code, langs[i]);
		put_label(l, list, code, langs[i],
		    label.len > 0 ? label.data : code);
	}
	buf_free(&label);
}

static void
load_code(struct load *l, const char *list, const struct node *n, int place)
{
	static const struct field word = { .name = "", .type = FIELD_TEXT };
	const struct node *code = node_get(n, "code");

	if (code == NULL) {
		check_fault(&l->check, n, list, "a code must stand here");
		return;
	}
	check_value(&l->check, &word, "code", code);
	put_code(l, list, code->text, place);
	for (int i = 0; i < NLANGS; i++) {
		const struct node *label = node_get(n, langs[i]);

		if (label == NULL) {
			check_fault(&l->check, n, list,
			    "“%s” has no label in %s", code->text, langs[i]);
			continue;
		}
		check_value(&l->check, &word, langs[i], label);
		put_label(l, list, code->text, langs[i], label->text);
	}
	if (n->n > NLANGS + 1)
		check_fault(&l->check, n, list,
		    "only code and labels can stand here");
}

static bool
stands_above(const struct node *list, const struct node *n)
{
	for (; list != n; list = list->next)
		if (strcmp(node_text(list, "code"), node_text(n, "code")) == 0)
			return true;
	return false;
}

static void
load_lists(struct load *l)
{
	const struct node *list = node_get(l->codes, "lists");

	if (l->codes != NULL && list == NULL)
		check_fault(&l->check, l->codes, "lists", "is missing");
	for (list = list != NULL ? list->first : NULL; list != NULL;
	     list = list->next) {
		int place = 0;

		for (const struct node *n = list->first; n != NULL;
		     n = n->next) {
			if (stands_above(list->first, n))
				check_fault(&l->check, n, list->key,
				    "“%s” stands here twice",
				    node_text(n, "code"));
			load_code(l, list->key, n, ++place);
		}
	}
}

static void
put_country(struct load *l, const struct node *n, const char *shape)
{
	struct query *q = db_restart(db_query(l->db,
	    "INSERT INTO country_code (country, region, subregion, shape)"
	    " VALUES (:country, :region, :subregion, :shape)"
	    " ON CONFLICT DO UPDATE SET region = excluded.region,"
	    " subregion = excluded.subregion, shape = excluded.shape"
	    " WHERE (region, subregion, shape) IS NOT"
	    " (excluded.region, excluded.subregion, excluded.shape)"));

	db_set_text(q, "country", node_text(n, "country"));
	db_set_text(q, "region", node_text(n, "region"));
	db_set_text(q, "subregion", node_text(n, "subregion"));
	if (*shape != '\0')
		db_set_text(q, "shape", shape);
	if (!db_run(q) && !db_failed(l->db))
		check_fault(&l->check, n, "country",
		    "“%s” is not an ISO 3166-1 alpha-2 country code",
		    node_text(n, "country"));
}

static void
load_countries(struct load *l)
{
	const struct node *n =
	    l->countries != NULL ? l->countries->first : NULL;

	for (; n != NULL; n = n->next) {
		const char *region = node_text(n, "region");
		const char *subregion = node_text(n, "subregion");

		if (*region == '\0' || *subregion == '\0') {
			check_fault(&l->check, n, "country",
			    "country, region and subregion must stand here");
			continue;
		}
		put_country(l, n, node_text(l->map, node_text(n, "country")));
		put_named(l, "country", node_text(n, "country"),
		    locale_country);
		put_named(l, "region", region, locale_country);
		put_named(l, "region", subregion, locale_country);
		put_named(l, "subregion", subregion, locale_country);
	}
}

/* Regions that have facts of their own, and the world. */
static void
load_regions(struct load *l)
{
	put_named(l, "region", "001", locale_country);
	for (size_t i = 0; i < l->n; i++) {
		const struct node *n = node_get(l->items[i].node, "region");
		struct buf name = { 0 };

		if (n == NULL || strcmp(l->items[i].kind->kind, "region") != 0)
			continue;
		locale_country(&name, n->text, "en");
		if (name.len > 0 && strcmp(name.data, n->text) != 0)
			put_named(l, "region", n->text, locale_country);
		buf_free(&name);
	}
}

/* Every language that ICU has a name for. */
static void
load_languages(struct load *l)
{
	const char *const *code = locale_languages();
	struct buf name = { 0 };

	for (; *code != NULL; code++) {
		buf_clear(&name);
		locale_language(&name, *code, "en");
		if (name.len > 0 && strcmp(name.data, *code) != 0)
			put_named(l, "language", *code, locale_language);
	}
	buf_free(&name);
}

/* What ICU names stands in the order of the English names. */
static void
order_names(struct load *l)
{
	db_run(db_restart(db_query(l->db,
	    "UPDATE code SET place = n.place FROM (SELECT list, code,"
	    " row_number() OVER (PARTITION BY list"
	    " ORDER BY sort_key(label, 'en')) AS place FROM code_label"
	    " WHERE list IN ('country', 'region', 'subregion', 'language')"
	    " AND lang = 'en') n WHERE n.list = code.list"
	    " AND n.code = code.code AND n.place <> code.place")));
}

void
load_codes(struct load *l)
{
	load_lists(l);
	load_countries(l);
	load_regions(l);
	load_languages(l);
	order_names(l);
}

static void
add_title(struct load *l, struct node *record, const char *code)
{
	struct node *title = node_add(&l->arena, record, "title", NODE_MAP);

	for (int i = 0; i < NLANGS; i++) {
		struct node *n =
		    node_add(&l->arena, title, langs[i], NODE_TEXT);
		struct buf name = { 0 };

		locale_country(&name, code, langs[i]);
		n->text = arena_keep(&l->arena, buf_text(&name), name.len);
		n->len = name.len;
		buf_free(&name);
	}
}

void
load_titles(struct load *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct item *item = &l->items[i];
		const char *kind = item->kind->kind;

		if ((strcmp(kind, "country") == 0 ||
			strcmp(kind, "region") == 0) &&
		    node_get(item->node, "title") == NULL &&
		    *node_text(item->node, kind) != '\0')
			add_title(l, item->node, node_text(item->node, kind));
	}
}
