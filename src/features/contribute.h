#ifndef FEATURES_CONTRIBUTE_H
#define FEATURES_CONTRIBUTE_H

#include "web/page.h"

/* Writing records and changing them, for every kind in the same way. */
page_handler contribute_index, contribute_pick;
page_handler contribute_new, contribute_new_post;
page_handler contribute_edit, contribute_edit_post;
page_handler contribute_item, contribute_item_post;
page_handler contribute_preview, contribute_preview_post;
page_handler contribute_changes;
page_handler contribute_merge;
page_handler contribute_suggest, contribute_suggest_post;

#endif
