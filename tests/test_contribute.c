/*
 * Contributing: every kind from a form to its page, and what must not happen
 * on the way.
 */
#include "forms.h"

static struct visitor awa, edit, luis;

static bool
done_is(const char *answer, const char *key)
{
	char query[64];

	snprintf(query, sizeof(query), "?done=%s\n", key);
	return status(answer) == 303 && has(answer, query);
}

/* What a member must say of each kind, and a word to find it by. */
static const struct sample {
	const char *kind, *part, *fields, *name;
} samples[] = {
	{ "scheme", "schemes",
	    "title.en=Mutuelle+Zanzolo&name=Mutuelle+Zanzolo&country=SN"
	    "&type=mutual-health-organization&sources.0.reference=A+visit",
	    "Zanzolo" },
	{ "document", "library",
	    "title.en=Report+Zanbetu&doctype=report&year=2011", "Zanbetu" },
	{ "organisation", "organisations",
	    "title.en=Union+Zankita&organisation_type=other", "Zankita" },
	{ "expert", "experts", "title.en=Dr+Zanmira", "Zanmira" },
	{ "term", "glossary", "title.en=Zanfola+rule&names.en.synonyms=zanfola",
	    "Zanfola" },
	{ "event", "events",
	    "title.en=Meeting+Zandelo&event_type=other&date=2011-05",
	    "Zandelo" },
	{ "link", "links",
	    "title.en=Site+Zanriba&link_category=other"
	    "&url=https%3A%2F%2Fexample.org%2Fz",
	    "Zanriba" },
	{ "question", "questions", "title.en=Why+Zanpoko%3F&theme=financing",
	    "Zanpoko" },
};

/* A code that a list has, where the sample says "other". */
static const char *
code_of(const char *list)
{
	static char code[64];
	struct db *db = db_open(visitor_database.data, DB_READ);
	struct query *q = db_restart(db_query(db,
	    "SELECT code FROM code WHERE list = :list ORDER BY place LIMIT 1"));

	db_set_text(q, "list", list);
	snprintf(code, sizeof(code), "%s", db_next(q) ? db_text(q, 0) : "");
	db_close(db);
	return code;
}

static void
complete(struct buf *body, const struct sample *s)
{
	static const char *const lists[] = { "doctype", "organisation_type",
		"event_type", "link_category", "type" };

	buf_clear(body);
	buf_puts(body, s->fields);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (has(s->fields, lists[i]))
			form_set(body, lists[i], code_of(lists[i]));
}

static void
claim(bool holds, const char *kind, const char *what)
{
	char text[200];

	snprintf(text, sizeof(text), "%s: %s", kind, what);
	ok(holds, text);
}

/* New, saved, submitted by its author; published by an editor; found. */
static void
test_kind(const struct sample *s)
{
	struct buf body = { 0 }, path = { 0 };
	const char *answer;

	buf_printf(&path, "/en/%s/new", s->part);
	answer = visit(&awa, path.data);
	claim(status(answer) == 200 && has(answer, "class=\"fields record\""),
	    s->kind, "there is a form");
	complete(&body, s);
	buf_puts(&body, "&lang=en&words=I+know+it");
	form_set(&body, "_do", "save");
	answer = submit(&awa, path.data, body.data);
	claim(done_is(answer, "saved"), s->kind, "a draft is kept");
	led_to(answer);
	answer = visit(&awa, visitor_place.data);
	claim(status(answer) == 200 && has(answer, s->name), s->kind,
	    "and shown again");
	form_read_page(&body, answer);
	form_set(&body, "_do", "submit");
	answer = submit(&awa, visitor_place.data, body.data);
	claim(done_is(answer, "submitted"), s->kind, "it is sent");
	if (strcmp(s->kind, "scheme") == 0)
		ok(has(visit(&awa, visitor_place.data),
		       "Status: Please fill in this."),
		    "what is odd is said after that, too");
	buf_clear(&path);
	buf_puts(&path, visitor_place.data);
	answer = visit(&edit, path.data);
	form_read_page(&body, answer);
	form_set(&body, "_do", "publish");
	answer = submit(&edit, path.data, body.data);
	claim(done_is(answer, "published"), s->kind, "an editor publishes it");
	answer = visit(&awa, led_to(answer));
	claim(status(answer) == 200 && has(answer, s->name), s->kind,
	    "it has a page");
	buf_clear(&path);
	buf_printf(&path, "/en/search?q=%s", s->name);
	claim(has(visit(&awa, path.data), visitor_place.data), s->kind,
	    "the search finds it");
	buf_free(&body);
	buf_free(&path);
}

