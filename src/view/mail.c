#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "data/message.h"
#include "data/outbox.h"
#include "data/plain.h"
#include "view/mail.h"
#include "view/strings.h"
#include "view/tmpl.h"

enum { LANGUAGES = 3, TEMPLATES = 64 };

static const char *const languages[LANGUAGES] = { "en", "fr", "es" };

struct mailer {
	struct tongue {
		struct strings *strings;
		struct tmpl *templates[TEMPLATES];
	} tongues[LANGUAGES];
	char *names[TEMPLATES]; /* "mail/join.mail" */
	size_t n;
	const char *home;
	struct arena arena;
};

/* A mail has strings; assets it has none. */
static const char *
resolve(const void *ctx, const char *name)
{
	const struct tongue *t = ctx;

	return strncmp(name, "t.", 2) == 0 ? strings_get(t->strings, name + 2)
					   : NULL;
}

/* Those that begin with '_' are parts of others. */
static bool
list_templates(struct mailer *m, const char *dir, struct buf *why)
{
	DIR *d = opendir(arena_printf(&m->arena, "%s/mail", dir));
	struct dirent *e;

	if (d == NULL) {
		buf_printf(why, "%s/mail: no such directory\n", dir);
		return false;
	}
	while ((e = readdir(d)) != NULL && m->n < TEMPLATES) {
		const char *dot = strrchr(e->d_name, '.');

		if (e->d_name[0] != '_' && dot != NULL &&
		    strcmp(dot, ".mail") == 0)
			m->names[m->n++] =
			    arena_printf(&m->arena, "mail/%s", e->d_name);
	}
	closedir(d);
	return true;
}

static bool
open_tongue(struct mailer *m, size_t l, const char *assets,
    const char *site_name, struct buf *why)
{
	struct tongue *t = &m->tongues[l];
	const char *dir = arena_printf(&m->arena, "%s/templates", assets);
	bool good = true;

	t->strings = strings_open(arena_printf(&m->arena, "%s/strings/%s.yaml",
				      assets, languages[l]),
	    site_name, why);
	if (t->strings == NULL)
		return false;
	for (size_t i = 0; i < m->n; i++) {
		t->templates[i] = tmpl_open(dir, m->names[i], resolve, t, why);
		good = good && t->templates[i] != NULL;
	}
	return good;
}

struct mailer *
mailer_open(const char *assets, const char *site_name, const char *home,
    struct buf *why)
{
	struct mailer *m = calloc(1, sizeof(*m));
	bool good;

	if (m == NULL)
		abort();
	m->home = arena_printf(&m->arena, "%s", home);
	good = list_templates(m,
	    arena_printf(&m->arena, "%s/templates", assets), why);
	for (size_t l = 0; l < LANGUAGES && good; l++)
		good = open_tongue(m, l, assets, site_name, why);
	if (good)
		return m;
	mailer_close(m);
	return NULL;
}

void
mailer_close(struct mailer *m)
{
	for (size_t l = 0; l < LANGUAGES; l++) {
		for (size_t i = 0; i < m->n; i++)
			if (m->tongues[l].templates[i] != NULL)
				tmpl_free(m->tongues[l].templates[i]);
		if (m->tongues[l].strings != NULL)
			strings_free(m->tongues[l].strings);
	}
	arena_free(&m->arena);
	free(m);
}

static size_t
language(const char *lang)
{
	for (size_t l = 0; l < LANGUAGES; l++)
		if (strcmp(languages[l], lang) == 0)
			return l;
	return 0;
}

static struct tmpl *
find(const struct mailer *m, const struct tongue *t, const char *name)
{
	for (size_t i = 0; i < m->n; i++) {
		const char *own = m->names[i] + strlen("mail/");
		size_t len = strlen(own) - strlen(".mail");

		if (strlen(name) == len && memcmp(own, name, len) == 0)
			return t->templates[i];
	}
	return NULL;
}

