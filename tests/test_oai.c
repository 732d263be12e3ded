/* OAI-PMH 2.0 as a provider: what is asked, and lists page by page. */
#include "oai.h"

static void
verbs(struct visitor *v)
{
	static const char *const queries[] = { "verb=Identify",
		"verb=ListMetadataFormats", "verb=ListSets",
		"verb=ListIdentifiers&metadataPrefix=oai_dc",
		"verb=ListRecords&metadataPrefix=mods",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier="
		"oai:example.org:document/feasibility-study-guide" };
	bool got = true, posted = true, typed = true;

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		const char *answer = oai(v, queries[i]);

		got = got && valid(answer) && !has(answer, "<error");
		typed = typed &&
		    header(answer, "content-type: text/xml; charset=UTF-8");
		answer = post(v, "/oai", queries[i]);
		posted = posted && valid(answer) && !has(answer, "<error");
	}
	ok(got,
	    "OAI-1: the six verbs are answered to GET, as their schema says");
	ok(posted, "OAI-1: and to POST, without a token of ours");
	ok(typed, "OAI-1: as text/xml in UTF-8");
	ok(status(oai(v, "verb=Nothing")) == 200,
	    "OAI-1: an error of the protocol is none of HTTP");
	ok(header(oai(v, "verb=Identify"), "cache-control: no-store"),
	    "an answer has the time in it, and is kept by nobody");
}

static void
identify(struct visitor *v)
{
	const char *answer = oai(v, "verb=Identify");

	ok(has(answer, "<baseURL>https://example.org/oai</baseURL>") &&
		has(answer, ">https://example.org/oai</request>"),
	    "OAI-2: it names the address it is at");
	ok(has(answer, "<protocolVersion>2.0</protocolVersion>") &&
		has(answer, "<repositoryName>Mutua</repositoryName>") &&
		has(answer, "<adminEmail>help@example.org</adminEmail>"),
	    "OAI-2: version, name, and the address of the site's keepers");
	ok(has(answer, "<deletedRecord>persistent</deletedRecord>") &&
		has(answer, "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"),
	    "OAI-2: it never forgets what was deleted, and dates to the second");
	ok(has(answer,
	       "<earliestDatestamp>2020-02-02T12:00:00Z</earliestDatestamp>"),
	    "OAI-2: since when there are changes");
	ok(has(answer, "<repositoryIdentifier>example.org</"),
	    "OAI-2: and what identifiers look like");
}

