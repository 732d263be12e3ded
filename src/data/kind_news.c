/*
 * News: a text like any other record's, with a picture and with times: when it
 * is over, and from when to when it is announced on every page.
 */
#include "data/kind_family.h"

/* clang-format off */

const char *const news_groups[] = {
	"identification", "image", "whose", "place", "contacts", "support",
	"figures", "times", NULL
};

const struct field news_fields[] = {
	FIELD("image", FILE, .group = "image"),
	FIELD("image_alt", TEXTS, .group = "image", .high = 500),
	FIELD("image_credit", TEXT, .group = "image", .high = 200),
	FIELD("organisation", RECORD, .of = "organisation",
	    .group = "whose"),
	FIELD("author", TEXT, .group = "whose", .high = 200),
	FIELD("source_url", URL, .group = "whose"),
	FIELD("expires", TIME, .group = "times"),
	FIELD("announce_from", TIME, .group = "times", .reserved = true),
	FIELD("announce_until", TIME, .group = "times", .reserved = true),
	END
};
/* clang-format on */
