#ifndef FEATURES_ACCOUNTS_H
#define FEATURES_ACCOUNTS_H

#include "web/page.h"

page_handler accounts_sign_in, accounts_sign_in_post, accounts_sign_out;

#endif
