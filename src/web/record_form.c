/*
 * The form of a record, out of its tree: a flat list of what stands in it, in
 * order, as JSON, which the template _record_form.html shows row by row.  Here
 * are its fields; lists are in record_rows.c.
 */
#include <stdlib.h>
#include <string.h>

#include "data/check.h"
#include "data/wording.h"
#include "view/json.h"
#include "web/organisation.h"
#include "web/record_item.h"
#include "web/site.h"

/* Numbers of revisions come with all the digits a machine has of them. */
static const char *
value_text(struct showing *s, const struct field *f, const struct node *n)
{
	if (n == NULL || n->type != NODE_TEXT)
		return "";
	if (f->type == FIELD_REAL && !n->quoted)
		return arena_printf(&s->page->arena, "%.15g",
		    strtod(n->text, NULL));
	if (f->type == FIELD_BOOL || f->type == FIELD_FLAG)
		return check_truth(n->text) == 1 ? "true"
		    : check_truth(n->text) == 0  ? "false"
						 : n->text;
	return n->text;
}

static const char *
unit_text(struct page *p, const char *unit)
{
	static const char *const units[][2] = {
		{ "persons", "form_persons" },
		{ "percent", "form_percent" },
		{ "months", "form_months" },
		{ "days", "form_days" },
		{ "years", "form_years" },
		{ "money", "form_money" },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (unit != NULL && strcmp(unit, units[i][0]) == 0)
			return page_string(p, units[i][1]);
	return NULL;
}

/* The keyboard of a telephone. */
static const char *
mode_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_INT:
		return "numeric";
	case FIELD_REAL:
		return "decimal";
	case FIELD_URL:
		return "url";
	default:
		return NULL;
	}
}

/* How a field is filled in. */
void
item_set_type(struct showing *s, struct item *i, const struct field *f)
{
	static const char *const whats[] = {
		[FIELD_BOOL] = "choice",
		[FIELD_FLAG] = "flag",
		[FIELD_CODE] = "code",
		[FIELD_COUNTRY] = "code",
		[FIELD_LANGUAGE] = "code",
		[FIELD_RECORD] = "pick",
		[FIELD_ANY_RECORD] = "pick",
		[FIELD_SLUG] = "pick",
		[FIELD_FILE] = "file", /* the last of them */
	};
	bool theme = f->type == FIELD_SLUG && strcmp(f->of, "theme") == 0;
	/* of so many one types the code: a list for each would be the page */
	bool money = f->type == FIELD_CODE && strcmp(f->of, "currency") == 0;

	i->what = money                                 ? "line"
	    : theme                                     ? "code"
	    : whats[f->type] != NULL                    ? whats[f->type]
	    : f->long_text || f->type == FIELD_MARKDOWN ? "text"
							: "line";
	i->of = f->of;
	i->required = f->required;
	i->private = f->private;
	i->unit = unit_text(s->page, f->unit);
	if (f->type == FIELD_COUNTRY || f->type == FIELD_LANGUAGE)
		i->of = f->type == FIELD_COUNTRY ? "country" : "language";
	i->mode = mode_of(f);
	if (f->type == FIELD_DATE && i->help == NULL)
		i->hint = page_string(s->page, "form_date");
	if (money)
		i->hint = page_string(s->page, "form_currency");
	if (f->long_text && f->high > 0)
		i->hint = arena_printf(&s->page->arena, "%.0f %s", f->high,
		    page_string(s->page, "form_longest"));
}

/* A time where times are chosen: by a clock, unless it is only a day, or none;
 * a clock would lose those. */
static void
set_clock(struct showing *s, struct item *i)
{
	size_t len = strlen(i->value);

	i->unit = page_string(s->page, "form_utc");
	if (len > 0 && (len < 17 || !check_is_time(i->value, len)))
		return;
	i->what = "time";
	i->value = arena_keep(&s->page->arena, i->value, len > 0 ? 16 : 0);
}

/* The organisation, chosen from those that they speak for. */
static bool
is_own(const struct showing *s, const char *path)
{
	return s->form->own && strcmp(path, "organisation") == 0;
}

static void
show_value(struct showing *s, const struct place *at, const struct field *f)
{
	struct item i = { 0 };

	item_name(s, &i, at, f->name);
	item_set_type(s, &i, f);
	i.value = value_text(s, f, node_get(at->row, f->name));
	if (f->type == FIELD_TIME && s->form->kind->scheduled)
		set_clock(s, &i);
	if (f->type == FIELD_FILE && *at->path == '\0')
		i.what = "picture";
	if (is_own(s, i.path))
		i.what = "own";
	item_take_faults(s, &i, false);
	item_put(s, &i);
}

