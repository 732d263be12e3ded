/*
 * News: partners post their own, with pictures, at a time they choose; what the
 * clock does to it is done by the jobs.
 */
#include "files.h"
#include "forms.h"
#include "mailbox.h"

static struct visitor partner, editor, member, reader;

/* Write news by the form for it. */
static const char *
write_news(struct visitor *v, const char *fields, const struct buf *picture)
{
	visit(v, "/en/news/new");
	return send_form(v, "/en/news/new/files", fields, "p.png", picture);
}

/* Is a text on any page, in any list, feed or file for those who may not see
 * what it belongs to? */
static bool
shows_anywhere(struct visitor *v, const char *text, const char *word)
{
	static const char *const pages[] = { "/en/", "/en/news",
		"/en/news/archive", "/en/news.json", "/en/news.csv",
		"/en/news.atom", "/en/news.rss", "/en/changes",
		"/en/changes.atom", "/sitemap-1.xml", "/en.json",
		"/en/countries/sn", "/en/themes/overview" };
	char search[80];
	bool found = false;

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (has(visit(v, pages[i]), text)) {
			printf("# in %s\n", pages[i]);
			found = true;
		}
	snprintf(search, sizeof(search), "/en/search?q=%s", word);
	found |= has(visit(v, search), text);
	snprintf(search, sizeof(search), "/en/suggest.json?q=%s", word);
	return has(visit(v, search), text) || found;
}

#define PLAIN(title)                                    \
	"lang=en\ntitle.en=" title "\nsummary.en=What " \
	"happened.\norganisation=ilo\n_do=publish\n"

static void
posting(void)
{
	const char *answer;

	ok(status(visit(&member, "/en/news/new")) == 403,
	    "a member does not post news");
	answer = visit(&partner, "/en/contribute");
	ok(has(answer, "/en/news/new"), "a partner is asked for them");
	answer = visit(&partner, "/en/news/new");
	ok(has(answer, "\"datetime-local\"") && has(answer, "UTC") &&
		count(answer, "instance 2007") == 1 && has(answer, "multipart"),
	    "by a form with times in UTC, none to be typed, and a picture");
	answer = write_news(&partner,
	    PLAIN("Fund Alpha opens") "author=A. Writer\n"
				      "source_url=https://example.org/a\n"
				      "countries=SN\nbody.en=It *opens*.\n",
	    NULL);
	ok(status(answer) == 303 &&
		header(answer,
		    "location: /en/news/fund-alpha-opens?done=published"),
	    "what a partner publishes is seen at once");
	answer = visit(&reader, "/en/news/fund-alpha-opens");
	ok(has(answer, "/en/organisations/ilo") && has(answer, "A. Writer") &&
		has(answer, "href=\"https://example.org/a\"") &&
		has(answer, "<em>opens</em>"),
	    "with whose it is, who wrote it and where it stands in full");
	ok(has(visit(&reader, "/en/"), "Fund Alpha opens") &&
		has(visit(&reader, "/en/news?organisation=ilo&country=sn"),
		    "Fund Alpha opens") &&
		!has(visit(&reader, "/en/news?organisation=wiego"),
		    "Fund Alpha opens"),
	    "it is new at home, and found by organisation and country");
}

