#ifndef FEATURES_DIGESTS_OWN_H
#define FEATURES_DIGESTS_OWN_H

#include "web/page.h"

/* The page where whoever reads an address's mails sees and changes all that is
 * sent there: its address, for a subscriber's id. */
const char *digests_own_url(struct page *, int64_t subscriber);

#endif
