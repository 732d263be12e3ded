#ifndef FEATURES_WITHDRAW_H
#define FEATURES_WITHDRAW_H

#include "web/page.h"

page_handler withdraw_form, withdraw_post, withdraw_undo;

#endif