static void
picture(void)
{
	struct buf png = make_png(640, 360);
	const char *answer, *fields = PLAIN("Fund Beta opens");
	char url[200] = "";

	answer = write_news(&partner, fields, &png);
	ok(status(answer) == 422 &&
		has(answer, "What does the picture show?") &&
		has(answer, "name=\"image\" value=\""),
	    "a picture without words is not published, but kept in the form");
	answer = write_news(&partner,
	    PLAIN("Fund Beta opens") "image_alt.en=Women <at> a table\n", &png);
	ok(status(answer) == 303, "with words it is");
	answer = visit(&reader, "/en/news/fund-beta-opens");
	ok(has(answer, "alt=\"Women &lt;at&gt; a table\"") &&
		has(answer, "width=\"640\" height=\"360\""),
	    "the page has them, and keeps a place for it");
	if (strstr(answer, "<img src=\"/files/") != NULL)
		snprintf(url, sizeof(url), "%.*s",
		    (int)strcspn(strstr(answer, "/files/"), "\""),
		    strstr(answer, "/files/"));
	ok(status(visit(&reader, url)) == 200, "anybody may see it then");
	answer = visit(&partner, "/en/news/fund-beta-opens/edit");
	answer = send_form(&partner, "/en/news/fund-beta-opens/edit/files",
	    PLAIN("Fund Beta opens") "image_alt.en=x\nimage._remove=1\n", NULL,
	    NULL);
	ok(status(answer) == 303 &&
		!has(visit(&reader, "/en/news/fund-beta-opens"),
		    "<img src=\"/f"),
	    "and it can be taken out again");
	ok(status(visit(&reader, url)) == 404, "then nobody may see it");
}

static void
own(void)
{
	struct visitor other = visitor_beside(&partner);

	member_add("Other Partner", "other@example.org", "secret word",
	    "partner");
	sign_in(&other, "other@example.org", "secret word");
	ok(has(visit(&partner, "/en/news/fund-alpha-opens"), "/withdraw\"") &&
		status(visit(&partner, "/en/news/fund-alpha-opens/withdraw")) ==
		    200,
	    "a partner may withdraw their own news");
	ok(!has(visit(&other, "/en/news/fund-alpha-opens"), "/withdraw\"") &&
		status(visit(&other, "/en/news/fund-alpha-opens/withdraw")) ==
		    403,
	    "but not another's");
	ok(has(visit(&other, "/en/news/fund-alpha-opens/edit"),
	       "value=\"submit\"") &&
		!has(visit(&other, "/en/news/fund-alpha-opens/edit"),
		    "value=\"publish\""),
	    "what they would change there is reviewed");
	ok(has(visit(&partner, "/en/news/fund-alpha-opens/edit"),
	       "value=\"publish\""),
	    "what they change in their own is not");
	submit(&partner, "/en/news/fund-alpha-opens/withdraw", "reason=Ours");
	submit(&partner, "/en/news/fund-alpha-opens/restore", "");
	ok(status(visit(&reader, "/en/news/fund-alpha-opens")) == 200,
	    "what they have withdrawn they may bring back");
	submit(&editor, "/en/news/fund-alpha-opens/withdraw", "reason=Untrue");
	ok(status(submit(&partner, "/en/news/fund-alpha-opens/restore", "")) ==
		    403 &&
		status(visit(&reader, "/en/news/fund-alpha-opens")) == 410,
	    "what an editor has withdrawn they may not");
	submit(&editor, "/en/news/fund-alpha-opens/restore", "");
	visitor_leave(&other);
}

