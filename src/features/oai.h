#ifndef FEATURES_OAI_H
#define FEATURES_OAI_H

#include "web/page.h"

/*
 * OAI-PMH 2.0 at /oai: libraries and search engines take all that is public,
 * and from then on only what has changed.  Both GET and POST; nothing is
 * written.
 */
page_handler oai_answer;

#endif
