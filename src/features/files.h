#ifndef FEATURES_FILES_H
#define FEATURES_FILES_H

#include "web/page.h"

page_handler files_item, files_mine, files_send;

#endif
