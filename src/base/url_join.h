#ifndef BASE_URL_JOIN_H
#define BASE_URL_JOIN_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Put the absolute http or https address that a reference means, as it is
 * found on the page at base (RFC 3986, 5.2).
 *
 * The reference may be as careless as browsers take it: space around it, line
 * ends within, backslashes for slashes, characters that must be encoded.  What
 * is put is ASCII, without anything that HTML or Markdown would take for its
 * own: no space, quote, backslash, bar or bracket but ( ).  A host of other
 * letters is percent-encoded, as browsers and curl read it.  User and password
 * are left out: they are nobody's who reads the page.
 *
 * False, with nothing put, if it is of another scheme, has no host, is relative
 * while base ("" or NULL: none) is no such address, or is longer than URL_MAX.
 */
enum { URL_MAX = 2000 };

bool url_join(struct buf *, const char *base, const char *reference);

#endif