static void
test_kept(void)
{
	struct buf body = { 0 };
	const char *answer;

	visit(&awa, "/fr/schemes/new");
	answer = submit(&awa, "/fr/schemes/new",
	    "_do=submit&lang=fr&title.fr=Mutuelle+%3Cb%3E%22x%22"
	    "&year_started=hier&website=example&summary.fr=Deux%0Alignes"
	    "&figures.0.indicator=members&figures.0.value=beaucoup"
	    "&figures.0.year=2004&products.0.name=Base"
	    "&products.0.benefits.0.rate=101&insurer=Nulle+part&words=Vu");
	ok(status(answer) == 422, "what cannot be is not sent");
	ok(has(answer, "« hier » n’est pas un nombre entier"),
	    "its author is told why, in the language of the page");
	ok(has(answer, "href=\"#f-figures-0-value\"") &&
		has(answer, "id=\"f-figures-0-value\"") &&
		has(answer, "id=\"f-figures-0-value-fault\"") &&
		has(answer, "aria-invalid=\"true\""),
	    "with a link to the place, and there as well");
	form_read_page(&body, answer);
	ok(has(body.data, "title.fr=Mutuelle%20%3Cb%3E%22x%22") &&
		has(body.data, "year_started=hier") &&
		has(body.data, "figures.0.value=beaucoup") &&
		has(body.data, "products.0.benefits.0.rate=101") &&
		has(body.data, "summary.fr=Deux%0Alignes") &&
		has(body.data, "insurer=Nulle%20part") &&
		has(body.data, "words=Vu"),
	    "everything typed is there still");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE state = 'draft' AND tree LIKE '%beaucoup%'") == 1,
	    "and kept as a draft");
	buf_free(&body);
}

static void
test_more(void)
{
	const char *answer;

	visit(&awa, "/en/schemes/new");
	answer = submit(&awa, "/en/schemes/new",
	    "_more=products.0.benefits&products.0.name=Basic&lang=en");
	ok(status(answer) == 200 &&
		has(answer, "name=\"products.0.benefits.0.rate\"") &&
		has(answer, "name=\"products.1.name\""),
	    "a list gives another row when asked");
	ok(count(answer, " autofocus") == 1 &&
		before(answer, "id=\"f-products-0-benefits-0-service\"",
		    " autofocus"),
	    "and goes on there");
	answer = submit(&awa, "/en/schemes/new",
	    "_more=sources&sources.0.reference=A&sources.1.reference=B"
	    "&sources.0._remove=1");
	ok(has(answer, "name=\"sources.0.reference\" value=\"B\""),
	    "a row that is marked goes");
}

