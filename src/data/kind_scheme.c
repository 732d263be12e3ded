/*
 * A scheme as a registry entry has it: the institution, its products with
 * their benefits and contributions, providers, support, contacts.
 *
 * Core are the fields that a comparison of schemes needs; where a registry of
 * today has codes and an older source has only words, either will do.
 */
#include "data/kind_family.h"

/* clang-format off */

const char *const scheme_groups[] = {
	"identification", "place", "life", "institution", "population",
	"products", "contributions", "providers", "support", "figures",
	"contacts", NULL
};

#define MONEY .low = 0, .high = 1e15, .unit = "money"
#define PERCENT .low = 0, .high = 100, .unit = "percent"
#define MONTHS .low = 0, .high = 1200, .unit = "months"
#define DAYS .low = 0, .high = 36500, .unit = "days"
#define PERSONS .low = 0, .high = 1e10, .unit = "persons"
#define YEAR .low = 1800, .high = 2100
#define COUNT .low = 0, .high = 1e9

/* Single codes of a list, as a set. */
#define CODES(key, in, of_row, code, codes, ...)                     \
	{                                                            \
		(key), (in), (of_row), SHAPE_VALUES, __VA_ARGS__     \
		.fields = (const struct field[]){                    \
			FIELD((code), CODE, .of = (codes),           \
			    .required = true),                       \
			END                                          \
		}                                                    \
	}

const struct field scheme_fields[] = {
#define IN .group = "identification"
	FIELD("registry_id", TEXT, IN),
	FIELD("name", TEXT, .required = true, IN, .core = "name"),
	FIELD("official_name", TEXT, IN),
	FIELD("acronym", TEXT, IN),
	FIELD("website", URL, IN),
#undef IN
#define IN .group = "place"
	FIELD("country", COUNTRY, .required = true, IN, .core = "country"),
	FIELD("admin1", TEXT, IN),
	FIELD("admin1_code", TEXT, IN),
	FIELD("admin2", TEXT, IN),
	FIELD("admin2_code", TEXT, IN),
	FIELD("locality", TEXT, IN),
	FIELD("latitude", REAL, .low = -90, .high = 90, IN),
	FIELD("longitude", REAL, .low = -180, .high = 180, IN),
	FIELD("precision", CODE, .of = "precision", IN),
	FIELD("area_of_operation", CODE, .of = "area_of_operation", IN,
	    .core = "area"),
	FIELD("area", TEXTS, IN, .core = "area"),
	FIELD("setting", CODE, .of = "setting", IN, .core = "setting"),
	FIELD("localities_served", INT, COUNT, IN),
#undef IN
#define IN .group = "life"
	FIELD("year_initiated", INT, YEAR, IN),
	FIELD("year_initiated_about", FLAG, IN),
	FIELD("year_started", INT, YEAR, IN, .core = "year_started"),
	FIELD("year_started_about", FLAG, IN),
	FIELD("status", CODE, .of = "status", IN, .core = "status"),
	FIELD("status_date", DATE, IN, .core = "status_date"),
	FIELD("year_stopped", INT, YEAR, IN),
	FIELD("year_stopped_missing", CODE, .of = "missing", IN),
	FIELD("stop_reason", CODE, .of = "stop_reason", IN),
#undef IN
#define IN .group = "institution"
	FIELD("type", CODE, .of = "type", .required = true, IN,
	    .core = "type"),
	FIELD("type_basis", CODE, .of = "basis", IN),
	FIELD("insurance_model", CODE, .of = "insurance_model", IN,
	    .core = "insurance_model"),
	FIELD("legal_form", CODE, .of = "legal_form", IN),
	FIELD("registration", TEXT, IN),
	FIELD("supervisor", TEXT, IN),
	FIELD("legislation", TEXT, IN),
	FIELD("ownership", CODE, .of = "ownership", IN, .core = "ownership"),
	FIELD("management_model", CODE, .of = "management_model", IN,
	    .core = "management_model"),
	FIELD("assemblies_per_year", REAL, .low = 0, .high = 366, IN),
	FIELD("leaders", INT, PERSONS, IN),
	FIELD("leaders_women", INT, PERSONS, IN),
	FIELD("staff", REAL, PERSONS, IN),
	FIELD("volunteers", INT, PERSONS, IN),
	FIELD("management_tool", CODE, .of = "management_tool", IN),
#undef IN
#define IN .group = "population"
	FIELD("target_group", TEXTS, IN, .core = "target_group"),
	FIELD("enrolment_unit", CODE, .of = "enrolment_unit", IN,
	    .core = "enrolment_unit"),
	FIELD("counting_unit", CODE, .of = "counting_unit", IN,
	    .core = "counting_unit"),
	FIELD("membership_basis", CODE, .of = "membership_basis", IN,
	    .core = "membership_basis"),
	FIELD("eligibility", TEXTS, .long_text = true, IN),
	FIELD("age_min", INT, .low = 0, .high = 150, .unit = "years", IN),
	FIELD("age_max", INT, .low = 0, .high = 150, .unit = "years", IN),
	FIELD("dependants", TEXTS, .long_text = true, IN),
	FIELD("dependants_max", INT, PERSONS, IN),
	FIELD("women_only", BOOL, IN),
	FIELD("gender_strategy", TEXTS, .long_text = true, IN),
#undef IN
	FIELD("contingencies_basis", CODE, .of = "basis",
	    .group = "products"),
#define IN .group = "contributions"
	FIELD("contribution_amount", REAL, MONEY, IN, .core = "amount"),
	FIELD("contribution_currency", CODE, .of = "currency", IN,
	    .core = "currency"),
	FIELD("contribution_period", CODE, .of = "period", IN,
	    .core = "period"),
	FIELD("contribution_covers", TEXTS, IN, .core = "basis"),
	FIELD("contribution_usd", REAL, MONEY, IN),
	FIELD("contribution_collection", TEXTS, IN, .core = "collection"),
	FIELD("contribution_shared", TEXTS, IN),
	FIELD("contribution_note", TEXTS, .long_text = true, IN),
#undef IN
#define IN .group = "support"
	FIELD("financing", TEXTS, .long_text = true, IN, .core = "support"),
	FIELD("risk_carrier", CODE, .of = "risk_carrier", IN,
	    .core = "risk_carrier"),
	FIELD("insurer", RECORD, .of = "organisation", IN),
	FIELD("insurer_name", TEXT, IN),
	FIELD("insurer_licence", TEXT, IN),
	FIELD("reinsurance", CODE, .of = "reinsurance", IN),
	FIELD("reinsurer", RECORD, .of = "organisation", IN),
	FIELD("reinsurer_name", TEXT, IN),
	FIELD("reinsurance_terms", TEXTS, .long_text = true, IN),
	FIELD("reserves_policy", TEXTS, .long_text = true, IN),
	FIELD("reserve_months", REAL, MONTHS, IN),
#undef IN
	END
};

