/* The rules of a registry entry, one by one: what is refused, what is only
 * told, and what is right. */
#include "cli.h"

enum verdict { GOOD, WARNED, REFUSED };

struct rule {
	const char *claim;
	const char *yaml; /* what the scheme says besides */
	enum verdict verdict;
	const char *said;
};

#define STATUS "    status: operating\n    status_date: '2007'\n"
#define FIGURES(list) STATUS "    figures:\n" list
#define FIGURE(indicator, value, year) \
	"      - {indicator: " indicator ", value: " value ", year: " year "}\n"
#define PRODUCT(text) STATUS "    products:\n      - name: P\n" text
#define SHARES(list)                                              \
	PRODUCT("        contributions:\n          - amount: 5\n" \
		"            shares: [" list "]\n")

static const struct rule rules[] = {
	/* 1. Years in order; a scheme that stopped has a year, or a reason. */
	{ "year_started ≤ current year", STATUS "    year_started: 2099\n",
	    REFUSED, "year_started: is in the future" },
	{ "year_stopped ≥ year_started",
	    STATUS "    year_started: 2004\n    year_stopped: 2003\n", REFUSED,
	    "year_stopped: is before year_started" },
	{ "… in the same year is right",
	    STATUS "    year_started: 2004\n    year_stopped: 2004\n", GOOD,
	    "" },
	{ "no study after the start",
	    STATUS "    year_initiated: 2005\n    year_started: 2004\n",
	    REFUSED, "year_started: is before year_initiated" },
	{ "status “stopped” requires year_stopped or reason missing",
	    "    status: stopped\n    status_date: '2007'\n", REFUSED,
	    "status: stopped, but neither year_stopped" },
	{ "… the year will do",
	    "    status: stopped\n    status_date: '2007'\n"
	    "    year_stopped: 2006\n",
	    GOOD, "" },
	{ "… so will the reason",
	    "    status: stopped\n    status_date: '2007'\n"
	    "    year_stopped_missing: not-available\n",
	    GOOD, "" },
	/* 2. Women and men are parts of the beneficiaries. */
	{ "women + men ≤ beneficiaries",
	    FIGURES(FIGURE("beneficiaries", "9", "2007")
		    FIGURE("women", "5", "2007") FIGURE("men", "5", "2007")),
	    REFUSED, "more women and men than beneficiaries" },
	{ "… fewer are right: of some the sex is not known",
	    FIGURES(FIGURE("beneficiaries", "9", "2007")
		    FIGURE("women", "4", "2007") FIGURE("men", "4", "2007")),
	    GOOD, "" },
	{ "… men alone can be too many",
	    FIGURES(FIGURE("beneficiaries", "9", "2007")
		    FIGURE("men", "10", "2007")),
	    REFUSED, "more women and men than beneficiaries" },
	{ "… in another year nothing is compared",
	    FIGURES(FIGURE("beneficiaries", "9", "2007")
		    FIGURE("women", "10", "2008")),
	    GOOD, "" },
	{ "… of a rough number it is only told",
	    FIGURES("      - {indicator: beneficiaries, value: 9, year: 2007,"
		    " qualifier: about}\n" FIGURE("women", "10", "2007")),
	    WARNED, "more women and men than beneficiaries" },
	{ "women share computed, never typed",
	    FIGURES("      - {indicator: women, value: 60, unit: percent,"
		    " year: 2007}\n"),
	    REFUSED, "figures.unit: give their number" },
	/* 3. Members are among the beneficiaries. */
	{ "beneficiaries ≥ members",
	    FIGURES(FIGURE("beneficiaries", "9", "2007")
		    FIGURE("members", "10", "2007")),
	    REFUSED, "more members than beneficiaries" },
	{ "… unless counting_unit = beneficiary",
	    "    counting_unit: beneficiary\n" FIGURES(FIGURE("beneficiaries",
		"9", "2007") FIGURE("members", "10", "2007")),
	    GOOD, "" },
	/* 4. Shares are shares. */
	{ "co-insurance is at most 100 %",
	    PRODUCT("        coinsurance: 101\n"), REFUSED,
	    "products.coinsurance: 101 is not from 0 to 100" },
	{ "co-insurance is at least 0 %", PRODUCT("        coinsurance: -1\n"),
	    REFUSED, "products.coinsurance: -1 is not from 0 to 100" },
	{ "payer shares total 100",
	    SHARES("{payer: member, percent: 60}, {payer: state, percent: 30}"),
	    REFUSED, "shares: make 90 % together" },
	{ "… ± 0.5",
	    SHARES("{payer: member, percent: 66.7},"
		   " {payer: state, percent: 33}"),
	    GOOD, "" },
	{ "… not more",
	    SHARES("{payer: member, percent: 70},"
		   " {payer: state, percent: 30.6}"),
	    REFUSED, "shares: make 100.6 % together" },
	{ "a payer stands once",
	    SHARES("{payer: state, percent: 60}, {payer: state, percent: 40}"),
	    REFUSED, "shares: “state” pays twice" },
	/* 5. What comes in is what was due. */
	{ "collected ≤ due",
	    FIGURES(FIGURE("contributions-due", "90", "2007")
		    FIGURE("contributions-collected", "91", "2007")),
	    REFUSED, "more contributions-collected than contributions-due" },
	{ "… unless prepayments flagged",
	    FIGURES(FIGURE("contributions-due", "90", "2007")
		    FIGURE("contributions-collected", "91", "2007")
			FIGURE("contributions-prepaid", "5", "2007")),
	    GOOD, "" },
	{ "rejected + paid ≤ received",
	    FIGURES(FIGURE("claims-received", "9", "2007") FIGURE("claims-paid",
		"8", "2007") FIGURE("claims-rejected", "2", "2007")),
	    REFUSED,
	    "more claims-rejected and claims-paid than claims-received" },
	{ "… + opening stock",
	    FIGURES(FIGURE("claims-received", "9", "2007") FIGURE("claims-paid",
		"8", "2007") FIGURE("claims-rejected", "2", "2007")
		    FIGURE("claims-opening", "1", "2007")),
	    GOOD, "" },
	/* 6. The money of the country and the date: a warning. */
	{ "currency valid for country is a warning, not an error",
	    PRODUCT("        currency: UGX\n"), WARNED,
	    "currency: warning: UGX was not the money of SN" },
	{ "currency valid for date, too",
	    PRODUCT("        contributions: [{amount: 5, currency: EUR,"
		    " valid_from: 2004-01-01}]\n"),
	    WARNED, "EUR was not the money of SN in 2004-01-01" },
	{ "… the country’s own is right", PRODUCT("        currency: XOF\n"),
	    GOOD, "" },
	/* 7. What a published entry has. */
	{ "a published entry has a status", "", WARNED,
	    "status: warning: is missing" },
	{ "… and its date", "    status: operating\n", REFUSED,
	    "status_date: is missing" },
	{ "… and at least one source", STATUS "    sources: []\n", REFUSED,
	    "sources" },
	/* 8. What a reviewer should look at. */
	{ "growth > 300 % raises a warning",
	    FIGURES(FIGURE("members", "100", "2006")
		    FIGURE("members", "401", "2007")),
	    WARNED, "more than four times the members of 2006" },
	{ "… 300 % does not",
	    FIGURES(FIGURE("members", "100", "2006")
		    FIGURE("members", "400", "2007")),
	    GOOD, "" },
	{ "> 100 % penetration raises a warning",
	    FIGURES(FIGURE("target-population", "90", "2007")
		    FIGURE("beneficiaries", "91", "2007")),
	    WARNED, "more beneficiaries than target-population" },
	/* Further ones that follow from what the fields mean. */
	{ "women leaders are leaders",
	    STATUS "    leaders: 3\n    leaders_women: 4\n", REFUSED,
	    "leaders_women: more than leaders" },
	{ "a latitude has a longitude", STATUS "    latitude: 14\n", REFUSED,
	    "latitude: longitude must be given too" },
	{ "a registry number is of the country",
	    STATUS "    registry_id: SCH-BEN-0001\n", REFUSED,
	    "registry_id: “SCH-BEN-0001” is not like SCH-SEN-0001" },
	{ "… and has digits", STATUS "    registry_id: SCH-SEN-x001\n", REFUSED,
	    "registry_id" },
	{ "… so it is right", STATUS "    registry_id: SCH-SEN-0900\n", GOOD,
	    "" },
	{ "a contribution ends after it began",
	    PRODUCT("        contributions: [{amount: 5,"
		    " valid_from: 2004-05, valid_to: 2004-04-30}]\n"),
	    REFUSED, "valid_to: is before valid_from" },
	{ "… in the same year, as far as one knows",
	    PRODUCT("        contributions: [{amount: 5,"
		    " valid_from: 2004-05, valid_to: '2004'}]\n"),
	    GOOD, "" },
	{ "a service is one benefit line",
	    PRODUCT("        benefits: [{service: dental, rate: 5},"
		    " {service: dental, rate: 6}]\n"),
	    REFUSED, "benefits: “dental” stands here twice" },
	{ "a figure is of a product that is there",
	    FIGURES("      - {indicator: members, value: 9, year: 2007,"
		    " product: Q}\n"),
	    WARNED, "there is no product “Q”" },
	{ "an e-mail address is one",
	    STATUS "    contacts: [{name: X, email: x@y}]\n", REFUSED,
	    "contacts.email: “x@y” is not an e-mail address" },
	{ "nobody agreed tomorrow",
	    STATUS "    contacts: [{name: X, consent: 2099-01-01}]\n", REFUSED,
	    "consent: is in the future" },
	{ "young ages come first", STATUS "    age_min: 60\n    age_max: 18\n",
	    REFUSED, "age_max: is less than age_min" },
};

