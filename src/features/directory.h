#ifndef FEATURES_DIRECTORY_H
#define FEATURES_DIRECTORY_H

#include "web/page.h"

page_handler directory_organisations, directory_organisation;
page_handler directory_experts, directory_expert;

#endif