static const struct field one_name[] = {
	FIELD("name", TEXT, .required = true),
	END
};
static const struct table former_names = {
	"former_names", "scheme_former_name", "record", SHAPE_VALUES,
	.fields = one_name, .group = "identification"
};
static const struct table other_names = {
	"other_names", "scheme_other_name", "record", SHAPE_VALUES,
	.fields = one_name, .group = "identification"
};
static const struct table difficulties = CODES("difficulties",
    "scheme_difficulty", "record", "difficulty", "difficulty",
    .group = "life",);
static const struct table initiators = CODES("initiators",
    "scheme_initiator", "record", "initiator", "initiator",
    .group = "institution", .core = "initiators",);
static const struct table organs = CODES("organs", "scheme_organ", "record",
    "organ", "organ", .group = "institution",);
static const struct table target_groups = CODES("target_groups",
    "scheme_target_group", "record", "target_group", "target_group",
    .group = "population", .core = "target_group",);
static const struct table contingencies = CODES("contingencies",
    "scheme_contingency", "record", "contingency", "contingency",
    .group = "products", .core = "contingencies",);
static const struct table services = {
	"services", "scheme_service", "record", SHAPE_ROWS, .placed = true,
	.group = "products", .core = "benefits",
	.texts = "scheme_service_text", .fields = (const struct field[]){
		FIELD("service", TEXTS, .required = true),
		END
	}
};

/* Contributions of a product. */

