/* Feeds of others: a partner brings one, an editor decides, all see its news. */
#include "mailbox.h"

static int64_t eva;

/* What "mutua jobs" would write down for the newest try. */
static void
found(void)
{
	change_in(
	    "UPDATE state.feed_try SET state = 'found', title = 'Field notes',"
	    " url = 'https://partner.example.org/feed.xml', format = 'rss-2.0',"
	    " site_url = 'https://partner.example.org/', entries = 12,"
	    " newest = '[{\"title\":\"A <b>clinic</b>\",\"link\":"
	    "  \"https://partner.example.org/1\",\"summary\":\"It opens.\","
	    "  \"published\":\"2026-11-03T10:00:00Z\",\"lang\":\"wo\"}]',"
	    " faults = '[{\"code\":\"unheard-of\",\"message\":\"Odd <i>dates\","
	    "  \"line\":7},{\"code\":\"unheard-of\",\"message\":\"Odd\","
	    "  \"line\":9}]',"
	    " others = '[{\"url\":\"https://partner.example.org/es.xml\","
	    "  \"title\":\"Notas\"}]'"
	    " WHERE id = (SELECT max(id) FROM state.feed_try)");
}

/* "/en/feeds/try/3", of the newest. */
static const char *
at_try(void)
{
	return text_in("SELECT '/en/feeds/try/' || max(id)"
		       " FROM state.feed_try");
}

#define BRINGS                                              \
	"address=partner.example.org&organisation=ilo-step" \
	"&feed_lang=en&theme=microinsurance&country=SN"

static void
test_entry(struct visitor *v)
{
	struct visitor other = visitor_beside(v);
	const char *page = visit(&other, "/en/feeds");

	ok(status(page) == 200 && has(page, "No feeds are read yet") &&
		has(page, "/en/pages/feeds"),
	    "where there are no feeds yet the page says what they are for");
	ok(status(visit(&other, "/en/feeds/new")) == 303,
	    "a visitor who would bring one is asked to sign in");
	sign_in(&other, "awa@example.org", "secret word one");
	ok(status(visit(&other, "/en/feeds/new")) == 403 &&
		!has(visit(&other, "/en/feeds"), "href=\"/en/feeds/new\""),
	    "bringing feeds is for partners");
	visitor_leave(&other);
}

static void
test_password(struct visitor *v)
{
	static const char *const all[] = {
		"https://me:s3cret@example.org/f.xml",
		"me:s3cret@example.org/f.xml", "feed://me:s3cret@example.org",
		"https://me:a%40s3cret@example.org/?x"
	};
	bool named = true, kept = false;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct buf form = { 0 };
		const char *page;

		buf_printf(&form, "organisation=ilo-step&address=%s", all[i]);
		page = submit(v, "/en/feeds/new", form.data);
		named = named && status(page) == 422 &&
		    has(page, "has a user or a password in it") &&
		    has(page, "//example.org");
		kept = kept || has(page, "s3cret");
		buf_free(&form);
	}
	ok(named, "an address with a password is refused by name");
	ok(!kept, "the form has it without, and shows the password no more");
	submit(v, "/en/feeds/new",
	    "organisation=ilo-step&address=https://me:s3/cret@example.org");
	submit(v, "/en/feeds/new",
	    "organisation=ilo-step&address=https:/me:s3cret@example.org");
	ok(number_in("SELECT count(*) FROM state.feed_try") == 0,
	    "nor is it kept, however it is typed");
}

static void
test_ours(struct visitor *v)
{
	ok(has(submit(v, "/en/feeds/new",
		   "organisation=ilo-step&address=EXAMPLE.org/en/news.atom"),
	       "whose news is here already"),
	    "a feed of this site is no news to it");
}

