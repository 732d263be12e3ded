/*
 * OAI-PMH 2.0: lists of records, page by page.
 *
 * A list is what has a stamp (data/stamp.h) between two numbers of changes, in
 * their order.  The upper number is fixed by its first page: what changes while
 * it is read gets a greater one, so it leaves the list, or does not enter it;
 * nothing moves within it, and each record stands in it once at most.  Nothing is
 * lost by that, for what left has a datestamp no earlier than the first page's
 * responseDate, from which a harvester goes on next time.
 *
 * All that a page needs stands in its token, with a signature: we keep nothing,
 * and any worker can answer.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/password.h"
#include "features/oai_own.h"
#include "web/site.h"

enum { PAGE = 100, LIFE = 24 * 3600, TOKEN_MAX = 1000, FIELDS = 8 };

struct list {
	struct oai *oai;
	const char *verb;    /* whose token it is */
	const char *prefix;  /* of metadata */
	const char *set;     /* "" for all */
	int64_t after, last; /* numbers of changes: from the one to the other */
	int64_t cursor;      /* how many stood on earlier pages */
	int64_t size;        /* of all of it */
};

/*
 * Dates.
 */

/* Is it a day, or a second, of the calendar?  Returns its length: 10 or 20,
 * 0 if it is none. */
static size_t
date_length(const char *s)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	char again[24];
	size_t len = strlen(s);
	struct tm tm = { 0 };
	time_t t;

	if (len != 10 && len != 20)
		return 0;
	for (size_t i = 0; i < len; i++)
		if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return 0;
	strptime(s, len == 10 ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%SZ", &tm);
	t = timegm(&tm); /* 30 February is 1 March then */
	gmtime_r(&t, &tm);
	strftime(again, sizeof(again), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return strncmp(again, s, len) == 0 ? len : 0;
}

static const char *
wrong_dates(const char *from, const char *until)
{
	size_t a = date_length(from), b = date_length(until);

	if ((*from != '\0' && a == 0) || (*until != '\0' && b == 0))
		return "from and until are dates like 2026-03-01 or "
		       "2026-03-01T12:00:00Z.";
	if (a != 0 && b != 0 && a != b)
		return "from and until must be cut alike, both to the day or "
		       "both to the second.";
	if (a != 0 && b != 0 && strcmp(from, until) > 0)
		return "from is later than until.";
	return NULL;
}

/* The number before the first change from then on, that of all if there is
 * none. */
static int64_t
before(struct list *l, const char *from)
{
	struct query *q = db_restart(db_query(page_db(l->oai->p),
	    "SELECT change - 1 FROM stamp WHERE datestamp >= :from"
	    " ORDER BY datestamp, change LIMIT 1"));

	if (*from == '\0')
		return 0;
	db_set_text(q, "from", from);
	return db_number(q, INT64_MAX);
}

/* The number of the last change until then.  A day lasts to its end. */
static int64_t
until(struct list *l, const char *date)
{
	struct query *q = db_restart(db_query(page_db(l->oai->p),
	    "SELECT change FROM stamp WHERE datestamp <= :until"
	    " ORDER BY datestamp DESC, change DESC LIMIT 1"));

	if (*date == '\0')
		date = "9999-12-31";
	db_set_text(q, "until",
	    strlen(date) == 10
		? arena_printf(&l->oai->p->arena, "%sT23:59:59Z", date)
		: date);
	return db_number(q, 0);
}

/*
 * Tokens: the verb, format, set, numbers, how long it is good, and a
 * signature, between commas.
 */

static void
sign(struct list *l, const char *text, char mac[PASSWORD_DIGEST])
{
	struct buf named = { 0 };

	/* no other thing we sign begins so */
	buf_printf(&named, "oai %s", text);
	password_mac(mac, site_key(l->oai->p->site), named.data);
	buf_free(&named);
}

static void
put_token(struct list *l, int64_t after, int64_t cursor)
{
	struct buf text = { 0 };
	char mac[PASSWORD_DIGEST], when[32];
	time_t end = time(NULL) + LIFE;
	struct tm tm;

	buf_printf(&text,
	    "%s,%s,%s,%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64,
	    l->verb, l->prefix, l->set, after, l->last, cursor, l->size,
	    (int64_t)end);
	sign(l, text.data, mac);
	gmtime_r(&end, &tm);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	buf_printf(&l->oai->out,
	    "<resumptionToken expirationDate=\"%s\" completeListSize=\"%" PRId64
	    "\" cursor=\"%" PRId64 "\">",
	    when, l->size, l->cursor);
	buf_html(&l->oai->out, text.data, text.len);
	buf_printf(&l->oai->out, ",%s</resumptionToken>\n", mac);
	buf_free(&text);
}

/* Is the signature at the end ours?  It is cut off. */
static bool
is_signed(struct list *l, char *text)
{
	char *mac = strrchr(text, ','), good[PASSWORD_DIGEST];

	if (mac == NULL)
		return false;
	*mac++ = '\0';
	sign(l, text, good);
	return password_same(mac, good);
}

/* Go on where a token says; false if it is none of ours, or of another verb, or
 * too old. */
static bool
resume(struct list *l)
{
	const char *token = oai_text(l->oai, OAI_TOKEN);
	char *field[FIELDS], *text = page_keep(l->oai->p, token, strlen(token));
	size_t n = 0;

	if (strlen(token) > TOKEN_MAX || !is_signed(l, text))
		return false;
	while (n < FIELDS && text != NULL)
		field[n++] = strsep(&text, ",");
	if (n < FIELDS || strcmp(field[0], l->verb) != 0 ||
	    strtoll(field[7], NULL, 10) < time(NULL))
		return false;
	l->prefix = field[1];
	l->set = field[2];
	l->after = strtoll(field[3], NULL, 10);
	l->last = strtoll(field[4], NULL, 10);
	l->cursor = strtoll(field[5], NULL, 10);
	l->size = strtoll(field[6], NULL, 10);
	return true;
}

/*
 * Lists.
 */

/* How many there are, counted once: tokens carry it on. */
static int64_t
size(struct list *l)
{
	struct query *q = *l->set != '\0'
	    ? db_query(page_db(l->oai->p),
		  "SELECT count(*) FROM stamp_set WHERE spec = :set"
		  " AND change > :after AND change <= :last")
	    : db_query(page_db(l->oai->p),
		  "SELECT count(*) FROM stamp WHERE change > :after"
		  " AND change <= :last");

	db_restart(q);
	if (*l->set != '\0')
		db_set_text(q, "set", l->set);
	db_set_int(q, "after", l->after);
	db_set_int(q, "last", l->last);
	return db_number(q, 0);
}

static struct query *
rows(struct list *l)
{
	struct query *q = *l->set != '\0'
	    ? db_query(page_db(l->oai->p),
		  "SELECT s.record, r.kind || '/' || r.slug, s.datestamp,"
		  "  s.deleted, s.change"
		  " FROM stamp_set t CROSS JOIN stamp s ON s.record = t.record"
		  " CROSS JOIN record r ON r.id = s.record"
		  " WHERE t.spec = :set AND t.change > :after"
		  "  AND t.change <= :last ORDER BY t.change")
	    : db_query(page_db(l->oai->p),
		  "SELECT s.record, r.kind || '/' || r.slug, s.datestamp,"
		  "  s.deleted, s.change"
		  " FROM stamp s CROSS JOIN record r ON r.id = s.record"
		  " WHERE s.change > :after AND s.change <= :last"
		  " ORDER BY s.change");

	db_restart(q);
	if (*l->set != '\0')
		db_set_text(q, "set", l->set);
	db_set_int(q, "after", l->after);
	db_set_int(q, "last", l->last);
	return q;
}

/* A page of it; NULL, or why there is none.  The last of several pages ends with
 * an empty token; but a list of no record has no place in an answer. */
static const char *
put_page(struct list *l)
{
	struct query *q = rows(l);
	int64_t n = 0, change = 0;
	bool more;

	buf_printf(&l->oai->out, "<%s>\n", l->verb);
	while ((more = db_next(q)) && n < PAGE) {
		if (strcmp(l->verb, "ListRecords") == 0)
			oai_put_record(l->oai, q, l->prefix);
		else
			oai_put_header(l->oai, q);
		change = db_int(q, 4);
		n++;
	}
	db_restart(q);
	if (more)
		put_token(l, change, l->cursor + n);
	else if (l->cursor > 0)
		buf_printf(&l->oai->out,
		    "<resumptionToken completeListSize=\"%" PRId64
		    "\" cursor=\"%" PRId64 "\"/>\n",
		    l->size, l->cursor);
	buf_printf(&l->oai->out, "</%s>\n", l->verb);
	return n > 0 ? NULL : "noRecordsMatch";
}

/* The list that the arguments describe; NULL, or what is wrong with them. */
static const char *
begin(struct list *l, const char **why)
{
	const char *from = oai_text(l->oai, OAI_FROM);
	const char *to = oai_text(l->oai, OAI_UNTIL);

	l->set = oai_text(l->oai, OAI_SET);
	l->prefix = oai_text(l->oai, OAI_PREFIX);
	*why = wrong_dates(from, to);
	if (*why != NULL)
		return "badArgument";
	*why = "Records are given as oai_dc and mods.";
	if (!oai_has_format(l->prefix))
		return "cannotDisseminateFormat";
	l->last = until(l, to);
	l->after = before(l, from);
	l->size = size(l);
	*why = "Nothing has changed in that time, or there is no such set.";
	return l->size > 0 ? NULL : "noRecordsMatch";
}

static const char *
list(struct oai *o, const char *verb, const char **why)
{
	struct list l = { .oai = o, .verb = verb };
	const char *error;

	if (o->arguments[OAI_TOKEN].text == NULL) {
		error = begin(&l, why);
		return error != NULL ? error : put_page(&l);
	}
	*why = "It is none of ours, was cut, or is more than a day old; begin "
	       "again.";
	if (!resume(&l))
		return "badResumptionToken";
	*why = "All that was left of the list has changed since it began, and "
	       "comes with the next one; this is its end.";
	return put_page(&l);
}

const char *
oai_list_identifiers(struct oai *o, const char **why)
{
	return list(o, "ListIdentifiers", why);
}

const char *
oai_list_records(struct oai *o, const char **why)
{
	return list(o, "ListRecords", why);
}
