#ifndef FEATURES_HEALTH_H
#define FEATURES_HEALTH_H

#include "web/page.h"

page_handler health_check;

#endif
