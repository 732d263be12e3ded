#ifndef FEATURES_HOME_H
#define FEATURES_HOME_H

#include "web/page.h"

page_handler home_door, home_index;

#endif