static void
test_rights(void)
{
	struct visitor nobody = visitor_beside(&awa);
	const char *answer;
	char path[100];

	answer = visit(&nobody, "/en/schemes/new");
	ok(status(answer) == 303 && has(answer, "/en/sign-in?next="),
	    "a visitor is asked to sign in");
	ok(status(visit(&nobody, "/en/contribute")) == 200,
	    "but may read what can be contributed");
	ok(status(visit(&awa, "/en/themes/new")) == 403 &&
		status(visit(&awa, "/en/countries/new")) == 403 &&
		status(visit(&awa, "/en/news/new")) == 403,
	    "some kinds are for editors");
	ok(status(visit(&edit, "/en/themes/new")) == 200, "who have them");
	ok(status(visit(&awa, "/en/countries/sn/edit")) == 200,
	    "members write of a country that is there");
	ok(status(visit(&awa, "/en/schemes/nothing/edit")) == 404 &&
		status(visit(&awa, "/en/nothing/new")) == 404,
	    "not of what is not");
	visit(&awa, "/en/links/new");
	led_to(submit(&awa, "/en/links/new", "_do=save&title.en=Mine"));
	ok(status(visit(&awa, visitor_place.data)) == 200 &&
		status(visit(&luis, visitor_place.data)) == 404 &&
		status(visit(&edit, visitor_place.data)) == 404,
	    "a draft is its author's alone");
	visit(&luis, "/en/");
	ok(status(submit(&luis, visitor_place.data,
	       "_do=save&title.en=Yours")) == 404,
	    "nobody else writes in it");
	snprintf(path, sizeof(path), "%s", visitor_place.data);
	visit(&awa, path);
	submit(&awa, path,
	    "_do=publish&title.en=Mine&lang=en&url=https%3A%2F%2Fexample.org"
	    "&link_category=other&status=published&owner=1&slug=evil&id=1");
	ok(number_in("SELECT count(*) FROM record WHERE slug IN ('evil',"
		     " 'mine')") == 0,
	    "who may not publish does not, whatever is sent");
	visitor_leave(&nobody);
}

/* A member's edit, and an editor's meanwhile. */
static void
test_conflict(void)
{
	static const char path[] = "/en/glossary/adverse-selection/edit";
	struct buf mine = { 0 }, theirs = { 0 };
	const char *answer;

	form_read_page(&mine, visit(&awa, path));
	form_read_page(&theirs, visit(&edit, path));
	form_set(&theirs, "summary.en", "An editor says so.");
	form_set(&theirs, "acronym", "EDI");
	form_set(&theirs, "_do", "publish");
	answer = submit(&edit, path, theirs.data);
	ok(done_is(answer, "published"), "an editor's change is live at once");
	ok(has(visit(&awa, "/en/glossary/adverse-selection"),
	       "An editor says so."),
	    "and seen");
	visit(&awa, path);
	form_set(&mine, "summary.en", "A member says so.");
	form_set(&mine, "summary.fr", "Un membre le dit.");
	form_set(&mine, "note", "A note of mine");
	form_set(&mine, "_do", "submit");
	answer = submit(&awa, path, mine.data);
	ok(status(answer) == 409 && has(answer, "A member says so.") &&
		has(answer, "An editor says so."),
	    "who comes second sees both");
	ok(has(answer, "name=\"take.summary.en\"") &&
		!has(answer, "name=\"take.acronym\"") &&
		!has(answer, "name=\"take.summary.fr\"") &&
		!has(answer, "name=\"take.note\""),
	    "and chooses only where both changed the same");
	answer = strstr(answer, "action=\"/en/contributions/");
	ok(answer != NULL, "there is a way on");
	buf_clear(&visitor_place);
	if (answer != NULL)
		buf_put(&visitor_place, answer + 8, strcspn(answer + 8, "\""));
	ok(has(visit(&awa, "/en/glossary/adverse-selection"),
	       "An editor says so."),
	    "nothing is overwritten");
	buf_clear(&theirs);
	buf_puts(&theirs, "take.summary.en=mine&newest=");
	buf_printf(&theirs, "%lld",
	    (long long)number_in(
		"SELECT max(number) FROM revision v JOIN record r"
		" ON r.id = v.record WHERE r.slug = 'adverse-selection'"));
	visit(&awa, "/en/glossary");
	answer = submit(&awa, visitor_place.data, theirs.data);
	ok(done_is(answer, "merged"), "the choice is taken");
	form_read_page(&mine, visit(&awa, led_to(answer)));
	ok(has(mine.data, "A%20member%20says%20so.") &&
		has(mine.data, "Un%20membre%20le%20dit.") &&
		has(mine.data, "acronym=EDI") &&
		has(mine.data, "note=A%20note%20of%20mine"),
	    "both are joined");
	form_set(&mine, "_do", "submit");
	ok(done_is(submit(&awa, visitor_place.data, mine.data), "submitted"),
	    "and sent");
	buf_free(&mine);
	buf_free(&theirs);
}

