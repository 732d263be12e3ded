#ifndef FEATURES_MACHINE_H
#define FEATURES_MACHINE_H

#include "web/page.h"

page_handler machine_sitemap, machine_sitemap_part, machine_robots,
    machine_opensearch, machine_icon;

#endif
