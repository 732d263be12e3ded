#include <string.h>

#include "base/url.h"
#include "web/notice.h"

/* A line each, in the order of the alphabet. */
/* clang-format off */
const char *const notices[] = {
	"done_again",
	"done_asked",
	"done_brought_back",
	"done_carried_out",
	"done_confirmed",
	"done_declined",
	"done_deleted",
	"done_discarded",
	"done_email",
	"done_email_sent",
	"done_feed_approved",
	"done_feed_declined",
	"done_feed_deleted",
	"done_feed_look",
	"done_feed_sent",
	"done_feed_withdrawn",
	"done_file",
	"done_joined",
	"done_known",
	"done_mail_tried",
	"done_mailing",
	"done_meanwhile",
	"done_merged",
	"done_password",
	"done_password_chosen",
	"done_published",
	"done_restored",
	"done_resumed",
	"done_reviewed",
	"done_saved",
	"done_scheduled",
	"done_session",
	"done_submitted",
	"done_subscribed",
	"done_suggested",
	"done_taken_back",
	"done_watches_full",
	"done_watching",
	"done_watching_ended",
	"done_withdrawn",
	NULL,
};
/* clang-format on */

static const char *
find(const char *done)
{
	for (size_t i = 0; notices[i] != NULL; i++)
		if (strcmp(notices[i] + strlen("done_"), done) == 0)
			return notices[i];
	return NULL;
}

void
notice_name(struct page *p)
{
	const char *query = p->request->query, *key = NULL;
	struct buf done = { 0 };

	if (query != NULL && url_param(&done, query, "done"))
		key = find(buf_text(&done));
	page_text(p, "_notice", key != NULL ? page_string(p, key) : "");
	buf_free(&done);
}
