#ifndef FEATURES_CONTRIBUTOR_H
#define FEATURES_CONTRIBUTOR_H

#include "web/page.h"

page_handler contributor_page;

#endif
