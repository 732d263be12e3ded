#ifndef FEATURES_NEWS_H
#define FEATURES_NEWS_H

#include "web/page.h"

page_handler news_index, news_archive, news_item, news_close;

#endif