static void
errors(struct visitor *v)
{
	static const struct {
		const char *query, *code, *claim;
	} all[] = {
		{ "", "badVerb", "OAI-3: no verb" },
		{ "verb=", "badVerb", "OAI-3: an empty verb" },
		{ "verb=identify", "badVerb",
		    "OAI-3: a verb is not in small letters" },
		{ "verb=Identify&verb=Identify", "badVerb",
		    "OAI-3: two verbs" },
		{ "verb=Identify&set=type:document", "badArgument",
		    "OAI-3: an argument that the verb does not take" },
		{ "verb=Identify&colour=red", "badArgument",
		    "OAI-3: an argument that does not exist" },
		{ "verb=ListRecords", "badArgument",
		    "OAI-3: no metadataPrefix" },
		{ "verb=GetRecord&metadataPrefix=oai_dc", "badArgument",
		    "OAI-3: no identifier" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=mods",
		    "badArgument", "OAI-3: an argument twice" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday",
		    "badArgument", "OAI-3: a date that is none" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&from=2020-02-30",
		    "badArgument", "OAI-3: a day that no calendar has" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&from=2020-02",
		    "badArgument", "OAI-3: a month is no date" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&from=2020-02-01T00:00:00",
		    "badArgument", "OAI-3: a time without its zone" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01"
		  "&until=2020-03-01T00:00:00Z",
		    "badArgument",
		    "OAI-3: from to the day and until to the second" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&from=2020-03-01"
		  "&until=2020-01-01",
		    "badArgument", "OAI-3: from after until" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&set=", "badArgument",
		    "OAI-3: an empty set" },
		{ "verb=ListRecords&metadataPrefix=marc21",
		    "cannotDisseminateFormat",
		    "OAI-3: a format we do not have" },
		{ "verb=GetRecord&metadataPrefix=oai_dc&identifier="
		  "oai:example.org:document/none",
		    "idDoesNotExist", "OAI-3: no record of that name" },
		{ "verb=GetRecord&metadataPrefix=oai_dc&identifier="
		  "oai:elsewhere.org:document/feasibility-study-guide",
		    "idDoesNotExist", "OAI-3: a record of another site" },
		{ "verb=ListMetadataFormats&identifier=x", "idDoesNotExist",
		    "OAI-3: formats of what is not there" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01",
		    "noRecordsMatch", "OAI-3: before there was anything" },
		{ "verb=ListRecords&metadataPrefix=oai_dc&set=theme:nothing",
		    "noRecordsMatch", "OAI-7: an unknown set has no records" },
		{ "verb=ListSets&resumptionToken=x", "badResumptionToken",
		    "OAI-4: sets have no tokens" },
		{ "verb=ListRecords&resumptionToken=x", "badResumptionToken",
		    "OAI-4: a token that is none" },
		{ "verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc",
		    "badArgument", "OAI-4: a token stands alone" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		ok(fails(v, all[i].query, all[i].code), all[i].claim);
	ok(has(oai(v, "verb=Nothing&set=a"), "<request>https") &&
		has(oai(v, "verb=Identify&set=a"), "<request>https"),
	    "OAI-3: what makes no sense is not repeated");
	ok(has(oai(v, "verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01"),
	       "<request>https"),
	    "OAI-3: nor is a date that is none");
	ok(has(oai(v, "verb=ListRecords&metadataPrefix=x"),
	       "<request verb=\"ListRecords\" metadataPrefix=\"x\">"),
	    "OAI-3: other arguments are, with the error");
	ok(valid(post(v, "/oai", "verb=ListSets%3C&set=%22%3E%3Cscript")),
	    "OAI-8: hostile arguments leave the answer whole");
}

static const char everything[] = "verb=ListIdentifiers&metadataPrefix=oai_dc";

static void
pages(struct visitor *v)
{
	struct buf all = { 0 };
	int64_t n = number_in("SELECT count(*) FROM record"
			      " WHERE status = 'published' AND kind <> 'page'");
	char first[1024], size[64];

	ok(harvest(v, everything, &all, NULL) && each_once(buf_text(&all)) &&
		count(all.data, "<header>") == n && n > 600,
	    "OAI-4: page by page each record comes once, and all of them do");
	snprintf(size, sizeof(size), "completeListSize=\"%lld\"", (long long)n);
	ok(count(all.data, size) == count(all.data, "<ListIdentifiers>") &&
		has(all.data, "cursor=\"0\"") &&
		has(all.data, "cursor=\"600\""),
	    "OAI-4: each page says how many there are, and came before");
	ok(has(all.data, "cursor=\"600\"/>"),
	    "OAI-4: the last page has an empty token");
	ok(has(all.data, "expirationDate=\"20"),
	    "OAI-4: a token says how long it is good");
	buf_free(&all);
	ok(!has(oai(v,
		    "verb=ListIdentifiers&metadataPrefix=mods"
		    "&set=type:news"),
	       "resumptionToken"),
	    "OAI-4: a list of one page has no token");

	snprintf(first, sizeof(first), "%s", token(oai(v, everything)));
	ok(has(next_page(v, "ListRecords", first), "badResumptionToken"),
	    "OAI-4: the token of another verb is refused");
	ok(has(next_page(v, "ListIdentifiers", first), "<header>") &&
		has(next_page(v, "ListIdentifiers", first), "<header>"),
	    "OAI-4: a token can be used twice, if an answer was lost");
	first[strlen(first) - 1] ^= 1;
	ok(has(next_page(v, "ListIdentifiers", first), "badResumptionToken"),
	    "OAI-4: a token with another signature is refused");
}

/* A token with the signature of the site. */
static const char *
made_token(struct visitor *v, long long expires)
{
	static struct buf text;
	char mac[PASSWORD_DIGEST];

	buf_clear(&text);
	buf_printf(&text, "oai ListIdentifiers,oai_dc,,0,100,0,100,%lld",
	    expires);
	password_mac(mac, site_key(v->site), text.data);
	buf_printf(&text, ",%s", mac);
	return text.data + 4;
}

static void
expiry(struct visitor *v)
{
	ok(has(next_page(v, "ListIdentifiers", made_token(v, 4000000000)),
	       "<header>"),
	    "OAI-4: a token is good as long as it says");
	ok(has(next_page(v, "ListIdentifiers", made_token(v, 1500000000)),
	       "badResumptionToken"),
	    "OAI-4: an expired token is refused");
}

/* What a form of ours signs begins with a cookie, which is the visitor's to
 * choose. */
static void
forged(const struct visitor *v)
{
	static const char wanted[] = "oai ListRecords,oai_dc,,0,9,0,9,"
				     "99999999999";
	struct visitor w = visitor_beside(v);
	struct buf made = { 0 };
	size_t time;

	buf_printf(&w.cookies, "__Host-visit=%s", wanted);
	visit(&w, "/en/sign-in");
	time = strcspn(buf_text(&w.token), ".");
	buf_printf(&made, "%s %.*s,%s", wanted + 4, (int)time, w.token.data,
	    w.token.data + time + 1);
	ok(has(next_page(&w, "ListRecords", made.data), "badResumptionToken"),
	    "OAI-4: a token made of the signature of a form is refused");
	buf_free(&made);
	visitor_leave(&w);
}

/* What was on the first page, and what is to come, both change. */
static void
edit_both(void)
{
	change("UPDATE record SET updated = '2026-01-01T00:00:00Z' WHERE id IN"
	       " (SELECT record FROM stamp WHERE change ="
	       "   (SELECT min(change) FROM stamp)"
	       "  OR change = (SELECT max(change) FROM stamp))");
}

static void
changed_meanwhile(struct visitor *v)
{
	struct buf all = { 0 }, later = { 0 };

	settle();
	ok(harvest(v, everything, &all, edit_both) && each_once(all.data),
	    "OAI-4: each comes once, also if some change meanwhile");
	ok(harvest(v,
	       "verb=ListIdentifiers&metadataPrefix=oai_dc"
	       "&from=2020-02-03",
	       &later, NULL) &&
		count(later.data, "<header>") == 2,
	    "OAI-4: and those that did come with the next harvest: none is lost");
	buf_free(&all);
	buf_free(&later);
}

/* All that was left changes, after the first page. */
static void
nothing_left(struct visitor *v)
{
	char text[1024];

	settle();
	snprintf(text, sizeof(text), "%s", token(oai(v, everything)));
	change("UPDATE record SET updated = updated");
	ok(has(next_page(v, "ListIdentifiers", text), "noRecordsMatch"),
	    "OAI-4: a list of which nothing is left says that it is at its end");
}

static int64_t
cost(struct visitor *v, const char *verb, const char *text)
{
	int64_t before;

	next_page(v, verb, text);
	before = db_steps(site_db(v->site));
	if (!has(next_page(v, verb, text), "<identifier>"))
		bail_out("no page");
	return db_steps(site_db(v->site)) - before;
}

static void
costs(struct visitor *v)
{
	char whole[1024], set[1024];
	int64_t few, few_of_set;

	snprintf(whole, sizeof(whole), "%s", token(oai(v, everything)));
	snprintf(set, sizeof(set), "%s",
	    token(oai(v,
		"verb=ListIdentifiers&metadataPrefix=oai_dc"
		"&set=lang:en")));
	few = cost(v, "ListIdentifiers", whole);
	few_of_set = cost(v, "ListIdentifiers", set);
	change("INSERT INTO record (kind, slug, lang, created, updated)"
	       " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
	       "  FROM n WHERE i < 5000)"
	       " SELECT 'news', 'many-' || i, 'en', '', '' FROM n;"
	       "INSERT INTO record_text (record, lang, title)"
	       " SELECT id, 'en', slug FROM record WHERE slug LIKE 'many-%'");
	snprintf(whole, sizeof(whole), "%s", token(oai(v, everything)));
	ok(has(whole, ",5") && cost(v, "ListIdentifiers", whole) <= few + 500,
	    "a page costs no more with 5,000 records more");
	snprintf(set, sizeof(set), "%s",
	    token(oai(v,
		"verb=ListIdentifiers&metadataPrefix=oai_dc"
		"&set=lang:en")));
	ok(cost(v, "ListIdentifiers", set) <= few_of_set + 500,
	    "nor does one of a set");
}

int
main(void)
{
	struct visitor v = oai_open();

	verbs(&v);
	identify(&v);
	errors(&v);
	pages(&v);
	expiry(&v);
	forged(&v);
	changed_meanwhile(&v);
	nothing_left(&v);
	costs(&v);
	return oai_close(&v);
}