/* The words of a field in one language. */
static void
show_wording(struct showing *s, const struct place *at, const struct field *f,
    const char *lang)
{
	bool first = strcmp(lang, s->lang) == 0;
	const struct node *n = node_get(at->row, f->name);
	struct item i = { 0 };
	const char *path;

	item_name(s, &i, at, f->name);
	item_set_type(s, &i, f);
	path = i.path;
	i.path = arena_printf(&s->page->arena, "%s.%s", path, lang);
	i.lang = lang;
	i.required = f->required && first;
	if (!first)
		i.help = i.hint = NULL;
	if (n != NULL && n->type == NODE_MAP)
		n = node_get(n, lang);
	else if (!first)
		n = NULL;
	i.value = n != NULL ? n->text : "";
	item_take_faults(s, &i, false);
	if (first && i.fault == NULL) {
		i.fault = record_faults_take(s->form->faults, path, false,
		    item_id(s, &i), i.label);
		s->told += i.fault != NULL;
	}
	item_put(s, &i);
}

static bool
has_words(const struct place *at, const struct field *f, const char *lang)
{
	const struct node *n = node_get(at->row, f->name);

	if (n != NULL && n->type == NODE_MAP)
		n = node_get(n, lang);
	return n != NULL && n->len > 0;
}

void
record_form_add_lang(const char *langs[], size_t *n, const char *lang)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(langs[i], lang) == 0)
			return;
	if (*n < WORDING_LANGS)
		langs[(*n)++] = lang;
}

/* The record's language, then in a part of their own all others. */
static void
show_words(struct showing *s, const struct place *at, const struct field *f)
{
	const struct node *words = node_get(at->row, f->name);
	const char *langs[WORDING_LANGS];
	size_t count = s->nlangs, told;
	struct item more = { .what = "more" };
	struct buf before;

	memcpy(langs, s->langs, sizeof(langs));
	if (words != NULL && words->type == NODE_MAP)
		for (const struct node *n = words->first; n != NULL;
		     n = n->next)
			record_form_add_lang(langs, &count, n->key);
	show_wording(s, at, f, s->lang);
	before = item_begin_part(s, &told);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(langs[i], s->lang) == 0)
			continue;
		show_wording(s, at, f, langs[i]);
		more.open |=
		    has_words(at, f, langs[i]) && !has_words(at, f, s->lang);
	}
	item_name(s, &more, at, f->name);
	more.path = NULL;
	item_end_part(s, before, &more, told);
}

static bool
in_group(const char *its, const char *group)
{
	if (group == NULL)
		return true;
	return *group == '\0' ? its == NULL
			      : its != NULL && strcmp(its, group) == 0;
}

/* What such a record is about never changes: the country of a profile; what
 * editors alone fill in is shown to nobody else. */
static bool
is_kept(const struct showing *s, const struct place *at, const struct field *f)
{
	return (f->reserved && !s->form->reserved) ||
	    (s->form->exists && *at->path == '\0' &&
		record_form_is_fixed(s->form->kind, f));
}

/* Files are sent, not typed; figures are there where anybody has figures. */
static bool
is_left_out(const struct showing *s, const struct place *at,
    const struct table *t)
{
	static const char counted[] = " scheme country region theme ";
	const char *kind =
	    arena_printf(&s->page->arena, " %s ", s->form->kind->kind);

	return strcmp(t->name, "figures") == 0 &&
	    node_get(at->row, t->name) == NULL && strstr(counted, kind) == NULL;
}

void
item_show_table(struct showing *s, const struct place *at, const char *group)
{
	const struct table *t = at->table;

	for (const struct field *f = table_fields(t); f->name != NULL; f++) {
		if (!in_group(f->group, group) || is_kept(s, at, f))
			continue;
		if (wording_is(f))
			show_words(s, at, f);
		else
			show_value(s, at, f);
	}
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		if (in_group(t->lists[i]->group, group) &&
		    !is_left_out(s, at, t->lists[i]))
			item_show_list(s, at, t->lists[i]);
}

/* The first group, one that must be filled in, or one that has something. */
static bool
opens(const struct showing *s, const char *group)
{
	const struct table *const tables[] = { &record_table,
		&s->form->kind->own };

	for (size_t i = 0; i < 2; i++) {
		const struct table *t = tables[i];

		for (const struct field *f = table_fields(t); f->name != NULL;
		     f++)
			if (in_group(f->group, group) &&
			    (f->required || is_own(s, f->name) ||
				node_get(s->form->tree, f->name) != NULL))
				return true;
		for (size_t l = 0; t->lists != NULL && t->lists[l] != NULL; l++)
			if (in_group(t->lists[l]->group, group) &&
			    (node_get(s->form->tree, t->lists[l]->name) !=
				    NULL ||
				strncmp(s->form->more, t->lists[l]->name,
				    strlen(t->lists[l]->name)) == 0))
				return true;
	}
	return false;
}

