#ifndef FEATURES_EVENTS_H
#define FEATURES_EVENTS_H

#include "web/page.h"

page_handler events_index, events_item;

#endif