static void
test_form(struct visitor *v)
{
	const char *page = visit(v, "/en/feeds/new");

	ok(status(page) == 200 && !has(page, "kind=organisation") &&
		has(page, "<option value=\"ilo-step\" selected>") &&
		!has(page, "<option value=\"issa\""),
	    "a partner says where the feed is; whose, is chosen already if they"
	    " speak for one");
	ok(has(page, "<option value=\"wo\"") && !has(page, "Klingon"),
	    "the languages to choose from are those that other forms offer");
	page = submit(v, "/en/feeds/new", "address=&organisation=");
	ok(status(page) == 422 && has(page, "Say where the feed") &&
		has(page, "Say whose feed it is."),
	    "what is missing is named");
	page = submit(v, "/en/feeds/new",
	    "address=gopher://x&organisation=Nobody%20%3Cat%3E%20all"
	    "&feed_lang=xx-none&theme=nonsense&country=ZZ");
	ok(status(page) == 422 && has(page, "begins with http://") &&
		has(page, "value=\"Nobody &lt;at&gt; all\"") &&
		count(page, "Choose one from the list.") == 6,
	    "what is wrong is named at its place, and nothing typed is lost");
	ok(number_in("SELECT count(*) FROM state.feed_try") == 0,
	    "and nothing is looked for");
	ok(has(submit(v, "/en/feeds/new",
		   "address=https://a%20b.example.org&organisation=ilo-step"),
	       "begins with http://"),
	    "an address has no blanks");
	test_password(v);
	test_ours(v);
}

static void
test_looking(struct visitor *v)
{
	const char *page = submit(v, "/en/feeds/new", BRINGS);

	ok(status(page) == 303 && has(page, "\nlocation: /en/feeds/try/"),
	    "the address of a site is enough");
	ok(number_in("SELECT count(*) FROM state.feed_try"
		     " WHERE state = 'looking' AND asked = 0") == 1,
	    "no worker fetches anything: it is left to be looked for");
	is(text_in("SELECT t.address || ' ' || r.slug || ' ' || t.lang || ' '"
		   " || t.theme || ' ' || t.country FROM state.feed_try t"
		   " JOIN record r ON r.id = t.organisation"),
	    "http://partner.example.org ilo-step en microinsurance SN",
	    "with what was said of it");
	page = visit(v, at_try());
	ok(has(page, "We are looking.") && has(page, "See whether it is found"),
	    "meanwhile the page says so, with a link to look again");
	submit(v, "/en/feeds/new",
	    "address=feed:https://x.example.org/r&organisation=Strategies+and"
	    "+tools+against+social+exclusion+and+poverty+programme");
	is(text_in("SELECT t.address || ' ' || r.slug FROM state.feed_try t"
		   " JOIN record r ON r.id = t.organisation"
		   " ORDER BY t.id DESC"),
	    "https://x.example.org/r ilo-step",
	    "an organisation goes by its title, an address by feed: too");
}

static void
test_failure(struct visitor *v)
{
	const char *page;

	change_in("UPDATE state.feed_try SET state = 'failed',"
		  " error = 'no-host', detail = 'x.example.org'");
	page = visit(v, at_try());
	ok(has(page, "There is no server of that name.") &&
		has(page, "value=\"https://x.example.org/r\"") &&
		has(page, "value=\"ilo-step\""),
	    "what went wrong is said in plain words, and the form is there again");
	page = submit(v, at_try(), "_do=look");
	ok(status(page) == 303 && has(visit(v, at_try()), "We are looking."),
	    "it can be looked for once more");
	ok(has(visit(v, "/fr/feeds/try/1"), "Aucun serveur ne porte ce nom."),
	    "in the reader’s language");
}

