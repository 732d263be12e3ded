/* The site, address by address. */
#include "web/page.h"

enum { ITEM = HTML | JSON, LIST = HTML | JSON | CSV, FEED = LIST | ATOM | RSS };

/* clang-format off */
const struct route routes[] = {
/*	method	path				formats	who	handler		section */
{	NULL,	NULL,				0,	ANYONE,	NULL,		NULL		},
};