static void
scheduling(void)
{
	const char *answer;
	char item[100];

	answer = write_news(&partner,
	    PLAIN("Zanzifund") "published=2031-02-30T08:00\n", NULL);
	ok(status(answer) == 422 && has(answer, "2031-02-30T08:00") &&
		has(answer, "neither a date"),
	    "a time that is none is named, and stays in the form");
	answer = write_news(&partner,
	    PLAIN(
		"Zanzifund opens") "published=2031-02-03T08:00\ncountries=SN\n"
				   "themes=overview\n",
	    NULL);
	ok(status(answer) == 303 && has(answer, "done=scheduled"),
	    "news with a time to come waits for it");
	snprintf(item, sizeof(item), "/en/contributions/%.20s",
	    text_in("SELECT id FROM state.contribution"
		    " WHERE state = 'scheduled'"));
	ok(number_in("SELECT due = unixepoch('2031-02-03T08:00Z')"
		     " FROM state.contribution WHERE state = 'scheduled'") == 1,
	    "which is in UTC");
	ok(has(visit(&partner, "/en/dashboard"), "3 February 2031, 08:00") &&
		has(visit(&partner, item), "3 February 2031, 08:00"),
	    "the dashboard and its own page say when");
	run_jobs();
	ok(!shows_anywhere(&reader, "Zanzifund", "zanzifund") &&
		!shows_anywhere(&member, "Zanzifund", "zanzifund"),
	    "nobody else sees it before, in no list, feed or search");
	ok(status(visit(&member, item)) == 404, "nor its own page");
	visit(&partner, item);
	answer = submit(&partner, item, "_do=resume");
	change_in("UPDATE state.contribution SET due = 1 WHERE due > 1");
	run_jobs();
	ok(status(answer) == 303 &&
		has(visit(&partner, item), "<form class=") &&
		!has(visit(&reader, "/en/news"), "Zanzifund"),
	    "opened again it is a draft, which does not go out");
	submit(&partner, item,
	    "lang=en&title.en=Zanzifund+opens&organisation=ilo"
	    "&published=2031-02-03T08:00&_do=publish");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE state = 'scheduled'") == 1,
	    "until it is sent again");
	change_in("UPDATE state.contribution SET due = unixepoch() - 1"
		  " WHERE state = 'scheduled'");
	visit(&reader, "/en/news");
	run_jobs();
	run_jobs();
	ok(has(visit(&reader, "/en/news"), "Zanzifund opens") &&
		status(visit(&reader, "/en/news/zanzifund-opens")) == 200 &&
		number_in("SELECT count(*) FROM record"
			  " WHERE slug LIKE 'zanzifund%'") == 1,
	    "at its time the jobs publish it, once, and pages that were kept "
	    "know");
}

static void
missing_the_time(void)
{
	write_news(&partner,
	    PLAIN("Lost fund") "themes=overview\npublished=2031-01-01T00:00\n",
	    NULL);
	change_in("UPDATE state.contribution SET due = 1,"
		  " tree = replace(tree, '\"overview\"', '\"nobody\"')"
		  " WHERE state = 'scheduled'");
	run_jobs();
	ok(!has(visit(&reader, "/en/news"), "Lost fund") &&
		has(visit(&partner, "/en/dashboard"), "Lost fund"),
	    "what is no longer right at its time goes back to its author");
	ok(has(last_mail_name(), "missed partner@example.org"),
	    "who is told by mail");
}

static void
approving(void)
{
	char item[100];
	const char *answer;

	visit(&partner, "/en/news/new");
	send_form(&partner, "/en/news/new/files",
	    "lang=en\ntitle.en=Checked fund\npublished=2031-05-01T00:00\n"
	    "_do=submit\n",
	    NULL, NULL);
	snprintf(item, sizeof(item), "/en/review/%.20s",
	    text_in("SELECT id FROM state.contribution"
		    " WHERE state = 'submitted'"));
	visit(&editor, item);
	answer = text_in("SELECT 'action=publish&seen=' || updated"
			 " FROM state.contribution WHERE state = 'submitted'");
	answer = submit(&editor, item, answer);
	ok(status(answer) == 303 &&
		!has(visit(&reader, "/en/news"), "Checked fund") &&
		has(last_mail_name(), "scheduled partner@example.org") &&
		has(last_mail(), "1 May 2031"),
	    "what an editor approves waits for its time, too");
	change_in("UPDATE state.contribution SET due = 1"
		  " WHERE state = 'scheduled'");
	run_jobs();
	ok(has(visit(&reader, "/en/news"), "Checked fund") &&
		has(last_mail_name(), "published partner@example.org"),
	    "and its author is told when it has come");
}

