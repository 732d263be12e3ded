/*
 * Whom a partner speaks for: their news is published at once, their feeds are
 * theirs to bring; what they write for others is looked at first, and they are
 * told so before and after.
 */
#include "mailbox.h"

#define ISSA "International Social Security Association"
#define NEWS(title) "lang=en&title.en=" title "&summary.en=It+did.&_do=publish"

static struct visitor pia, pol, eva, reader;
static int64_t pia_id;

/* Of the contribution that was sent last. */
static char number[24];

/* Write news by the form for it. */
static const char *
write_news(struct visitor *v, const char *fields)
{
	static const char place[] = "\nlocation: /en/contributions/";
	const char *answer, *at;

	visit(v, "/en/news/new");
	answer = submit(v, "/en/news/new", fields);
	at = strstr(answer, place);
	if (at != NULL)
		snprintf(number, sizeof(number), "%.*s",
		    (int)strcspn(at + strlen(place), "?\r\n"),
		    at + strlen(place));
	return answer;
}

/* Its author's page, or a reviewer's. */
static const char *
at(const char *part)
{
	static char path[100];

	snprintf(path, sizeof(path), "/en/%s/%s", part, number);
	return path;
}

/* Does a reader find the news at its address? */
static bool
published(const char *slug)
{
	char path[100];

	snprintf(path, sizeof(path), "/en/news/%s", slug);
	return status(visit(&reader, path)) == 200;
}

static void
for_nobody_yet(void)
{
	const char *page = visit(&pia, "/en/news/new");

	ok(has(page,
	       "Your news will be looked at by an editor first, because"
	       " it has not been noted yet") &&
		has(page, "href=\"mailto:team@example.org\"") &&
		!has(page, "value=\"publish\""),
	    "who speaks for nobody yet is told that an editor looks first, why,"
	    " and whom to ask");
	page = write_news(&pia, NEWS("Pensions+grow") "&organisation=issa");
	ok(status(page) == 303 && has(page, "done=submitted") &&
		!published("pensions-grow"),
	    "what they write is not refused: it is reviewed, whatever was"
	    " pressed");
	ok(has(visit(&pia, "/en/feeds/new"), "It has not been noted yet") &&
		!has(visit(&pia, "/en/feeds/new"), "name=\"address\""),
	    "nor do they bring feeds, which is said in place of the form");
	page = visit(&pia, at("contributions"));
	ok(has(page,
	       "Your news for " ISSA " will be looked at by an editor"
	       " first, because it has not been noted yet"),
	    "its page says so");
	page = visit(&pia, "/en/dashboard");
	ok(has(page, "Your news for " ISSA " will be looked at") &&
		has(page, "You speak for") &&
		has(page, "It has not been noted yet for which organisation"),
	    "so does the dashboard");
}

static void
noted_by_an_editor(void)
{
	char member[100];
	const char *page;

	snprintf(member, sizeof(member), "/en/admin/members/%lld",
	    (long long)pia_id);
	page = visit(&eva, at("review"));
	ok(has(page,
	       "It has not been noted that Pia Partner speaks for this"
	       " organisation.") &&
		has(page, member),
	    "the editor sees why it waits, with the way to note it");
	visit(&eva, member);
	strcat(member, "/spokesperson");
	submit(&eva, member, "spoken_for=issa");
	ok(!has(visit(&eva, at("review")), "It has not been noted"),
	    "who notes it is not asked again");
	page = visit(&pia, "/en/dashboard");
	ok(has(page, "href=\"/en/organisations/issa\"") &&
		!has(page, "will be looked at"),
	    "the dashboard then names the organisation");
}

static void
for_one(void)
{
	const char *page = visit(&pia, "/en/news/new");

	ok(has(page, "<option value=\"issa\" selected>") &&
		has(page, "value=\"publish\"") &&
		!has(page, "will be looked at by an editor first, because"),
	    "the form has the organisation chosen, and publishes");
	page = write_news(&pia, NEWS("Pensions+rise") "&organisation=issa");
	ok(has(page, "done=published") && published("pensions-rise"),
	    "what they publish for it is seen at once");
	page = write_news(&pia,
	    NEWS("Health+for+all") "&organisation=issa"
				   "&organisation._other=World+Health+"
				   "Organization");
	ok(has(page, "done=submitted") && !published("health-for-all"),
	    "another that is typed counts, not the one that was chosen before");
	page = visit(&pia, at("contributions"));
	ok(has(page,
	       "will be looked at by an editor first, because you do not"
	       " speak for it here. You speak for " ISSA "."),
	    "and is said not to be theirs");
	page = write_news(&pia, NEWS("Of+nobody"));
	ok(has(page, "done=submitted") &&
		has(visit(&pia, at("contributions")),
		    "because it names none of the organisations"),
	    "news of nobody is reviewed, too");
}

