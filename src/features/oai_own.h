#ifndef FEATURES_OAI_OWN_H
#define FEATURES_OAI_OWN_H

#include "view/oai.h"
#include "web/page.h"

/* What the files of OAI-PMH share: one request and its answer. */
enum oai_name {
	OAI_VERB,
	OAI_IDENTIFIER,
	OAI_PREFIX,
	OAI_FROM,
	OAI_UNTIL,
	OAI_SET,
	OAI_TOKEN,
	OAI_NAMES
};

struct oai {
	struct page *p;
	const char *base; /* "https://example.org" */
	struct oai_argument arguments[OAI_NAMES + 1]; /* text NULL: not given */
	struct buf out; /* inside the answer; what is there with a fault is
			 * dropped */
};

/* An answer is a handler of this kind: NULL, or the code of an error after
 * setting why. */
typedef const char *oai_handler(struct oai *, const char **why);

oai_handler oai_list_identifiers;
oai_handler oai_list_records;

const char *oai_text(const struct oai *, enum oai_name); /* "" if not given */

/* Can we say it in this format? */
bool oai_has_format(const char *prefix);

/* What identifiers begin with: "oai:example.org:". */
const char *oai_prefix(struct oai *);

/* One row of a list, with the columns record, local, datestamp and deleted:
 * its header, and the whole of it. */
void oai_put_header(struct oai *, struct query *row);
void oai_put_record(struct oai *, struct query *row, const char *prefix);

#endif
