#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/listen.h"
#include "cli/place.h"
#include "cli/settings.h"
#include "data/message.h"
#include "data/yaml.h"

static bool
is_listen(const char *s)
{
	struct listen l;

	return listen_parse(&l, s);
}

static const char host[] = "abcdefghijklmnopqrstuvwxyz0123456789-.:[]";

/* Scheme and host alone: paths begin with '/', so no '/' at the end. */
static bool
is_base(const char *s)
{
	if (*s == '\0')
		return true;
	if (strncmp(s, "https://", 8) == 0)
		s += 8;
	else if (strncmp(s, "http://", 7) == 0)
		s += 7;
	else
		return false;
	return *s != '\0' && s[strspn(s, host)] == '\0';
}

static bool
is_number(const char *s, long low, long high)
{
	size_t len = strlen(s);
	long n = strtol(s, NULL, 10);

	return len > 0 && len < 6 && strspn(s, "0123456789") == len &&
	    n >= low && n <= high;
}

static bool
is_workers(const char *s)
{
	return strcmp(s, "auto") == 0 || is_number(s, 1, 64);
}

static bool
is_megabytes(const char *s)
{
	return is_number(s, 0, 1024);
}

static bool
is_hours(const char *s)
{
	return is_number(s, 0, 8760);
}

static bool
is_path(const char *s)
{
	return *s != '\0';
}

/* It becomes part of templates, where braces are tags. */
static bool
is_name(const char *s)
{
	size_t len = strlen(s);

	return len > 0 && len <= 60 && s[strcspn(s, "{}\n")] == '\0';
}

static bool
is_language(const char *s)
{
	return strcmp(s, "en") == 0 || strcmp(s, "fr") == 0 ||
	    strcmp(s, "es") == 0;
}

static bool
is_user(const char *s)
{
	return *s != '\0' && s[strcspn(s, " \t\n:/")] == '\0';
}

static bool
is_smtp(const char *s)
{
	if (*s == '\0')
		return true;
	if (strncmp(s, "smtps://", 8) == 0)
		s += 8;
	else if (strncmp(s, "smtp://", 7) == 0)
		s += 7;
	else
		return false;
	return *s != '\0' && s[strspn(s, host)] == '\0';
}

static bool
is_line(const char *s)
{
	return s[strcspn(s, "\r\n")] == '\0';
}

static bool
is_mail(const char *s)
{
	return *s == '\0' || message_is_address(s);
}

static bool
is_hosts(const char *s)
{
	while (*s != '\0' && (*s == ' ' || strchr(host, *s) != NULL))
		s++;
	return *s == '\0';
}

/* Of something on the web: printable, with no blank. */
static bool
is_url(const char *s)
{
	size_t scheme = strncmp(s, "https://", 8) == 0 ? 8
	    : strncmp(s, "http://", 7) == 0            ? 7
						       : 0;

	for (const char *c = s; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || strchr("\"<>", *c) != NULL)
			return false;
	return *s == '\0' || (scheme > 0 && s[scheme] != '\0');
}

static const struct setting {
	const char *name;
	size_t offset;
	bool (*check)(const char *);
	const char *wanted;
} settings[] = {
	{ "name", offsetof(struct settings, name), is_name,
	    "a name of at most 60 bytes without braces" },
	{ "language", offsetof(struct settings, language), is_language,
	    "en, fr or es" },
	{ "listen", offsetof(struct settings, listen), is_listen,
	    "an address and port like 127.0.0.1:8080 or [::1]:8080" },
	{ "base", offsetof(struct settings, base), is_base,
	    "http:// or https:// and a host in small letters, without a path" },
	{ "workers", offsetof(struct settings, workers), is_workers,
	    "a number from 1 to 64, or auto" },
	{ "page_cache", offsetof(struct settings, page_cache), is_megabytes,
	    "a number of megabytes from 0 to 1024" },
	{ "access_log", offsetof(struct settings, access_log), is_path,
	    "stdout, none, or the path of a file" },
	{ "user", offsetof(struct settings, user), is_user,
	    "the name of a user" },
	{ "smtp", offsetof(struct settings, smtp), is_smtp,
	    "smtp:// or smtps:// and a host in small letters, with :port "
	    "or without" },
	{ "smtp_user", offsetof(struct settings, smtp_user), is_line,
	    "one line" },
	{ "smtp_password", offsetof(struct settings, smtp_password), is_line,
	    "one line" },
	{ "mail_from", offsetof(struct settings, mail_from), is_mail,
	    "an address like mutua@example.org" },
	{ "mail_reply", offsetof(struct settings, mail_reply), is_mail,
	    "an address like help@example.org" },
	{ "licence", offsetof(struct settings, licence), is_line,
	    "one line, like CC-BY-4.0" },
	{ "fetch_allow", offsetof(struct settings, fetch_allow), is_hosts,
	    "hosts in small letters, with :port or without, with spaces "
	    "between" },
	{ "harvest_hours", offsetof(struct settings, harvest_hours), is_hours,
	    "a number of hours from 0 to 8760" },
	{ "hub", offsetof(struct settings, hub), is_url,
	    "an address like https://hub.example.org/" },
};