static void
expiring(void)
{
	write_news(&partner,
	    PLAIN("Quokkafund meets") "expires=2031-01-01T00:00\n", NULL);
	ok(has(visit(&reader, "/en/"), "Quokkafund") &&
		has(visit(&reader, "/en/news"), "Quokkafund") &&
		has(visit(&reader, "/en/news.atom"), "Quokkafund"),
	    "what will expire is news until then");
	change_in("UPDATE news SET expires = '2026-01-02'"
		  " WHERE expires IS NOT NULL");
	run_jobs();
	ok(!has(visit(&reader, "/en/"), "Quokkafund") &&
		!has(visit(&reader, "/en/news"), "Quokkafund") &&
		!has(visit(&reader, "/en/news.atom"), "Quokkafund") &&
		!has(visit(&reader, "/en/search.atom?q=quokkafund"),
		    "Quokkafund meets"),
	    "then it leaves the front page, the list and the feeds");
	ok(has(visit(&reader, "/en/news/quokkafund-meets"),
	       "This was news until") &&
		has(visit(&reader, "/en/news/archive"), "Quokkafund") &&
		has(visit(&reader, "/en/search?q=quokkafund"), "/quokkafund-"),
	    "it keeps its address, which says so, and stands in the archive");
	write_news(&partner, PLAIN("Quokkafund again"), NULL);
	ok(before(visit(&reader, "/en/search?q=quokkafund"),
	       "/quokkafund-again", "/quokkafund-meets"),
	    "a search finds what is new before it");
	write_news(&partner,
	    PLAIN("Order of times") "published=2026-05-02\n"
				    "expires=2026-05-01T00:00\n",
	    NULL);
	ok(number_in("SELECT count(*) FROM record"
		     " WHERE slug = 'order-of-times'") == 0,
	    "nothing expires before it is published");
}

static void
archive(void)
{
	const char *answer = visit(&reader, "/en/news/archive?year=2007");

	ok(status(answer) == 200 && has(answer, "August 2007") &&
		has(answer, "/en/news/gess-news-2007-08") &&
		!has(answer, "Zanzifund"),
	    "the archive goes by year and month");
	answer = visit(&reader, "/fr/news/archive?language=es");
	ok(status(answer) == 200 && has(answer, "août 2007"),
	    "and by language, in the reader's");
	answer = visit(&reader, "/en/news/gess-news-2007-08");
	ok(status(answer) == 200 && has(answer, "rel=\"next\""),
	    "an old address stays, and leads on to what came after");
	change_in("INSERT INTO feed (id, organisation, url, site_url, title,"
		  "  created) SELECT 1, id, 'https://example.org/f',"
		  "  'https://example.org/', 'Fund <news>', '2026'"
		  "  FROM record WHERE slug = 'ilo'");
	change_in("INSERT INTO feed_entry (feed, key, digest, record, link,"
		  "  first_seen) SELECT 1, 'k', 'd', id,"
		  "  'https://example.org/1', '2026' FROM record"
		  "  WHERE slug = 'gess-news-2007-08'");
	answer = visit(&reader, "/en/news/gess-news-2007-08");
	ok(has(answer, "From the feed of") &&
		has(answer, "Fund &lt;news&gt;") &&
		has(answer, "href=\"https://example.org/1\""),
	    "what a feed brought says which");
	change_in("UPDATE feed SET site_url = 'javascript:alert(1)'");
	change_in("UPDATE feed_entry SET link = 'javascript:alert(2)'");
	answer = visit(&reader, "/en/news/gess-news-2007-08");
	ok(!has(answer, "javascript:") &&
		has(answer, "href=\"https://example.org/f\""),
	    "and leads nowhere but to web pages, whatever it says");
}

static bool
strip(const char *page)
{
	return has(page, "aria-label=\"Announcements\"");
}

#define ANNOUNCED(title) \
	PLAIN(title) "announce_from=2026-01-01\nannounce_until=2031-01-01\n"

