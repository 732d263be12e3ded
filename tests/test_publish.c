/* What somebody wrote becomes a record, or a new revision of one. */
#include "data/json.h"
#include "data/publish.h"
#include "visitor.h"

static struct arena arena;
static struct db *db;

static struct node *
tree_of(const char *json)
{
	const struct node at = { .file = "test", .line = 1 };
	struct buf why = { 0 };
	struct node *n = json_read(&arena, &at, json, strlen(json), &why);

	if (n == NULL)
		bail_out(buf_text(&why));
	buf_free(&why);
	return n;
}

/* Publish, and keep it if it is fit to be kept. */
static enum published
give(struct publishing *p, const char **why)
{
	static struct buf faults;
	struct check c = { .db = db, .why = &faults };
	enum published done;

	buf_clear(&faults);
	p->arena = &arena;
	db_begin(db);
	done = publish(&c, p);
	if (done == PUBLISHED)
		db_commit(db);
	else
		db_rollback(db);
	*why = buf_text(&faults);
	return done;
}

static const char scheme[] =
    "{\"lang\":\"fr\",\"title\":{\"fr\":\"Mutuelle de l’Épreuve\"},"
    "\"summary\":{\"fr\":\"Une mutuelle pour essayer.\"},"
    "\"country\":\"SN\",\"countries\":[\"SN\"],\"name\":\"Mutuelle\","
    "\"type\":\"community-mutual\",\"status\":\"operating\","
    "\"status_date\":\"2025\","
    "\"sources\":[{\"reference\":\"a visit\"}]}";

static void
test_new(struct visitor *v)
{
	struct publishing p = { .kind = kind_find("scheme"),
		.tree = tree_of(scheme),
		.by = { .comment = "first", .author = 1, .contribution = 7 } };
	struct publishing again = p, second = p, bad = p;
	const char *why, *page;
	int64_t id;

	ok(give(&p, &why) == PUBLISHED, "a new record is published");
	page = visit(v, "/fr/schemes/mutuelle-de-l-epreuve");
	ok(status(page) == 200 && has(page, "Mutuelle de l’Épreuve"),
	    "and has a page, at an address made of its title");
	page = visit(v, "/fr/search?q=epreuve+mutuelle");
	ok(has(page, "href=\"/fr/schemes/mutuelle-de-l-epreuve\""),
	    "search finds it");
	ok(has(visit(v, "/fr/schemes/mutuelle-de-l-epreuve"), ">SCH-SEN-0"),
	    "a scheme has a number in the registry");
	ok(has(visit(v, "/fr/schemes?country=sn&sort=updated"),
	       "mutuelle-de-l-epreuve"),
	    "so does the list of its country");
	id = p.record;
	ok(give(&again, &why) == PUBLISHED && again.record == id &&
		publish_newest(db, id) == 1,
	    "what was published once is not published again");
	second.by.contribution = 8;
	second.tree = tree_of(scheme);
	ok(give(&second, &why) == PUBLISHED && second.record != id &&
		status(visit(v, "/fr/schemes/mutuelle-de-l-epreuve-2")) == 200,
	    "another of the same title has another address");
	ok(number_in("SELECT count(DISTINCT registry_id) = count(*)"
		     " FROM scheme WHERE registry_id LIKE 'SCH-SEN-%'") == 1,
	    "and a number of its own");
	bad.by.contribution = 9;
	bad.tree =
	    tree_of("{\"title\":{\"en\":\"A scheme\"},\"type\":\"odd\"}");
	ok(give(&bad, &why) == PUBLISH_FAULTS && has(why, "code list type") &&
		has(why, "country: is missing"),
	    "one with faults is not, and they are told");
	ok(number_in("SELECT count(*) FROM record WHERE slug = 'a-scheme'") ==
		0,
	    "nor is anything left of it");
}

/* Addresses that are pages of their own. */
static void
test_reserved(struct visitor *v)
{
	struct publishing p = { .kind = kind_find("scheme"),
		.tree =
		    tree_of("{\"lang\":\"en\",\"title\":{\"en\":\"Data\"},"
			    "\"summary\":{\"en\":\"A scheme to try.\"},"
			    "\"country\":\"SN\",\"name\":\"Data\","
			    "\"type\":\"community-mutual\","
			    "\"status\":\"operating\","
			    "\"status_date\":\"2025\",\"countries\":[\"SN\"],"
			    "\"sources\":[{\"reference\":\"a visit\"}]}"),
		.by = { .comment = "x", .author = 1, .contribution = 70 } };
	const char *why;

	ok(give(&p, &why) == PUBLISHED &&
		status(visit(v, "/en/schemes/data-2")) == 200 &&
		has(visit(v, "/en/schemes/data"), "/registry.zip"),
	    "a scheme that is called like a page of ours is not in its place");
}

static int64_t
scheme_id(void)
{
	return number_in("SELECT id FROM record WHERE slug ="
			 " 'mutuelle-de-l-epreuve'");
}

