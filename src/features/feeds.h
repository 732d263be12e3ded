#ifndef FEATURES_FEEDS_H
#define FEATURES_FEEDS_H

#include "web/page.h"

page_handler feeds_index, feeds_item, feeds_item_post;
page_handler feeds_new, feeds_new_post, feeds_try, feeds_try_post;

#endif
