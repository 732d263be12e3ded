#ifndef VIEW_CSL_H
#define VIEW_CSL_H

#include "view/cited.h"

/*
 * A record as CSL-JSON, an element of an array: what comes before the first
 * and after the last is the caller's.
 */
cited_writer csl_put;

#endif
