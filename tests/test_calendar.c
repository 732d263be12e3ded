/* Events as a calendar. */
#include "revise.h"

static struct visitor v;
static struct buf calendar; /* its folds undone */

/* Read a calendar; is it served as one, with lines that end as they should? */
static bool
read_calendar(const char *path, const char *query)
{
	struct response r = { 0 };
	struct request q = { .method = "GET",
		.path = path,
		.query = query,
		.host = "example.org",
		.scheme = "https" };
	const char *type, *p;
	bool good;

	site_serve(v.site, &q, &r);
	type = response_get(&r, "content-type");
	good = r.status == 200 && type != NULL &&
	    strcmp(type, "text/calendar; charset=utf-8") == 0;
	buf_clear(&calendar);
	for (p = buf_text(&r.body); good && *p != '\0';) {
		const char *end = strstr(p, "\r\n");

		good = end != NULL && end - p <= 75 &&
		    memchr(p, '\n', (size_t)(end - p)) == NULL;
		if (!good)
			break;
		if (*p == ' ')
			calendar.len--; /* the fold's \n */
		buf_put(&calendar, p + (*p == ' '),
		    (size_t)(end - p) - (*p == ' '));
		buf_putc(&calendar, '\n');
		p = end + 2;
	}
	response_free(&r);
	return good;
}

/* The lines of the event with a UID, good until the next. */
static const char *
event(const char *slug)
{
	static struct buf found;
	struct buf uid = { 0 };
	const char *at, *start = NULL, *end;

	buf_clear(&found);
	buf_printf(&uid, "\nUID:event-%s@example.org\n", slug);
	at = strstr(buf_text(&calendar), uid.data);
	buf_free(&uid);
	for (const char *p = buf_text(&calendar); at != NULL && p < at; p++)
		if (strncmp(p, "BEGIN:VEVENT\n", 13) == 0)
			start = p;
	if (start == NULL)
		return "";
	end = strstr(at, "END:VEVENT\n");
	buf_put(&found, start, (size_t)(end - start));
	return found.data;
}

static void
write_sql(const char *sql)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, sql))
		bail_out(db_error(db));
	db_close(db);
}

/* Two events whose dates are known, one to the day and one to the month. */
static const char events[] =
    "INSERT INTO record (id, kind, slug, lang, created, updated, published)"
    " VALUES (900001, 'event', 'fair', 'fr', '2026-01-01T00:00:00Z',"
    "  '2026-02-03T04:05:06Z', '2026-12-30'),"
    " (900002, 'event', 'month', 'en', '2026-01-01T00:00:00Z',"
    "  '2026-02-03T04:05:06Z', '2027-12');"
    "INSERT INTO record_text (record, lang, title, summary, body_html)"
    " VALUES (900001, 'fr', 'Foire; une, deux\\ trois',"
    "  'Première ligne', '<p>Un <em>mot</em> &amp; un autre</p>'),"
    " (900002, 'en', 'Some time', NULL, NULL);"
    "INSERT INTO event (record, event_type, date, date_end, place) VALUES"
    " (900001, (SELECT min(event_type) FROM event), '2026-12-30',"
    "  '2026-12-31', 'Dakar'),"
    " (900002, (SELECT min(event_type) FROM event), '2027-12', NULL, NULL);"
    "INSERT INTO record_country VALUES (900001, 'SN');"
    "INSERT INTO record_theme VALUES (900001, 'overview');";