/* What is there already, to go by its name, is not there twice by mistake. */
static void
test_twin(void)
{
	struct buf body = { 0 };

	visit(&edit, "/en/schemes/new");
	form_read_page(&body,
	    submit(&edit, "/en/schemes/new",
		"_do=publish&lang=fr&title.fr=X&country=SN&name=AAR+SA+JABOOT"
		"&type=community-mutual&sources.0.reference=A+book"));
	ok(has(body.data, "_asked=1"), "another of that name is asked about");
	form_set(&body, "_do", "publish");
	ok(done_is(submit(&edit, "/en/schemes/new", body.data), "published"),
	    "once");
	buf_free(&body);
}

/* A contact that did not agree to be shown. */
static void
test_confidence(void)
{
	static const char path[] = "/en/schemes/mss-benin/edit";
	struct buf body = { 0 };
	const char *answer;

	form_read_page(&body, visit(&edit, path));
	form_set(&body, "contacts.0.name", "Ada");
	form_set(&body, "contacts.0.email", "ada@example.org");
	form_set(&body, "_do", "publish");
	answer = submit(&edit, path, body.data);
	ok(done_is(answer, "published"), "an editor keeps a contact");
	answer = visit(&awa, path);
	ok(has(answer, "value=\"Ada\"") && !has(answer, "ada@example.org"),
	    "whose address a member does not see");
	form_read_page(&body, answer);
	form_set(&body, "contacts.0.function", "Chair");
	form_set(&body, "contacts.0.consent", "2020");
	form_set(&body, "contacts.1.name", "Bea");
	form_set(&body, "contacts.1.email", "bea@example.org");
	form_set(&body, "_do", "submit");
	answer = submit(&awa, path, body.data);
	ok(done_is(answer, "submitted"), "who changes what they see");
	led_to(answer);
	ok(!has(visit(&awa, visitor_place.data), "ada@example.org"),
	    "and still does not see it");
	ok(number_in("SELECT count(*) FROM state.contribution WHERE"
		     " state = 'submitted' AND tree LIKE '%ada@example.org%'"
		     " AND tree LIKE '%bea@example.org%'") == 1,
	    "but nothing is lost");
	buf_free(&body);
}

static void
test_withdraw(void)
{
	const char *answer = visit(&awa, visitor_place.data);

	ok(status(answer) == 200 && has(answer, "value=\"discard\""),
	    "what waits can be taken back");
	ok(has(answer, "Dashboard</a> · <a"),
	    "and leads back to all that is one's own");
	answer = submit(&awa, visitor_place.data, "_do=discard");
	ok(done_is(answer, "taken_back") &&
		number_in("SELECT count(*) FROM state.contribution WHERE"
			  " state = 'withdrawn' AND tree IS NOT NULL") == 1,
	    "and is kept");
	visit(&awa, visitor_place.data);
	ok(done_is(submit(&awa, visitor_place.data, "_do=resume"), "resumed"),
	    "to go on with it");
	visit(&awa, "/en/links/new");
	led_to(submit(&awa, "/en/links/new", "_do=save&title.en=Gone"));
	visit(&awa, visitor_place.data);
	submit(&awa, visitor_place.data, "_do=discard");
	ok(status(visit(&awa, visitor_place.data)) == 404,
	    "a draft goes for good");
}