static void
form_of_another(void)
{
	const char *page;

	write_news(&pia,
	    "lang=en&title.en=Kept&organisation._other=who&_do=save");
	page = visit(&pia, at("contributions"));
	ok(has(page, "name=\"organisation._other\" value=\"who\"") &&
		!has(page, "<option value=\"issa\" selected>") &&
		has(page, "because you do not speak for it here"),
	    "a draft of another's news keeps its name and says what follows");
	page = submit(&pia, at("contributions"),
	    "lang=en&title.en=Kept&organisation=issa&_do=publish");
	ok(has(page, "done=published") && published("kept"),
	    "it is theirs again when they choose their own");
}

static void
for_two(void)
{
	const char *page;

	speaks_for("pia@example.org", "who");
	page = visit(&pia, "/en/news/new");
	ok(has(page, "<option value=\"issa\">") &&
		has(page, "<option value=\"who\">") &&
		has(page, "id=\"f-group-whose\" open") &&
		has(page, "value=\"publish\""),
	    "of two organisations none is chosen beforehand");
	page = write_news(&pia, NEWS("Who+meets") "&organisation=who");
	ok(has(page, "done=published"), "news of each is published");
	ok(has(visit(&reader,
		   text_in("SELECT '/en/members/' || id FROM member"
			   " WHERE name = 'Pia Partner'")),
	       "href=\"/en/organisations/who\""),
	    "their public page names them");
	page = visit(&reader, "/en/organisations/who");
	ok(has(page, "/en/news/who-meets\"") &&
		has(page, "news is posted by:") && has(page, ">Pia Partner<"),
	    "and the organisation's page has its news, and who posts it");
}

/* What is published already. */
static void
changing(void)
{
	const char *page = visit(&pia, "/en/news/pensions-rise/edit");

	ok(has(page, "<option value=\"issa\" selected>"),
	    "what they change has its organisation chosen");
	page = submit(&pia, "/en/news/pensions-rise/edit",
	    NEWS("Pensions+rise") "&organisation._other=ilo");
	ok(has(page, "done=submitted"),
	    "making it another's news is looked at first");
	page = visit(&pol, "/en/news/pensions-rise/edit");
	ok(!has(page, "value=\"publish\"") &&
		status(visit(&pol, "/en/news/pensions-rise/withdraw")) == 403,
	    "a partner of nobody changes nothing of it by themselves");
	speaks_for("pol@example.org", "issa");
	visit(&pol, "/en/news/pensions-rise/edit");
	page = submit(&pol, "/en/news/pensions-rise/edit",
	    NEWS("Pensions+rise+again") "&organisation=issa");
	ok(has(page, "done=published") &&
		status(visit(&pol, "/en/news/pensions-rise/withdraw")) == 200,
	    "another who speaks for the same organisation does");
	visit(&pol, "/en/news/who-meets/edit");
	page = submit(&pol, "/en/news/who-meets/edit",
	    NEWS("Taken") "&organisation=issa");
	ok(has(page, "done=submitted") &&
		!has(visit(&reader, "/en/news/who-meets"), "Taken"),
	    "nobody takes another's news for their own organisation");
}

static void
feeds(void)
{
	const char *page = visit(&pia, "/en/feeds/new");

	ok(has(page, "<option value=\"issa\">") &&
		has(page, "<option value=\"who\">"),
	    "feeds are brought for the same organisations");
	page = submit(&pia, "/en/feeds/new",
	    "address=partner.example.org&organisation=ilo");
	ok(status(page) == 422 &&
		has(page,
		    "You can bring the feeds of organisations that you"
		    " speak for.") &&
		has(page, "<option value=\"ilo\" selected>") &&
		number_in("SELECT count(*) FROM state.feed_try") == 0,
	    "another's is refused, with the reason beside the field");
	page = submit(&pia, "/en/feeds/new",
	    "address=partner.example.org&organisation=issa");
	ok(status(page) == 303, "their own is looked for");
	change_in("UPDATE state.feed_try SET state = 'found', title = 'Notes',"
		  " url = 'https://example.org/f', entries = 1");
	change_in("DELETE FROM spokesperson WHERE organisation ="
		  " (SELECT id FROM record WHERE slug = 'issa')"
		  " AND member = (SELECT id FROM member WHERE name ="
		  "  'Pia Partner')");
	page = visit(&pia, "/en/feeds/try/1");
	ok(!has(page, "value=\"send\"") && has(page, "that you speak for"),
	    "who speaks for it no more by then is told");
	submit(&pia, "/en/feeds/try/1", "_do=send");
	ok(number_in("SELECT count(*) FROM feed") == 0, "and sends nothing");
	speaks_for("pia@example.org", "issa");
	visit(&pia, "/en/feeds/try/1");
	submit(&pia, "/en/feeds/try/1", "_do=send");
	ok(number_in("SELECT count(*) FROM feed") == 1 &&
		has(visit(&pol, "/en/feeds/1"), "waits for an editor") &&
		has(visit(&pol, "/en/dashboard"), "/en/feeds/1\""),
	    "all who speak for the organisation look after it");
	visit(&eva, "/en/feeds/new");
	page = submit(&eva, "/en/feeds/new",
	    "address=example.net&organisation=ilo");
	ok(status(page) == 303, "an editor brings that of any");
}

