#ifndef FEATURES_ACCOUNTS_H
#define FEATURES_ACCOUNTS_H

#include "web/page.h"

page_handler accounts_sign_in, accounts_sign_in_post, accounts_sign_out;
page_handler accounts_join, accounts_join_post;
page_handler accounts_join_confirm, accounts_join_confirm_post;
page_handler accounts_lost, accounts_lost_post;
page_handler accounts_renew, accounts_renew_post;
page_handler accounts_profile, accounts_profile_post;
page_handler accounts_email, accounts_email_post;
page_handler accounts_email_confirm, accounts_email_confirm_post;
page_handler accounts_password, accounts_password_post;
page_handler accounts_sessions, accounts_sessions_post;
page_handler accounts_export;
page_handler accounts_delete, accounts_delete_post;

#endif
