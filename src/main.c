/*
 * Kore's hooks.  With guard.c and answer.c all that knows Kore: it gives every
 * worker a listener and a site of its own, turns Kore's requests into ours,
 * and sends and logs what the site answers.
 *
 * Settings come from the environment; conf/kore.conf lists them.
 */
#include <kore/kore.h>

#include <sys/socket.h>
#include <time.h>

#include <kore/hooks.h>
#include <kore/http.h>
#include <kore/tasks.h>

#include "data/file.h"
#include "guard.h"
#include "seccomp.h"
#include "web/log.h"
#include "web/site.h"
#include "web/work.h"

/* Kore finds these by name.  Nothing else leaves the module. */
#pragma GCC visibility push(default)
int serve(struct http_request *);
void kore_seccomp_hook(void);
void kore_parent_configure(int, char **);
void kore_worker_configure(void);
void kore_worker_teardown(void);
#pragma GCC visibility pop

enum {
	TICK_MS = 250,
	DRAIN_MS = 3000,
	SHORT_LIFE_MS = 2000,
	RESPAWN_MS = 500,
	LISTENERS = 4,
	KEPT_BODY = 1 << 20,
	WORKS = 4, /* of 64 MB each, in a worker at once */
	BENCH_BODY = 12 * 1024
};

/* What workers tell each other, in memory they share. */
struct shared {
	bool complained;
	uint64_t started[KORE_WORKER_MAX];
};

static int listeners[KORE_WORKER_MAX][LISTENERS];
static struct shared *shared;
static struct site *site;
static struct log *log_file;
static bool bench;

KORE_SECCOMP_FILTER("mutua", WORKER_MAY)

/* Kore prints without flushing, and forks with what is not yet printed. */
__attribute__((constructor)) static void
print_by_line(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
}

static const char *
setting(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value != NULL ? value : otherwise;
}

static int
listen_on(const struct sockaddr_storage *address, socklen_t len)
{
	int on = 1;
	int fd = socket(address->ss_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd == -1 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == -1 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)) == -1 ||
	    bind(fd, (const struct sockaddr *)address, len) == -1 ||
	    listen(fd, (int)kore_socket_backlog) == -1)
		fatalx("cannot listen: %s", strerror(errno));
	return fd;
}

/*
 * Give each worker a listener of its own on the same port: the kernel then
 * shares out the connections evenly, which Kore's lock does not.  Kore's own
 * listener, without SO_REUSEPORT, came first: it has failed if the port was
 * another's.
 */
static void
share_out_listeners(void)
{
	struct kore_server *server;
	struct listener *l;
	size_t n = 0;

	LIST_FOREACH(server, &kore_servers, list)
	LIST_FOREACH(l, &server->listeners, list)
	{
		struct sockaddr_storage address;
		socklen_t len = sizeof(address);

		if (n == LISTENERS || l->family == AF_UNIX ||
		    getsockname(l->fd, (struct sockaddr *)&address, &len) == -1)
			fatalx("cannot share out the listeners");
		close(l->fd);
		for (size_t i = 0; i < worker_count; i++)
			listeners[i][n] = listen_on(&address, len);
		l->fd = listeners[0][n++];
	}
	nlisteners = 0; /* no lock */
}

static void
take_listeners(void)
{
	struct kore_server *server;
	struct listener *l;
	size_t n = 0;

	LIST_FOREACH(server, &kore_servers, list)
	LIST_FOREACH(l, &server->listeners, list)
	{
		l->fd = listeners[worker->id - 1][n];
		for (size_t i = 0; i < worker_count - 2U; i++)
			if (i != worker->id - 1U)
				close(listeners[i][n]);
		n++;
	}
}

void
kore_parent_configure(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (worker_count == 0)
		worker_count = (uint8_t)cpu_count;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		fatalx("no memory to share");
	share_out_listeners();
	if (!sniff_prepare()) /* its list lies outside a chroot */
		kore_log(LOG_NOTICE, "no file will be taken");
}

/* A worker that dies as soon as it lives is not to take the machine. */
static void
slow_down(void)
{
	const struct timespec pause = { .tv_nsec = RESPAWN_MS * 1000000L };
	uint64_t now = kore_time_ms();
	uint64_t before = shared->started[worker->id];

	if (worker->restarted && now - before < SHORT_LIFE_MS)
		nanosleep(&pause, NULL);
	shared->started[worker->id] = kore_time_ms();
}

