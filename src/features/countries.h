#ifndef FEATURES_COUNTRIES_H
#define FEATURES_COUNTRIES_H

#include "web/page.h"

page_handler countries_index, countries_item, countries_regions,
    countries_region;

#endif
