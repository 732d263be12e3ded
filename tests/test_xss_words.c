/*
 * Hostile texts in whatever is no record: names of members and of their files,
 * reasons, what is watched.
 */
#include "hostile.h"

/* Send a payload in each of some fields, "name about"; fixed ones before. */
static void
say(struct visitor *v, const char *path, const char *fixed, const char *names,
    const char *payload)
{
	struct buf body = { 0 };

	buf_puts(&body, fixed);
	while (*names != '\0') {
		size_t n = strcspn(names, " ");

		buf_printf(&body, "&%.*s=", (int)n, names);
		url_encode(&body, payload, strlen(payload));
		names += n + (names[n] == ' ');
	}
	look(path, submit(v, path, body.data));
	buf_free(&body);
}

static void
send_file(struct visitor *v, const char *name, size_t i)
{
	struct buf b = { 0 };

	buf_printf(&b,
	    "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s"
	    "\r\n--b\r\nContent-Disposition: form-data; name=\"file\";"
	    " filename=\"",
	    buf_text(&v->token));
	for (; *name != '\0'; name++)
		buf_printf(&b, *name == '"' ? "%%22" : "%c", *name);
	buf_printf(&b, ".txt\"\r\n\r\nwords %zu\n\r\n--b--\r\n", i);
	look("/en/files",
	    visitor_ask(v,
		&(struct request){ .method = "POST",
		    .path = "/en/files",
		    .content_type = "multipart/form-data; boundary=b",
		    .body = b.data,
		    .body_len = b.len }));
	buf_free(&b);
}

/* Names of members and files, reasons, what is watched. */
static void
test_elsewhere(struct visitor *v)
{
#define TAKEN "/en/schemes/mss-benin"
	static const char *const places[] = { "/en/account", "/en/members/1",
		"/en/admin/members", "/en/admin/members/1", "/en/watches",
		"/en/dashboard", "/en/files", TAKEN, TAKEN "/history",
		"/en/account/sessions", "/en/changes" };
	struct buf query = { 0 };

	bad_pages = 0;
	forget_limits();
	for (size_t i = 0; i < 2 * ROUNDS; i++) {
		const char *payload = payloads[i * STRIDE % npayloads];

		buf_clear(&query);
		buf_puts(&query, "q=");
		url_encode(&query, payload, strlen(payload));
		visit(v, "/en/files");
		say(v, "/en/account", "language=en", "name organisation about",
		    payload);
		say(v, "/en/watch", "of=/schemes", "for", query.data);
		send_file(v, payload, i);
		say(v, TAKEN "/withdraw", "", "reason", payload);
		for (size_t l = 0; l < sizeof(places) / sizeof(places[0]); l++)
			look(places[l], visit(v, places[l]));
		submit(v, TAKEN "/restore", "");
	}
	ok(bad_pages == 0,
	    "names of members and files, reasons, what is watched: all text");
	buf_free(&query);
}

int
main(void)
{
	struct visitor v = visitor_open();

	read_payloads();
	member_add("Awa Exemple", "awa@example.org", "secret word",
	    "administrator");
	sign_in(&v, "awa@example.org", "secret+word");
	test_elsewhere(&v);
	ok(number_in("SELECT count(*) FROM file") > ROUNDS &&
		number_in("SELECT count(*) FROM state.watch") > ROUNDS &&
		number_in("SELECT name <> 'Awa Exemple' FROM member") == 1 &&
		number_in("SELECT count(*) FROM revision v JOIN record r ON"
			  " r.id = v.record WHERE r.slug = 'mss-benin'") >
		    ROUNDS,
	    "which have all been kept");
	forget_payloads();
	visitor_close(&v);
	return done();
}
