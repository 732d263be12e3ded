#ifndef FEATURES_SCHEMES_H
#define FEATURES_SCHEMES_H

#include "web/page.h"

page_handler schemes_index, schemes_item, schemes_data, schemes_package;

#endif