static bool
holds(const struct rule *r)
{
	static const char head[] =
	    "kind: scheme\nrecords:\n  - slug: ruled\n    title: {fr: X}\n"
	    "    country: SN\n    name: Ruled\n    type: community-mutual\n";
	struct buf yaml = { 0 };
	bool done, warned;

	buf_puts(&yaml, head);
	if (!has(r->yaml, "sources:"))
		buf_puts(&yaml, "    sources: [{reference: A letter}]\n");
	buf_puts(&yaml, r->yaml);
	write_file("content/x.yaml", yaml.data, yaml.len);
	buf_free(&yaml);
	done = mutua(&command_load, in_dir("content"), "--dry-run", "") == DONE;
	warned = has(said(), "content/x.yaml:");
	return done == (r->verdict != REFUSED) &&
	    warned == (r->verdict != GOOD) && has(said(), r->said);
}

int
main(void)
{
	shell("cp -r tests/fixtures/content $D/content &&"
	      " cp content/codes.yaml $D/content &&"
	      " sed -i 's/tree: themes/tree: gimi-themes/' "
	      "$D/content/themes.yaml");
	mutua(&command_init, "", "", "");
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (!ok(holds(&rules[i]), rules[i].claim))
			printf("# said %s", said());
	return cli_done();
}
