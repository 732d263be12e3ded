/* OAI-PMH 2.0 as a provider: datestamps, what is deleted, sets and formats. */
#include "data/publish.h"
#include "oai.h"

static bool
is_new(struct visitor *v, const char *local)
{
	struct buf text = { 0 }, all = { 0 };
	bool there;

	buf_printf(&text, "example.org:%s<", local);
	harvest(v,
	    "verb=ListIdentifiers&metadataPrefix=oai_dc"
	    "&from=2020-02-03",
	    &all, NULL);
	there = has(buf_text(&all), text.data);
	buf_free(&text);
	buf_free(&all);
	return there;
}

static bool
makes_new(struct visitor *v, const char *sql, const char *local)
{
	settle();
	if (is_new(v, local))
		return false;
	change(sql);
	return is_new(v, local);
}

#define GUIDE "document/feasibility-study-guide"
#define THE_GUIDE                                        \
	"(SELECT id FROM record WHERE kind = 'document'" \
	" AND slug = 'feasibility-study-guide')"

static void
dates(struct visitor *v)
{
	int64_t since;

	settle();
	ok(has(oai(v,
		   "verb=ListIdentifiers&metadataPrefix=oai_dc"
		   "&from=2020-02-02T12:00:00Z&until=2020-02-02T12:00:00Z"),
	       "<header>"),
	    "OAI-5: from and until are in their range");
	ok(has(oai(v,
		   "verb=ListIdentifiers&metadataPrefix=oai_dc"
		   "&from=2020-02-02&until=2020-02-02"),
	       "<header>"),
	    "OAI-5: a day as until lasts to its end");
	ok(fails(v,
	       "verb=ListIdentifiers&metadataPrefix=oai_dc"
	       "&from=2020-02-02T12:00:01Z",
	       "noRecordsMatch") &&
		fails(v,
		    "verb=ListIdentifiers&metadataPrefix=oai_dc"
		    "&until=2020-02-02T11:59:59Z",
		    "noRecordsMatch"),
	    "OAI-5: a second beside it is not");
	ok(makes_new(v, "UPDATE record SET updated = 'x' WHERE id = " THE_GUIDE,
	       GUIDE),
	    "OAI-5: a record that was written has a new datestamp");
	ok(makes_new(v,
	       "UPDATE code_label SET label = 'Feasible'"
	       " WHERE list = 'theme' AND code = 'feasibility'"
	       " AND lang = 'en'",
	       GUIDE),
	    "OAI-5: so has one whose theme is called something else");
	ok(makes_new(v,
	       "UPDATE record_text SET title = 'Our Office' WHERE"
	       " record = (SELECT to_record FROM record_relation WHERE"
	       " relation = 'publisher' AND from_record = " THE_GUIDE ")",
	       GUIDE),
	    "OAI-5: and one whose publisher is");
	ok(number_in("SELECT count(*) FROM stamp a JOIN stamp b"
		     " ON a.change < b.change AND a.datestamp > b.datestamp") ==
		0,
	    "a later change never has an earlier datestamp");
	since = number_in("SELECT unixepoch()");
	change("UPDATE record SET updated = 'y' WHERE id = " THE_GUIDE);
	ok(number_in("SELECT unixepoch(max(datestamp)) FROM stamp") > since,
	    "a datestamp lies ahead: it is not before the change can be seen");
}

static void
withdraw(bool back)
{
	struct db *db = db_open(visitor_database.data, DB_WRITE);
	int64_t id = db_number(db_restart(db_query(db,
				   "SELECT id FROM record WHERE kind ="
				   " 'document' AND slug ="
				   " 'feasibility-study-guide'")),
	    0);
	const struct authorship by = { .comment = "a test" };

	db_begin(db);
	if (back)
		publish_restore(db, id, &by);
	else
		publish_withdraw(db, id, &by);
	if (!db_commit(db))
		bail_out(db_error(db));
	db_close(db);
}

static const char get_guide[] =
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:example.org:" GUIDE;

