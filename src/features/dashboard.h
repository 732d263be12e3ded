#ifndef FEATURES_DASHBOARD_H
#define FEATURES_DASHBOARD_H

#include "web/page.h"

page_handler dashboard_show;

#endif