static void
show_group(struct showing *s, const struct place places[2], const char *group)
{
	struct item i = { .what = "group" };
	size_t told;
	struct buf before = item_begin_part(s, &told);

	i.path = arena_printf(&s->page->arena, "group.%s", group);
	i.label = item_text(s->page, "field_group",
	    arena_printf(&s->page->arena, "%s.%s", s->form->kind->kind, group));
	if (i.label == NULL)
		i.label = item_text(s->page, "field_group", group);
	i.open = opens(s, group);
	item_show_table(s, &places[0], group);
	item_show_table(s, &places[1], group);
	if (s->json.len == 0) { /* nothing that this form shows */
		s->json = before;
		return;
	}
	item_end_part(s, before, &i, told);
}

/* Without groups: what it is called, what the kind adds, then the rest. */
static void
show_plain(struct showing *s, const struct place places[2])
{
	struct place fields = places[0], lists = places[0];
	struct table only = record_table;

	only.lists = NULL;
	fields.table = &only;
	item_show_table(s, &fields, "identification");
	item_show_table(s, &places[1], NULL);
	for (size_t i = 0; record_table.lists[i] != NULL; i++)
		if (!is_left_out(s, &lists, record_table.lists[i]))
			item_show_list(s, &lists, record_table.lists[i]);
}

static void
show_all(struct showing *s)
{
	const struct kind *k = s->form->kind;
	const struct place places[2] = {
		{ &record_table, s->form->tree, "", "record." },
		{ &k->own, s->form->tree, "",
		    arena_printf(&s->page->arena, "%s.", k->kind) },
	};

	if (k->groups == NULL)
		show_plain(s, places);
	for (size_t i = 0; k->groups != NULL && k->groups[i] != NULL; i++)
		show_group(s, places, k->groups[i]);
	item_show_table(s, &places[0], "");
}

/* The record's language, the reader's, then those of the site. */
static void
find_langs(struct showing *s)
{
	const char *lang = node_text(s->form->tree, "lang");

	if (!check_is_language(lang))
		lang = page_lang(s->page);
	s->lang = lang;
	record_form_add_lang(s->langs, &s->nlangs, lang);
	record_form_add_lang(s->langs, &s->nlangs, page_lang(s->page));
	for (size_t i = 0; site_languages[i] != NULL; i++)
		record_form_add_lang(s->langs, &s->nlangs, site_languages[i]);
}

/* The groups there are, and what can be chosen in an input. */
static void
name_choices(struct page *p)
{
	page_rows(p, "_groups",
	    "SELECT value ->> 'id' AS id, value ->> 'label' AS label"
	    " FROM json_each(:_form_json) WHERE value ->> 'what' = 'group'");
	page_rows(p, "_money",
	    "SELECT code, label FROM code_label WHERE list = 'currency'"
	    " AND lang = :lang AND EXISTS (SELECT 1 FROM json_each(:_form_json)"
	    "  WHERE value ->> 'of' = 'currency') ORDER BY code");
	page_rows_in(p, "_inputs", "_options",
	    "SELECT c.code, l.label, c.code = :val AS chosen FROM code c"
	    " JOIN code_label l ON l.list = c.list AND l.code = c.code"
	    "  AND l.lang = :lang WHERE c.list = :of"
	    " AND (c.list <> 'relation' OR c.code NOT LIKE '%-inverse')"
	    " AND (c.list <> 'language' OR c.code = :val"
	    "  OR c.code IN (SELECT code FROM offered_language))"
	    " ORDER BY CASE WHEN c.list IN ('country', 'language')"
	    "  THEN sort_key(l.label, :lang) END, c.place");
	page_rows_in(p, "_inputs", "_offered",
	    "SELECT w.slug AS code, s.title AS label,"
	    "  w.slug = :val AS chosen" OWN_ORGANISATIONS " AND :is_own"
	    " ORDER BY s.sort");
	page_rows_in(p, "_inputs", "_boxes",
	    "SELECT c.code, l.label, c.code IN (SELECT value FROM"
	    "  json_each(:val)) AS chosen, iif(c.list = 'theme', (SELECT"
	    "   n.depth FROM record r JOIN theme_tree n ON n.theme = r.id"
	    "   WHERE r.kind = 'theme' AND r.slug = c.code"
	    "   ORDER BY n.id LIMIT 1), 0) AS depth FROM code c"
	    " JOIN code_label l ON l.list = c.list AND l.code = c.code"
	    "  AND l.lang = :lang WHERE c.list = :of ORDER BY c.place");
}

