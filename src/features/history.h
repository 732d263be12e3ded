#ifndef FEATURES_HISTORY_H
#define FEATURES_HISTORY_H

#include "web/page.h"

page_handler history_index, history_revision, history_restore;

#endif
