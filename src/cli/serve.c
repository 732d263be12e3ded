/*
 * mutua serve: everything that can be checked before Kore starts is checked
 * here, where it can be said clearly; then Kore runs under supervision.
 *
 * Kore works in the data directory's run/, where it finds its configuration,
 * the module and, if root starts it, a copy of the assets: short names that
 * need no quoting, which its configuration does not have.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/listen.h"
#include "cli/place.h"
#include "cli/rights.h"
#include "cli/settings.h"
#include "cli/supervise.h"
#include "data/file.h"
#include "data/yaml.h"

enum { WORDS_MAX = 12 }; /* of a command that we start, and a NULL */

struct options {
	const char *data, *share, *config;
	const char *listen, *base, *workers;
	bool no_page_cache, no_jobs;
};

struct serve {
	const char *data;
	const char *share;
	const char *run;    /* data/run */
	const char *config; /* if one was given, whole */
	bool no_jobs;
	struct settings settings;
	struct arena arena;
	struct listen listen;
	struct buf why;
	int log; /* descriptor of the access log, or -1 */
};

static bool
fail(const char *path)
{
	complain("%s: %s", path, strerror(errno));
	return false;
}

static bool
refuse(const struct serve *s)
{
	complain_lines(buf_text(&s->why));
	return false;
}

/*
 * One server for each directory.  Kore inherits the lock, so that it is held
 * until the last worker is gone.
 */
static bool
lock(struct serve *s)
{
	const char *path = place_in(s->data, "lock");
	int fd = open(path, O_RDWR | O_CREAT, 0644);

	if (fd == -1)
		return fail(path);
	if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		char pid[16] = "";

		if (read(fd, pid, sizeof(pid) - 1) > 0)
			pid[strcspn(pid, "\n")] = '\0';
		complain("%s is being served already, by process %s", s->data,
		    pid);
		close(fd);
		return false;
	}
	if (ftruncate(fd, 0) == -1 || dprintf(fd, "%d\n", (int)getpid()) < 0)
		return fail(path);
	return true;
}

static bool
open_log(struct serve *s)
{
	const char *log = s->settings.access_log;

	s->log = -1;
	if (strcmp(log, "none") == 0)
		return true;
	if (strcmp(log, "stdout") == 0) {
		s->log = dup(STDOUT_FILENO);
	} else {
		if (*log != '/')
			log = place_in(s->data, log);
		s->log = open(log, O_WRONLY | O_CREAT | O_APPEND, 0640);
	}
	return s->log != -1 || fail(log);
}

static const char *
workers(const struct serve *s, char *text, size_t size)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (strcmp(s->settings.workers, "auto") != 0)
		return s->settings.workers;
	snprintf(text, size, "%ld", n < 1 ? 1 : n > 64 ? 64 : n);
	return text;
}

/* Put text with every {{name}} that we know filled in. */
static void
fill_in(const struct serve *s, const char *text, struct buf *out)
{
	char n[16];
	const struct {
		const char *tag, *value;
	} names[] = {
		{ "{{address}}", s->listen.host },
		{ "{{port}}", s->listen.port },
		{ "{{user}}", s->settings.user },
		{ "{{workers}}", workers(s, n, sizeof(n)) },
	};

	while (*text != '\0') {
		size_t i = 0, count = sizeof(names) / sizeof(names[0]);

		while (i < count &&
		    strncmp(text, names[i].tag, strlen(names[i].tag)) != 0)
			i++;
		if (i < count) {
			buf_puts(out, names[i].value);
			text += strlen(names[i].tag);
		} else {
			buf_putc(out, *text++);
		}
	}
}