static void
test_preview(struct visitor *v)
{
	struct visitor other = visitor_beside(v);
	const char *page;

	found();
	page = visit(v, at_try());
	ok(has(page, "A &lt;b&gt;clinic&lt;/b&gt;") && has(page, "It opens.") &&
		has(page, "3 November 2026") && has(page, "Field notes"),
	    "the newest entries are shown as they would look");
	change_in("UPDATE state.feed_try SET lang = NULL");
	page = visit(v, at_try());
	ok(has(page, "<li lang=\"wo\">") && has(page, "</time> · Wolof") &&
		!has(page, "does not say in which language"),
	    "with the language that the feed says");
	change_in("UPDATE state.feed_try SET newest = json_remove(newest,"
		  " '$[0].lang')");
	ok(has(visit(v, at_try()), "does not say in which language"),
	    "if it says none, that is told");
	ok(has(page, "Odd &lt;i&gt;dates") && has(page, "line 7, 2 ×"),
	    "what is odd in it is said once, and where");
	ok(has(page, "https://partner.example.org/es.xml"),
	    "other feeds of the site are offered");
	ok(has(visit(v,
		   text_in("SELECT '/en/feeds/new?try=' || max(id)"
			   " FROM state.feed_try")),
	       "value=\"https://x.example.org/r\""),
	    "what was said can be changed without typing it again");
	sign_in(&other, "pol@example.org", "secret word one");
	ok(status(visit(&other, at_try())) == 404 &&
		status(submit(&other, at_try(), "_do=send")) == 404 &&
		!has(visit(&other,
			 text_in("SELECT '/en/feeds/new?try=' || max(id)"
				 " FROM state.feed_try")),
		    "x.example.org"),
	    "another partner sees nothing of it");
	visitor_leave(&other);
	visit(v, at_try());
	submit(v, at_try(), "_do=look&choice=0");
	is(text_in("SELECT address || ' ' || state FROM state.feed_try"
		   " ORDER BY id DESC"),
	    "https://partner.example.org/es.xml looking",
	    "the one that is chosen is looked at in its place");
	submit(v, at_try(), "_do=send");
	ok(number_in("SELECT count(*) FROM feed") == 0,
	    "what was not found yet is not sent");
}

static void
test_sending(struct visitor *v)
{
	const char *page;

	found();
	visit(v, at_try());
	page = submit(v, at_try(), "_do=send");
	ok(status(page) == 303 &&
		header(page, "location: /en/feeds/1?done=feed_sent"),
	    "what was found is sent for approval");
	is(last_mail_name(), "feed-waiting eva@example.org",
	    "editors hear of it");
	ok(has(last_mail(), "Pia Partner brings a feed of Strategies and") &&
		strcmp(link_in_mail("https://example.org/fr/feeds/"),
		    "https://example.org/fr/feeds/1>") <= 0,
	    "by whom and of whom it is");
	page = visit(v, "/en/feeds/1?done=feed_sent");
	ok(has(page, "waits for an editor") && has(page, "It opens.") &&
		!has(page, "value=\"approve\""),
	    "its page says that it waits; its partner does not decide");
	ok(header(visit(v, at_try()), "location: /en/feeds/1"),
	    "what was looked for leads there");
	ok(has(visit(v, "/en/feeds"), "Waits for an editor"),
	    "the partner's list shows its state");
}

static void
test_twins(struct visitor *v)
{
	static const char *const same[] = {
		"http://partner.example.org/feed.xml",
		"https://Partner.Example.org:443/feed.xml/",
		"https://partner.example.org/feed.xml%23top", NULL
	};
	struct visitor other = visitor_beside(v);
	bool told = true;

	sign_in(&other, "pol@example.org", "secret word one");
	visit(&other, "/en/feeds/new");
	for (size_t i = 0; same[i] != NULL; i++) {
		struct buf form = { 0 };
		const char *page;

		buf_printf(&form, "organisation=issa&address=%s", same[i]);
		page = submit(&other, "/en/feeds/new", form.data);
		told = told && status(page) == 422 &&
		    has(page, "This feed is here already:") &&
		    has(page, "Field notes");
		buf_free(&form);
	}
	ok(told,
	    "an address that is there already is told, with its feed:"
	    " scheme, case and slash make no other");
	submit(&other, "/en/feeds/new",
	    "organisation=issa&address=partner.example.org");
	found();
	ok(has(visit(&other, at_try()), "This feed is here already:") &&
		!has(visit(&other, at_try()), "value=\"send\""),
	    "so is one that a site leads to");
	submit(&other, at_try(), "_do=send");
	ok(number_in("SELECT count(*) FROM feed") == 1,
	    "and is not sent twice");
	ok(status(visit(&other, "/en/feeds/1")) == 404 &&
		status(submit(&other, "/en/feeds/1", "_do=delete&sure=1")) ==
		    404,
	    "a feed that waits is its partner's and the editors' alone");
	visitor_leave(&other);
}

