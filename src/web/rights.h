#ifndef WEB_RIGHTS_H
#define WEB_RIGHTS_H

#include "data/yaml.h"
#include "web/page.h"

/*
 * Who may do what: the one place that knows what a role is worth.
 *
 *	who		may
 *	ANYONE		read; suggest a correction; join
 *	MEMBER		propose records and changes, which are reviewed; watch
 *	PARTNER		post news and bring feeds of the organisations they speak
 *			for (the view spoken_for), change and withdraw their own;
 *			what they write for others is reviewed
 *	STEWARD		publish and review what they look after: a record, all of
 *			a country, all of a theme
 *	EDITOR		publish, review, withdraw and restore anything
 *	ADMINISTRATOR	give roles, disable members
 *
 * Routes say who may enter (src/routes.c) and the router asks here; handlers
 * do not.
 */

/* May whoever asks do what the route is for?  A steward counts where the
 * address names what they look after, or names nothing. */
bool rights_allow(struct page *, enum who);

/* Who may write records of a kind, new ones or, if edit is set, those that
 * are there?  And may whoever asks? */
enum who rights_of_kind(const char *kind, bool edit);
bool rights_write(struct page *, const char *kind, bool edit);

/* May they publish a record of a kind without review, as a tree says it?
 * Record 0: a new one.  Without a tree: as the record is now. */
bool rights_publish(struct page *, const char *kind, int64_t record,
    const struct node *tree);

/* May they take a record away, and bring it back? */
bool rights_withdraw(struct page *, int64_t record);
bool rights_bring_back(struct page *, int64_t record);

/* May they have news announced on every page? */
bool rights_announce(const struct page *);

/*
 * May they review this contribution (its id)?  Stewards do that for the records
 * they look after, and for new ones of their country or theme; nobody for their
 * own, unless they may publish it without review.
 */
bool rights_review(struct page *, int64_t contribution);

/*
 * The same as a condition on rows of state.contribution c, in any query of a
 * page; and whether the member looks after what row c is about, which editors
 * are not asked.
 */
/* clang-format off */
#define MAY_REVIEW \
	"(c.state NOT IN ('draft', 'withdrawn') AND (:_may_edit OR " IS_MINE "))"
#define IS_MINE \
	"EXISTS (SELECT 1 FROM steward s WHERE s.member = :_member" \
	" AND (" LOOKS_AFTER("c.record") \
	" OR (c.record IS NULL AND (s.country = c.country" \
	"  OR (c.member IS NOT :_member AND (s.theme IN (SELECT value" \
	"    FROM json_each(coalesce(c.tree, '{}'), '$.themes'))" \
	"   OR s.country IN (SELECT value" \
	"    FROM json_each(coalesce(c.tree, '{}'), '$.countries'))))))))"

/* Is steward s one of a record, by what it says of itself? */
#define LOOKS_AFTER(record) \
	"(s.record = " record \
	" OR s.country IN (SELECT country FROM record_country" \
	"  WHERE record = " record \
	"  UNION ALL SELECT country FROM scheme WHERE record = " record \
	"  UNION ALL SELECT country FROM country WHERE record = " record ")" \
	" OR s.theme IN (SELECT theme FROM record_theme" \
	"  WHERE record = " record \
	"  UNION ALL SELECT slug FROM record WHERE id = " record \
	"  AND kind = 'theme'))"
/* clang-format on */

/* May they bring a feed of an organisation (its id)? */
bool rights_bring(struct page *, int64_t organisation);

/* Who looks after row f of feed, in any query of a page: partners who speak for
 * its organisation, editors after all.  And after row f of state.feed_try: the
 * partner who looks for a feed. */
/* clang-format off */
#define TENDS_FEED \
	"(:_may_edit OR (:_may_news AND f.organisation IN" \
	" (SELECT organisation FROM spoken_for WHERE member = :_member)))"
#define TENDS_TRY "(:_may_edit OR (:_may_news AND f.member = :_member))"
/* clang-format on */

/* Names _may_review, _may_edit (all of it), _may_news, _partner (that, but for
 * whom they speak for alone) and _may_administer. */
void rights_name(struct page *);

#endif
