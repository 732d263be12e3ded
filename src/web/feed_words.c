#include <string.h>

#include "view/json.h"
#include "web/feed_words.h"

struct words {
	const char *code, *key;
};

static const struct words errors[] = {
	{ "bad-url", "feed_error_bad_url" },
	{ "broken", "feed_error_broken" },
	{ "cut", "feed_error_cut" },
	{ "doubled", "feed_error_doubled" },
	{ "forbidden", "feed_error_forbidden" },
	{ "gone", "feed_error_gone" },
	{ "no-connection", "feed_error_no_connection" },
	{ "no-feed", "feed_error_no_feed" },
	{ "no-host", "feed_error_no_host" },
	{ "not-a-feed", "feed_error_not_a_feed" },
	{ "redirects", "feed_error_redirects" },
	{ "status", "feed_error_status" },
	{ "timeout", "feed_error_timeout" },
	{ "tls", "feed_error_tls" },
	{ "too-long", "feed_error_too_long" },
	{ NULL, NULL },
};

static const struct words faults[] = {
	{ "bad-bytes", "feed_fault_bad_bytes" },
	{ "bad-date", "feed_fault_bad_date" },
	{ "bad-language", "feed_fault_bad_language" },
	{ "bad-link", "feed_fault_bad_link" },
	{ "bad-version", "feed_fault_bad_version" },
	{ "content-type", "feed_fault_content_type" },
	{ "controls", "feed_fault_controls" },
	{ "cut", "feed_fault_cut" },
	{ "doctype", "feed_fault_doctype" },
	{ "double", "feed_fault_double" },
	{ "double-escaped", "feed_fault_double_escaped" },
	{ "empty", "feed_fault_empty" },
	{ "encoding", "feed_fault_encoding" },
	{ "entity", "feed_fault_entity" },
	{ "entry", "feed_fault_entry" },
	{ "junk-after", "feed_fault_junk_after" },
	{ "junk-before", "feed_fault_junk_before" },
	{ "malformed", "feed_fault_malformed" },
	{ "no-channel", "feed_fault_no_channel" },
	{ "no-entries", "feed_fault_no_entries" },
	{ "no-feed-title", "feed_fault_no_feed_title" },
	{ "no-id", "feed_fault_no_id" },
	{ "no-title", "feed_fault_no_title" },
	{ "restless", "feed_fault_restless" },
	{ "shared-id", "feed_fault_shared_id" },
	{ "too-big", "feed_fault_too_big" },
	{ "too-deep", "feed_fault_too_deep" },
	{ "too-long", "feed_fault_too_long" },
	{ "too-many", "feed_fault_too_many" },
	{ "too-many-a-day", "feed_fault_too_many_a_day" },
	{ "too-many-entries", "feed_fault_too_many_entries" },
	{ NULL, NULL },
};

/* An object of what each code says. */
static void
name_words(struct page *p, const char *name, const struct words *all)
{
	struct buf json = { 0 };

	for (const struct words *w = all; w->code != NULL; w++) {
		const char *text = page_string(p, w->key);

		buf_printf(&json, "%s\"%s\":", w > all ? "," : "{", w->code);
		json_quote(&json, text, strlen(text));
	}
	buf_puts(&json, json.len > 0 ? "}" : "{}");
	page_text(p, name, json.data);
	buf_free(&json);
}

void
feed_words(struct page *p)
{
	name_words(p, "_feed_errors", errors);
	name_words(p, "_feed_faults", faults);
}

void
feed_words_faults(struct page *p, const char *json)
{
	page_text(p, "_faults_found", *json != '\0' ? json : "[]");
	page_rows(p, "odd",
	    "SELECT coalesce(:_feed_faults ->> code, message) AS fault,"
	    "  times, times > 1 AS _often, line FROM (SELECT"
	    "   value ->> 'code' AS code, value ->> 'message' AS message,"
	    "   count(*) AS times, min(nullif(value ->> 'line', 0)) AS line,"
	    "   min(key) AS place FROM json_each(:_faults_found)"
	    "  GROUP BY value ->> 'code') ORDER BY place");
}

void
feed_words_waiting(struct page *p)
{
	page_row(p,
	    "SELECT count(*) AS feeds_waiting, count(*) = 1 AS _feeds_one"
	    " FROM feed WHERE state = 'waiting' AND :_may_edit");
}
