#ifndef FEATURES_SEARCH_H
#define FEATURES_SEARCH_H

#include "web/page.h"

page_handler search_index, search_suggestions, search_suggestions_door,
    search_completions;

#endif
