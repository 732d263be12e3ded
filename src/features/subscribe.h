#ifndef FEATURES_SUBSCRIBE_H
#define FEATURES_SUBSCRIBE_H

#include "web/page.h"

page_handler subscribe_page;

#endif
