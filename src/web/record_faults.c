#include <string.h>

#include "view/json.h"
#include "web/record_faults.h"
#include "web/record_form.h"

/* clang-format off */
static const struct {
	const char *format, *key;
} formats[] = {
	{ "%g is not from %g to %g", "fault_real_range" },
	{ "%lld is not from %.0f to %.0f", "fault_int_range" },
	{ "%s must be given too", "fault_both" },
	{ "%s was not the money of %s%s%s", "fault_currency" },
	{ "a %s has no such field", "fault_no_field" },
	{ "a list must stand here", "fault_list" },
	{ "a range needs low as well", "fault_range_low" },
	{ "a share is not negative", "fault_share" },
	{ "a single value must stand here", "fault_single" },
	{ "a text, or texts by language, must stand here", "fault_texts" },
	{ "at least one must be given", "fault_at_least_one" },
	{ "fields and values must stand here", "fault_row" },
	{ "give their number: the share is computed from it", "fault_number_not_share" },
	{ "holds a character that turns the direction of the text (U+202A to U+202E, U+2066 to U+2069)", "fault_turn" },
	{ "holds a control character", "fault_control" },
	{ "is before %s", "fault_before" },
	{ "is before date", "fault_before_date" },
	{ "is empty; leave out what is not known", "fault_empty" },
	{ "is in the future", "fault_future" },
	{ "is a year to come", "fault_to_come" },
	{ "is larger than %d KB: make the picture smaller", "fault_picture_large" },
	{ "is less than %s", "fault_less" },
	{ "is less than low", "fault_range_high" },
	{ "is longer than %d characters", "fault_long" },
	{ "is missing", "fault_missing" },
	{ "is missing: when was the status observed?", "fault_status_date" },
	{ "is missing: what does the picture show?", "fault_alt" },
	{ "is no field of these", "fault_unknown_field" },
	{ "is not a language code", "fault_language_key" },
	{ "is not a picture", "fault_picture" },
	{ "make %.15g %% together, not 100", "fault_shares" },
	{ "more %s%s%s than %s", "fault_more_than" },
	{ "more than four times the %s of %s", "fault_growth" },
	{ "more than leaders", "fault_leaders" },
	{ "must be the country's code in small letters", "fault_country_slug" },
	{ "names by language must stand here", "fault_names" },
	{ "no language: give lang, or texts by language", "fault_no_language" },
	{ "one of these must be given: %s", "fault_one_of" },
	{ "only one of these can be given: %s", "fault_only_one" },
	{ "stopped, but neither year_stopped is given nor why it is missing (year_stopped_missing)", "fault_stopped" },
	{ "synonyms or acronyms must stand here, as lists", "fault_uses" },
	{ "there is an issue “%.40s” already", "fault_issue_number" },
	{ "there is no %s “%s”", "fault_no_kind" },
	{ "there is no file “%.64s”", "fault_no_file" },
	{ "there is no product “%.80s”", "fault_no_product" },
	{ "there is no record “%s”", "fault_no_record" },
	{ "“%.40s” is neither true nor false", "fault_truth" },
	{ "“%.40s” is neither a date like 2007-11-13 nor a time like 2007-11-13T08:00Z (in UTC)", "fault_time" },
	{ "“%.40s” is not a date like 2007, 2007-11 or 2007-11-13", "fault_date" },
	{ "“%.40s” is not a language code", "fault_language" },
	{ "“%.40s” is not a number", "fault_number" },
	{ "“%.40s” is not a whole number", "fault_whole_number" },
	{ "“%.40s” is not an ISO 3166-1 alpha-2 country code", "fault_country" },
	{ "“%.40s” is not in the code list %s", "fault_code" },
	{ "“%.40s” is not like %s0001", "fault_registry_id" },
	{ "“%.40s” is not made of a to z, 0 to 9 and -", "fault_slug" },
	{ "“%.80s” is not an e-mail address", "fault_email" },
	{ "“%.80s” is not an http or https address", "fault_url" },
	{ "“%.80s” stands here twice", "fault_twice" },
	{ "“%s” is not of the form kind/slug", "fault_any_record" },
	{ "“%s” pays twice", "fault_pays_twice" },
	{ "“%s” stands here twice", "fault_row_twice" },
	{ " and ", "fault_and" },
	{ " in ", "fault_in" },
};
/* clang-format on */

const char *
record_faults_key(const char *format)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].format, format) == 0)
			return formats[i].key;
	return NULL;
}

/* What no string translates is said in English: better than not at all. */
static const char *
words(void *to, const char *format)
{
	struct record_faults *f = to;
	const char *key = record_faults_key(format);

	return key != NULL ? page_string(f->page, key) : format;
}

/* A field is looked for among those of the kind, of records, and of the rows
 * of any list. */
static const char *
field_called(struct record_faults *f, const char *path)
{
	const char *name = record_form_label(f->page, f->kind, path);
	struct query *q;

	if (name != NULL)
		return name;
	q = db_restart(db_query(page_db(f->page),
	    "SELECT label FROM code_label WHERE list = 'field'"
	    " AND lang = :lang AND code LIKE :kind || '.%.' || :path"
	    " LIMIT 1"));
	db_set_text(q, "lang", page_lang(f->page));
	db_set_text(q, "kind", f->kind->kind);
	db_set_text(q, "path", path);
	name = db_next(q) ? page_keep(f->page, db_text(q, 0), db_cell(q, 0).len)
			  : path;
	db_restart(q);
	return name;
}

