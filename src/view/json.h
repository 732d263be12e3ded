#ifndef VIEW_JSON_H
#define VIEW_JSON_H

#include "base/buf.h"
#include "view/model.h"

/*
 * A page's model as one JSON object.
 *
 * The columns of the page's rows and the values the handler named are its
 * members; rows are arrays of objects, which hold the rows named within them.
 * Numbers are numbers and NULL is null.  A column text_lang is the member
 * "lang", a text fields_json is JSON and becomes the member "fields".  Names that begin with '_' are private, and what stands in the frame
 * of every page is left out.
 */
void json_render(const struct model *, struct buf *);

/* A string with its quotes: valid UTF-8, without the marks of hits. */
void json_quote(struct buf *, const char *, size_t);

#endif
