#ifndef FEATURES_REVIEW_H
#define FEATURES_REVIEW_H

#include "web/page.h"

page_handler review_index, review_item, review_item_post;

#endif
