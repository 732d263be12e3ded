#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include <stdbool.h>

#include "web/compress.h"
#include "web/http.h"

/*
 * Stylesheets, scripts, icons: read at start, sent from memory.
 *
 * "css/site.css" has the address /assets/css/site.1a2b3c4d.css, which changes
 * with what is in it and so may be kept for ever.  /assets/css/site.css works
 * too, for files that point to each other, and is asked for each time.
 */
struct assets;

/*
 * Read the folders in dir, except templates and strings; a file of a type we
 * don't know is not an asset.  NULL after saying why.  The caller closes; the
 * compressor is needed for the time of the call.
 */
struct assets *assets_open(const char *dir, struct compress *, struct buf *why);
void assets_close(struct assets *);

/* The address of "css/site.css", good until assets_close(); NULL if there is
 * no such asset. */
const char *asset_url(const struct assets *, const char *name);

/* Answer a path that begins with /assets/; false if it is none of ours. */
bool asset_serve(const struct assets *, const struct request *,
    struct response *);

#endif
