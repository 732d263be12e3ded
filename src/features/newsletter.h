#ifndef FEATURES_NEWSLETTER_H
#define FEATURES_NEWSLETTER_H

#include "web/page.h"

page_handler newsletter_index, newsletter_item, newsletter_send,
    newsletter_send_post;

#endif
