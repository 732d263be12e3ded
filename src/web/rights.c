#include <stdlib.h>
#include <string.h>

#include "web/rights.h"

/* A role is worth all that stands before it. */
static enum who
worth(const char *role)
{
	static const struct {
		const char *role;
		enum who who;
	} roles[] = {
		{ "administrator", ADMINISTRATOR },
		{ "editor", EDITOR },
		{ "partner", PARTNER },
		{ "member", MEMBER },
	};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(role, roles[i].role) == 0)
			return roles[i].who;
	return ANYONE;
}

/* Does the member look after anything at all? */
static bool
is_steward(struct page *p)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT EXISTS (SELECT 1 FROM steward WHERE member = :member)"));

	db_set_int(q, "member", p->member.id);
	return db_number(q, 0) == 1;
}

static bool
is_steward_of(struct page *p, int64_t record, const char *country)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT EXISTS (SELECT 1 FROM steward s WHERE s.member = :member"
	    " AND (s.country = :country OR " LOOKS_AFTER(":record") "))"));

	db_set_int(q, "member", p->member.id);
	db_set_int(q, "record", record);
	db_set_text(q, "country", country);
	return db_number(q, 0) == 1;
}

/* A partner's own news: what they have posted, and that of an organisation they
 * speak for. */
static bool
is_own_news(struct page *p, int64_t record)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT EXISTS (SELECT 1 FROM record r JOIN news n ON n.record = r.id"
	    " WHERE r.id = :record AND (r.owner = :member OR EXISTS"
	    "  (SELECT 1 FROM spoken_for s WHERE s.member = :member"
	    "   AND s.organisation = n.organisation)))"));

	db_set_int(q, "record", record);
	db_set_int(q, "member", p->member.id);
	return worth(p->member.role) >= PARTNER && db_number(q, 0) == 1;
}

/* Do they speak for the organisation that news names?  The record and the tree
 * are those of rights_publish(). */
static bool
speaks_for(struct page *p, int64_t record, const struct node *tree)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT EXISTS (SELECT 1 FROM spoken_for WHERE member = :member"
	    " AND (slug = :slug OR organisation ="
	    "  (SELECT organisation FROM news WHERE record = :record)))"));

	db_set_int(q, "member", p->member.id);
	db_set_text(q, "slug",
	    tree != NULL ? node_text(tree, "organisation") : "");
	db_set_int(q, "record", tree == NULL ? record : 0);
	return db_number(q, 0) == 1;
}

/* Is it a partner's to publish: their own news, of whom they speak for? */
static bool
is_partners(struct page *p, const char *kind, int64_t record,
    const struct node *tree)
{
	return strcmp(kind, "news") == 0 &&
	    (record == 0 || is_own_news(p, record)) &&
	    speaks_for(p, record, tree);
}

bool
rights_publish(struct page *p, const char *kind, int64_t record,
    const struct node *tree)
{
	bool fresh = record == 0 && tree != NULL;

	return p->member.id != 0 &&
	    (worth(p->member.role) >= EDITOR ||
		is_partners(p, kind, record, tree) ||
		is_steward_of(p, record,
		    fresh ? node_text(tree, "country") : ""));
}

bool
rights_bring(struct page *p, int64_t organisation)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT EXISTS (SELECT 1 FROM spoken_for WHERE member = :member"
	    " AND organisation = :organisation)"));

	db_set_int(q, "member", p->member.id);
	db_set_int(q, "organisation", organisation);
	return p->member.id != 0 &&
	    (worth(p->member.role) >= EDITOR || db_number(q, 0) == 1);
}

bool
rights_withdraw(struct page *p, int64_t record)
{
	return p->member.id != 0 &&
	    (worth(p->member.role) >= EDITOR || is_own_news(p, record));
}

/* What an editor has taken away is an editor's to bring back. */
bool
rights_bring_back(struct page *p, int64_t record)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT author IS :member FROM revision WHERE record = :record"
	    " ORDER BY number DESC LIMIT 1"));

	db_set_int(q, "record", record);
	db_set_int(q, "member", p->member.id);
	return rights_withdraw(p, record) &&
	    (worth(p->member.role) >= EDITOR || db_number(q, 0) == 1);
}

bool
rights_announce(const struct page *p)
{
	return p->member.id != 0 && worth(p->member.role) >= EDITOR;
}

bool
rights_review(struct page *p, int64_t contribution)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT " MAY_REVIEW " FROM state.contribution c"
	    " WHERE c.id = :contribution"));

	db_set_int(q, "contribution", contribution);
	db_set_int(q, "_member", p->member.id);
	db_set_int(q, "_may_edit", worth(p->member.role) >= EDITOR);
	return p->member.id != 0 && db_number(q, 0) == 1;
}

bool
rights_allow(struct page *p, enum who who)
{
	int64_t record =
	    strtoll(model_cell(&p->model, "record").text, NULL, 10);

	if (who == ANYONE)
		return true;
	if (p->member.id == 0)
		return false;
	if (worth(p->member.role) >= who)
		return true;
	if (who == OWNER)
		return record != 0 && rights_withdraw(p, record);
	if (who != STEWARD)
		return false;
	return record != 0
	    ? is_steward_of(p, record, "") || is_own_news(p, record)
	    : is_steward(p);
}

enum who
rights_of_kind(const char *kind, bool edit)
{
	static const struct {
		const char *kind;
		enum who fresh, edit;
	} all[] = {
		{ "scheme", MEMBER, MEMBER },
		{ "document", MEMBER, MEMBER },
		{ "organisation", MEMBER, MEMBER },
		{ "expert", MEMBER, MEMBER },
		{ "term", MEMBER, MEMBER },
		{ "country", EDITOR, MEMBER },
		{ "event", MEMBER, MEMBER },
		{ "link", MEMBER, MEMBER },
		{ "question", MEMBER, MEMBER },
		{ "news", PARTNER, PARTNER },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].kind, kind) == 0)
			return edit ? all[i].edit : all[i].fresh;
	return EDITOR;
}

bool
rights_write(struct page *p, const char *kind, bool edit)
{
	return rights_allow(p, rights_of_kind(kind, edit));
}

void
rights_name(struct page *p)
{
	enum who who = worth(p->member.role);

	page_number(p, "_may_review",
	    p->member.id != 0 && (who >= EDITOR || is_steward(p)));
	page_number(p, "_may_edit", who >= EDITOR);
	page_number(p, "_may_news", p->member.id != 0 && who >= PARTNER);
	page_number(p, "_partner", p->member.id != 0 && who == PARTNER);
	page_number(p, "_may_administer", who >= ADMINISTRATOR);
}
