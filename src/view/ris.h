#ifndef VIEW_RIS_H
#define VIEW_RIS_H

#include "view/cited.h"

/*
 * A record in RIS, as reference managers read it: a line for each value, from
 * "TY  - " to "ER  - ", in UTF-8 with CRLF.  No value can begin a line.
 */
cited_writer ris_put;

#endif
