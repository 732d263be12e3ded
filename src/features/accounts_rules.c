/*
 * The rules for what is typed into the forms of accounts.
 */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "data/message.h"
#include "features/accounts_own.h"
#include "web/fault.h"
#include "web/site.h"

enum {
	NAME_MOST = 100, /* characters */
	ORGANISATION_MOST = 200,
	PASSWORD_LEAST = 10,
	PASSWORD_MOST = 200,
};

/* What is tried first, of those that are long enough. */
static const char *const commonest[] = { "0123456789", "0987654321",
	"1111111111", "1122334455", "123123123123", "1234512345", "1234554321",
	"123456789a", "1234567890", "12345678901", "12345678910",
	"123456789012", "1q2w3e4r5t", "1qaz2wsx3edc", "9876543210",
	"abcdefghij", "administrator", "azertyuiop", "basketball", "bienvenue1",
	"changeme123", "contraseña", "contrasena", "contrasena1", "footballer",
	"iloveyou123", "jesuschrist", "letmein123", "microinsurance",
	"micro-insurance", "motdepasse", "motdepasse1", "motdepasse123",
	"mutualisation", "password01", "password10", "password11", "password12",
	"password123", "password1234", "passw0rd123", "p@ssw0rd123",
	"q1w2e3r4t5", "qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop",
	"qwertzuiop", "sunshine123", "teamomucho", "welcome123", NULL };

static size_t
length(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

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
	if (length(name) > NAME_MOST)
		fault_say(p, "name", "account_too_long");
	if (length(organisation) > ORGANISATION_MOST)
		fault_say(p, "organisation", "account_too_long");
	while (site_languages[l] != NULL &&
	    strcmp(site_languages[l], language) != 0)
		l++;
	if (site_languages[l] == NULL)
		fault_say(p, "language", "account_choose");
	if (*country != '\0' && !is_country(p, country))
		fault_say(p, "country", "account_choose");
}

void
account_read_email(struct page *p)
{
	const char *email = page_field(p, "email"), *at = strchr(email, '@');

	if (*email == '\0')
		fault_say(p, "email", "account_email_missing");
	else if (!message_is_address(email) || strchr(at, '.') == NULL)
		fault_say(p, "email", "account_email_odd");
}

/* Is it one that others have too, or one character again and again? */
static bool
is_common(const char *password)
{
	size_t i = 0;

	if (strspn(password, (char[]){ password[0], '\0' }) == strlen(password))
		return true;
	while (commonest[i] != NULL && strcasecmp(commonest[i], password) != 0)
		i++;
	return commonest[i] != NULL;
}

const char *
account_read_password(struct page *p, const char *field)
{
	const char *password = form_get(&p->form, field);
	size_t n = length(password);

	if (n < PASSWORD_LEAST)
		fault_say(p, field, "account_password_short");
	else if (n > PASSWORD_MOST)
		fault_say(p, field, "account_password_long");
	else if (is_common(password) ||
	    strcasecmp(password, model_cell(&p->model, "email").text) == 0 ||
	    strcasecmp(password, model_cell(&p->model, "name").text) == 0)
		fault_say(p, field, "account_password_common");
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

const char *
account_key(struct page *p, const char *email)
{
	char *key = page_keep(p, email, strlen(email));

	for (char *c = key; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return key;
}
