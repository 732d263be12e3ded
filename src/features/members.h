#ifndef FEATURES_MEMBERS_H
#define FEATURES_MEMBERS_H

#include "web/page.h"

page_handler members_index, members_item;
page_handler members_role, members_status, members_steward, members_steward_end;
page_handler members_spokesperson, members_spokesperson_end;

#endif