/* Why it can't be sent; the address is nobody's business. */
static bool
refuse(const struct letter *l, const char *what)
{
	fprintf(stderr, "mail: %s: %s\n", l->name, what);
	return false;
}

static bool
render(const struct mailer *m, const struct letter *l, struct buf *out)
{
	size_t lang = language(l->lang);
	const struct tongue *t = &m->tongues[lang];
	struct tmpl *tmpl = find(m, t, l->name);
	struct model model = *l->model;

	if (tmpl == NULL)
		return refuse(l, "there is no such template");
	model_text(&model, "home", m->home);
	model_text(&model, "site", strings_get(t->strings, "site"));
	model_text(&model, "lang", languages[lang]);
	return tmpl_render(tmpl, &model, out) || refuse(l, "a name is unknown");
}

/* Split what was rendered into the subject, on one line, and the rest. */
static const char *
split(char *html, struct buf *subject)
{
	static const char begin[] = "<title>", end[] = "</title>";
	char *title = strstr(html, begin), *rest;
	struct buf words = { 0 };

	if (title == NULL || (rest = strstr(title, end)) == NULL)
		return NULL;
	*rest = '\0';
	plain_html(&words, title + strlen(begin));
	message_flatten(subject, buf_text(&words));
	buf_free(&words);
	rest += strlen(end);
	return rest + strspn(rest, "\n");
}

/* Around the fragment goes what makes it a document. */
static void
wrap(struct buf *out, const char *lang, const struct buf *subject,
    const char *html)
{
	buf_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<title>",
	    lang);
	buf_html(out, buf_text(subject), subject->len);
	buf_printf(out,
	    "</title>\n</head>\n"
	    "<body style=\"max-width: 40em; line-height: 1.5\">\n"
	    "%s</body>\n</html>\n",
	    html);
}

/* Put it into the outbox: both parts, and the address to unsubscribe by. */
static bool
queue(const struct mailer *m, struct db *writer, const struct letter *l,
    const struct buf *subject, const char *rest)
{
	const char *lang = languages[language(l->lang)];
	struct buf text = { 0 }, html = { 0 }, unsubscribe = { 0 };
	struct mail mail = {
		.recipient = l->recipient,
		.lang = lang,
		.name = l->name,
		.subject = buf_text(subject),
		.once = l->once,
	};
	bool good;

	mail_text(&text, rest);
	mail.text = buf_text(&text);
	wrap(&html, lang, subject, rest);
	mail.html = buf_text(&html);
	if (l->unsubscribe != NULL) {
		buf_printf(&unsubscribe, "%s%s", m->home, l->unsubscribe);
		mail.unsubscribe = unsubscribe.data;
	}
	good = outbox_put(writer, &mail);
	buf_free(&text);
	buf_free(&html);
	buf_free(&unsubscribe);
	return good;
}

bool
mailer_show(struct mailer *m, const struct letter *l, struct mail_shown *s)
{
	struct buf rendered = { 0 };
	const char *rest = NULL;

	if (render(m, l, &rendered) &&
	    (rest = split(rendered.data, &s->subject)) == NULL)
		refuse(l, "the template has no <title>");
	if (rest != NULL) {
		buf_puts(&s->html, rest);
		mail_text(&s->text, rest);
	}
	buf_free(&rendered);
	return rest != NULL;
}

bool
mailer_put(struct mailer *m, struct db *writer, const struct letter *l)
{
	struct buf rendered = { 0 }, subject = { 0 };
	const char *rest = NULL;
	bool good;

	if (!message_is_address(l->recipient))
		return refuse(l, "the recipient is no address");
	if (render(m, l, &rendered) &&
	    (rest = split(rendered.data, &subject)) == NULL)
		refuse(l, "the template has no <title>");
	good = rest != NULL && queue(m, writer, l, &subject, rest);
	buf_free(&rendered);
	buf_free(&subject);
	return good;
}
