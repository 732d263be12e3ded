/*
 * The rules for what is typed into the forms of accounts.
 */
#include <string.h>

#include "base/utf8.h"
#include "data/message.h"
#include "data/password.h"
#include "features/accounts_own.h"
#include "web/fault.h"
#include "web/site.h"

enum {
	NAME_MOST = 100, /* characters */
	ORGANISATION_MOST = 200,
};

/* A field on one line, without what turns the direction of the text after it:
 * it goes into mails and stands beside other people's words. */
static const char *
read_line(struct page *p, const char *field)
{
	struct buf kept = { 0 }, line = { 0 };

	for (const char *s = page_field(p, field); *s != '\0'; s++) {
		if (utf8_turns(s))
			s += 2;
		else
			buf_putc(&kept, *s);
	}
	message_flatten(&line, buf_text(&kept));
	model_change(&p->model, field, page_keep(p, buf_text(&line), line.len));
	buf_free(&kept);
	buf_free(&line);
	return model_cell(&p->model, field).text;
}

static bool
is_country(struct page *p, const char *country)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT 1 FROM country_code WHERE country = :country"));

	db_set_text(q, "country", country);
	return db_number(q, 0) == 1;
}

void
account_read_profile(struct page *p)
{
	const char *name = read_line(p, "name");
	const char *organisation = read_line(p, "organisation");
	const char *language = page_field(p, "language");
	const char *country = page_field(p, "country");
	size_t l = 0;

	if (*name == '\0')
		fault_say(p, "name", "account_name_missing");
	if (utf8_count(name, strlen(name)) > NAME_MOST)
		fault_say(p, "name", "account_name_long");
	if (utf8_count(organisation, strlen(organisation)) > ORGANISATION_MOST)
		fault_say(p, "organisation", "account_organisation_long");
	while (site_languages[l] != NULL &&
	    strcmp(site_languages[l], language) != 0)
		l++;
	if (site_languages[l] == NULL)
		fault_say(p, "language", "account_choose");
	if (*country != '\0' && !is_country(p, country))
		fault_say(p, "country", "account_choose");
}

const char *
account_read_password(struct page *p, const char *field)
{
	static const char *const keys[] = {
		[PASSWORD_SHORT] = "account_password_short",
		[PASSWORD_LONG] = "account_password_long",
		[PASSWORD_COMMON] = "account_password_common",
	};
	const char *password = form_get(&p->form, field);
	enum password_fault fault = password_judge(password);

	if (fault == PASSWORD_GOOD &&
	    (strcasecmp(password, model_cell(&p->model, "email").text) == 0 ||
		strcasecmp(password, model_cell(&p->model, "name").text) == 0))
		fault = PASSWORD_COMMON;
	if (fault != PASSWORD_GOOD)
		fault_say(p, field, keys[fault]);
	return password;
}

void
account_choices(struct page *p)
{
	page_rows(p, "countries",
	    "SELECT code, label, code = :country AS chosen FROM code_label"
	    " WHERE list = 'country' AND lang = :lang"
	    " ORDER BY sort_key(label, :lang)");
	page_rows(p, "mail_languages",
	    "SELECT lang AS code, name AS label, lang = :language AS chosen"
	    " FROM language ORDER BY place");
}
