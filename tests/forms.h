#ifndef TESTS_FORMS_H
#define TESTS_FORMS_H

#include "base/url.h"
#include "html.h"
#include "visitor.h"

/*
 * Filling in forms as a browser does: what a page's form holds becomes the
 * body that its button would send.
 */

/* Text without its character references. */
static inline void
form_text(struct buf *out, const char *s, size_t len)
{
	static const char *const names[][2] = { { "&amp;", "&" },
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&#39;", "'" } };

	for (const char *end = s + len; s < end;) {
		size_t i = 0;

		while (i < 5 &&
		    strncmp(s, names[i][0], strlen(names[i][0])) != 0)
			i++;
		buf_putc(out, i < 5 ? *names[i][1] : *s);
		s += i < 5 ? strlen(names[i][0]) : 1;
	}
}

static inline void
form_pair(struct buf *out, const char *name, size_t name_len, const char *s,
    size_t len)
{
	struct buf text = { 0 };

	form_text(&text, s, len);
	buf_puts(out, out->len > 0 ? "&" : "");
	url_encode(out, name, name_len);
	buf_putc(out, '=');
	url_encode(out, buf_text(&text), text.len);
	buf_free(&text);
}

/* An attribute's value and its length; "" if there is none. */
static inline const char *
form_value(const struct tag *t, const char *name, size_t *len)
{
	const char *v = html_value(t, name);

	*len = v != NULL ? strcspn(v, "\"") : 0;
	return v != NULL ? v : "";
}

static inline bool
form_has(const struct tag *t, const char *word)
{
	size_t len = (size_t)(t->end - t->attributes);
	const char *at = memmem(t->attributes, len, word, strlen(word));

	return at != NULL;
}

static inline void
form_input(struct buf *out, const struct tag *t)
{
	size_t n, len, tlen;
	const char *name = form_value(t, "name", &n);
	const char *value = form_value(t, "value", &len);
	const char *type = form_value(t, "type", &tlen);
	bool box =
	    strncmp(type, "checkbox", 8) == 0 || strncmp(type, "radio", 5) == 0;

	if (n > 0 && strncmp(name, "_csrf", n) != 0 &&
	    (!box || form_has(t, " checked")))
		form_pair(out, name, n, value, len);
}

static inline void
form_select(struct buf *out, const struct tag *select, const char *p)
{
	size_t n, len = 0;
	const char *name = form_value(select, "name", &n), *value = "";
	struct tag t;

	while ((p = html_tag(p, &t)) != NULL && !html_is(&t, "select"))
		if (html_is(&t, "option") && form_has(&t, " selected"))
			value = form_value(&t, "value", &len);
	form_pair(out, name, n, value, len);
}

/* What stands between a tag and the one that closes it. */
static inline void
form_area(struct buf *out, const struct tag *area)
{
	size_t n;
	const char *name = form_value(area, "name", &n);
	const char *s = area->end + (*area->end == '\n');

	form_pair(out, name, n, s, (size_t)(strstr(s, "</textarea>") - s));
}

/* The fields of the form of a record on a page. */
static inline void
form_read_page(struct buf *out, const char *page)
{
	const char *p = strstr(page, "<form class=\"fields record\"");
	struct tag t;

	buf_clear(out);
	while (p != NULL && (p = html_tag(p, &t)) != NULL &&
	    !(t.closes && html_is(&t, "form"))) {
		if (t.closes)
			continue;
		if (html_is(&t, "input"))
			form_input(out, &t);
		else if (html_is(&t, "select"))
			form_select(out, &t, p);
		else if (html_is(&t, "textarea"))
			form_area(out, &t);
	}
}

/* Say another value of a field, "title.en", or add it; as typed. */
static inline void
form_set(struct buf *body, const char *name, const char *value)
{
	struct buf pair = { 0 }, rest = { 0 };
	char *at;
	size_t key;

	url_encode(&pair, name, strlen(name));
	buf_putc(&pair, '=');
	key = pair.len;
	url_encode(&pair, value, strlen(value));
	for (at = body->data; at != NULL; at = strchr(at, '&')) {
		at += *at == '&';
		if (strncmp(at, pair.data, key) == 0)
			break;
	}
	if (at == NULL) {
		buf_printf(body, "%s%s", body->len > 0 ? "&" : "", pair.data);
	} else {
		buf_put(&rest, body->data, (size_t)(at - body->data));
		buf_puts(&rest, pair.data);
		buf_puts(&rest, at + strcspn(at, "&"));
		buf_free(body);
		*body = rest;
	}
	buf_free(&pair);
}

/* A form with a picture of that file name, or without one if it is NULL; fields
 * are pairs of "name=value", a line each. */
static inline const char *
send_form(struct visitor *v, const char *path, const char *fields,
    const char *filename, const struct buf *picture)
{
	struct buf b = { 0 };
	const char *answer;

	buf_printf(&b,
	    "--b\r\nContent-Disposition: form-data; name=\"_csrf\""
	    "\r\n\r\n%s\r\n",
	    buf_text(&v->token));
	for (size_t n; *fields != '\0'; fields += n + (fields[n] == '\n')) {
		size_t name = strcspn(fields, "=");

		n = strcspn(fields, "\n");
		buf_printf(&b,
		    "--b\r\nContent-Disposition: form-data; name=\"%.*s\""
		    "\r\n\r\n%.*s\r\n",
		    (int)name, fields, (int)(n - name - 1), fields + name + 1);
	}
	if (picture != NULL) {
		buf_printf(&b,
		    "--b\r\nContent-Disposition: form-data;"
		    " name=\"image\"; filename=\"%s\"\r\n\r\n",
		    filename);
		buf_put(&b, picture->data, picture->len);
		buf_puts(&b, "\r\n");
	}
	buf_puts(&b, "--b--\r\n");
	answer = visitor_ask(v,
	    &(struct request){ .method = "POST",
		.path = path,
		.content_type = "multipart/form-data; boundary=b",
		.body = b.data,
		.body_len = b.len });
	buf_free(&b);
	return answer;
}

#endif
