#ifndef FEATURES_CHANGES_H
#define FEATURES_CHANGES_H

#include "web/page.h"

page_handler changes_index;

#endif