/* Editors alone have news announced above every page. */
static void
announced(void)
{
	static const char times[] = "&announce_from=2026-01-01"
				    "&announce_until=2031-01-01";
	struct buf form = { 0 };

	ok(has(visit(&eva, "/en/news/new"), "name=\"announce_until\"") &&
		!has(visit(&pia, "/en/news/new"), "announce"),
	    "a partner is not asked when to announce on every page");
	buf_printf(&form, "%s%s", NEWS("Kept") "&organisation=issa", times);
	visit(&eva, "/en/news/kept/edit");
	submit(&eva, "/en/news/kept/edit", form.data);
	visit(&pia, "/en/news/kept/edit");
	submit(&pia, "/en/news/kept/edit",
	    NEWS("Kept+well") "&organisation=issa");
	ok(has(visit(&reader, "/en/glossary"), "Kept well"),
	    "what an editor has announced stays so when its author changes it");
	visit(&eva, "/en/news/kept/edit");
	submit(&eva, "/en/news/kept/edit",
	    NEWS("Kept+well") "&organisation=issa");
	ok(!has(visit(&reader, "/en/glossary"), "Kept well"),
	    "and no longer when an editor takes the times out");
	buf_free(&form);
}

static void
not_any_more(void)
{
	change_in("UPDATE record SET status = 'archived'"
		  " WHERE kind = 'organisation' AND slug = 'issa'");
	ok(!has(visit(&pia, "/en/news/new"), "\"issa\"") &&
		has(visit(&pol, "/en/dashboard"), "It has not been noted yet"),
	    "an organisation that is withdrawn is nobody's any more");
	write_news(&pol, NEWS("Last+word") "&organisation=issa");
	ok(!published("last-word"), "and nothing is published for it");
	change_in("UPDATE record SET status = 'published' WHERE slug = 'issa'");
	change_in("UPDATE member SET role = 'member'"
		  " WHERE email = 'pol@example.org'");
	ok(status(visit(&pol, "/en/news/new")) == 403 &&
		number_in("SELECT count(*) FROM spoken_for s JOIN member m"
			  " ON m.id = s.member WHERE m.role = 'member'") == 0,
	    "who is no partner speaks for nobody");
}

static void
editors(void)
{
	const char *page = visit(&eva, "/en/news/new");

	ok(has(page, "value=\"publish\"") &&
		!has(page, "organisation._other") &&
		!has(page, "will be looked at"),
	    "editors are asked for no organisation of theirs");
	page = write_news(&eva, NEWS("Editors+write"));
	ok(has(page, "done=published"), "and publish as before");
	ok(has(visit(&pia, "/fr/news/new"), "Une autre organisation") &&
		has(visit(&pia, "/es/dashboard"), "Usted es portavoz de"),
	    "all of it is said in the reader's language");
}

int
main(void)
{
	pia = visitor_open();
	pol = visitor_beside(&pia);
	eva = visitor_beside(&pia);
	reader = visitor_beside(&pia);
	pia_id = member_add("Pia Partner", "pia@example.org", "secret word",
	    "partner");
	member_add("Pol Partner", "pol@example.org", "secret word", "partner");
	member_add("Eva Editor", "eva@example.org", "secret word", "editor");
	sign_in(&pia, "pia@example.org", "secret word");
	sign_in(&pol, "pol@example.org", "secret word");
	sign_in(&eva, "eva@example.org", "secret word");
	for_nobody_yet();
	noted_by_an_editor();
	for_one();
	form_of_another();
	for_two();
	changing();
	feeds();
	announced();
	not_any_more();
	editors();
	visitor_leave(&pol);
	visitor_leave(&eva);
	visitor_leave(&reader);
	visitor_close(&pia);
	return done();
}