static void
deleted(struct visitor *v)
{
	const char *answer;

	settle();
	withdraw(false);
	answer = oai(v, get_guide);
	ok(valid(answer) && has(answer, "<header status=\"deleted\">") &&
		!has(answer, "<metadata>"),
	    "OAI-6: what was withdrawn is deleted, and says nothing more");
	answer = oai(v,
	    "verb=ListRecords&metadataPrefix=oai_dc"
	    "&from=2020-02-03&set=theme:feasibility");
	ok(valid(answer) && has(answer, "<header status=\"deleted\">") &&
		count(answer, "<record>") == 1,
	    "OAI-6: in lists of its set, too, with a new datestamp");
	ok(count(oai(v,
		     "verb=ListRecords&metadataPrefix=oai_dc"
		     "&set=theme:feasibility"),
	       "status=\"deleted\"") == 1,
	    "OAI-7: a set has deleted among others, not all deleted");
	settle();
	withdraw(true);
	answer = oai(v,
	    "verb=ListRecords&metadataPrefix=oai_dc"
	    "&from=2020-02-03");
	ok(has(answer, "document/feasibility-study-guide<") &&
		!has(answer, "status=\"deleted\""),
	    "OAI-6: what is brought back is there again");
	change("INSERT INTO record (kind, slug, status, lang, created, updated)"
	       " VALUES ('document', 'a-draft', 'draft', 'en', '', '')");
	ok(fails(v,
	       "verb=GetRecord&metadataPrefix=oai_dc&identifier="
	       "oai:example.org:document/a-draft",
	       "idDoesNotExist"),
	    "OAI-6: of a draft that was never published nobody hears");
	ok(fails(v,
	       "verb=GetRecord&metadataPrefix=oai_dc&identifier="
	       "oai:example.org:page/help",
	       "idDoesNotExist"),
	    "pages about the site itself are not harvested");
}

/* Who brought a record out has been taken away. */
static void
publisher_gone(struct visitor *v)
{
	static const char publisher[] = "(SELECT to_record FROM record_relation"
					" WHERE relation = 'publisher'"
					" AND from_record = " THE_GUIDE ")";
	struct buf sql = { 0 };

	ok(has(oai(v, get_guide), "<dc:publisher>") &&
		has(visit(v, "/en/library/feasibility-study-guide"),
		    "name=\"DC.publisher\""),
	    "a publisher is named");
	settle();
	buf_printf(&sql, "UPDATE record SET status = 'archived' WHERE id = %s",
	    publisher);
	change(sql.data);
	ok(!has(oai(v, get_guide), "<dc:publisher>") &&
		!has(visit(v, "/en/library/feasibility-study-guide"),
		    "name=\"DC.publisher\""),
	    "one that was withdrawn is not");
	buf_clear(&sql);
	buf_printf(&sql, "UPDATE record SET status = 'published' WHERE id = %s",
	    publisher);
	change(sql.data);
	buf_free(&sql);
}

/* Every record there is, in a format. */
static bool
all_valid(struct visitor *v, const char *query)
{
	const char *answer = oai(v, query);
	bool good = valid(answer);
	char next[1024];

	while (snprintf(next, sizeof(next), "%s", token(answer)) > 0) {
		answer = next_page(v, "ListRecords", next);
		if (!valid(answer))
			good = false;
	}
	return good;
}

static void
formats(struct visitor *v)
{
	const char *answer;

	ok(all_valid(v, "verb=ListRecords&metadataPrefix=oai_dc"),
	    "OAI-7: every record is valid in oai_dc");
	ok(all_valid(v, "verb=ListRecords&metadataPrefix=mods"),
	    "OAI-7: and in MODS");
	answer = oai(v, "verb=ListSets");
	ok(has(answer,
	       "<setSpec>type:document</setSpec>\n"
	       "<setName>Document</setName>") &&
		has(answer, "<setSpec>type:document:guide</setSpec>") &&
		has(answer,
		    "<setSpec>country:SN</setSpec>\n"
		    "<setName>Senegal</setName>") &&
		has(answer,
		    "<setSpec>lang:fr</setSpec>\n"
		    "<setName>French</setName>") &&
		has(answer, "<setSpec>theme:feasibility</setSpec>"),
	    "OAI-7: sets by type, theme, country and language");
	answer = oai(v,
	    "verb=ListIdentifiers&metadataPrefix=oai_dc"
	    "&set=country:SN");
	ok(count(answer, "<setSpec>country:SN</setSpec>") ==
		    count(answer, "<header>") &&
		count(answer, "<header>") > 30,
	    "OAI-7: a set's records are those that belong to it");
}

