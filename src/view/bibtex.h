#ifndef VIEW_BIBTEX_H
#define VIEW_BIBTEX_H

#include "view/cited.h"

/*
 * A record as an entry of BibTeX, in UTF-8.
 *
 * Titles and the names of bodies stand in braces of their own, so that no
 * style changes their capitals or parts them.  What means something to TeX is
 * written as what it looks like; braces balance whatever the text.
 */
cited_writer bibtex_put;

#endif
