#ifndef FEATURES_THEMES_H
#define FEATURES_THEMES_H

#include "web/page.h"

page_handler themes_index, themes_item, themes_questions, themes_question;

#endif