enum { NSETTINGS = sizeof(settings) / sizeof(settings[0]) };

bool
settings_set(struct settings *to, const char *name, const char *value,
    struct buf *why)
{
	for (size_t i = 0; i < NSETTINGS; i++) {
		const struct setting *s = &settings[i];

		if (strcmp(s->name, name) != 0)
			continue;
		if (!s->check(value)) {
			buf_printf(why, "%s: “%s” is not %s", name, value,
			    s->wanted);
			return false;
		}
		memcpy((char *)to + s->offset, &value, sizeof(value));
		return true;
	}
	buf_printf(why, "there is no setting called “%s”; there are ", name);
	for (size_t i = 0; i < NSETTINGS; i++)
		buf_printf(why, "%s%s", i > 0 ? ", " : "", settings[i].name);
	return false;
}

bool
settings_read(struct settings *to, struct arena *a, const char *path,
    struct buf *why)
{
	const struct node *file = yaml_file(a, path, why);
	struct buf fault = { 0 };
	bool good = file != NULL;

	if (good && file->type != NODE_MAP) {
		buf_printf(why, "%s: not a list of settings\n", path);
		return false;
	}
	for (const struct node *n = good ? file->first : NULL; n != NULL;
	     n = n->next) {
		buf_clear(&fault);
		if (n->type != NODE_TEXT)
			buf_printf(&fault, "%s: takes one value", n->key);
		else if (settings_set(to, n->key, n->text, &fault))
			continue;
		buf_printf(why, "%s:%d: %s\n", path, n->line, buf_text(&fault));
		good = false;
	}
	buf_free(&fault);
	return good;
}

bool
settings_load(struct settings *to, struct arena *a, const char *share,
    const char *data, const char *config)
{
	const char *defaults = place_in(share, "conf/mutua.yaml");
	const char *own = place_in(data, "mutua.yaml");
	struct buf why = { 0 };
	bool good = settings_read(to, a, defaults, &why);

	if (config == NULL && access(own, F_OK) == 0)
		config = own;
	if (good && config != NULL)
		good = settings_read(to, a, config, &why);
	complain_lines(buf_text(&why));
	buf_free(&why);
	return good;
}

const char *
settings_home(const struct settings *s, struct arena *a)
{
	struct listen l;
	char url[96];

	if (*s->base != '\0')
		return s->base;
	listen_parse(&l, s->listen);
	listen_url(&l, url, sizeof(url));
	return arena_printf(a, "%.*s", (int)strlen(url) - 1, url);
}

const char *
settings_sender(const struct settings *s, struct arena *a)
{
	const char *at = strstr(s->base, "//"), *from;

	if (*s->mail_from != '\0')
		return s->mail_from;
	if (at == NULL)
		return "mutua@localhost";
	from = arena_printf(a, "mutua@%.*s", (int)strcspn(at + 2, ":"), at + 2);
	return message_is_address(from) ? from : "mutua@localhost";
}

const char *
settings_contact(const struct settings *s, struct arena *a)
{
	return *s->mail_reply != '\0' ? s->mail_reply : settings_sender(s, a);
}
