/*
 * mutua export: everything out of the database again, as files that other
 * programs and mutua load can read.
 *
 * Records go through the same descriptions as those that are loaded, so what
 * is added to a kind is exported without a word here.
 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/export.h"
#include "cli/place.h"
#include "data/canonical.h"
#include "data/retrieve.h"
#include "data/withhold.h"

/* load reads files of 32 MB at most. */
enum { CONTENT_BYTES = 8 * 1024 * 1024 };

static void
fail(struct export *e, const char *name)
{
	if (!e->failed)
		complain("%s/%s: %s", e->to, name, strerror(errno));
	e->failed = true;
}

FILE *
export_open(struct export *e, const char *name)
{
	struct buf path = { 0 };
	FILE *f;

	buf_printf(&path, "%s/%s", e->to, name);
	f = e->failed ? NULL : fopen(path.data, "we");
	buf_free(&path);
	if (f == NULL)
		fail(e, name);
	else
		e->files++;
	snprintf(e->name, sizeof(e->name), "%s", name);
	return f;
}

void
export_put(struct export *e, FILE *f, struct buf *b)
{
	if (f != NULL && !e->failed &&
	    fwrite(buf_text(b), 1, b->len, f) != b->len)
		fail(e, e->name);
	buf_clear(b);
}

void
export_close(struct export *e, FILE *f, const char *name)
{
	if (f != NULL && fclose(f) == EOF)
		fail(e, name);
}

void
export_each(struct export *e, const struct kind *k, export_record *each,
    void *context)
{
	struct query *q = db_restart(db_query(e->db,
	    "SELECT id, slug FROM record WHERE kind = :kind"
	    " AND status = 'published' ORDER BY slug"));

	db_set_text(q, "kind", k->kind);
	while (!e->failed && db_next(q)) {
		struct node *n =
		    retrieve_record(e->db, &e->arena, k, db_int(q, 0));

		if (n != NULL) {
			withhold(k, n);
			each(context, k, db_text(q, 1), n);
		}
		arena_reset(&e->arena);
	}
}

static void
put_member(struct buf *out, const char *name, const char *value)
{
	canonical_string(out, name, strlen(name));
	buf_putc(out, ':');
	canonical_string(out, value, strlen(value));
}

/* Content files: a list, each of its records a line of JSON, which is YAML. */
struct content {
	struct export *export;
	struct buf line;
	FILE *file;
	char name[64];
	int number;
	size_t bytes;
};

static void
next_file(struct content *c, const struct kind *k)
{
	export_close(c->export, c->file, c->name);
	c->bytes = 0;
	c->number++;
	if (c->number == 1)
		snprintf(c->name, sizeof(c->name), "content/%s.yaml", k->kind);
	else
		snprintf(c->name, sizeof(c->name), "content/%s-%d.yaml",
		    k->kind, c->number);
	c->file = export_open(c->export, c->name);
	buf_printf(&c->line, "kind: %s\nrecords:\n", k->kind);
}

static void
put_content(void *context, const struct kind *k, const char *slug,
    const struct node *n)
{
	struct content *c = context;
	size_t at;

	if (c->number == 0 || c->bytes > CONTENT_BYTES)
		next_file(c, k);
	buf_puts(&c->line, "- {");
	put_member(&c->line, "slug", slug);
	at = c->line.len;
	canonical_put(&c->line, k, n);
	c->line.data[at] = c->line.data[at + 1] == '}' ? ' ' : ',';
	buf_putc(&c->line, '\n');
	c->bytes += c->line.len;
	c->export->records++;
	export_put(c->export, c->file, &c->line);
}

