#ifndef VIEW_OAI_H
#define VIEW_OAI_H

#include <stdbool.h>

#include "base/buf.h"
#include "data/db.h"

/*
 * What OAI-PMH 2.0 answers, as XML: the frame of an answer, the header of a
 * record, and the record in Dublin Core (oai_dc) or MODS 3.7.
 *
 * MODS is the richer one because librarians' programs everywhere read it, its
 * schema is public and kept for good by the Library of Congress, and it has a
 * place for all that Dublin Core flattens: which of two titles is a translation,
 * journal, series and part, place and edition, which address is the full text.
 *
 * All texts may hold anything; what XML can't hold is left out.  base is the
 * site's address, "https://example.org"; values that begin with / are addresses
 * of it.  Rows are queries that are bound already; they are read to their end.
 */

/* An argument of the request, as its element repeats it; text NULL: absent. */
struct oai_argument {
	const char *name;
	const char *text;
};

/* The head: declaration, responseDate (of now), and the request with its
 * arguments, which end with a name NULL. */
void oai_begin(struct buf *, const char *url, const struct oai_argument *);
void oai_error(struct buf *, const char *code, const char *why);
void oai_end(struct buf *);

/* <name>text</name>, in the name space around it; nothing if text is "".  lang
 * may be "". */
void oai_element(struct buf *, const char *name, const char *lang,
    const char *text);

/* Is a value of that element of Dublin Core an address of the site, to which
 * base belongs? */
bool oai_is_address(const char *element, const char *value);

/* The domain of a site's address: what identifiers are unique in. */
void oai_domain(struct buf *, const char *base);

/* Which record a header is of. */
struct oai_header {
	const char *base;
	const char *local; /* "document/a-guide" */
	const char *datestamp;
	bool deleted;
	struct query *sets; /* column spec */
};

void oai_header(struct buf *, const struct oai_header *);

/* The record itself, <oai_dc:dc> or <mods>.  core has the columns element,
 * value and value_lang of view dublin_core, element by element. */
void oai_dublin_core(struct buf *, const char *base, struct query *core,
    const char *rights);

/* Where a record was harvested from, <about>: rows of repository, identifier,
 * datestamp and harvested. */
void oai_provenance(struct buf *, struct query *origins);

/* What MODS is made of. */
struct mods {
	const char *base;
	const char *identifier; /* "oai:example.org:document/a-guide" */
	const char *datestamp;
	const char *rights;     /* or "" */
	struct query *core;     /* element, value, value_lang */
	struct query *names;    /* name, lang: what else it is called */
	struct query *document; /* journal, series, number, pages, place,
				 * edition_note: one row, or none */
};
void mods_record(struct buf *, const struct mods *);

#endif
