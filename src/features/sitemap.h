#ifndef FEATURES_SITEMAP_H
#define FEATURES_SITEMAP_H

#include "web/page.h"

page_handler sitemap_page;

#endif