static const char *
called(void *to, const char *list, const char *code)
{
	struct record_faults *f = to;
	const char *name = code;
	struct query *q;

	if (strcmp(list, "word") == 0)
		return arena_printf(&f->page->arena, " %s ", words(f, code));
	if (strcmp(list, "field") == 0)
		return field_called(f, code);
	q = db_restart(db_query(page_db(f->page),
	    "SELECT label FROM code_label WHERE list = :list"
	    " AND code = :code AND lang = :lang"));
	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	db_set_text(q, "lang", page_lang(f->page));
	if (db_next(q))
		name = page_keep(f->page, db_text(q, 0), db_cell(q, 0).len);
	db_restart(q);
	return name;
}

/* Does path end in part, or hold it, whole? */
static bool
has_part(const char *path, const char *part)
{
	size_t len = strlen(part);

	for (const char *at = path; (at = strstr(at, part)) != NULL; at++)
		if ((at == path || at[-1] == '.') &&
		    (at[len] == '\0' || at[len] == '.'))
			return true;
	return false;
}

/*
 * The path of what is meant by a node and a field.  A value's node knows it; a
 * row's may be named with what lacks in it: "year", or "figures.value" in the
 * row figures.0.
 */
static const char *
path_of(struct record_faults *f, const struct node *n, const char *field)
{
	size_t list = strcspn(field, ".");
	const char *first = arena_keep(&f->page->arena, field, list);

	if (*n->file == '\0')
		return field;
	if (n->type == NODE_TEXT || *field == '\0' || has_part(n->file, field))
		return n->file;
	if (field[list] == '.' && has_part(n->file, first))
		field += list + 1;
	return arena_printf(&f->page->arena, "%s.%s", n->file, field);
}

static void
add(struct record_faults *f, const char *path, const char *text, bool warning)
{
	struct arena *a = &f->page->arena;

	if (f->n == RECORD_FAULTS)
		return;
	f->all[f->n++] = (struct record_fault){
		.path = arena_keep(a, path, strlen(path)),
		.text = arena_keep(a, text, strlen(text)),
		.id = "",
		.label = "",
		.warning = warning,
	};
}

static void
tell(void *to, const struct node *n, const char *field, bool warning,
    const char *reason)
{
	struct record_faults *f = to;
	const char *path = path_of(f, n, field);

	add(f, path, reason, warning);
}

void
record_faults_add(struct record_faults *f, const char *path, const char *text)
{
	add(f, path, text, false);
}

void
record_faults_hear(struct record_faults *f, struct check *c)
{
	static const struct hearer hearer = { words, called, tell };

	c->hearer = &hearer;
	c->to = f;
}

static bool
is_about(const struct record_fault *e, const char *path, bool below)
{
	size_t len = strlen(path);

	return strncmp(e->path, path, len) == 0 &&
	    (e->path[len] == '\0' || (below && e->path[len] == '.'));
}

const char *
record_faults_take(struct record_faults *f, const char *path, bool below,
    const char *id, const char *label)
{
	const char *text = NULL;

	for (size_t i = 0; f != NULL && i < f->n; i++) {
		struct record_fault *e = &f->all[i];

		if (*e->id != '\0' || !is_about(e, path, below))
			continue;
		e->id = id;
		e->label = label;
		text = text == NULL
		    ? e->text
		    : arena_printf(&f->page->arena, "%s %s", text, e->text);
	}
	return text;
}

/* A path as its field is called: without the numbers of rows and languages. */
static const char *
label_of(struct record_faults *f, const char *path)
{
	struct buf name = { 0 };
	const char *label;

	for (size_t n; *path != '\0'; path += n + (path[n] == '.')) {
		n = strcspn(path, ".");
		if (*path < '0' || *path > '9')
			buf_printf(&name, "%s%.*s", name.len > 0 ? "." : "",
			    (int)n, path);
	}
	label = page_keep(f->page, buf_text(&name), name.len);
	buf_free(&name);
	return *label != '\0' ? field_called(f, label) : "";
}

/* "Year: This is in the future.", and the id of the input. */
static void
put_fault(struct record_faults *all, struct buf *b,
    const struct record_fault *f)
{
	const char *id = *f->id != '\0' ? f->id : "record";
	const char *label =
	    *f->label != '\0' ? f->label : label_of(all, f->path);
	struct buf text = { 0 };

	buf_printf(&text, "%s%s%s%s", label,
	    *label != '\0' ? page_string(all->page, "colon") : "",
	    *label != '\0' ? " " : "", f->text);
	buf_puts(b, b->len > 1 ? ",[" : "[");
	json_quote(b, id, strlen(id));
	buf_putc(b, ',');
	json_quote(b, text.data, text.len);
	buf_puts(b, f->warning ? ",1]" : ",0]");
	buf_free(&text);
}

void
record_faults_name(struct page *p, struct record_faults *f)
{
	struct buf b = { 0 };

	buf_putc(&b, '[');
	for (size_t i = 0; f != NULL && i < f->n; i++)
		put_fault(f, &b, &f->all[i]);
	buf_putc(&b, ']');
	page_text(p, "_faults_json", b.data);
	buf_free(&b);
	page_rows(p, "_faults",
	    "SELECT value ->> '$[0]' AS field, value ->> '$[1]' AS text"
	    " FROM json_each(:_faults_json) WHERE value ->> '$[2]' = 0");
	page_rows(p, "_warnings",
	    "SELECT value ->> '$[0]' AS field, value ->> '$[1]' AS text"
	    " FROM json_each(:_faults_json) WHERE value ->> '$[2]' = 1");
}