static const struct table collection_modes = CODES("collection_modes",
    "contribution_collection", "contribution", "collection_mode",
    "collection_mode", .core = "collection",);
static const struct table shares = {
	"shares", "contribution_share", "contribution", SHAPE_ROWS,
	.placed = true, .fields = (const struct field[]){
		FIELD("payer", CODE, .of = "payer", .required = true),
		FIELD("percent", REAL, PERCENT, .required = true),
		END
	}
};
static const struct table product_contributions = {
	"contributions", "product_contribution", "product", SHAPE_ROWS,
	.placed = true, .group = "contributions",
	.texts = "product_contribution_text",
	.one_of = "amount percent joining_fee period note collection_modes",
	.fields = (const struct field[]){
		FIELD("amount", REAL, MONEY, .core = "amount"),
		FIELD("percent", REAL, .low = 0, .high = 1000,
		    .unit = "percent", .core = "amount"),
		FIELD("currency", CODE, .of = "currency",
		    .core = "currency"),
		FIELD("period", CODE, .of = "period", .core = "period"),
		FIELD("basis", CODE, .of = "contribution_basis",
		    .core = "basis"),
		FIELD("size_min", INT, .low = 1, .high = 1000,
		    .unit = "persons"),
		FIELD("size_max", INT, .low = 1, .high = 1000,
		    .unit = "persons"),
		FIELD("joining_fee", REAL, MONEY),
		FIELD("card_fee", REAL, MONEY),
		FIELD("renewal_fee", REAL, MONEY),
		FIELD("valid_from", DATE),
		FIELD("valid_to", DATE),
		FIELD("grace_days", INT, DAYS),
		FIELD("sanction", TEXTS),
		FIELD("solidarity", CODE, .of = "solidarity"),
		FIELD("usd_rate", REAL, .low = 0, .high = 1e9),
		FIELD("usd_date", DATE),
		FIELD("note", TEXTS, .long_text = true),
		END
	},
	.lists = LISTS(&collection_modes, &shares)
};

static const struct table product_contingencies = CODES("contingencies",
    "product_contingency", "product", "contingency", "contingency",
    .core = "contingencies",);
static const struct table levels_of_care = CODES("levels_of_care",
    "product_level", "product", "level_of_care", "level_of_care",
    .core = "level_of_care",);
static const struct table exclusion_codes = CODES("exclusion_codes",
    "product_exclusion", "product", "exclusion", "exclusion",);
static const struct table prevention = CODES("prevention",
    "product_prevention", "product", "prevention", "prevention",);
static const struct table benefits = {
	"benefits", "product_benefit", "product", SHAPE_ROWS, .placed = true,
	.texts = "product_benefit_text", .core = "benefits",
	.fields = (const struct field[]){
		FIELD("service", CODE, .of = "service", .required = true),
		FIELD("covered", BOOL),
		FIELD("rate", REAL, PERCENT),
		FIELD("tariff_basis", CODE, .of = "tariff_basis"),
		FIELD("ceiling", REAL, MONEY),
		FIELD("waiting_months", REAL, MONTHS),
		FIELD("max_per_year", REAL, COUNT),
		FIELD("note", TEXTS),
		END
	}
};
static const struct table products = {
	"products", "scheme_product", "record", SHAPE_ROWS, .placed = true,
	.group = "products", .texts = "scheme_product_text",
	.fields = (const struct field[]){
		FIELD("name", TEXT, .required = true),
		FIELD("description", TEXTS, .long_text = true),
		FIELD("package_type", CODE, .of = "package_type",
		    .core = "package_type"),
		FIELD("benefit_mode", CODE, .of = "benefit_mode",
		    .core = "benefit_mode"),
		FIELD("currency", CODE, .of = "currency"),
		FIELD("coinsurance", REAL, PERCENT, .core = "cost_sharing"),
		FIELD("copayment", REAL, MONEY, .core = "cost_sharing"),
		FIELD("deductible", REAL, MONEY, .core = "cost_sharing"),
		FIELD("ceiling_act", REAL, MONEY, .core = "ceiling"),
		FIELD("ceiling_episode", REAL, MONEY, .core = "ceiling"),
		FIELD("ceiling_person", REAL, MONEY, .core = "ceiling"),
		FIELD("ceiling_household", REAL, MONEY, .core = "ceiling"),
		FIELD("ceiling_year", REAL, MONEY, .core = "ceiling"),
		FIELD("waiting_months", REAL, MONTHS, .core = "waiting"),
		FIELD("waiting_maternity", REAL, MONTHS, .core = "waiting"),
		FIELD("exclusions", TEXTS, .long_text = true),
		FIELD("prior_authorisation", BOOL),
		FIELD("referral_required", BOOL),
		END
	},
	.lists = LISTS(&product_contingencies, &benefits, &levels_of_care,
	    &exclusion_codes, &prevention, &product_contributions)
};

