/*
 * What accompanies the registry's tables: datapackage.json (Frictionless Data
 * Package), made from the same description as the tables, and for an empty
 * registry a text on how to fill it.
 */
#include <string.h>

#include "cli/export.h"
#include "cli/registry.h"
#include "data/canonical.h"

struct packing {
	struct export *export;
	struct arena arena;
	const char *const *langs;
	struct buf out;
	struct column columns[REGISTRY_COLUMNS];
};

static void
put_member(struct buf *out, const char *name, const char *value)
{
	if (out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	canonical_string(out, name, strlen(name));
	buf_putc(out, ':');
	canonical_string(out, value, strlen(value));
}

static const char *
label(struct packing *p, const char *list, const char *code)
{
	struct query *q = db_restart(db_query(p->export->db,
	    "SELECT label FROM code_label WHERE list = :list"
	    " AND code = :code AND lang = 'en'"));
	const char *found = "";

	db_set_text(q, "list", list);
	db_set_text(q, "code", code);
	if (db_next(q))
		found = arena_printf(&p->arena, "%s", db_text(q, 0));
	db_restart(q);
	return found;
}

static const char *
type_of(const struct column *c)
{
	if (c->path == NULL)
		return strcmp(c->name, "scheme") == 0 ||
			strcmp(c->name, "organisation") == 0
		    ? "string"
		    : "integer";
	if (c->field == NULL)
		return "string";
	if (c->field->type == FIELD_INT)
		return "integer";
	if (c->field->type == FIELD_REAL)
		return "number";
	return c->field->type == FIELD_BOOL || c->field->type == FIELD_FLAG
	    ? "boolean"
	    : "string";
}

static void
put_constraints(struct buf *out, const struct column *c)
{
	const struct field *f = c->field;
	char before = '{';

	if (f == NULL)
		return;
	if (f->type == FIELD_BOOL || f->type == FIELD_FLAG)
		buf_puts(out,
		    ",\"trueValues\":[\"true\",\"1\"],"
		    "\"falseValues\":[\"false\",\"0\"]");
	if (f->type == FIELD_URL)
		put_member(out, "format", "uri");
	buf_puts(out, ",\"constraints\":");
	if (f->required && c->lang == NULL) {
		buf_printf(out, "%c\"required\":true", before);
		before = ',';
	}
	if (f->low < f->high) {
		buf_printf(out, "%c\"minimum\":%.15g,\"maximum\":%.15g", before,
		    f->low, f->high);
		before = ',';
	}
	if (f->type == FIELD_DATE) {
		buf_printf(out,
		    "%c\"pattern\":\"\\\\d{4}(-\\\\d{2}(-\\\\d{2})?)?\"",
		    before);
		before = ',';
	}
	buf_puts(out, before == '{' ? "{}" : "}");
}

static void
put_field(struct packing *p, const struct column *c)
{
	const struct field *f =
	    c->list != NULL ? &c->list->fields[0] : c->field;

	buf_puts(&p->out,
	    p->out.data[p->out.len - 1] == '[' ? "{" : ",\n    {");
	put_member(&p->out, "name", c->name);
	put_member(&p->out, "type", type_of(c));
	if (c->path != NULL) {
		put_member(&p->out, "title", label(p, "field", c->path));
		if (*label(p, "field_help", c->path) != '\0')
			put_member(&p->out, "description",
			    label(p, "field_help", c->path));
	}
	if (f != NULL && f->type == FIELD_CODE)
		put_member(&p->out, "codeList", f->of);
	if (f != NULL && f->unit != NULL)
		put_member(&p->out, "unit", f->unit);
	if (c->list != NULL)
		put_member(&p->out, "separator", "|");
	put_constraints(&p->out, c);
	buf_putc(&p->out, '}');
}

static void
put_keys(struct buf *out, const struct column *columns, size_t n, bool last)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < n && columns[i].path == NULL; i++) {
		if (!last && columns[i + 1].path != NULL)
			break;
		if (i > 0)
			buf_putc(out, ',');
		canonical_string(out, columns[i].name, strlen(columns[i].name));
	}
	buf_putc(out, ']');
}