static void
test_declining(struct visitor *v, struct visitor *editor)
{
	const char *page = visit(editor, "/en/review");

	ok(has(page, "One feed waits for approval."),
	    "the page of reviews tells editors that a feed waits");
	ok(has(visit(editor, "/en/feeds"), "Field notes"), "their list has it");
	page = visit(editor, "/en/feeds/1");
	ok(has(page, "Approve the feed") && has(page, "It opens.") &&
		has(page, "Pia Partner"),
	    "its page shows them what the partner saw, and who that was");
	page = submit(editor, "/en/feeds/1", "_do=decline&words=+");
	ok(status(page) == 422 && has(page, "Say why"),
	    "declining needs a reason");
	submit(editor, "/en/feeds/1",
	    "_do=decline&words=Too+many+<advertisements>");
	is(last_mail_name(), "feed-declined pia@example.org",
	    "the partner gets a mail");
	ok(has(last_mail(), "Too many <advertisements>"), "with the reason");
	page = visit(v, "/en/feeds/1");
	ok(has(page, "Too many &lt;advertisements&gt;") &&
		has(page, "Send it once more"),
	    "which stands on its page, too");
	ok(status(submit(v, "/en/feeds/1", "_do=approve")) == 403 &&
		number_in("SELECT count(*) FROM feed"
			  " WHERE state = 'declined'") == 1,
	    "a partner approves nothing");
	submit(v, "/en/feeds/1", "_do=send");
	ok(number_in("SELECT count(*) FROM feed WHERE state = 'waiting'") == 1,
	    "what was mended is sent once more");
	is(last_mail_name(), "feed-waiting eva@example.org", "to the editors");
}

static void
test_approving(struct visitor *v, struct visitor *editor)
{
	struct visitor nobody = visitor_beside(v);
	const char *page;

	ok(status(visit(&nobody, "/en/feeds/1")) == 404 &&
		!has(visit(&nobody, "/en/feeds"), "Field notes"),
	    "before it is approved nobody else sees it");
	visit(editor, "/en/feeds/1");
	page =
	    submit(editor, "/en/feeds/1", "_do=approve&trust_chosen=publish");
	ok(header(page, "location: /en/feeds/1?done=feed_approved"),
	    "an editor approves it, once");
	is(text_in("SELECT state || ' ' || trust || ' ' || (approver = 2)"
		   " FROM feed"),
	    eva == 2 ? "active publish 1" : "active publish 0",
	    "with the trust that was chosen");
	is(last_mail_name(), "feed-approved pia@example.org",
	    "the partner gets a mail");
	ok(number_in("SELECT count(*) FROM state.feed_poll"
		     " WHERE feed = 1 AND due <= unixepoch()") == 1,
	    "it is read in the next moment");
	page = submit(editor, "/en/feeds/1", "_do=decline&words=late");
	ok(header(page, "location: /en/feeds/1?done=meanwhile"),
	    "who decides after another is told, and nothing changes");
	ok(has(visit(&nobody, "/en/feeds"), "Field notes") &&
		has(visit(&nobody, "/en/feeds.json"), "\"state\":\"active\"") &&
		!has(visit(&nobody, "/en/feeds.json"), "troubles"),
	    "from then on all see it");
	page = visit(&nobody, "/en/feeds/1");
	ok(status(page) == 200 && has(page, "Nothing of it has been") &&
		!has(page, "Pia Partner") && !has(page, "Look now"),
	    "but not how it goes, nor who brought it");
	visitor_leave(&nobody);
}

static void
test_news(struct visitor *v)
{
	struct visitor nobody = visitor_beside(v);
	const char *page;

	visit(&nobody, "/en/feeds/1");
	change_in("INSERT INTO feed_entry (feed, key, digest, record,"
		  " first_seen) SELECT 1, 'id ' || id, 'x', id,"
		  " '2026-11-30T00:00:00Z' FROM record WHERE kind = 'event'");
	page = visit(&nobody, "/en/feeds/1");
	ok(count(page, "<h3>") >= 5 && has(page, "/en/events/"),
	    "its page has the news that came from it");
	page = visit(&nobody, "/fr/feeds");
	ok(has(page, "Dernière actualité") && has(page, "/fr/feeds/1#news"),
	    "the list says when the last came, with the way to them");
	ok(has(visit(&nobody, "/en/feeds.csv"), "Field notes"),
	    "the list is a table, too");
	visitor_leave(&nobody);
}

