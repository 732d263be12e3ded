#include <stdlib.h>
#include <strings.h>

#include "data/feed_own.h"

/*
 * Media RSS, in RSS and in Atom: what is shown or played is an enclosure.
 */

/* A picture says rarely of which kind it is. */
static const char *
type_of(struct reading *r, const xmlNode *n)
{
	const char *type = feed_attribute(r, n, "type");
	const char *medium = feed_attribute(r, n, "medium");

	if (type != NULL)
		return type;
	if (feed_is(n, SPACE_MEDIA, "thumbnail"))
		return "image/*";
	if (medium != NULL &&
	    (strcasecmp(medium, "image") == 0 ||
		strcasecmp(medium, "audio") == 0 ||
		strcasecmp(medium, "video") == 0))
		return arena_printf(r->arena, "%s/*", medium);
	return NULL;
}

static void
add(struct reading *r, const xmlNode *n, struct draft *d)
{
	const char *size = feed_attribute(r, n, "fileSize");
	const char *url = feed_attribute(r, n, "url");

	if (url == NULL)
		return;
	feed_add_enclosure(r, d, feed_base(r, n, d->base),
	    (struct feed_enclosure){ .url = url,
		.type = type_of(r, n),
		.length = size != NULL && *size >= '1' && *size <= '9'
		    ? strtoll(size, NULL, 10)
		    : -1 });
}

void
feed_media(struct reading *r, const xmlNode *n, struct draft *d)
{
	for (const xmlNode *c = n->children; c != NULL; c = c->next) {
		if (feed_is(c, SPACE_MEDIA, "content") ||
		    feed_is(c, SPACE_MEDIA, "thumbnail"))
			add(r, c, d);
		if (feed_is(c, SPACE_MEDIA, "content") ||
		    feed_is(c, SPACE_MEDIA, "group"))
			feed_media(r, c, d);
	}
}