/* The keys of the row it stands within: all but its own number. */
static void
put_foreign_keys(struct packing *p, const struct sheet_table *t, size_t n)
{
	struct column outer[REGISTRY_COLUMNS];
	const char *file = "schemes";
	struct buf keys = { 0 };

	if (t->table == NULL)
		return;
	buf_puts(&keys, "[\"scheme\"]");
	if (t->within != NULL) {
		buf_clear(&keys);
		file = t->within->file;
		put_keys(&keys, outer,
		    registry_columns(&p->arena, t->within, p->langs, outer),
		    true);
	}
	buf_puts(&p->out, ",\n   \"foreignKeys\":[{\"fields\":");
	put_keys(&p->out, p->columns, n, false);
	buf_puts(&p->out, ",\"reference\":{");
	put_member(&p->out, "resource", file);
	buf_printf(&p->out, ",\"fields\":%s}}]", buf_text(&keys));
	buf_free(&keys);
}

static void
put_resource(struct packing *p, const struct sheet_table *t)
{
	size_t n = registry_columns(&p->arena, t, p->langs, p->columns);

	buf_puts(&p->out,
	    p->out.data[p->out.len - 1] == '[' ? "\n {" : ",\n {");
	put_member(&p->out, "name", t->file);
	put_member(&p->out, "path", arena_printf(&p->arena, "%s.csv", t->file));
	put_member(&p->out, "profile", "tabular-data-resource");
	put_member(&p->out, "format", "csv");
	put_member(&p->out, "mediatype", "text/csv");
	put_member(&p->out, "encoding", "utf-8");
	buf_puts(&p->out,
	    ",\"schema\":{\"missingValues\":[\"\"],\n   \"fields\":[");
	for (size_t i = 0; i < n; i++)
		put_field(p, &p->columns[i]);
	buf_puts(&p->out, "],\n   \"primaryKey\":");
	put_keys(&p->out, p->columns, n, true);
	put_foreign_keys(p, t, n);
	buf_puts(&p->out, "}}");
}

/* The documents of the library that the schemes are drawn from. */
static void
put_sources(struct packing *p)
{
	struct query *q = db_restart(db_query(p->export->db,
	    "SELECT DISTINCT coalesce(d.title, s.reference) FROM source s"
	    " JOIN record r ON r.id = s.record AND r.kind = 'scheme'"
	    " AND r.status = 'published'"
	    " LEFT JOIN shown d ON d.record = s.document AND d.ui = 'en'"
	    " ORDER BY 1"));
	bool begun = false;

	buf_puts(&p->out, "\"sources\":[");
	for (; db_next(q); begun = true) {
		buf_puts(&p->out, begun ? ",{" : "{");
		put_member(&p->out, "title", db_text(q, 0));
		buf_putc(&p->out, '}');
	}
	buf_puts(&p->out, "],\n");
}

static void
put_codes(struct packing *p)
{
	static const char *const names[] = { "list", "code", "en", "fr", "es" };

	buf_puts(&p->out,
	    ",\n {\"name\":\"codes\",\"path\":\"codes.csv\","
	    "\"profile\":\"tabular-data-resource\",\"format\":\"csv\","
	    "\"mediatype\":\"text/csv\",\"encoding\":\"utf-8\","
	    "\"schema\":{\"fields\":[");
	for (size_t i = 0; i < 5; i++)
		buf_printf(&p->out, "%s{\"name\":\"%s\",\"type\":\"string\"}",
		    i > 0 ? "," : "", names[i]);
	buf_puts(&p->out, "],\"primaryKey\":[\"list\",\"code\"]}}");
}

/* Only who publishes the data knows. */
static void
put_licence(struct packing *p)
{
	if (p->export->licence == NULL)
		return;
	buf_puts(&p->out, "\"licenses\":[{");
	put_member(&p->out, "name", p->export->licence);
	buf_puts(&p->out, "}],\n");
}

