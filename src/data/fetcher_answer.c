/*
 * What a request of a fetcher was answered, and what follows from it.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "data/fetcher_own.h"
#include "data/message.h"

enum { HEADER_TEXT = 500 }; /* bytes of one that is kept */

static const char *
header(const struct errand *e, const char *name, size_t which)
{
	struct curl_header *h;

	if (curl_easy_header(e->curl, name, which, CURLH_HEADER, -1, &h) !=
	    CURLHE_OK)
		return NULL;
	return h->value;
}

/* One that is kept, and maybe sent again: short and plain, or none. */
static const char *
kept_header(struct errand *e, const char *name)
{
	const char *s = header(e, name, 0);
	size_t len = s != NULL ? strlen(s) : 0;

	if (len > HEADER_TEXT)
		return "";
	for (size_t i = 0; i < len; i++)
		if (s[i] < ' ' || s[i] > '~')
			return "";
	return len > 0 ? arena_keep(&e->answer.arena, s, len) : "";
}

/* Digits as a number of seconds, at most some years; -1 if there are none. */
static int64_t
seconds(const char *s)
{
	size_t n = strspn(s, "0123456789");

	if (n == 0)
		return -1;
	return n > 9 ? 999999999 : strtol(s, NULL, 10);
}

static int64_t
from_now(const char *date, int64_t now)
{
	time_t then = curl_getdate(date, NULL);

	return then > now ? then - now : 0;
}

static int64_t
max_age(const struct errand *e, int64_t now)
{
	const char *s, *at;
	const char *expires = header(e, "Expires", 0);
	const char *date = header(e, "Date", 0);

	for (size_t i = 0; (s = header(e, "Cache-Control", i)) != NULL; i++)
		if ((at = strcasestr(s, "max-age=")) != NULL &&
		    (at == s || strchr(" ,\t", at[-1]) != NULL))
			return seconds(at + 8 + (at[8] == '"'));
	if (expires == NULL)
		return -1;
	if (date != NULL && curl_getdate(date, NULL) != -1)
		now = curl_getdate(date, NULL);
	return from_now(expires, now);
}

static int64_t
retry_after(const struct errand *e, int64_t now)
{
	const char *s = header(e, "Retry-After", 0);

	if (s == NULL)
		return -1;
	if (seconds(s) != -1)
		return seconds(s);
	return curl_getdate(s, NULL) != -1 ? from_now(s, now) : -1;
}

static enum fetch_outcome
outcome(const struct errand *e, CURLcode result)
{
	switch (result) {
	case CURLE_OK:
		return FETCH_ANSWERED;
	case CURLE_URL_MALFORMAT:
		return FETCH_BAD_URL;
	case CURLE_COULDNT_RESOLVE_HOST:
		return FETCH_NO_HOST;
	case CURLE_COULDNT_CONNECT:
		return e->refused ? FETCH_FORBIDDEN : FETCH_NO_CONNECTION;
	case CURLE_OPERATION_TIMEDOUT:
		return FETCH_TIMEOUT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return FETCH_TLS;
	case CURLE_OUT_OF_MEMORY:
		abort();
	default:
		return e->overflow ? FETCH_TOO_LONG : FETCH_BROKEN;
	}
}

static void
explain(struct errand *e, const char *words)
{
	struct buf why = { 0 };

	message_flatten(&why, words);
	why.len = utf8_valid(buf_text(&why), why.len);
	e->answer.why = arena_keep(&e->answer.arena, buf_text(&why), why.len);
	buf_free(&why);
}

void
errand_fail(struct errand *e, enum fetch_outcome what, const char *why)
{
	e->answer.outcome = what;
	buf_free(&e->answer.body);
	explain(e, why);
}

void
errand_read(struct errand *e, CURLcode result)
{
	struct fetched *a = &e->answer;
	int64_t now = time(NULL);
	long status = 0;

	curl_easy_getinfo(e->curl, CURLINFO_RESPONSE_CODE, &status);
	a->status = (int)status;
	a->url = e->url;
	a->outcome = outcome(e, result);
	if (a->outcome != FETCH_ANSWERED) {
		errand_fail(e, a->outcome,
		    *e->error != '\0' ? e->error : curl_easy_strerror(result));
		return;
	}
	a->type = kept_header(e, "Content-Type");
	a->etag = kept_header(e, "ETag");
	a->modified = kept_header(e, "Last-Modified");
	a->max_age = max_age(e, now);
	a->retry_after = retry_after(e, now);
}

/* Where a redirect leads; NULL if it is none. */
static const char *
redirect(const struct errand *e)
{
	const char *url = NULL;

	switch (e->answer.status) {
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		curl_easy_getinfo(e->curl, CURLINFO_REDIRECT_URL, &url);
		return url;
	default:
		return NULL;
	}
}

static bool
was_there(const struct errand *e)
{
	for (int i = 0; i < e->redirects; i++)
		if (strcmp(e->been[i], e->url) == 0)
			return true;
	return false;
}

/* A page that was posted to sends the visitor on to read; only 307 and 308
 * ask for the same again. */
static void
adapt(struct errand *e)
{
	int status = e->answer.status;

	if (status != 307 && status != 308)
		e->want.post = NULL;
	e->permanent = e->permanent && (status == 301 || status == 308);
	if (e->permanent)
		e->answer.moved = e->url;
}

static bool
follow(struct errand *e, const char *to)
{
	if (e->redirects == FETCH_HOPS) {
		errand_fail(e, FETCH_REDIRECTS, "too many redirects");
		return false;
	}
	e->been[e->redirects++] = e->url;
	if (!errand_aim(e, to))
		errand_fail(e, FETCH_REDIRECTS, "redirected to nowhere");
	else if (was_there(e))
		errand_fail(e, FETCH_REDIRECTS, "redirected in a circle");
	else
		adapt(e);
	return e->answer.outcome == FETCH_ANSWERED;
}

/* Some servers answer a HEAD as nothing else: by an error, or by hanging up.
 * One that asks to be left alone (429, 503) is. */
static bool
refuses_head(const struct errand *e)
{
	const struct fetched *a = &e->answer;

	if (!e->head || a->outcome == FETCH_BROKEN)
		return e->head;
	return a->outcome == FETCH_ANSWERED && a->status >= 400 &&
	    a->status != 429 && a->status != 503;
}

bool
errand_goes_on(struct errand *e)
{
	const char *to;

	if (refuses_head(e)) {
		e->head = false;
		return true;
	}
	if (e->answer.outcome != FETCH_ANSWERED)
		return false;
	to = redirect(e);
	return to != NULL && follow(e, to);
}

const char *
fetch_outcome_code(enum fetch_outcome what)
{
	static const char *const codes[] = {
		[FETCH_ANSWERED] = "",
		[FETCH_BAD_URL] = "bad-url",
		[FETCH_FORBIDDEN] = "forbidden",
		[FETCH_NO_HOST] = "no-host",
		[FETCH_NO_CONNECTION] = "no-connection",
		[FETCH_TLS] = "tls",
		[FETCH_REDIRECTS] = "redirects",
		[FETCH_TOO_LONG] = "too-long",
		[FETCH_TIMEOUT] = "timeout",
		[FETCH_BROKEN] = "broken",
		[FETCH_STOPPED] = "stopped",
	};

	return codes[what];
}