static void
open_site(void)
{
	struct buf database = { 0 }, why = { 0 };
	const struct site_options options = {
		.database = (buf_printf(&database, "%s/mutua.db",
				 setting("MUTUA_DATA", "var")),
		    database.data),
		.assets = setting("MUTUA_ASSETS", "assets"),
		.base = setting("MUTUA_BASE", ""),
		.page_cache =
		    strtoul(setting("MUTUA_PAGE_CACHE", "16"), NULL, 10) << 20,
		.name = setting("MUTUA_NAME", ""),
		.lang = setting("MUTUA_LANGUAGE", "en"),
		.home = setting("MUTUA_HOME", ""),
		.licence = setting("MUTUA_LICENCE", ""),
		.mail = setting("MUTUA_MAIL", "mutua@localhost"),
		.hub = setting("MUTUA_HUB", ""),
	};

	site = site_open(&options, &why);
	if (site == NULL) {
		if (!shared->complained)
			fputs(buf_text(&why), stderr);
		shared->complained = true;
		fatalx("the site cannot be opened");
	}
	buf_free(&database);
	buf_free(&why);
}

static void
tick(void *arg, uint64_t now)
{
	(void)arg;
	(void)now;
	log_flush(log_file);
}

void
kore_worker_configure(void)
{
	const char *fd = setting("MUTUA_LOG", "1");

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	take_listeners();
	slow_down();
	/* Without any timer Kore would never look at its time-outs. */
	kore_timer_add(tick, TICK_MS, NULL, 0);
	log_file = log_open(*fd != '\0' ? (int)strtol(fd, NULL, 10) : -1);
	bench = *setting("MUTUA_BENCH", "") == '1';
	open_site();
	guard_spool(site_files(site));
}

/* Finish what was asked for before leaving. */
static void
drain(void)
{
	uint64_t end = kore_time_ms() + DRAIN_MS;

	guard_drain();
	do {
		kore_platform_event_wait(guard_busy() ? 20 : 0);
		http_process();
		kore_connection_prune(KORE_CONNECTION_PRUNE_DISCONNECT);
	} while (guard_busy() && kore_time_ms() < end);
}

void
kore_worker_teardown(void)
{
	drain();
	log_close(log_file);
	site_close(site);
}

static const char *
header(struct http_request *req, const char *name)
{
	const char *value;

	return http_request_header(req, name, &value) == KORE_RESULT_OK ? value
									: NULL;
}

/*
 * The other end's address.  A proxy on this machine is believed when it says
 * whom it speaks for; it puts that last.
 */
static bool
peer(struct http_request *req, char text[INET6_ADDRSTRLEN])
{
	const struct connection *c = req->owner;
	const char *forwarded;
	const void *address = c->family == AF_INET6
	    ? (const void *)&c->addr.ipv6.sin6_addr
	    : (const void *)&c->addr.ipv4.sin_addr;

	*text = '\0';
	inet_ntop(c->family, address, text, INET6_ADDRSTRLEN);
	if (strncmp(text, "127.", 4) != 0 && strcmp(text, "::1") != 0)
		return false;
	if ((forwarded = header(req, "x-forwarded-for")) != NULL) {
		const char *comma = strrchr(forwarded, ',');

		forwarded = comma != NULL ? comma + 1 : forwarded;
		snprintf(text, INET6_ADDRSTRLEN, "%s",
		    forwarded + strspn(forwarded, " "));
	}
	return true;
}

static struct request
read_request(struct http_request *req, bool proxied)
{
	const char *scheme = proxied ? header(req, "x-forwarded-proto") : NULL;
	struct request q = {
		.method = http_method_text(req->method),
		.path = req->path,
		.query = req->query_string,
		.host = req->host,
		.scheme = scheme != NULL && strcmp(scheme, "https") == 0
		    ? "https"
		    : "http",
		.cookie = header(req, "cookie"),
		.accept_language = header(req, "accept-language"),
		.accept_encoding = header(req, "accept-encoding"),
		.if_none_match = header(req, "if-none-match"),
		.if_range = header(req, "if-range"),
		.range = header(req, "range"),
		.user_agent = header(req, "user-agent"),
		.origin = header(req, "origin"),
		.sec_fetch_site = header(req, "sec-fetch-site"),
		.content_type = header(req, "content-type"),
	};

	if (req->http_body != NULL) {
		q.body = (const char *)req->http_body->data;
		q.body_len = req->http_body_length;
	}
	return q;
}

/* What the site's speed is measured against: bytes that are just there.  What
 * is posted comes back, so that tests can see it did. */
