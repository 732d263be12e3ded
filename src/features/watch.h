#ifndef FEATURES_WATCH_H
#define FEATURES_WATCH_H

#include "web/page.h"

page_handler watch_record, watch_record_end, watch_search_form, watch_search,
    watch_index, watch_change, watch_feed, watch_unsubscribe_form,
    watch_unsubscribe;

#endif