void
export_package(struct export *e, const char *const *langs)
{
	static struct packing p;
	const struct sheet_table *t;
	FILE *f = export_open(e, "datapackage.json");

	p = (struct packing){ .export = e, .langs = langs };
	buf_puts(&p.out,
	    "{\"profile\":\"tabular-data-package\",\"name\":"
	    "\"micro-insurance-schemes\",\n"
	    "\"title\":\"Registry of micro-insurance schemes\",\n");
	put_licence(&p);
	put_sources(&p);
	buf_puts(&p.out, "\"resources\":[");
	for (t = registry_tables(&p.arena, kind_find("scheme")); t != NULL;
	     t = t->next)
		put_resource(&p, t);
	put_resource(&p, registry_tables(&p.arena, kind_find("organisation")));
	put_codes(&p);
	buf_puts(&p.out, "\n]}\n");
	export_put(e, f, &p.out);
	export_close(e, f, "datapackage.json");
	buf_free(&p.out);
	arena_free(&p.arena);
}

/* The code lists that a kind's fields are of: ,"a","b". */
static void
put_lists(struct buf *out, const struct table *t)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (f->type == FIELD_CODE)
			buf_printf(out, ",\"%s\"", f->of);
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		put_lists(out, t->lists[i]);
}

void
export_lists(struct buf *out, const struct kind *k)
{
	put_lists(out, &record_table);
	put_lists(out, &k->own);
	put_lists(out, &kind_find("organisation")->own);
}

void
export_readme(struct export *e)
{
	FILE *f = export_open(e, "readme.txt");
	struct buf out = { 0 };

	buf_puts(&out,
	    "ENGLISH\n\n"
	    "Write one line for each scheme into schemes.csv, and one line in "
	    "the other\nfiles for each product, benefit, contribution and so "
	    "on.  The first column\nnames the scheme: small letters, digits "
	    "and hyphens, the same in all files.\n“row” numbers the lines of "
	    "a scheme: 1, 2, 3.  Write codes, not labels:\ncodes.csv has them "
	    "by list, and explains every column under “field” and\n"
	    "“field_help”.  Several codes in one cell have a bar between "
	    "them: a|b.\nDates are 2008, 2008-11 or 2008-11-20.  Leave empty "
	    "what is not known.\n\n"
	    "FRANÇAIS\n\n"
	    "Écrivez une ligne par système dans schemes.csv et, dans les "
	    "autres fichiers,\nune ligne par produit, prestation, cotisation, "
	    "etc.  La première colonne\ndésigne le système : minuscules, "
	    "chiffres et traits d’union, la même dans tous\nles fichiers.  "
	    "« row » numérote les lignes d’un système : 1, 2, 3.  Écrivez "
	    "des\ncodes et non des libellés : codes.csv les donne par liste "
	    "et explique chaque\ncolonne sous « field » et « field_help ».  "
	    "Plusieurs codes dans une cellule sont\nséparés par une barre : "
	    "a|b.  Dates : 2008, 2008-11 ou 2008-11-20.  Laissez vide\nce "
	    "qui n’est pas connu.\n\n"
	    "ESPAÑOL\n\n"
	    "Escriba una línea por sistema en schemes.csv y, en los demás "
	    "ficheros, una\nlínea por producto, prestación, cotización, etc.  "
	    "La primera columna nombra el\nsistema: minúsculas, cifras y "
	    "guiones, igual en todos los ficheros.  «row» numera\nlas líneas "
	    "de un sistema: 1, 2, 3.  Escriba códigos, no etiquetas: "
	    "codes.csv los\nda por lista y explica cada columna en «field» y "
	    "«field_help».  Varios códigos en\nuna celda van separados por "
	    "una barra: a|b.  Fechas: 2008, 2008-11 o 2008-11-20.\nDeje vacío "
	    "lo que no se sepa.\n");
	export_put(e, f, &out);
	export_close(e, f, "readme.txt");
	buf_free(&out);
}