static bool
write_configuration(struct serve *s)
{
	const char *template = place_in(s->share, "conf/kore.conf");
	const char *path = place_in(s->run, "kore.conf");
	struct buf text = { 0 }, conf = { 0 };
	FILE *f;
	bool good;

	if (!file_read(&text, template, &s->why)) {
		buf_free(&text);
		return refuse(s);
	}
	fill_in(s, buf_text(&text), &conf);
	f = fopen(path, "we");
	good = f != NULL && fputs(buf_text(&conf), f) >= 0;
	if (f != NULL && fclose(f) == EOF)
		good = false;
	buf_free(&text);
	buf_free(&conf);
	return good || fail(path);
}

static bool
link_module(const struct serve *s)
{
	const char *module = place_program("mutua.so");
	const char *link = place_in(s->run, "mutua.so");

	if (access(module, R_OK) == -1)
		return fail(module);
	unlink(link);
	return symlink(module, link) == 0 || fail(link);
}

/* Kore was killed, and so was who would have tidied up after it. */
static void
tidy_after_the_last(const struct serve *s)
{
	const char *path = place_in(s->run, "kore.pid");
	FILE *f = fopen(path, "re");
	int pid;

	if (f == NULL)
		return;
	if (fscanf(f, "%d", &pid) == 1)
		supervise_tidy((pid_t)pid);
	fclose(f);
	unlink(path);
}

/* What members send comes here; nobody sends anything yet. */
static bool
make_files(const char *files)
{
	if (mkdir(files, 0750) == -1 && errno != EEXIST)
		return fail(files);
	file_sweep(files);
	return true;
}

static bool
make_run(struct serve *s)
{
	s->run = place_in(s->data, "run");
	if (!make_files(place_in(s->data, "files")))
		return false;
	if ((mkdir(s->run, 0755) == -1 && errno != EEXIST) ||
	    chmod(s->run, 0755) == -1) /* whatever the umask says */
		return fail(s->run);
	tidy_after_the_last(s);
	return link_module(s) && write_configuration(s);
}

/* Tell the module where things are, as its workers will see them. */
static bool
set_environment(struct serve *s)
{
	const char *assets = place_in(s->share, "assets");
	bool root = getuid() == 0;
	char log[16] = "";

	if (root &&
	    (!rights_give(s->data, s->settings.user) ||
		!rights_copy(assets, place_in(s->run, "assets"))))
		return false;
	if (s->log != -1)
		snprintf(log, sizeof(log), "%d", s->log);
	setenv("MUTUA_DATA", root ? "/" : s->data, 1);
	setenv("MUTUA_ASSETS", root ? "/run/assets" : assets, 1);
	setenv("MUTUA_NAME", s->settings.name, 1);
	setenv("MUTUA_LANGUAGE", s->settings.language, 1);
	setenv("MUTUA_BASE", s->settings.base, 1);
	setenv("MUTUA_LICENCE", s->settings.licence, 1);
	setenv("MUTUA_MAIL", settings_contact(&s->settings, &s->arena), 1);
	setenv("MUTUA_HUB", s->settings.hub, 1);
	setenv("MUTUA_HOME", settings_home(&s->settings, &s->arena), 1);
	setenv("MUTUA_PAGE_CACHE", s->settings.page_cache, 1);
	setenv("MUTUA_LOG", log, 1);
	return true;
}

static bool
ready(const void *context)
{
	const struct serve *s = context;

	return listen_answers(&s->listen);
}

static void
announce(const void *context)
{
	const struct serve *s = context;
	char url[96];

	listen_url(&s->listen, url, sizeof(url));
	printf("%s\n", url);
	fflush(stdout);
}

static void
split(char *words, char *argv[WORDS_MAX])
{
	for (size_t i = 0; words != NULL; i++)
		argv[i] = strsep(&words, " ");
}

/* mutua jobs, on what we serve, by the settings we have. */
static void
call_jobs(struct serve *s, char *argv[WORDS_MAX])
{
	const char *words[] = { place_real("/proc/self/exe"), "jobs", "--data",
		s->data, "--share", s->share, "--base",
		settings_home(&s->settings, &s->arena),
		s->config != NULL ? "--config" : NULL, s->config };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i] != NULL)
			argv[i] =
			    arena_keep(&s->arena, words[i], strlen(words[i]));
}

