#ifndef FEATURES_WAITING_H
#define FEATURES_WAITING_H

#include "web/page.h"

page_handler waiting_mail, waiting_mail_again, waiting_jobs, waiting_jobs_again;

#endif
