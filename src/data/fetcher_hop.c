/*
 * One request of a fetcher: what is asked, and how much is listened to.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "data/fetcher_own.h"

enum {
	URL_BYTES = 2000,
	HEADER_BYTES = 64 * 1024,
	CONNECT_MS = 10 * 1000,
};

int64_t
fetcher_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A part of an address, kept; NULL if it has none. */
static const char *
part(struct errand *e, CURLU *u, CURLUPart which, unsigned flags)
{
	char *text = NULL;
	const char *kept = NULL;

	if (curl_url_get(u, which, &text, flags) == CURLUE_OK)
		kept = arena_keep(&e->answer.arena, text, strlen(text));
	curl_free(text);
	return kept;
}

/* Does fetch_allow name it?  A port that is not said is the scheme's own. */
static bool
is_allowed(const struct errand *e, const char *allow, bool usual_port)
{
	size_t host = strlen(e->host), port = strlen(e->port);

	while (*(allow += strspn(allow, " \t")) != '\0') {
		size_t n = strcspn(allow, " \t");

		if (n >= host && strncasecmp(allow, e->host, host) == 0 &&
		    ((n == host && usual_port) ||
			(n == host + 1 + port && allow[host] == ':' &&
			    memcmp(allow + host + 1, e->port, port) == 0)))
			return true;
		allow += n;
	}
	return false;
}

static bool
take_parts(struct errand *e, CURLU *u, const char *url, const char *allow)
{
	const char *scheme;

	if (curl_url_set(u, CURLUPART_URL, url,
		CURLU_DISALLOW_USER | CURLU_URLENCODE) != CURLUE_OK ||
	    curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0) != CURLUE_OK)
		return false;
	scheme = part(e, u, CURLUPART_SCHEME, 0);
	if (scheme == NULL ||
	    (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0))
		return false;
	e->url = part(e, u, CURLUPART_URL, 0);
	e->host = part(e, u, CURLUPART_HOST, 0);
	e->port = part(e, u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	if (e->url == NULL || e->host == NULL || e->port == NULL)
		return false;
	e->allowed = is_allowed(e, allow,
	    strcmp(e->port, scheme[4] == 's' ? "443" : "80") == 0);
	return true;
}

bool
errand_aim(struct errand *e, const char *url)
{
	CURLU *u;
	bool good;

	if (url == NULL || strlen(url) > URL_BYTES)
		return false;
	if ((u = curl_url()) == NULL)
		abort();
	good = take_parts(e, u, url, e->options->allow);
	curl_url_cleanup(u);
	return good;
}

/* The one place where an address is let through: the socket's own. */
static curl_socket_t
open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct errand *e = ctx;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    !(e->allowed || fetch_is_public(&to->addr))) {
		e->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* How many packings a list names; that it comes in chunks is none. */
static int
count_packings(const char *list, size_t len)
{
	static const char ends[] = " \t\r\n,";
	int n = 0;

	for (size_t at = 0, word; at < len; at += word + 1) {
		for (word = 0; at + word < len &&
		     memchr(ends, list[at + word], sizeof(ends) - 1) == NULL;)
			word++;
		n += word > 0 && strncasecmp(list + at, "chunked", word) != 0 &&
		    strncasecmp(list + at, "identity", word) != 0;
	}
	return n;
}

static int
packings_of(const char *line, size_t len)
{
	static const char *const names[] = { "content-encoding:",
		"transfer-encoding:" };

	for (int i = 0; i < 2; i++) {
		size_t n = strlen(names[i]);

		if (len > n && strncasecmp(line, names[i], n) == 0)
			return count_packings(line + n, len - n);
	}
	return 0;
}

/* Whoever packs twice can have us unpack for hours what is nothing in the end:
 * neither bytes nor time are looked at in between. */
static size_t /* NOLINTNEXTLINE(readability-non-const-parameter): curl's */
take_header(char *data, size_t size, size_t n, void *ctx)
{
	struct errand *e = ctx;

	e->header_bytes += size * n;
	e->packings += packings_of(data, size * n);
	if (e->header_bytes <= HEADER_BYTES && e->packings <= 1)
		return size * n;
	e->overflow = true;
	return 0;
}

static size_t
take_body(char *data, size_t size, size_t n, void *ctx)
{
	struct errand *e = ctx;

	if ((int64_t)(e->answer.body.len + size * n) > e->want.bytes) {
		e->overflow = true;
		return 0;
	}
	buf_put(&e->answer.body, data, size * n);
	return size * n;
}

static void
say(struct errand *e, const char *name, const char *value)
{
	const char *line;

	if (value == NULL)
		return;
	line = arena_printf(&e->answer.arena, "%s: %s", name, value);
	e->headers = curl_slist_append(e->headers, line);
	if (e->headers == NULL)
		abort();
}

static void
ask(struct errand *e)
{
	CURL *c = e->curl;

	say(e, "Accept", e->want.accept);
	say(e, "If-None-Match", e->want.etag);
	say(e, "If-Modified-Since", e->want.modified);
	curl_easy_setopt(c, CURLOPT_URL, e->url);
	curl_easy_setopt(c, CURLOPT_USERAGENT, e->options->agent);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, e->headers);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	if (e->want.post != NULL)
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, e->want.post);
	else if (e->head)
		curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
}

/* What curl would do by itself or by its surroundings is switched off. */
static void
restrain(struct errand *e)
{
	CURL *c = e->curl;

	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, e);
}

static void
listen_to(struct errand *e)
{
	CURL *c = e->curl;
	int64_t left = e->deadline - fetcher_now();

	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)(left > 0 ? left : 1));
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, e);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, e);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, e->error);
	curl_easy_setopt(c, CURLOPT_PRIVATE, e);
}

void
errand_prepare(struct errand *e)
{
	e->curl = curl_easy_init();
	if (e->curl == NULL)
		abort();
	e->header_bytes = 0;
	e->packings = 0;
	e->refused = e->overflow = false;
	e->error[0] = '\0';
	buf_clear(&e->answer.body);
	ask(e);
	restrain(e);
	listen_to(e);
}

void
errand_clean(struct errand *e)
{
	if (e->curl != NULL)
		curl_easy_cleanup(e->curl);
	curl_slist_free_all(e->headers);
	e->curl = NULL;
	e->headers = NULL;
}
