/*
 * What must hold between the fields of news: a picture is one, and is told in
 * words; times are in order.
 */
#include "data/check.h"

enum { PICTURE_KB = 500 }; /* readers are on slow lines */

/* A file of the store; a fault if it is there and can't be shown. */
static void
check_picture(struct check *c, const struct node *n)
{
	struct query *q = db_restart(db_query(c->db,
	    "SELECT type GLOB 'image/*', bytes FROM file WHERE sha256 = :sha"));

	db_set_text(q, "sha", n->text);
	if (db_next(q)) {
		if (db_int(q, 0) == 0)
			check_fault(c, n, n->key, "is not a picture");
		else if (db_int(q, 1) > INT64_C(1000) * PICTURE_KB)
			check_fault(c, n, n->key,
			    "is larger than %d KB: make the picture smaller",
			    PICTURE_KB);
	}
	db_restart(q);
}

static void
check_image(struct check *c, const struct node *r)
{
	const struct node *image = node_get(r, "image");

	if (image == NULL)
		return;
	check_picture(c, image);
	if (node_get(r, "image_alt") == NULL)
		check_fault(c, r, "image_alt",
		    "is missing: what does the picture show?");
}

void
check_news(struct check *c, const struct node *r)
{
	const struct node *from = node_get(r, "announce_from");

	check_image(c, r);
	check_order(c, r, "published", "expires");
	check_order(c, r, "announce_from", "announce_until");
	if (from != NULL && node_get(r, "announce_until") == NULL)
		check_fault(c, from, "announce_from", "%s must be given too",
		    check_called(c, "field", "announce_until"));
}