static void
name_inputs(struct page *p)
{
	/* once for each row, not once for each use of a column */
	page_rows(p, "_inputs",
	    "WITH input AS MATERIALIZED (SELECT value ->> 'what' AS what, value ->> 'path' AS path,"
	    "  value ->> 'name' AS name, value ->> 'id' AS id,"
	    "  value ->> 'label' AS label, value ->> 'help' AS help,"
	    "  value ->> 'hint' AS hint, value ->> 'value' AS val,"
	    "  value ->> 'of' AS of, value ->> 'lang' AS text_lang,"
	    "  value ->> 'unit' AS unit, value ->> 'mode' AS mode,"
	    "  value ->> 'fault' AS fault, value ->> 'required' AS required,"
	    "  value ->> 'open' AS open, value ->> 'focus' AS focus, value ->> 'private' AS private"
	    "  FROM json_each(:_form_json))"
	    " SELECT what = 'group' AS is_group, what = 'group_end' AS end_group,"
	    "  what = 'list' AS is_list, what = 'list_end' AS end_list,"
	    "  what = 'row' AS is_row, what = 'row_end' AS end_row,"
	    "  what = 'drop' AS is_drop,"
	    "  what = 'new' AS is_new, what = 'new_end' AS end_new,"
	    "  what = 'more' AS is_more, what = 'more_end' AS end_more,"
	    "  what = 'line' AND of IS 'currency' AS is_money,"
	    "  what = 'line' AS is_line, what = 'text' AS is_text,"
	    "  what = 'lines' AS is_lines, what = 'code' AS is_code,"
	    "  what = 'choice' AS is_choice, what = 'flag' AS is_flag,"
	    "  what = 'checks' AS is_checks, what = 'pick' AS is_pick,"
	    "  what = 'file' AS is_file, what = 'add' AS is_add,"
	    "  what = 'time' AS is_time, what = 'picture' AS is_picture,"
	    "  what = 'own' AS is_own,"
	    "  CASE WHEN what = 'own' AND NOT EXISTS (SELECT 1 FROM spoken_for"
	    "   WHERE member = :_member AND slug = val) THEN val END AS other,"
	    "  val = 'true' AS is_true, val = 'false' AS is_false,"
	    "  ltrim(CASE WHEN unit IS NULL THEN '' ELSE id || '-unit' END ||"
	    "   CASE WHEN hint IS NULL THEN '' ELSE ' ' || id || '-hint' END ||"
	    "   CASE WHEN help IS NULL THEN '' ELSE ' ' || id || '-help' END ||"
	    "   CASE WHEN fault IS NULL THEN '' ELSE ' ' || id || '-fault' END)"
	    "   AS described,"
	    "  what IN ('line', 'text', 'lines', 'code', 'choice', 'pick',"
	    "   'file', 'time', 'picture', 'own') AS is_input, *,"
	    "  CASE WHEN what IN ('pick', 'own') THEN (SELECT s.title FROM record r"
	    "   JOIN shown s ON s.record = r.id AND s.ui = :lang WHERE"
	    "   r.kind = coalesce(of, substr(val, 1, instr(val, '/') - 1)) AND"
	    "   r.slug = substr(val, CASE WHEN of IS NULL THEN"
	    "    instr(val, '/') ELSE 0 END + 1)) END AS picked,"
	    "  CASE WHEN what = 'file' THEN (SELECT f.name FROM file f"
	    "   WHERE f.sha256 = val) END AS file_name,"
	    "  CASE WHEN what = 'picture' THEN coalesce((SELECT url"
	    "   FROM picture_shown WHERE file = val AND size = 'small'),"
	    "   '/files/' || url_part(val) || '/picture') END AS picture_url,"
	    "  (SELECT label FROM code_label WHERE list = 'language'"
	    "   AND code = text_lang AND lang = :lang) AS text_lang_label"
	    " FROM input");
}

void
record_form_show(struct page *p, const struct record_form *form)
{
	struct showing s = { .page = p, .form = form };
	struct buf all = { 0 };

	find_langs(&s);
	show_all(&s);
	buf_printf(&all, "[%s]", buf_text(&s.json));
	page_text(p, "_form_json", all.data);
	buf_free(&all);
	buf_free(&s.json);
	name_inputs(p);
	name_choices(p);
	record_faults_name(p, form->faults);
}