static void
answer_bench(const struct request *q, struct response *r)
{
	r->status = 200;
	response_header(r, "content-type", "text/plain");
	if (strcmp(q->method, "POST") == 0) {
		buf_put(&r->body, q->body, q->body_len);
		return;
	}
	while (r->body.len < BENCH_BODY)
		buf_puts(&r->body, "All for one and one for all. ");
	r->body.len = BENCH_BODY;
}

static void
put_date(struct response *r)
{
	static time_t second;
	static char date[40];
	time_t now = time(NULL);
	struct tm tm;

	if (now != second) {
		second = now;
		strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT",
		    gmtime_r(&now, &tm));
	}
	response_header(r, "date", date);
}

static void
put_log(const struct request *q, const struct response *r, const char *address,
    const struct timespec *start)
{
	struct timespec end;
	char network[LOG_NETWORK];
	struct log_entry e = {
		.method = q->method,
		.path = q->path,
		.query = q->query,
		.lang = r->lang,
		.network = network,
		.status = r->status,
		.bytes =
		    strcmp(q->method, "HEAD") == 0 ? 0 : response_length(r),
		.kept = r->kept,
	};

	clock_gettime(CLOCK_MONOTONIC, &end);
	clock_gettime(CLOCK_REALTIME, &e.time);
	e.microseconds = (end.tv_sec - start->tv_sec) * 1000000 +
	    (end.tv_nsec - start->tv_nsec) / 1000;
	log_network(address, network);
	log_put(log_file, &e);
}

/* A request that waits for its work (web/work.h), done in a thread. */
struct waiting {
	struct kore_task task; /* first, for work_in_thread() */
	struct work *work;
};

static int works;

static int
work_in_thread(struct kore_task *task)
{
	work_do(((struct waiting *)task)->work);
	return KORE_RESULT_OK;
}

/* Kore asks again and again while a thread still has the work of a request
 * whose client is gone. */
static void
forget(struct http_request *req)
{
	struct waiting *w = http_state_get(req);

	if (w->work == NULL || !kore_task_finished(&w->task))
		return;
	work_free(w->work);
	w->work = NULL;
	works--;
}

/* Have the work done; serve() is called again when it is.  False if too much
 * is being done already. */
static bool
put_to_work(struct http_request *req, struct response *r)
{
	struct waiting *w;

	if (works >= WORKS)
		return false;
	works++;
	w = http_state_create(req, sizeof(*w), forget);
	w->work = r->work;
	r->work = NULL;
	kore_task_create(&w->task, work_in_thread);
	kore_task_bind_request(&w->task, req);
	kore_task_run(&w->task);
	return true;
}

static void
answer_busy(struct response *r)
{
	static const char text[] = "Too many sign-ins at once.\n";

	response_clear(r);
	r->status = 503;
	response_header(r, "content-type", "text/plain; charset=utf-8");
	response_header(r, "retry-after", "2");
	response_header(r, "cache-control", "no-store");
	buf_put(&r->body, text, sizeof(text) - 1);
}

/* A large body lies in a file. */
static struct file_bytes
map_body(struct http_request *req, struct request *q)
{
	size_t len;
	int fd = guard_body(req, &len);
	struct file_bytes b = { 0 };

	if (fd != -1) {
		b = file_map(fd, len);
		q->body = b.data;
		q->body_len = b.len;
	}
	return b;
}

int
serve(struct http_request *req)
{
	static struct response r; /* its memory serves every request */
	struct file_bytes body;
	struct waiting *w = http_state_get(req);
	char address[INET6_ADDRSTRLEN];
	struct timespec start;
	struct request q;

	if (w != NULL && !kore_task_finished(&w->task)) {
		http_request_sleep(req);
		return KORE_RESULT_RETRY;
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	q = read_request(req, peer(req, address));
	q.address = address;
	q.done = w != NULL ? w->work : NULL;
	body = map_body(req, &q);
	response_clear(&r);
	if (bench && strcmp(q.path, "/bench") == 0)
		answer_bench(&q, &r);
	else
		site_serve(site, &q, &r);
	file_unmap(body);
	if (r.work != NULL) {
		if (w == NULL && put_to_work(req, &r))
			return KORE_RESULT_RETRY;
		answer_busy(&r);
	}
	put_date(&r);
	put_log(&q, &r, address, &start);
	guard_send(req, &r);
	if (r.body.size > KEPT_BODY)
		buf_free(&r.body);
	return KORE_RESULT_OK;
}
