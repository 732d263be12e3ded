#ifndef FEATURES_DIGESTS_H
#define FEATURES_DIGESTS_H

#include "web/page.h"

page_handler digests_form, digests_form_post, digests_confirm,
    digests_confirm_post, digests_manage, digests_manage_post, digests_end,
    digests_end_post;

#endif
