#ifndef FEATURES_CONVENTIONS_H
#define FEATURES_CONVENTIONS_H

#include "web/page.h"

page_handler conventions_index, conventions_item;

#endif
