/* People and organisations as cards for address books. */
#include "visitor.h"

static const char records[] =
    "BEGIN;"
    "INSERT INTO record (id, kind, slug, lang, created, updated) VALUES"
    " (900001, 'expert', 'awa', 'fr', '2026-01-02', '2026-01-02T08:30:00Z'),"
    " (900002, 'expert', 'absent', 'fr', '2026-01-02', '2026-01-02'),"
    " (900003, 'organisation', 'hostile', 'fr', '2026-01-02', '2026-01-02');"
    "INSERT INTO record_text (record, lang, title, summary) VALUES"
    " (900001, 'fr', 'Awa Éxemple', 'Elle connaît les systèmes communautaires"
    " de santé, les mutuelles, leur fédération et leur réassurance.'),"
    " (900002, 'fr', 'Bou Absent', NULL),"
    " (900003, 'fr', 'A; B, C \\ D', 'x' || char(13, 10) || 'END:VCARD');"
    "INSERT INTO expert (record, position, organisation, city, available,"
    "  website) VALUES (900001, 'Actuaire', (SELECT id FROM record WHERE"
    "  kind = 'organisation' AND slug = 'ilo'), 'Dakar', 1,"
    "  'https://awa.example.org/'),"
    " (900002, 'Absent', NULL, 'Thiès', 0, 'https://absent.example.org/');"
    "INSERT INTO expert_language VALUES (900001, 'fr'), (900001, 'wo');"
    "INSERT INTO record_country VALUES (900001, 'SN');"
    "INSERT INTO record_theme VALUES (900001, 'overview');"
    "INSERT INTO organisation (record, organisation_type) VALUES"
    " (900003, 'network');"
    "COMMIT;";

static struct visitor
open_cards(void)
{
	struct visitor v = visitor_open();
	struct db *db = db_open(visitor_database.data, DB_WRITE);

	if (!db_script(db, records))
		bail_out(db_error(db));
	db_close(db);
	return v;
}

/* Is a line of at most 75 bytes, in whole characters, ended by CRLF? */
static bool
is_folded(const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\r\n");

		if (len > 75 || text[len] != '\r' || text[len + 1] != '\n' ||
		    ((unsigned char)text[text[0] == ' '] & 0xc0) == 0x80)
			return false;
		text += len + 2;
	}
	return true;
}

static void
test_expert(struct visitor *v)
{
	const char *page = visit(v, "/fr/experts/awa.vcf");
	const char *card = body(page);
	const char *uid = strstr(card, "UID:urn:uuid:");
	char same[60] = "";

	ok(header(page, "content-type: text/vcard; charset=utf-8"),
	    "VC-1: a card is served as vCard");
	ok(strncmp(card,
	       "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\n"
	       "FN:Awa Éxemple\r\nN:Éxemple;Awa;;;\r\n"
	       "TITLE:Actuaire\r\n",
	       90) == 0 &&
		has(card, "ADR:;;;Dakar;;;Sénégal\r\n") &&
		has(card, "ORG:Organisation internationale du Travail\r\n") &&
		has(card, "LANG;PREF=1:fr\r\nLANG;PREF=2:wo\r\n") &&
		has(card, "URL:https://awa.example.org/\r\n") &&
		has(card, "REV:20260102T083000Z\r\n") &&
		has(card, "SOURCE:https://example.org/fr/experts/awa.vcf\r\n"),
	    "VC-1: it says who somebody is, where and in which languages");
	ok(is_folded(card) && has(card, "\r\n "),
	    "VC-1: long lines are folded between characters");
	ok(uid != NULL && uid[27] == '8', "VC-1: it has a UUID");
	if (uid != NULL)
		snprintf(same, sizeof(same), "%.51s", uid);
	ok(has(visit(v, "/en/experts/awa.vcf"), same),
	    "VC-1: which is the same in every language");
	ok(!has(card, "EMAIL") && !has(card, "TEL"),
	    "VC-1: it has no address of e-mail");
}

static void
test_consent(struct visitor *v)
{
	const char *list = visit(v, "/fr/experts.vcf");

	ok(count(list, "BEGIN:VCARD") == 1 && !has(list, "Absent"),
	    "VC-1: who is not available has no card in a list");
	ok(!has(visit(v, "/fr/experts/absent.vcf"), "BEGIN:VCARD") &&
		!has(visit(v, "/fr/experts/absent"), "absent.vcf"),
	    "VC-1: nor alone, and no page leads to it");
	ok(has(visit(v, "/fr/experts/awa"), "href=\"/fr/experts/awa.vcf\""),
	    "VC-1: the page of who is leads to the card");
}

static void
test_organisations(struct visitor *v)
{
	const char *page = visit(v, "/fr/organisations.vcf");

	ok(count(page, "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\n") ==
		    number_in("SELECT count(*) FROM shown WHERE ui = 'fr'"
			      " AND kind = 'organisation'") &&
		count(page, "\r\nFN:") == count(page, "\nEND:VCARD\r\n") &&
		is_folded(body(page)),
	    "VC-1: all organisations, each with its name");
	page = visit(v, "/fr/organisations/hostile.vcf");
	ok(has(page, "FN:A\\; B\\, C \\\\ D\r\n") &&
		has(page, "NOTE:x\\nEND:VCARD\r\n") &&
		count(page, "\nEND:VCARD") == 1,
	    "VC-1: no text can end a card or begin a line");
	page = visit(v, "/fr/organisations.vcf?q=nothinglikethis");
	ok(status(page) == 200 && *body(page) == '\0',
	    "VC-1: no organisations, no cards");
}

int
main(void)
{
	struct visitor v = open_cards();

	test_expert(&v);
	test_consent(&v);
	test_organisations(&v);
	visitor_close(&v);
	return done();
}
