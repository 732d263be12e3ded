#ifndef FEATURES_CONFIRM_H
#define FEATURES_CONFIRM_H

#include "web/page.h"

page_handler confirm_form, confirm_post, confirm_record;

#endif