static void
test_change(struct visitor *v)
{
	struct publishing p = { .kind = kind_find("scheme"),
		.record = scheme_id(),
		.base = 1,
		.by = { .comment = "renamed", .author = 1 } };
	struct node *title;
	const char *why;

	p.tree = publish_tree(db, &arena, p.record, 0);
	title = node_get(p.tree, "title")->first;
	title->text = "Mutuelle du Changement";
	title->len = strlen(title->text);
	ok(give(&p, &why) == PUBLISHED && publish_newest(db, p.record) == 2,
	    "a change is a new revision");
	ok(has(visit(v, "/fr/schemes/mutuelle-de-l-epreuve"),
	       "Mutuelle du Changement"),
	    "and shown at once, at the same address");
	ok(has(visit(v, "/fr/search?q=changement+mutuelle"), "epreuve"),
	    "search finds the new name");
	ok(give(&p, &why) == PUBLISH_CONFLICT,
	    "a change of what has changed since is not taken");
	p.base = 2;
	ok(give(&p, &why) == PUBLISHED && publish_newest(db, p.record) == 2,
	    "one that changes nothing is no revision");
	p.tree = publish_tree(db, &arena, p.record, 1);
	ok(has(node_get(p.tree, "title")->first->text, "Épreuve"),
	    "what it was before is still there");
	ok(publish_agrees(db, p.kind, p.record),
	    "the tables are what the newest revision says");
}

static void
test_withdraw(struct visitor *v)
{
	struct authorship by = { .comment = "no such scheme", .author = 1 };
	int64_t id = scheme_id();

	db_begin(db);
	publish_withdraw(db, id, &by);
	ok(db_commit(db), "a record can be withdrawn");
	ok(status(visit(v, "/fr/schemes/mutuelle-de-l-epreuve")) != 200,
	    "then it has no page");
	ok(!has(visit(v, "/fr/search?q=changement+mutuelle"), "l-epreuve\""),
	    "search does not find it");
	ok(!has(visit(v, "/sitemap.xml"), "/mutuelle-de-l-epreuve<"),
	    "nor is it in the site map");
	db_begin(db);
	publish_restore(db, id, &by);
	ok(db_commit(db) &&
		status(visit(v, "/fr/schemes/mutuelle-de-l-epreuve")) == 200,
	    "it can be brought back");
	ok(has(visit(v, "/fr/search?q=changement+mutuelle"), "epreuve"),
	    "and is found again");
	ok(publish_newest(db, id) == 4, "its history tells of both");
	db_begin(db);
	db_script(db,
	    "INSERT INTO record_relation (from_record, to_record, relation)"
	    " SELECT a.id, b.id, 'merged-into' FROM record a JOIN record b"
	    "  ON b.slug = 'mutuelle-sante-um-pamecas'"
	    " WHERE a.slug = 'mutuelle-de-l-epreuve'");
	publish_withdraw(db, id, &by);
	ok(db_commit(db) &&
		header(visit(v, "/fr/schemes/mutuelle-de-l-epreuve"),
		    "location: /fr/schemes/mutuelle-sante-um-pamecas"),
	    "one that was merged into another leads there");
}

/* A draft of a link; the number it is kept under. */
static int64_t
draft(struct visitor *v)
{
	const char *answer;

	visit(v, "/en/links/new");
	answer = submit(v, "/en/links/new", "title.en=A+link&_do=save");
	answer = strstr(answer, "/en/contributions/");
	return answer != NULL ? strtoll(answer + 18, NULL, 10) : 0;
}

/* A process that is killed at the very end leaves a revision in mutua.db of
 * which state.db knows nothing. */
static void
test_killed(struct visitor *v)
{
	int64_t first, second;

	sign_in(v, "awa@example.org", "secret+word");
	first = draft(v);
	db_release(db);
	ok(db_begin(db) && db_script(db, "DELETE FROM state.contribution") &&
		db_commit(db),
	    "it was written to one database alone");
	second = draft(v);
	ok(first != 0 && second != 0 && second != first,
	    "the number of a contribution that was lost is not given again");
	visit(v, "/en/links/new");
	submit(v, "/en/links/new", "title.en=With+a+row&_more=sources");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE title = 'With a row' AND state = 'draft'") == 1,
	    "who asks for another row finds what was typed, whatever comes");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Awa Exemple", "awa@example.org", "secret word", "editor");
	db = db_open(visitor_data("mutua.db"), DB_WRITE);
	test_new(&v);
	test_change(&v);
	test_withdraw(&v);
	test_killed(&v);
	visit(&v, "/en/links/new");
	submit(&v, "/en/links/new",
	    "title.en=A+new+link&url=https://example.org/&_do=publish"
	    "&link_category=network");
	ok(has(visit(&v, "/en/links/a-new-link"), "https://example.org/") &&
		!has(visit(&v, "/en/links/a-new-link"), "2002 to 2008"),
	    "the address in a member's link is not called old");
	ok(has(visit(&v, "/en/links/acym-site"), "2002 to 2008"),
	    "that of the old sources is");
	member_add("Quiet Exemple", "quiet@example.org", "secret word",
	    "member");
	ok(status(visit(&v, "/en/members/1")) == 200 &&
		status(visit(&v, "/en/members/2")) == 404,
	    "who has contributed has a page; who has not is nobody's to list");
	test_reserved(&v);
	db_close(db);
	visitor_close(&v);
	arena_free(&arena);
	return done();
}