static void
test_trouble(struct visitor *v, struct visitor *editor)
{
	struct visitor nobody = visitor_beside(v);
	const char *page;

	change_in("INSERT INTO state.feed_poll (feed, due, pace, looked, error,"
		  " detail, failures, format, entries)"
		  " VALUES (1, 4102444800, 3600, 1796083200, 'status', '503',"
		  "  3, 'rss-2.0', 12) ON CONFLICT DO UPDATE SET"
		  " due = excluded.due, looked = excluded.looked,"
		  " error = excluded.error, detail = excluded.detail,"
		  " failures = excluded.failures, format = excluded.format,"
		  " entries = excluded.entries");
	page = visit(v, "/en/feeds/1");
	ok(has(page, "The server answers with an error.") &&
		has(page, "(503)") && has(page, "Failed in a row: 3"),
	    "the partner sees why it could not be read");
	ok(has(page, "1 December 2026, 00:00 UTC") &&
		has(page, ">every 60 min<"),
	    "when it was looked at last, and how often that is");
	ok(has(page, "12 · RSS 2.0"), "how much is in it, and of what kind");
	ok(has(visit(v, "/en/feeds"), "The server answers with an error.") &&
		has(visit(v, "/en/dashboard"),
		    "The server answers with an error.") &&
		has(visit(v, "/es/dashboard"), "El servidor responde con un"),
	    "their list and their dashboard say so, too");
	ok(has(visit(editor, "/en/feeds"), "The server answers with an error."),
	    "editors see it of all");
	ok(!has(visit(&nobody, "/en/feeds"), "The server answers") &&
		!has(visit(&nobody, "/en/feeds/1.json"), "503"),
	    "visitors do not");
	visitor_leave(&nobody);
}

/* Of a feed each of whose entries is reviewed. */
static void
test_waiting(struct visitor *v, struct visitor *editor)
{
	struct visitor nobody = visitor_beside(v);
	const char *waits = "Waiting for an editor: 1<";

	ok(!has(visit(v, "/en/feeds/1"), "Waiting for an editor"),
	    "where no entry waits nothing is said of it");
	change_in(
	    "INSERT INTO state.contribution (id, kind, title, lang,"
	    "  tree, member, state, created, updated, submitted)"
	    " SELECT 77, 'news', 'Next', 'en', '{}', id, 'submitted',"
	    "  '2026', '2026', '2026' FROM member WHERE role = 'partner' LIMIT 1");
	change_in("INSERT INTO feed_entry (feed, key, digest, contribution,"
		  " first_seen) VALUES (1, 'next', 'x', 77,"
		  "  '2026-11-30T00:00:00Z')");
	ok(has(visit(v, "/en/feeds/1"), waits) &&
		has(visit(v, "/en/feeds/1"), "href=\"/en/dashboard\">Wait"),
	    "the partner sees that an entry waits, and the way to it");
	ok(has(visit(editor, "/en/feeds/1"), waits) &&
		has(visit(editor, "/en/feeds/1"), "/en/review?kind=news\">"),
	    "so does an editor");
	ok(!has(visit(&nobody, "/en/feeds/1"), "Waiting for an editor"),
	    "it is nothing to visitors");
	visitor_leave(&nobody);
}

int
main(void)
{
	struct visitor v = visitor_open(), editor = visitor_beside(&v);

	member_add("Pia Partner", "pia@example.org", "secret word one",
	    "partner");
	eva = member_add("Eva Editor", "eva@example.org", "secret word one",
	    "editor");
	member_add("Awa Exemple", "awa@example.org", "secret word one",
	    "member");
	member_add("Pol Partner", "pol@example.org", "secret word one",
	    "partner");
	speaks_for("pia@example.org", "ilo-step");
	speaks_for("pol@example.org", "issa");
	change_in("UPDATE member SET lang = 'en'");
	test_entry(&v);
	sign_in(&v, "pia@example.org", "secret word one");
	sign_in(&editor, "eva@example.org", "secret word one");
	test_form(&v);
	test_looking(&v);
	test_failure(&v);
	test_preview(&v);
	test_sending(&v);
	test_twins(&v);
	test_declining(&v, &editor);
	test_approving(&v, &editor);
	test_news(&v);
	test_trouble(&v, &editor);
	test_waiting(&v, &editor);
	visitor_leave(&editor);
	visitor_close(&v);
	return done();
}
