#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "data/message.h"
#include "data/smtp.h"

enum {
	CONNECT_SECONDS = 15,
	SECONDS = 90,      /* for one mail */
	IDLE_SECONDS = 20, /* after which a connection is not used again */
	REPLY_BYTES = 300,
};

/* What we asked last: what a refusal means depends on it. */
enum step { CONNECTING, SENDER, RECIPIENT, CONTENT };

struct smtp {
	const struct smtp_options *options;
	CURL *curl;
	char error[CURL_ERROR_SIZE];
	char reply[REPLY_BYTES]; /* the server's last refusal */
	enum step step;
	const struct buf *mail; /* on its way, and how much of it is gone */
	size_t gone;
	struct arena arena;
};

static bool
begins(const char *s, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && memcmp(s, with, n) == 0;
}

/* Listen to what is said, both ways. */
static int
overhear(CURL *curl, curl_infotype type, char *data, size_t len, void *ctx)
{
	struct smtp *s = ctx;

	(void)curl;
	if (type == CURLINFO_HEADER_IN && (*data == '4' || *data == '5')) {
		size_t n = len < REPLY_BYTES ? len : REPLY_BYTES - 1;

		memcpy(s->reply, data, n);
		s->reply[n] = '\0';
	} else if (type == CURLINFO_HEADER_OUT) {
		if (begins(data, len, "MAIL"))
			s->step = SENDER;
		else if (begins(data, len, "RCPT"))
			s->step = RECIPIENT;
		else if (begins(data, len, "DATA"))
			s->step = CONTENT;
	}
	return 0;
}

static size_t
hand_over(char *to, size_t size, size_t n, void *ctx)
{
	struct smtp *s = ctx;
	size_t left = s->mail->len - s->gone;

	if (left > size * n)
		left = size * n;
	memcpy(to, s->mail->data + s->gone, left);
	s->gone += left;
	return left;
}

/* Once all of a mail is gone, its fate is better known than guessed. */
static int
watch(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct smtp *s = ctx;

	(void)a, (void)b, (void)c, (void)d;
	return s->gone < s->mail->len && s->options->stop != NULL &&
	    s->options->stop();
}

static bool
is_here(const char *url)
{
	const char *host = strstr(url, "//") + 2;
	size_t n = strcspn(host, "]");

	if (*host == '[')
		return n == 4 && memcmp(host, "[::1", 4) == 0;
	n = strcspn(host, ":");
	return (n == 9 && memcmp(host, "localhost", 9) == 0) ||
	    strncmp(host, "127.", 4) == 0;
}

static long
security(const struct smtp_options *o)
{
	if (is_here(o->url))
		return CURLUSESSL_NONE;
	return *o->user != '\0' ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

static void
set_up(struct smtp *s)
{
	const struct smtp_options *o = s->options;
	CURL *c = s->curl;

	curl_easy_setopt(c, CURLOPT_URL,
	    arena_printf(&s->arena, "%s/%s", o->url, strchr(o->from, '@') + 1));
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_USE_SSL, security(o));
	if (*o->user != '\0') {
		curl_easy_setopt(c, CURLOPT_USERNAME, o->user);
		curl_easy_setopt(c, CURLOPT_PASSWORD, o->password);
	}
	curl_easy_setopt(c, CURLOPT_MAIL_FROM,
	    arena_printf(&s->arena, "<%s>", o->from));
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, hand_over);
	curl_easy_setopt(c, CURLOPT_READDATA, s);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)SECONDS);
	curl_easy_setopt(c, CURLOPT_MAXAGE_CONN, (long)IDLE_SECONDS);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, s->error);
	curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, overhear);
	curl_easy_setopt(c, CURLOPT_DEBUGDATA, s);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, s);
}

struct smtp *
smtp_open(const struct smtp_options *options)
{
	struct smtp *s = calloc(1, sizeof(*s));

	if (s == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (s->curl = curl_easy_init()) == NULL)
		abort();
	s->options = options;
	set_up(s);
	return s;
}

void
smtp_close(struct smtp *s)
{
	curl_easy_cleanup(s->curl);
	curl_global_cleanup();
	arena_free(&s->arena);
	free(s);
}

/* In the server's words if it refused, else in curl's. */
static void
explain(const struct smtp *s, long code, CURLcode result, struct buf *why)
{
	if (code >= 400 && *s->reply != '\0')
		message_flatten(why, s->reply);
	else
		message_flatten(why,
		    *s->error != '\0' ? s->error : curl_easy_strerror(result));
}

/* A refusal of the recipient or of the mail is about this mail; any other is
 * about us, and changes when somebody has looked after it. */
static enum smtp_answer
judge(const struct smtp *s, long code, CURLcode result)
{
	if (result == CURLE_OK)
		return SMTP_TAKEN;
	if (s->step < RECIPIENT)
		return SMTP_DOWN;
	return code >= 500 && code < 600 ? SMTP_NEVER : SMTP_LATER;
}

enum smtp_answer
smtp_send(struct smtp *s, const char *to, const struct buf *mail,
    struct buf *why)
{
	struct curl_slist *list;
	struct buf address = { 0 };
	CURLcode result;
	long code = 0;

	buf_printf(&address, "<%s>", to);
	list = curl_slist_append(NULL, address.data);
	buf_free(&address);
	if (list == NULL)
		abort();
	s->mail = mail;
	s->gone = 0;
	s->step = CONNECTING;
	s->error[0] = s->reply[0] = '\0';
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, list);
	curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE,
	    (curl_off_t)mail->len);
	result = curl_easy_perform(s->curl);
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(list);
	if (result != CURLE_OK)
		explain(s, code, result, why);
	return judge(s, code, result);
}
