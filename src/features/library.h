#ifndef FEATURES_LIBRARY_H
#define FEATURES_LIBRARY_H

#include "web/page.h"

page_handler library_index, library_item, library_pdf;

#endif