static void
test_autosave(void)
{
	const char *answer;

	visit(&awa, "/en/links/new");
	answer = submit(&awa, "/en/links/new",
	    "_do=save&_autosave=1&title.en=Slowly");
	ok(status(answer) == 201 &&
		has(answer, "\nlocation: /en/contributions/"),
	    "a form that saves itself makes a draft");
	led_to(answer);
	answer = submit(&awa, visitor_place.data,
	    "_do=save&_autosave=1&title.en=Slowly+done");
	ok(status(answer) == 204, "and goes on saving it");
	ok(has(visit(&awa, visitor_place.data), "Slowly done"),
	    "as it was typed");
}

static void
test_twice(void)
{
	static const char body[] = "_do=submit&lang=en&title.en=Twice"
				   "&organisation_type=";
	struct buf fields = { 0 };

	buf_printf(&fields, "%s%s", body, code_of("organisation_type"));
	for (int i = 0; i < 2; i++) {
		visit(&awa, "/en/organisations/new");
		ok(done_is(submit(&awa, "/en/organisations/new", fields.data),
		       "submitted"),
		    i == 0 ? "a form is sent" : "and sent again");
	}
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE title = 'Twice'") == 1,
	    "but is one contribution");
	buf_free(&fields);
}

/* Every form is there in every language. */
static void
test_languages(void)
{
	static const char *const parts[] = { "schemes", "library",
		"organisations", "experts", "glossary", "events", "links",
		"questions", "themes", "conventions", "news", "pages",
		"regions", "countries", "newsletter" };
	char path[80];
	int good = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		for (size_t l = 0; l < 3; l++) {
			snprintf(path, sizeof(path), "/%s/%s/new",
			    site_languages[l], parts[i]);
			good += status(visit(&edit, path)) == 200;
		}
	ok(good == 15 * 3, "every kind has a form in every language");
}

static void
test_mails(void)
{
	ok(number_in(
	       "SELECT count(*) FROM state.outbox WHERE name = 'submitted'"
	       " AND recipient = 'awa@example.org'") >= 8,
	    "the author gets a mail that it has come");
	ok(number_in("SELECT count(*) FROM state.outbox WHERE name = 'review'"
		     " AND recipient = 'edit@example.org'") >= 8,
	    "editors one that it waits");
	ok(number_in(
	       "SELECT count(*) FROM state.outbox WHERE name = 'published'"
	       " AND recipient = 'awa@example.org'") == 8,
	    "and the author one when it is published");
}

static void
test_pick(void)
{
	const char *answer =
	    visit(&awa, "/en/pick.json?kind=document&q=ouagadougou");

	ok(status(answer) == 200 && has(answer, "ouagadougou"),
	    "records are found while typing");
	visit(&awa, "/en/links/new");
	led_to(submit(&awa, "/en/links/new",
	    "_do=save&title.en=L&related.0.to=Adverse+selection"
	    "&related.0.relation=related"));
	ok(has(visit(&awa, visitor_place.data),
	       "value=\"term/adverse-selection\""),
	    "who types a title means the record");
}

int
main(void)
{
	awa = visitor_open();
	edit = visitor_beside(&awa);
	luis = visitor_beside(&awa);
	member_add("Awa Exemple", "awa@example.org", "secret word", "member");
	member_add("Edit Exemple", "edit@example.org", "secret word", "editor");
	member_add("Luis Ejemplo", "luis@example.org", "secret word", "member");
	sign_in(&awa, "awa@example.org", "secret word");
	sign_in(&edit, "edit@example.org", "secret word");
	sign_in(&luis, "luis@example.org", "secret word");
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		test_kind(&samples[i]);
	test_mails();
	test_kept();
	test_more();
	test_rights();
	test_conflict();
	test_withdraw();
	test_twin();
	test_confidence();
	test_autosave();
	test_pick();
	test_twice();
	test_languages();
	visitor_leave(&edit);
	visitor_leave(&luis);
	visitor_close(&awa);
	return done();
}