/* Root needs neither -n nor -r: it can chroot and become somebody else. */
static enum outcome
start(struct serve *s)
{
	char root[] = "kore -f -q -c kore.conf";
	char user[] = "kore -f -q -n -r -c kore.conf";
	char *kore[WORDS_MAX] = { NULL }, *jobs[WORDS_MAX] = { NULL };
	const struct service services[] = {
		{ .name = "kore",
		    .argv = kore,
		    .ready = ready,
		    .announce = announce,
		    .context = s },
		{ .name = "mutua jobs", .argv = jobs },
	};

	split(getuid() == 0 ? root : user, kore);
	call_jobs(s, jobs);
	if (chdir(s->run) == 0)
		return supervise(services, s->no_jobs ? 1 : 2);
	fail(s->run);
	return FAILED;
}

/* Options that are settings too.  False if a value can't be. */
static bool
set_options(struct serve *s, const struct options *o)
{
	const struct {
		const char *name, *value;
	} given[] = {
		{ "listen", o->listen },
		{ "base", o->base },
		{ "workers", o->workers },
		{ "page_cache", o->no_page_cache ? "0" : NULL },
	};

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		if (given[i].value != NULL &&
		    !settings_set(&s->settings, given[i].name, given[i].value,
			&s->why))
			return false;
	return true;
}

/* Everything that can be wrong is found here, before anything is started. */
static bool
prepare(struct serve *s, const struct options *o)
{
	struct db *db;

	s->share = place_share(o->share);
	if (s->share == NULL)
		return false;
	db = place_open_current(place_data(o->data), s->share, DB_READ);
	if (db == NULL)
		return false;
	db_close(db);
	if (!place_state(place_data(o->data), s->share))
		return false;
	s->data = place_real(place_data(o->data));
	s->config = o->config != NULL ? place_real(o->config) : NULL;
	s->no_jobs = o->no_jobs;
	if (!settings_load(&s->settings, &s->arena, s->share, s->data,
		o->config) ||
	    !set_options(s, o))
		return false;
	listen_parse(&s->listen, s->settings.listen);
	return lock(s) && listen_possible(&s->listen) && open_log(s) &&
	    make_run(s) && set_environment(s);
}

static enum outcome
run(struct arguments *args)
{
	struct serve s = { .log = -1 };
	struct options o = { 0 };
	const struct flag flags[] = {
		FLAG_DATA(&o.data),
		{ "listen", "ADDR:PORT", "where to listen (127.0.0.1:8080)",
		    &o.listen, NULL },
		{ "workers", "N", "processes that answer (one a processor)",
		    &o.workers, NULL },
		{ "base", "URL", "the address visitors use", &o.base, NULL },
		{ "no-page-cache", NULL, "make every page anew", NULL,
		    &o.no_page_cache },
		{ "no-jobs", NULL,
		    "leave mails and other jobs to somebody else", NULL,
		    &o.no_jobs },
		{ "config", "FILE",
		    "settings (mutua.yaml in the data directory)", &o.config,
		    NULL },
		FLAG_SHARE(&o.share),
		{ 0 },
	};

	if (!arguments_read(args, flags, 0, 0))
		return args->outcome;
	if (!set_options(&s, &o))
		return misused("--%s", buf_text(&s.why));
	return prepare(&s, &o) ? start(&s) : FAILED;
}

const struct command command_serve = {
	.name = "serve",
	.summary = "serve the site until told to stop",
	.operands = "",
	.about = "Serve the site from a data directory, and print its address "
		 "when it answers.\n"
		 "Options go before the settings of mutua.yaml.  Ctrl-C or "
		 "SIGTERM stops it.\n"
		 "\n"
		 "Started by root, it lets an ordinary user (setting: user) "
		 "answer requests,\n"
		 "locked into the data directory.",
	.run = run,
};