static void
list(void)
{
	const char *e;

	ok(read_calendar("/fr/events.ics", NULL),
	    "IC-1: events are a calendar, of lines of 75 bytes at most");
	ok(strncmp(calendar.data,
	       "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:", 35) == 0,
	    "IC-1: that begins as one");
	e = event("fair");
	ok(has(e, "\nDTSTART;VALUE=DATE:20261230\n") &&
		has(e, "\nDTEND;VALUE=DATE:20270101\n"),
	    "IC-1: of whole days, the end is the day after the last");
	ok(has(e, "\nDTSTAMP:20260203T040506Z\n"),
	    "IC-2: times are universal, and days have none to be shifted");
	ok(has(e, "\nSUMMARY;LANGUAGE=fr:Foire\\; une\\, deux\\\\ trois\n"),
	    "IC-1: text is escaped, IC-5: and says its language");
	ok(has(e, ":Première ligne\\n\\nUn mot & un autre\n"),
	    "IC-5: the description is plain text");
	ok(has(e, "\nLOCATION:Dakar\\, Sénégal\n") &&
		has(e, "\nURL:https://example.org/fr/events/fair\n"),
	    "IC-5: the place and the page are said");
	ok(has(e, "\nCATEGORIES:") && has(e, "\nSTATUS:CONFIRMED\n"),
	    "IC-5: with what it is about");
	e = event("month");
	ok(has(e, "\nDTSTART;VALUE=DATE:20271201\n") &&
		has(e, "\nDTEND;VALUE=DATE:20280101\n") &&
		has(e, "Seul le mois est connu."),
	    "an event of a month has all of it, and says so");
	ok(*event("beveridge-1942") == '\0',
	    "one of which only the year is known is left out");
}

static void
choices(void)
{
	const char *page;

	ok(read_calendar("/en/events.ics",
	       "country=SN&theme=overview&language=fr") &&
		*event("fair") != '\0' && *event("month") == '\0',
	    "IC-4: a list's filters make the calendar");
	page = get(v.site, "/en/events", "country=SN&page=1");
	ok(has(page, "\"webcal://example.org/en/events.ics?country=SN\""),
	    "IC-4: its page has the address to subscribe to");
	ok(has(get(v.site, "/en/events.ics", NULL), "\netag: "),
	    "IC-4: who asks again is told if nothing is new");
	ok(read_calendar("/fr/events/fair.ics", NULL) &&
		*event("fair") != '\0' &&
		count(calendar.data, "BEGIN:VEVENT") == 1,
	    "an event's page has its own");
	ok(has(get(v.site, "/fr/events/fair", NULL),
	       "href=\"/fr/events/fair.ics\"") &&
		!has(get(v.site, "/fr/events/beveridge-1942", NULL), ".ics\""),
	    "and leads there, if its date is known");
	ok(status(get(v.site, "/fr/events/beveridge-1942.ics", NULL)) == 404,
	    "else there is none");
}

static void
changes(void)
{
	struct authorship by = { .author = member_add("Awa", "a@example.org",
				     "secret word", "editor") };
	int64_t record = record_of("event", "fair");
	struct db *db;

	read_calendar("/en/events.ics", NULL);
	ok(has(event("fair"), "\nSEQUENCE:0\n"),
	    "IC-3: what was never changed");
	write_sql("INSERT INTO revision (record, number, time, snapshot) VALUES"
		  " (900001, 1, '2026-02-03T04:05:06Z', '{}'),"
		  " (900001, 2, '2026-02-04T04:05:06Z', '{}');"
		  "UPDATE record SET updated = '2026-02-04T04:05:06Z'"
		  " WHERE id = 900001");
	read_calendar("/en/events.ics", NULL);
	ok(has(event("fair"), "\nSEQUENCE:1\n") &&
		has(event("fair"), "\nLAST-MODIFIED:20260204T040506Z\n"),
	    "IC-3: a change makes SEQUENCE one more, under the same UID");
	db = db_open(visitor_database.data, DB_WRITE);
	db_begin(db);
	by.comment = "Why";
	publish_withdraw(db, record, &by);
	db_commit(db);
	db_close(db);
	read_calendar("/en/events.ics", "country=SN");
	ok(has(event("fair"), "\nSTATUS:CANCELLED\n") &&
		!has(event("fair"), "\nSEQUENCE:1\n") &&
		!has(event("fair"), "DESCRIPTION"),
	    "IC-3: what was taken away stays, as cancelled");
	read_calendar("/en/events.ics", "country=BJ");
	ok(*event("fair") == '\0', "IC-3: and only where it was");
}

int
main(void)
{
	v = visitor_open();
	write_sql(events);
	list();
	choices();
	changes();
	visitor_close(&v);
	buf_free(&calendar);
	return done();
}
