#ifndef VIEW_RDF_H
#define VIEW_RDF_H

#include "base/buf.h"

/*
 * Statements of RDF, written as Turtle or as RDF/XML: the same calls give the
 * same graph.
 *
 *	struct rdf r = { .out = out, .syntax = RDF_TURTLE };
 *
 *	rdf_begin(&r);
 *	rdf_node(&r, "skos:Concept", uri);
 *	rdf_text(&r, "skos:prefLabel", "tiers payant", "fr");
 *	rdf_link(&r, "skos:inScheme", other);
 *	rdf_end(&r);
 *
 * Types and predicates are ours, with a prefix that rdf_begin() declares: skos,
 * dct.  All that is said after a node is said of it.  Texts may hold anything:
 * what XML can't hold is dropped in both.
 */
struct rdf {
	struct buf *out;
	enum { RDF_TURTLE, RDF_XML } syntax;
	const char *type; /* of the node that is open, or NULL */
};

void rdf_begin(struct rdf *);
void rdf_node(struct rdf *, const char *type, const char *uri);

/* lang is "" for what is in none. */
void rdf_text(struct rdf *, const char *predicate, const char *text,
    const char *lang);
void rdf_link(struct rdf *, const char *predicate, const char *uri);
void rdf_end(struct rdf *);

#endif
