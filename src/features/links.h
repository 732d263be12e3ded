#ifndef FEATURES_LINKS_H
#define FEATURES_LINKS_H

#include "web/page.h"

page_handler links_index, links_item, links_check, links_check_again;

#endif