/* Words that would break out of what they stand in. */
static void
hostile(struct visitor *v)
{
	const char *answer;

	change("INSERT INTO record (kind, slug, lang, created, updated)"
	       " VALUES ('news', 'odd', 'fr', '', '');"
	       "INSERT INTO record_text (record, lang, title, summary)"
	       " SELECT max(id), 'fr', '<b>&\"]]>' || char(1) || char(65535),"
	       "  'Été' || char(11) FROM record;"
	       "INSERT INTO record_text (record, lang, title)"
	       " SELECT max(id), 'es', 'Raro' FROM record");
	answer = oai(v,
	    "verb=GetRecord&metadataPrefix=oai_dc"
	    "&identifier=oai:example.org:news/odd");
	ok(valid(answer) &&
		has(answer, "&lt;b&gt;&amp;&quot;]]&gt;</dc:title>"),
	    "OAI-8: texts are escaped, and what XML can't hold is left out");
	ok(has(answer, "<dc:title xml:lang=\"fr\">&lt;") &&
		has(answer, "<dc:title xml:lang=\"es\">Raro<") &&
		has(answer, "<dc:description xml:lang=\"fr\">Été<"),
	    "OAI-8: titles and descriptions say their language");
	ok(has(oai(v, get_guide), "<dc:subject xml:lang=\"es\">Viabilidad<"),
	    "OAI-8: and so do subjects");
}

static void
core(struct visitor *v)
{
	const char *answer = oai(v, get_guide);

	ok(has(answer,
	       "<dc:identifier>https://example.org/en/library/"
	       "feasibility-study-guide</dc:identifier>") &&
		has(answer, "<dc:identifier>http://www.ilo.org/gimi/") &&
		has(answer, "<dc:type>Text</dc:type>") &&
		has(answer, "<dc:publisher>") &&
		has(answer, "<dc:language>en</dc:language>"),
	    "DC-1: addresses are whole, and types are those of DCMI");
	ok(has(oai(v, "verb=ListRecords&metadataPrefix=oai_dc&set=type:scheme"),
	       "<dc:rights>CC-BY-4.0</dc:rights>"),
	    "DC-1: schemes say under which terms they can be used");
	ok(has(oai(v,
		   "verb=GetRecord&metadataPrefix=mods&identifier="
		   "oai:example.org:term/beneficiary"),
	       "<mods "),
	    "a term is given as MODS");
}

/* One of ours that came from elsewhere. */
static void
harvested(struct visitor *v)
{
	const char *answer;

	change("INSERT INTO harvest_source (url, prefix, name, created) VALUES"
	       " ('https://theirs.org/oai', 'oai_dc', 'Theirs & others', '');"
	       "INSERT INTO harvest_record (url, identifier, record, fate,"
	       "  datestamp, harvested) VALUES ('https://theirs.org/oai',"
	       "  'oai:theirs.org:1&2', " THE_GUIDE ", 'taken', '2020-01-01',"
	       "  '2026-03-01T12:00:00Z')");
	answer = oai(v, get_guide);
	ok(valid(answer) &&
		has(answer,
		    "<identifier>oai:theirs.org:1&amp;2</identifier>") &&
		has(answer, "harvestDate=\"2026-03-01T12:00:00Z\""),
	    "a record that was harvested says where it is from");
	answer = visit(v, "/fr/library/feasibility-study-guide");
	ok(has(answer, "Moissonné chez") &&
		has(answer, "Theirs &amp; others") &&
		has(answer, "1er mars 2026") &&
		has(answer,
		    "verb=GetRecord&amp;metadataPrefix=oai_dc&amp;"
		    "identifier=oai%3Atheirs.org%3A1%262"),
	    "and so does its page, with a link to what it is there");
	ok(has(visit(v, "/en/library/feasibility-study-guide.json"),
	       "\"identifier\":\"oai:theirs.org:1&2\""),
	    "and its data");
}

int
main(void)
{
	struct visitor v = oai_open();

	dates(&v);
	deleted(&v);
	publisher_gone(&v);
	formats(&v);
	hostile(&v);
	core(&v);
	harvested(&v);
	return oai_close(&v);
}
