#ifndef DATA_CITE_TYPE_H
#define DATA_CITE_TYPE_H

/*
 * What a record is called in the vocabularies of others: "ris", "bibtex", "csl"
 * or "schema" (schema.org), by its kind and, of a document, its type.  A type that
 * is not known is something general; never NULL.
 */
const char *cite_type(const char *vocabulary, const char *kind,
    const char *doctype);

#endif