static void
announcing(void)
{
	struct visitor v = visitor_beside(&reader);
	const char *answer;

	answer = write_news(&partner, ANNOUNCED("Strip of a partner"), NULL);
	ok(status(answer) == 422 && has(answer, "Only editors announce") &&
		!strip(visit(&reader, "/en/")),
	    "a partner cannot announce on every page, and is told so");
	answer = write_news(&editor,
	    PLAIN("Half a strip") "announce_from=2026-01-01\n", NULL);
	ok(status(answer) == 422, "an announcement needs an end");
	visit(&reader, "/en/glossary");
	write_news(&editor, ANNOUNCED("We move"), NULL);
	ok(strip(visit(&reader, "/en/glossary")) &&
		has(visit(&reader, "/en/library"), "We move") &&
		strip(visit(&member, "/en/")),
	    "what an editor announces stands above every page");
	answer = visit(&reader, "/fr/");
	ok(has(answer, "Annonces") &&
		has(answer, "lang=\"en\" hreflang=\"en\">We"),
	    "in another language it says which it is in");
	visit(&v, "/en/glossary?letter=A");
	answer =
	    post(&v, "/en/news/we-move/close", "back=/en/glossary?letter=A");
	ok(status(answer) == 303 &&
		header(answer, "location: /en/glossary?letter=A") &&
		has(answer, "HttpOnly; SameSite=Lax; Secure"),
	    "who closes it comes back to the page they were on");
	ok(!strip(visit(&v, "/en/glossary?letter=A")) &&
		!strip(visit(&v, "/fr/")) &&
		strip(visit(&reader, "/en/glossary?letter=A")),
	    "and does not see it again, though others do");
	answer = post(&v, "/en/news/we-move/close", "back=//example.net/");
	ok(header(answer, "location: /en/"), "nobody is led elsewhere");
	v.origin = "https://example.net";
	ok(status(post(&v, "/en/news/we-move/close", "back=/en/")) == 403,
	    "nor can another site close it");
	visitor_leave(&v);
}

/* Many at once, cookies that nobody has set, and the end. */
static void
ending(void)
{
	struct visitor v = visitor_beside(&reader);

	write_news(&editor, ANNOUNCED("We move two"), NULL);
	write_news(&editor, ANNOUNCED("We move three"), NULL);
	write_news(&editor, ANNOUNCED("We move four"), NULL);
	ok(count(visit(&reader, "/en/glossary"), "/close\"") == 3,
	    "three stand there at most");
	buf_puts(&v.cookies, "closed=99.98.x; lang=en");
	ok(has(visit(&v, "/en/links"), "We move") &&
		strip(visit(&v, "/en/links")),
	    "a cookie of somebody's own making closes nothing");
	change_in("UPDATE news SET announce_until = '2026-01-02'"
		  " WHERE announce_until IS NOT NULL");
	run_jobs();
	ok(!strip(visit(&reader, "/en/glossary")),
	    "at its end it goes from pages that were kept");
	visitor_leave(&v);
}

/* The clock changes news without a revision, maybe as soon as it was read. */
static void
same_second(void)
{
	write_news(&partner,
	    PLAIN("Numbatfund meets") "expires=2031-01-01T00:00\n", NULL);
	visit(&reader, "/en/news");
	change_in("INSERT INTO news_phase (record, phase) SELECT id, 'expired'"
		  " FROM record WHERE slug = 'numbatfund-meets'");
	ok(!has(visit(&reader, "/en/news"), "Numbatfund"),
	    "news that expires in the second it was read leaves the list");
}

int
main(void)
{
	partner = visitor_open();
	editor = visitor_beside(&partner);
	member = visitor_beside(&partner);
	reader = visitor_beside(&partner);
	member_add("Pia", "partner@example.org", "secret word", "partner");
	speaks_for("partner@example.org", "ilo");
	member_add("Eli Editor", "editor@example.org", "secret word", "editor");
	member_add("Mo Member", "member@example.org", "secret word", "member");
	sign_in(&partner, "partner@example.org", "secret word");
	sign_in(&editor, "editor@example.org", "secret word");
	sign_in(&member, "member@example.org", "secret word");
	posting();
	picture();
	own();
	scheduling();
	missing_the_time();
	approving();
	expiring();
	archive();
	announcing();
	ending();
	same_second();
	visitor_leave(&editor);
	visitor_leave(&member);
	visitor_leave(&reader);
	visitor_close(&partner);
	return done();
}
