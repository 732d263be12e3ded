#ifndef DATA_OFFICE_H
#define DATA_OFFICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * The words of an office document (ODT, ODS, DOCX, XLSX), a paragraph a line.
 *
 * Reads the archive within the limits of unzip.h, and XML without entities,
 * DTDs or anything outside it.  False if it is none, or not sound; what was
 * found by then has been put.
 */
bool office_text(struct buf *, const char *type, const char *bytes, size_t len);

#endif