/* Nodes in reading order, each with its depth, as nested lists. */
static void
put_trees(struct export *e, FILE *f)
{
	struct query *q = db_restart(db_query(e->db,
	    "SELECT n.tree, n.depth, r.slug, coalesce(n.announced, '')"
	    " FROM theme_tree n JOIN record r ON r.id = n.theme"
	    " ORDER BY n.place"));
	struct buf out = { 0 }, tree = { 0 };
	int64_t depth = -1;

	buf_puts(&out, "trees:\n");
	while (db_next(q)) {
		int64_t d = db_int(q, 1);

		if (strcmp(buf_text(&tree), db_text(q, 0)) != 0) {
			for (; depth >= 0; depth--)
				buf_puts(&out, "}]");
			buf_printf(&out, "%s- {", tree.len > 0 ? "}\n" : "");
			put_member(&out, "tree", db_text(q, 0));
			buf_clear(&tree);
			buf_puts(&tree, db_text(q, 0));
		}
		if (d > depth)
			buf_puts(&out, ",\"nodes\":[{");
		for (int64_t up = depth; up > d; up--)
			buf_puts(&out, "}]");
		if (d <= depth)
			buf_puts(&out, "},{");
		put_member(&out, "theme", db_text(q, 2));
		if (*db_text(q, 3) != '\0') {
			buf_putc(&out, ',');
			put_member(&out, "announced", db_text(q, 3));
		}
		depth = d;
	}
	for (; depth >= 0; depth--)
		buf_puts(&out, "}]");
	buf_puts(&out, tree.len > 0 ? "}\n" : "");
	if (tree.len > 0)
		export_put(e, f, &out);
	buf_free(&out);
	buf_free(&tree);
}

static void
write_kind(struct export *e, const struct kind *k)
{
	struct content c = { .export = e };

	export_each(e, k, put_content, &c);
	if (strcmp(k->kind, "theme") == 0 && c.file != NULL)
		put_trees(e, c.file);
	export_close(e, c.file, c.name);
	buf_free(&c.line);
}

/* What a query says of lines of text, a line a row. */
static void
write_lines(struct export *e, const char *name, const char *head,
    struct query *q)
{
	FILE *f = export_open(e, name);
	struct buf out = { 0 };

	buf_puts(&out, head);
	while (!e->failed && db_next(q)) {
		buf_put(&out, db_cell(q, 0).text, db_cell(q, 0).len);
		buf_putc(&out, '\n');
		export_put(e, f, &out);
	}
	export_put(e, f, &out);
	export_close(e, f, name);
	buf_free(&out);
}

/* Lists that load makes by itself, from ICU and the themes, are left out. */
static void
write_codes(struct export *e)
{
	write_lines(e, "content/codes.yaml", "lists:\n",
	    db_restart(db_query(e->db,
		"SELECT iif(c.place = min(c.place) OVER (PARTITION BY c.list),"
		"    '  ' || c.list || ':' || char(10), '') || '  - ' ||"
		" json_object('code', c.code,"
		"  'en', (SELECT label FROM code_label l WHERE l.list = c.list"
		"    AND l.code = c.code AND l.lang = 'en'),"
		"  'fr', (SELECT label FROM code_label l WHERE l.list = c.list"
		"    AND l.code = c.code AND l.lang = 'fr'),"
		"  'es', (SELECT label FROM code_label l WHERE l.list = c.list"
		"    AND l.code = c.code AND l.lang = 'es'))"
		" FROM code c WHERE c.list NOT IN"
		" ('country', 'subregion', 'language', 'theme')"
		" ORDER BY c.list, c.place")));
	write_lines(e, "content/country-codes.yaml", "",
	    db_restart(db_query(e->db,
		"SELECT '- ' || json_object('country', country,"
		" 'region', region, 'subregion', subregion)"
		" FROM country_code ORDER BY country")));
	write_lines(e, "content/map.yaml", "",
	    db_restart(db_query(e->db,
		"SELECT json_quote(country) || ': ' || json_quote(shape)"
		" FROM country_code WHERE shape IS NOT NULL"
		" ORDER BY country")));
}

/* Who changed what, when and why: each state a record has been in. */
static void
write_history(struct export *e)
{
	write_lines(e, "revisions.jsonl", "",
	    db_restart(db_query(e->db,
		"SELECT json_object('kind', r.kind, 'slug', r.slug,"
		" 'status', r.status, 'entry', r.entry,"
		" 'revision', v.number, 'time', v.time, 'state', v.state,"
		" 'comment', v.comment, 'record',"
		" json(withheld(r.kind, v.snapshot, (SELECT n.snapshot"
		"  FROM revision n WHERE n.record = r.id"
		"  AND r.status = 'published'"
		"  ORDER BY n.number DESC LIMIT 1))))"
		" FROM revision v JOIN record r ON r.id = v.record"
		" ORDER BY r.kind, r.slug, v.number")));
}

static bool
is_empty(const char *path)
{
	DIR *d = opendir(path);
	const struct dirent *e;
	bool empty = d != NULL;

	while (empty && (e = readdir(d)) != NULL)
		empty =
		    strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	if (d != NULL)
		closedir(d);
	return empty;
}

