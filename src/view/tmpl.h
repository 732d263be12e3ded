#ifndef VIEW_TMPL_H
#define VIEW_TMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "view/model.h"

/*
 * Templates: a strict part of Mustache, compiled once, fed from queries.
 *
 *	{{name}}		a value, safe in text and in quoted attributes
 *	{{{name_html}}}		markup we made; the name must say so
 *	{{#name}} {{/name}}	once a row of a query, or if a value is true
 *	{{^name}} {{/name}}	if that query has no rows, or it is not true
 *	{{?name}} {{/name}}	once if that query has rows, or if it is true:
 *				a heading and a list around {{#name}}
 *	{{>file}}		another template, read in place
 *	{{t.key}}		a string of the language compiled for
 *	{{a.css/site.css}}	the address of an asset
 *	{{! words }}		nothing
 *
 * A name is looked up in the current row, the rows around it, then the model;
 * the name of rows is rows everywhere.  Not true are "", NULL and the number
 * 0.  Unlike in Mustache, a name that nothing answers to is an error, not a
 * blank.  A string is text that may hold tags.  A query asked by ?, # and ^
 * in one place runs once.  A tag of # ^ ? / > ! alone on its line leaves no
 * empty line behind.
 *
 * Of Mustache we leave out: lambdas, other delimiters, inheritance, dotted
 * names, {{.}}, {{&name}}, dynamic partials and their indentation, and {{{ }}}
 * around what does not end in _html.  {{?name}} is ours.
 */
struct tmpl;

/* Answers for {{t.key}} and {{a.file}}, by the whole name ("t.key"); NULL
 * means there is no such thing.  What it returns is good for ever. */
typedef const char *tmpl_names(const void *, const char *name);

/*
 * Compile dir/layout.html, with {{>content}} standing for dir/name.html.  A
 * name with a dot ("sitemap.xml") is a file that needs no layout.  Returns
 * NULL after putting file, line and cause in why, a line each.  The caller
 * frees.
 */
struct tmpl *tmpl_open(const char *dir, const char *name, tmpl_names *names,
    const void *ctx, struct buf *why);
void tmpl_free(struct tmpl *);

/* Returns false, after logging, if a name was unknown. */
bool tmpl_render(struct tmpl *, const struct model *, struct buf *);

#endif
