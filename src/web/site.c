#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/db.h"
#include "view/strings.h"
#include "view/tmpl.h"
#include "web/route.h"
#include "web/site.h"

enum { LANGUAGES = 3, TEMPLATES = 128 };

const char *const site_languages[] = { "en", "fr", "es", NULL };

struct site {
	struct site_options options;
	struct db *db;
	struct tongue {
		struct strings *strings;
		struct tmpl *templates[TEMPLATES];
	} tongues[LANGUAGES];
	char *names[TEMPLATES]; /* of the templates, "library/item" */
	size_t ntemplates;
	struct arena arena;
};

static size_t
language(const char *lang)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (strcmp(site_languages[i], lang) == 0)
			return i;
	return 0;
}

/* {{t.key}} is a string, {{a.css/site.css}} the address of an asset. */
static const char *
resolve(const void *ctx, const char *name)
{
	if (strncmp(name, "t.", 2) == 0)
		return strings_get(ctx, name + 2);
	return NULL;
}

/* Templates are files of assets/templates/ that do not begin with '_'. */
static void
list_templates(struct site *s, const char *dir, const char *prefix)
{
	char path[512];
	DIR *d;
	struct dirent *e;

	snprintf(path, sizeof(path), "%s/%s", dir, prefix);
	if ((d = opendir(path)) == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		const char *dot = strrchr(e->d_name, '.');

		if (e->d_name[0] == '.' || e->d_name[0] == '_')
			continue;
		if (dot == NULL && *prefix == '\0')
			list_templates(s, dir,
			    arena_printf(&s->arena, "%s/", e->d_name));
		else if (dot != NULL && strcmp(dot, ".html") == 0 &&
		    strcmp(e->d_name, "layout.html") != 0 &&
		    s->ntemplates < TEMPLATES)
			s->names[s->ntemplates++] =
			    arena_printf(&s->arena, "%s%.*s", prefix,
				(int)(dot - e->d_name), e->d_name);
	}
	closedir(d);
}

static bool
open_templates(struct site *s, struct buf *why)
{
	bool ok = true;
	char *dir = arena_printf(&s->arena, "%s/templates", s->options.assets);

	list_templates(s, dir, "");
	for (size_t l = 0; l < LANGUAGES; l++) {
		struct tongue *t = &s->tongues[l];

		t->strings =
		    strings_open(arena_printf(&s->arena, "%s/strings/%s.yaml",
				     s->options.assets, site_languages[l]),
			why);
		if (t->strings == NULL)
			return false;
		for (size_t i = 0; i < s->ntemplates; i++) {
			t->templates[i] = tmpl_open(dir, s->names[i], resolve,
			    t->strings, why);
			ok = ok && t->templates[i] != NULL;
		}
	}
	return ok;
}

struct site *
site_open(const struct site_options *options, struct buf *why)
{
	struct site *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	s->options = *options;
	s->db = db_open(options->database, DB_READ);
	if (db_failed(s->db))
		buf_printf(why, "%s: %s\n", options->database, db_error(s->db));
	else if (open_templates(s, why))
		return s;
	site_close(s);
	return NULL;
}

void
site_close(struct site *s)
{
	for (size_t l = 0; l < LANGUAGES; l++) {
		for (size_t i = 0; i < s->ntemplates; i++)
			if (s->tongues[l].templates[i] != NULL)
				tmpl_free(s->tongues[l].templates[i]);
		if (s->tongues[l].strings != NULL)
			strings_free(s->tongues[l].strings);
	}
	db_close(s->db);
	arena_free(&s->arena);
	free(s);
}

struct db *
site_db(struct site *s)
{
	return s->db;
}

const char *
site_base(const struct site *s)
{
	return s->options.base != NULL ? s->options.base : "";
}

struct tmpl *
site_template(struct site *s, const char *lang, const char *name)
{
	for (size_t i = 0; i < s->ntemplates; i++)
		if (strcmp(s->names[i], name) == 0)
			return s->tongues[language(lang)].templates[i];
	fprintf(stderr, "site: no template %s\n", name);
	return NULL;
}

const char *
site_string(struct site *s, const char *lang, const char *key)
{
	const char *text = strings_get(s->tongues[language(lang)].strings, key);

	if (text != NULL)
		return text;
	fprintf(stderr, "site: no string %s\n", key);
	return key;
}

void
site_serve(struct site *s, const struct request *q, struct response *r)
{
	struct page p = { .site = s, .request = q, .response = r };

	route_page(&p);
	if (db_failed(s->db))
		r->status = 500;
	db_release(s->db);
	arena_free(&p.arena);
}
