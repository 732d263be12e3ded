#ifndef FEATURES_PAGES_H
#define FEATURES_PAGES_H

#include "web/page.h"

page_handler pages_index, pages_item, pages_short;

#endif
