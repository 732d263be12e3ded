#ifndef CLI_EXTRACT_H
#define CLI_EXTRACT_H

#include "cli/jobs.h"

/*
 * The job 'text': read the words in a file, and let the search find the
 * documents that have it by them.  What can't be read says why in file_text,
 * and is not tried again.
 */
bool extract_text(struct jobs *, const char *sha, struct buf *why);

#endif
