#ifndef TESTS_VISITOR_H
#define TESTS_VISITOR_H

#include "data/password.h"
#include "test.h"

/*
 * A browser without a server: it keeps cookies, and sends the token of the
 * last page it saw with what it posts.  The site is on a copy of the content,
 * so that tests can write.
 *
 *	struct visitor v = visitor_open();
 *	member_add("Awa Exemple", "awa@example.org", "secret word", "member");
 *	sign_in(&v, "awa@example.org", "secret word");
 *	answer = submit(&v, "/en/schemes/new", "title.en=A+scheme");
 */
struct visitor {
	struct site *site;
	const char *origin;  /* of the Origin header, or NULL */
	const char *address; /* the network's */
	struct buf cookies;  /* "name=value; name=value" */
	struct buf token;    /* of the last page that had one */
};

static struct buf visitor_database;
static struct buf visitor_place; /* where the last answer led to */

static inline const char *
visitor_data(const char *name)
{
	static struct buf path;

	buf_clear(&path);
	buf_printf(&path, "%s/data/%s", test_dir(), name);
	return path.data;
}

/* The data directory is that of the test, and has the content. */
static inline struct visitor
visitor_open(void)
{
	struct buf command = { 0 }, why = { 0 };
	struct visitor v = { .address = "192.0.2.7" };
	const char *made = test_database("test-data", "content");

	buf_printf(&command, "mkdir -p %s/data && cp %.*s*.db %s/data/",
	    test_dir(), (int)(strlen(made) - strlen("mutua.db")), made,
	    test_dir());
	if (system(command.data) != 0)
		bail_out(command.data);
	buf_puts(&visitor_database, visitor_data("mutua.db"));
	v.site =
	    site_open(&(struct site_options){ .database = visitor_database.data,
			  .assets = "assets",
			  .base = "https://example.org",
			  .mail = "team@example.org",
			  .page_cache = 4 << 20 },
		&why);
	if (v.site == NULL)
		bail_out(buf_text(&why));
	buf_free(&command);
	buf_free(&why);
	return v;
}

/* Another browser at the same site. */
static inline struct visitor
visitor_beside(const struct visitor *v)
{
	return (struct visitor){ .site = v->site, .address = v->address };
}

static inline void
visitor_leave(struct visitor *v)
{
	buf_free(&v->cookies);
	buf_free(&v->token);
}

static inline void
visitor_close(struct visitor *v)
{
	site_close(v->site);
	visitor_leave(v);
	buf_free(&visitor_database);
	buf_free(&visitor_place);
}

/* Keep what a set-cookie says: "name=value; …". */
static inline void
visitor_keep(struct visitor *v, const char *cookie)
{
	size_t len = strcspn(cookie, ";\n"), name = strcspn(cookie, "=") + 1;
	struct buf rest = { 0 };

	for (const char *c = buf_text(&v->cookies); *c != '\0';) {
		size_t n = strcspn(c, ";");

		if (strncmp(c, cookie, name) != 0)
			buf_printf(&rest, "%s%.*s", rest.len > 0 ? "; " : "",
			    (int)n, c);
		c += n + strspn(c + n, "; ");
	}
	if (len > name)
		buf_printf(&rest, "%s%.*s", rest.len > 0 ? "; " : "", (int)len,
		    cookie);
	buf_free(&v->cookies);
	v->cookies = rest;
}

static inline const char *
visitor_ask(struct visitor *v, struct request *q)
{
	const char *answer, *at;

	q->host = "example.org";
	q->scheme = "https";
	q->origin = v->origin;
	q->address = v->address;
	q->user_agent = "Test";
	q->cookie = v->cookies.len > 0 ? v->cookies.data : NULL;
	answer = ask(v->site, q);
	for (at = answer; (at = strstr(at, "\nset-cookie: ")) != NULL;)
		visitor_keep(v, at += 13);
	at = strstr(answer, "name=\"_csrf\" value=\"");
	if (at != NULL) {
		buf_clear(&v->token);
		buf_put(&v->token, at + 20, strcspn(at + 20, "\""));
	}
	return answer;
}

/* Get "/en/schemes?country=SN". */
static inline const char *
visit(struct visitor *v, const char *url)
{
	size_t len = strcspn(url, "?");
	char *path = strndup(url, len);
	const char *answer = visitor_ask(v,
	    &(struct request){ .method = "GET",
		.path = path,
		.query = url[len] == '?' ? url + len + 1 : NULL });

	free(path);
	return answer;
}

/* Post a body just as it is. */
static inline const char *
post(struct visitor *v, const char *path, const char *fields)
{
	return visitor_ask(v,
	    &(struct request){ .method = "POST",
		.path = path,
		.content_type = "application/x-www-form-urlencoded",
		.body = fields,
		.body_len = strlen(fields) });
}

/* Post fields with the token of the last page. */
static inline const char *
submit(struct visitor *v, const char *path, const char *fields)
{
	struct buf body = { 0 };
	const char *answer;

	buf_printf(&body, "_csrf=%s%s%s", buf_text(&v->token),
	    *fields != '\0' ? "&" : "", fields);
	answer = post(v, path, body.data);
	buf_free(&body);
	return answer;
}

/* A member, straight into the database; returns the id. */
static inline int64_t
member_add(const char *name, const char *email, const char *password,
    const char *role)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	struct buf hash = { 0 };
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO member (name, email, email_key, password, lang, role,"
	    " created) VALUES (:name, :email, lower(:email), :password, 'en',"
	    " :role, '2026-01-01T00:00:00Z')"));
	int64_t id;

	password_hash(&hash, password, strlen(password));
	db_set_text(q, "name", name);
	db_set_text(q, "email", email);
	db_set_text(q, "password", hash.data);
	db_set_text(q, "role", role);
	if (!db_begin(db) || !db_run(q) || !db_commit(db))
		bail_out("member");
	id = db_last_id(db);
	buf_free(&hash);
	db_close(db);
	return id;
}

/* Where an answer leads, without what was done; until the next is asked. */
static inline const char *
led_to(const char *answer)
{
	const char *at = strstr(answer, "\nlocation: ");

	buf_clear(&visitor_place);
	if (at != NULL)
		buf_put(&visitor_place, at + 11, strcspn(at + 11, "?\n"));
	return buf_text(&visitor_place);
}

/* The member speaks for an organisation, by its slug. */
static inline void
speaks_for(const char *email, const char *organisation)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	struct query *q = db_restart(db_query(db,
	    "INSERT INTO spokesperson (member, organisation, since)"
	    " SELECT m.id, r.id, '2026' FROM member m, record r"
	    " WHERE m.email_key = :email AND r.kind = 'organisation'"
	    " AND r.slug = :slug"));

	db_set_text(q, "email", email);
	db_set_text(q, "slug", organisation);
	if (!db_begin(db) || !db_run(q) || !db_commit(db))
		bail_out("spokesperson");
	db_close(db);
}

static inline void
sign_in(struct visitor *v, const char *email, const char *password)
{
	struct buf fields = { 0 };

	visit(v, "/en/sign-in");
	buf_printf(&fields, "email=%s&password=%s", email, password);
	if (status(submit(v, "/en/sign-in", fields.data)) != 303)
		bail_out("cannot sign in");
	visit(v, "/en/");
	buf_free(&fields);
}

/* A number out of the test's database, as it is now. */
#define number_in(sql)                                                      \
	({                                                                  \
		struct db *db_ = db_open(visitor_database.data, DB_READ);   \
		int64_t n_ = db_number(db_restart(db_query(db_, sql)), -1); \
		db_close(db_);                                              \
		n_;                                                         \
	})

#endif
