#ifndef DATA_GRAMMAR_H
#define DATA_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What a visitor typed, taken apart.
 *
 *	words here		all of them
 *	"words in a row"	just so, also in « » and “ ”
 *	begin*			words that begin so (two letters or more)
 *	-word  -"some words"	without it
 *	title:word		in the title (titre:, título:, titulo:)
 *	author:word		by someone (auteur:, autor:)
 *
 * Nothing is an error: what makes no sense is a sign between words, and what
 * is too long is cut.
 */
enum { QUERY_BYTES = 384, QUERY_PARTS = 32 };

enum query_field { ANY_FIELD, TITLE_FIELD, AUTHOR_FIELD };

struct query_part {
	const char *text; /* at least one word in it, no sign of the grammar */
	size_t len;
	enum query_field field;
	bool quoted;
	bool prefix;
	bool excluded;
};

struct grammar {
	struct query_part parts[QUERY_PARTS];
	size_t n;
	bool cut; /* the query was longer than this */
	char text[QUERY_BYTES + 1];
};

void grammar_parse(struct grammar *, const char *query);

#endif