static const struct table providers = {
	"providers", "scheme_provider", "record", SHAPE_ROWS, .placed = true,
	.group = "providers", .core = "providers",
	.texts = "scheme_provider_text",
	.one_of = "name organisation level_of_care",
	.fields = (const struct field[]){
		FIELD("organisation", RECORD, .of = "organisation"),
		FIELD("name", TEXT),
		FIELD("number", INT, .low = 1, .high = 1e6),
		FIELD("level_of_care", CODE, .of = "level_of_care"),
		FIELD("ownership", CODE, .of = "provider_ownership"),
		FIELD("locality", TEXT),
		FIELD("contract", CODE, .of = "contract"),
		FIELD("contract_start", DATE),
		FIELD("tariff", CODE, .of = "tariff"),
		FIELD("discount", REAL, PERCENT),
		FIELD("quality", TEXTS, .long_text = true),
		FIELD("medical_adviser", BOOL),
		FIELD("settlement_days", REAL, DAYS),
		END
	}
};

/* Money and help from others. */

static const struct table supporters = {
	"supporters", "scheme_supporter", "record", SHAPE_ROWS,
	.placed = true, .group = "support", .core = "support",
	.texts = "scheme_supporter_text", .one_of = "organisation name",
	.only_one = true, .fields = (const struct field[]){
		FIELD("organisation", RECORD, .of = "organisation"),
		FIELD("name", TEXT),
		FIELD("role", CODE, .of = "support_role"),
		FIELD("date_from", DATE),
		FIELD("date_to", DATE),
		FIELD("amount", REAL, MONEY),
		FIELD("currency", CODE, .of = "currency"),
		FIELD("note", TEXTS),
		END
	}
};
static const struct table subsidies = {
	"subsidies", "scheme_subsidy", "record", SHAPE_ROWS, .placed = true,
	.group = "support", .texts = "scheme_subsidy_text",
	.fields = (const struct field[]){
		FIELD("type", CODE, .of = "subsidy", .required = true),
		FIELD("organisation", RECORD, .of = "organisation"),
		FIELD("name", TEXT),
		FIELD("amount", REAL, MONEY),
		FIELD("currency", CODE, .of = "currency"),
		FIELD("year", INT, YEAR),
		FIELD("tapering", BOOL),
		FIELD("note", TEXTS),
		END
	}
};
static const struct table linkages = {
	"linkages", "scheme_linkage", "record", SHAPE_ROWS, .placed = true,
	.group = "support", .texts = "scheme_linkage_text",
	.fields = (const struct field[]){
		FIELD("linkage", CODE, .of = "linkage", .required = true),
		FIELD("organisation", RECORD, .of = "organisation"),
		FIELD("name", TEXT),
		FIELD("note", TEXTS),
		END
	}
};
static const struct table contacts = {
	"contacts", "scheme_contact", "record", SHAPE_ROWS, .placed = true,
	.group = "contacts", .core = "contact",
	.one_of = "name function organisation",
	.fields = (const struct field[]){
		FIELD("name", TEXT),
		FIELD("function", TEXT),
		FIELD("organisation", TEXT),
		FIELD("email", TEXT, .private = true),
		FIELD("telephone", TEXT, .private = true),
		FIELD("address", TEXT, .private = true, .long_text = true),
		FIELD("consent", DATE),
		END
	}
};

const struct table *const scheme_lists[] = {
	&former_names, &other_names, &difficulties, &initiators, &organs,
	&target_groups, &contingencies, &services, &products, &providers,
	&supporters, &subsidies, &linkages, &contacts, NULL
};