/* Nothing that exists is ever written over. */
static bool
make_directory(const char *to)
{
	if (mkdir(to, 0777) == -1 && !(errno == EEXIST && is_empty(to))) {
		complain("%s: %s", to,
		    errno == EEXIST || errno == 0
			? "there is something in it already"
			: strerror(errno));
		return false;
	}
	return true;
}

static bool
make_parts(const char *to)
{
	if (mkdir(place_in(to, "content"), 0777) == 0 &&
	    mkdir(place_in(to, "csv"), 0777) == 0)
		return true;
	complain("%s: %s", to, strerror(errno));
	return false;
}

/* What one part of a damaged database hides is no reason to leave out the
 * others: an export may be the last that can be saved. */
static void
go_on(struct export *e, const char *part)
{
	if (!db_failed(e->db))
		return;
	complain("not all of %s can be read: %s", part, db_error(e->db));
	db_release(e->db);
	e->lacking = true;
}

/* All of it is one moment of the database, whatever is written meanwhile. */
static enum outcome
export_all(struct export *e)
{
	if (!make_parts(e->to))
		return FAILED;
	db_script(e->db, "BEGIN");
	for (const struct kind *k = kinds; k->kind != NULL && !e->failed; k++) {
		write_kind(e, k);
		go_on(e, k->kind);
	}
	write_codes(e);
	go_on(e, "the codes");
	write_history(e);
	go_on(e, "the history");
	export_files(e);
	go_on(e, "the files");
	export_csv(e);
	go_on(e, "the tables");
	if (e->failed)
		return FAILED;
	printf("%s: %zu records in %zu files\n", e->to, e->records, e->files);
	if (!e->lacking)
		return DONE;
	complain("the database is damaged; 'mutua check --data %s' says more",
	    e->data);
	return FAILED;
}

/* Only the schemes, or what is to be filled in about one. */
static enum outcome
export_schemes(struct export *e, bool empty)
{
	db_script(e->db, "BEGIN");
	if (empty)
		export_questionnaire(e);
	else
		export_registry(e);
	go_on(e, "the registry");
	if (e->failed || e->lacking)
		return FAILED;
	printf("%s: %zu schemes and organisations in %zu files\n", e->to,
	    e->records, e->files);
	return DONE;
}

static enum outcome
export_what(struct export *e, bool registry, bool questionnaire)
{
	if (!make_directory(e->to))
		return FAILED;
	if (registry || questionnaire)
		return export_schemes(e, questionnaire);
	return export_all(e);
}

static enum outcome
run(struct arguments *args)
{
	const char *data = NULL, *share = NULL;
	bool registry = false, questionnaire = false;
	struct export e = { 0 };
	enum outcome outcome;
	const struct flag flags[] = {
		FLAG_DATA(&data),
		{ "to", "DIR", "where to write; made, or empty", &e.to, NULL },
		{ "registry", NULL, "the schemes alone, as related tables",
		    NULL, &registry },
		{ "licence", "NAME",
		    "the licence of the registry's data: CC-BY-4.0", &e.licence,
		    NULL },
		{ "questionnaire", NULL, "the same tables, empty", NULL,
		    &questionnaire },
		FLAG_SHARE(&share),
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 0))
		return args->outcome;
	if (e.to == NULL)
		return misused("say where to with --to DIR");
	share = place_share(share);
	if (share == NULL)
		return FAILED;
	e.data = place_data(data);
	e.db = place_open_current(e.data, share, DB_READ);
	if (e.db == NULL)
		return FAILED;
	outcome = export_what(&e, registry, questionnaire);
	db_close(e.db);
	arena_free(&e.arena);
	return outcome;
}

const struct command command_export = {
	.name = "export",
	.summary = "write everything out as files",
	.operands = "",
	.about =
	    "Writes everything into a new directory:\n"
	    "  content/*.yaml   published records, codes and countries, for "
	    "'mutua load'\n"
	    "  revisions.jsonl  every state every record has been in: who, when,"
	    " why\n"
	    "  csv/*.csv        the records of each kind, and all figures, with "
	    "their sources\n"
	    "With --registry it writes the schemes alone, as CSV files that "
	    "refer to each\n"
	    "other with a datapackage.json (Frictionless), for other programs "
	    "and for\n"
	    "'mutua import schemes'; with --questionnaire the same without a "
	    "scheme.\n"
	    "The site may go on running; the export is of one moment.",
	.run = run,
};
