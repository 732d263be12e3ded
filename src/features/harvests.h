#ifndef FEATURES_HARVESTS_H
#define FEATURES_HARVESTS_H

#include "web/page.h"

page_handler harvests_index;

#endif
