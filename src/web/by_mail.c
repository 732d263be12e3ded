#include <ctype.h>
#include <string.h>

#include "data/message.h"
#include "data/password.h"
#include "web/by_mail.h"
#include "web/fault.h"
#include "web/limit.h"

void
by_mail_address(struct page *p)
{
	const char *email = page_field(p, "email"), *at = strchr(email, '@');

	if (*email == '\0')
		fault_say(p, "email", "account_email_missing");
	else if (!message_is_address(email) || at == NULL ||
	    strchr(at, '.') == NULL)
		fault_say(p, "email", "account_email_odd");
}

const char *
by_mail_key(struct page *p, const char *email)
{
	char *key = page_keep(p, email, strlen(email));

	for (char *c = key; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return key;
}

bool
by_mail_may(struct page *p, const char *email)
{
	const char *key = by_mail_key(p, email), *at = strchrnul(key, '@');
	size_t name = strcspn(key, "+@");

	return limit_take(p, LIMIT_JOIN, NULL) &&
	    limit_take(p, LIMIT_MAIL,
		arena_printf(&p->arena, "%.*s%s", (int)name, key, at));
}

void
by_mail_link(struct page *p, const char *lang, const char *path)
{
	char token[PASSWORD_TOKEN], hash[PASSWORD_DIGEST];

	password_token(token);
	password_digest(hash, token);
	page_text(p, "_ticket", hash);
	page_text(p, "link",
	    arena_printf(&p->arena, "/%s/%s/%s", lang, path, token));
}

void
by_mail_ticket(struct page *p)
{
	char hash[PASSWORD_DIGEST];

	password_digest(hash, model_cell(&p->model, "token").text);
	page_text(p, "_ticket", hash);
}
