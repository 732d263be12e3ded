#ifndef TESTS_MAILBOX_H
#define TESTS_MAILBOX_H

#include "visitor.h"

/*
 * Reading the mail of a test: what stands in the outbox; what the jobs do, and
 * a form that has been open for a while.
 */

/* A text out of the test's database, good until the next one. */
#define text_in(sql)                                                      \
	({                                                                \
		static char text_[16384];                                 \
		struct db *db_ = db_open(visitor_database.data, DB_READ); \
		struct query *q_ = db_restart(db_query(db_, sql));        \
		snprintf(text_, sizeof(text_), "%s",                      \
		    db_next(q_) ? db_text(q_, 0) : "");                   \
		db_restart(q_);                                           \
		db_close(db_);                                            \
		(const char *)text_;                                      \
	})

/* Change the test's database. */
#define change_in(sql)                                                     \
	({                                                                 \
		struct db *db_ = db_open(visitor_database.data, DB_WRITE); \
		if (!db_begin(db_) ||                                      \
		    !db_run(db_restart(db_query(db_, sql))) ||             \
		    !db_commit(db_))                                       \
			bail_out("cannot change the database");            \
		db_close(db_);                                             \
	})

#define last_mail() \
	text_in("SELECT text FROM state.outbox ORDER BY id DESC LIMIT 1")
#define last_mail_name()                                            \
	text_in("SELECT name || ' ' || recipient FROM state.outbox" \
		" ORDER BY id DESC LIMIT 1")
#define mails() number_in("SELECT count(*) FROM state.outbox")

/* The path of the link in the last mail that begins so, for the caller's
 * frame: "/en/join/…". */
static inline const char *
link_in_mail(const char *begin)
{
	static struct buf link;
	const char *mail = last_mail(), *at = strstr(mail, begin);

	buf_clear(&link);
	if (at != NULL)
		buf_put(&link, at, strcspn(at, " \n\r\t>"));
	return buf_text(&link);
}

/* Have "mutua jobs" do what is due; what it says is in the file log. */
static inline void
run_jobs(void)
{
	struct buf command = { 0 };

	buf_printf(&command, "%s/mutua jobs --once --data %s/data 2> %s/log",
	    test_build(), test_dir(), test_dir());
	if (system(command.data) != 0)
		bail_out("jobs");
	buf_free(&command);
}

/* The value of a cookie that the visitor has. */
static inline const char *
cookie_of(const struct visitor *v, const char *name)
{
	static char value[PASSWORD_TOKEN];
	const char *at = strstr(buf_text(&v->cookies), name);

	value[0] = '\0';
	if (at != NULL)
		snprintf(value, sizeof(value), "%.*s",
		    (int)strcspn(at + strlen(name) + 1, ";"),
		    at + strlen(name) + 1);
	return value;
}

/* As if a visitor's last form had been open for so many seconds. */
static inline void
wait_with_form(struct visitor *v, int seconds)
{
	char mac[PASSWORD_DIGEST];
	struct buf text = { 0 };
	unsigned long long made =
	    strtoull(buf_text(&v->token), NULL, 16) - (unsigned)seconds;

	buf_printf(&text, "form %s %llx", cookie_of(v, "__Host-visit"), made);
	password_mac(mac, site_key(v->site), text.data);
	buf_clear(&v->token);
	buf_printf(&v->token, "%llx.%s", made, mac);
	buf_free(&text);
}

#endif
