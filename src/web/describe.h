#ifndef WEB_DESCRIBE_H
#define WEB_DESCRIBE_H

#include "web/page.h"

/*
 * What the head of an HTML page says to machines, by the name _head_html:
 * other forms of a record, Dublin Core, for publications what scholars' search
 * engines and reference managers look for, and schema.org (web/linked.h).  A
 * publication's answer also says by Link headers what is citable and where its
 * parts are (RFC 8288, Signposting).
 */
void describe_page(struct page *);

#endif
