#ifndef TESTS_FORM_RULES_H
#define TESTS_FORM_RULES_H

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "web/form.h"

/*
 * What holds of every form that was read, whatever was sent.
 */
static inline void
must(bool holds)
{
	if (!holds)
		abort();
}

static inline void
must_be_text(const char *s, size_t len, size_t most)
{
	must(strlen(s) == len && len <= most && utf8_valid(s, len) == len);
	for (; *s != '\0'; s++)
		must((unsigned char)*s >= ' ' || *s == '\n' || *s == '\t');
}

static inline void
must_be_field(const struct form_field *f, const char *body, size_t len)
{
	must_be_text(f->name, strlen(f->name), FORM_NAME);
	must(*f->name != '\0' && strpbrk(f->name, "\n\t") == NULL);
	if (f->filename == NULL) {
		must_be_text(f->value, f->len, FORM_VALUE);
		return;
	}
	must(f->value >= body && f->value + f->len <= body + len);
	must_be_text(f->filename, strlen(f->filename), FORM_FILENAME);
	must(strpbrk(f->filename, "/\\\n\t") == NULL && *f->filename != '.');
}

static inline void
check_form(const char *type, const unsigned char *data, size_t size)
{
	char *body = malloc(size > 0 ? size : 1); /* ASan sees over-reads */
	struct arena arena = { 0 };
	struct form form;

	memcpy(body, data, size);
	if (!form_read(&form, &arena, type, body, size)) {
		must(form.n == 0 && form.fault != FORM_GOOD &&
		    *form_fault_key(form.fault) != '\0');
	} else {
		must(form.fault == FORM_GOOD && form.n <= FORM_FIELDS);
	}
	for (size_t i = 0; i < form.n; i++)
		must_be_field(&form.fields[i], body, size);
	must(strlen(form_get(&form, "a")) <= FORM_VALUE);
	form_file(&form, "f");
	arena_free(&arena);
	free(body);
}

#endif
