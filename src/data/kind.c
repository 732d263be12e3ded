#include <string.h>

#include "data/kind_family.h"

/* clang-format off */

static const struct field one_theme[] = {
	FIELD("theme", SLUG, .of = "theme", .required = true),
	END
};
static const struct field one_country[] = {
	FIELD("country", COUNTRY, .required = true),
	END
};
static const struct field one_keyword[] = {
	FIELD("keyword", TEXT, .required = true),
	END
};
static const struct field one_language[] = {
	FIELD("language", LANGUAGE, .required = true),
	END
};

/* Lists that records of all kinds have. */

static const struct table themes = {
	"themes", "record_theme", "record", SHAPE_VALUES,
	.fields = one_theme, .group = "identification"
};
static const struct table countries = {
	"countries", "record_country", "record", SHAPE_VALUES,
	.fields = one_country, .group = "place"
};
static const struct table keywords = {
	"keywords", "record_keyword", "record", SHAPE_VALUES,
	.fields = one_keyword, .group = "identification"
};
static const struct table related = {
	"related", "record_relation", "from_record", SHAPE_ROWS,
	.placed = true, .group = "support", .fields = (const struct field[]){
		FIELD("to", ANY_RECORD, .column = "to_record",
		    .required = true),
		FIELD("relation", CODE, .of = "relation", .required = true),
		FIELD("note", TEXT),
		END
	}
};

static const struct field source_fields[] = {
	FIELD("field", TEXT),
	FIELD("document", RECORD, .of = "document"),
	FIELD("reference", TEXT),
	FIELD("place", TEXT),
	FIELD("type", CODE, .of = "source_type"),
	FIELD("author", TEXT),
	FIELD("date", DATE),
	FIELD("url", URL),
	FIELD("archive_url", URL),
	FIELD("confidence", CODE, .of = "confidence"),
	FIELD("language", LANGUAGE),
	FIELD("licence", TEXT),
	END
};
static const struct table sources = {
	"sources", "source", "record", SHAPE_ROWS,
	.one_of = "document reference", .fields = source_fields,
	.group = "contacts", .core = "sources"
};
static const struct table figure_sources = {
	"sources", "source", "observation", SHAPE_ROWS, .of_record = true,
	.one_of = "document reference", .fields = source_fields
};
static const struct table figures = {
	"figures", "observation", "record", SHAPE_ROWS, .placed = true,
	.one_of = "value low missing", .only_one = true,
	.group = "figures", .core = "figures",
	.fields = (const struct field[]){
		FIELD("indicator", CODE, .of = "indicator",
		    .required = true),
		FIELD("value", REAL),
		FIELD("low", REAL),
		FIELD("high", REAL),
		FIELD("missing", CODE, .of = "missing"),
		FIELD("unit", CODE, .of = "unit"),
		FIELD("year", INT, .low = 1800, .high = 2100),
		FIELD("qualifier", CODE, .of = "qualifier"),
		FIELD("note", CODE, .of = "figure_note"),
		FIELD("product", TEXT),
		FIELD("service", CODE, .of = "service"),
		FIELD("method", CODE, .of = "method"),
		FIELD("currency", CODE, .of = "currency"),
		FIELD("fiscal_year_end", DATE),
		END
	},
	.lists = (const struct table *const[]){ &figure_sources, NULL }
};

const struct table record_table = {
	"", "record", NULL, SHAPE_ONE, .texts = "record_text",
	.fields = (const struct field[]){
		FIELD("lang", LANGUAGE, .group = "identification",
		    .core = "lang"),
		FIELD("title", TEXTS, .required = true, .high = 400,
		    .group = "identification", .core = "title"),
		FIELD("summary", TEXTS, .long_text = true, .high = 5000,
		    .group = "identification", .core = "summary"),
		FIELD("body", MARKDOWN, .long_text = true,
		    .group = "identification"),
		FIELD("published", TIME),
		END
	},
	.lists = (const struct table *const[]){
		&themes, &countries, &keywords, &related, &figures, &sources,
		NULL
	}
};

/* What the kinds add. */

static const struct field document_fields[] = {
	FIELD("doctype", CODE, .of = "doctype", .required = true),
	FIELD("subtitle", TEXT),
	FIELD("year", INT, .low = 1400, .high = 2100),
	FIELD("date", DATE),
	FIELD("date_note", TEXT),
	FIELD("document_status", CODE, .of = "document_status"),
	FIELD("journal", TEXT),
	FIELD("place", TEXT),
	FIELD("series", TEXT),
	FIELD("number", TEXT),
	FIELD("pages", TEXT),
	FIELD("edition_note", TEXT),
	FIELD("title_supplied", FLAG),
	FIELD("url", URL),
	FIELD("note", TEXT, .long_text = true),
	END
};
static const struct table document_authors = {
	"authors", "document_author", "record", SHAPE_ROWS, .placed = true,
	.one_of = "name organisation", .only_one = true,
	.fields = (const struct field[]){
		FIELD("name", TEXT),
		FIELD("organisation", RECORD, .of = "organisation"),
		END
	}
};
static const struct table document_languages = {
	"languages", "document_language", "record", SHAPE_VALUES,
	.fields = one_language
};
static const struct table document_files = {
	"files", "document_file", "record", SHAPE_ROWS, .placed = true,
	.fields = (const struct field[]){
		FIELD("file", FILE, .required = true),
		FIELD("name", TEXT),
		FIELD("label", TEXT),
		FIELD("lang", LANGUAGE),
		END
	}
};

static const struct field term_fields[] = {
	FIELD("acronym", TEXT),
	FIELD("origin", CODE, .of = "origin"),
	FIELD("note", TEXT, .long_text = true),
	END
};
static const struct table term_names = {
	"names", "term_name", "record", SHAPE_NAMES,
	.fields = (const struct field[]){
		FIELD("synonyms", TEXT, .column = "synonym"),
		FIELD("acronyms", TEXT, .column = "acronym"),
		END
	}
};
static const struct table term_wordings = {
	"wordings", "term_wording", "record", SHAPE_ROWS,
	.fields = (const struct field[]){
		FIELD("lang", LANGUAGE, .required = true),
		FIELD("wording", TEXT, .required = true, .long_text = true),
		FIELD("document", RECORD, .of = "document"),
		FIELD("place", TEXT),
		END
	}
};

static const struct field expert_fields[] = {
	FIELD("position", TEXT),
	FIELD("organisation", RECORD, .of = "organisation"),
	FIELD("city", TEXT),
	FIELD("available", BOOL),
	FIELD("website", URL),
	END
};
static const struct table expert_languages = {
	"languages", "expert_language", "record", SHAPE_VALUES,
	.fields = one_language
};

static const struct field organisation_fields[] = {
	FIELD("organisation_type", CODE, .of = "organisation_type",
	    .required = true),
	FIELD("acronym", TEXT),
	FIELD("acronym_fr", TEXT),
	FIELD("acronym_es", TEXT),
	FIELD("city", TEXT),
	FIELD("scope", CODE, .of = "scope"),
	FIELD("website", URL),
	END
};

static const struct field country_fields[] = {
	FIELD("country", COUNTRY, .required = true),
	FIELD("gess_profile", FLAG),
	FIELD("mention", CODE, .of = "mention"),
	END
};
static const struct table measure_organisations = {
	"organisations", "measure_organisation", "measure", SHAPE_VALUES,
	.fields = (const struct field[]){
		FIELD("organisation", RECORD, .of = "organisation",
		    .required = true),
		END
	}
};
static const struct table measure_sources = {
	"sources", "measure_source", "measure", SHAPE_ROWS,
	.fields = (const struct field[]){
		FIELD("document", RECORD, .of = "document",
		    .required = true),
		FIELD("place", TEXT),
		END
	}
};
static const struct table *const measure_lists[] = {
	&measure_organisations, &measure_sources, NULL
};
static const struct field measure_fields[] = {
	FIELD("name", TEXTS, .required = true),
	FIELD("description", TEXTS, .long_text = true),
	FIELD("status", TEXTS),
	FIELD("year", INT, .low = 1800, .high = 2100),
	FIELD("document", RECORD, .of = "document"),
	END
};
static const struct table programmes = {
	"programmes", "measure", "record", SHAPE_ROWS, .placed = true,
	.constant = "measure programme", .texts = "measure_text",
	.fields = measure_fields, .lists = measure_lists
};
static const struct table laws = {
	"laws", "measure", "record", SHAPE_ROWS, .placed = true,
	.constant = "measure law", .texts = "measure_text",
	.fields = measure_fields, .lists = measure_lists
};

static const struct field event_fields[] = {
	FIELD("event_type", CODE, .of = "event_type", .required = true),
	FIELD("date", DATE, .required = true),
	FIELD("date_end", DATE),
	FIELD("date_certainty", CODE, .of = "date_certainty"),
	FIELD("place", TEXT),
	FIELD("note", TEXT, .long_text = true),
	END
};

static const struct field link_fields[] = {
	FIELD("url", URL),
	FIELD("link_category", CODE, .of = "link_category",
	    .required = true),
	FIELD("title_supplied", FLAG),
	END
};

static const struct field convention_fields[] = {
	FIELD("instrument", CODE, .of = "instrument", .required = true),
	FIELD("number", INT, .low = 1, .high = 999),
	FIELD("year", INT, .low = 1900, .high = 2100),
	FIELD("generation", CODE, .of = "generation"),
	FIELD("instrument_status", CODE, .of = "instrument_status"),
	FIELD("ratifications", INT, .low = 0, .high = 250),
	FIELD("ratifications_date", DATE),
	END
};
static const struct table convention_parts = {
	"parts", "convention_part", "record", SHAPE_ROWS, .placed = true,
	.fields = (const struct field[]){
		FIELD("part", TEXT, .required = true),
		FIELD("branch", CODE, .of = "branch", .required = true),
		FIELD("accepted_by", INT, .low = 0, .high = 250),
		FIELD("out_of", INT, .low = 0, .high = 250),
		END
	}
};
static const struct table convention_branches = {
	"branches", "convention_branch", "record", SHAPE_VALUES,
	.fields = (const struct field[]){
		FIELD("branch", CODE, .of = "branch", .required = true),
		END
	}
};

static const struct field newsletter_fields[] = {
	FIELD("number", INT, .low = 1, .high = 9999, .required = true),
	END
};
static const struct table newsletter_items = {
	"items", "newsletter_item", "record", SHAPE_ROWS, .placed = true,
	.texts = "newsletter_item_text", .fields = (const struct field[]){
		FIELD("item", ANY_RECORD, .required = true),
		FIELD("heading", TEXTS, .high = 100),
		FIELD("note", TEXTS, .long_text = true, .high = 2000),
		END
	}
};

const struct kind kinds[] = {
	{ "document", "date", "year", NULL, false,
	    { "", "document", "record", SHAPE_ONE, .fields = document_fields,
		.lists = LISTS(&document_authors, &document_languages,
		    &document_files) } },
	{ "term", NULL, NULL, NULL, false,
	    { "", "term", "record", SHAPE_ONE, .fields = term_fields,
		.lists = LISTS(&term_names, &term_wordings) } },
	{ "expert", NULL, NULL, NULL, false,
	    { "", "expert", "record", SHAPE_ONE, .fields = expert_fields,
		.lists = LISTS(&expert_languages) } },
	{ "organisation", NULL, NULL, NULL, false,
	    { "", "organisation", "record", SHAPE_ONE,
		.fields = organisation_fields } },
	{ "country", NULL, NULL, NULL, false,
	    { "", "country", "record", SHAPE_ONE, .fields = country_fields,
		.lists = LISTS(&programmes, &laws) } },
	{ "region", NULL, NULL, NULL, false,
	    { "", "region", "record", SHAPE_ONE,
		.fields = (const struct field[]){
			FIELD("region", CODE, .of = "region",
			    .required = true),
			END
		} } },
	{ "scheme", NULL, NULL, scheme_groups, false,
	    { "", "scheme", "record", SHAPE_ONE, .texts = "scheme_text",
		.fields = scheme_fields, .lists = scheme_lists } },
	{ "theme", NULL, NULL, NULL, false,
	    { "", "theme", "record", SHAPE_ONE,
		.fields = (const struct field[]){
			FIELD("theme_status", CODE, .of = "theme_status"),
			FIELD("origin", CODE, .of = "origin"),
			END
		} } },
	{ "question", NULL, NULL, NULL, false,
	    { "", "question", "record", SHAPE_ONE,
		.fields = (const struct field[]){
			FIELD("theme", SLUG, .of = "theme",
			    .required = true),
			END
		} } },
	{ "convention", "year", NULL, NULL, false,
	    { "", "convention", "record", SHAPE_ONE,
		.fields = convention_fields,
		.lists = LISTS(&convention_parts, &convention_branches) } },
	{ "link", NULL, NULL, NULL, false,
	    { "", "link", "record", SHAPE_ONE, .fields = link_fields } },
	{ "event", "date", NULL, NULL, false,
	    { "", "event", "record", SHAPE_ONE, .fields = event_fields } },
	{ "news", NULL, NULL, news_groups, true,
	    { "", "news", "record", SHAPE_ONE, .texts = "news_text",
		.fields = news_fields } },
	{ "page", NULL, NULL, NULL, false,
	    { "", NULL, "record", .shape = SHAPE_ONE } },
	{ "newsletter", NULL, NULL, NULL, false,
	    { "", "newsletter", "record", SHAPE_ONE,
		.fields = newsletter_fields,
		.lists = LISTS(&newsletter_items) } },
	{ 0 }
};
/* clang-format on */

const struct kind *
kind_find(const char *kind)
{
	for (const struct kind *k = kinds; k->kind != NULL; k++)
		if (strcmp(k->kind, kind) == 0)
			return k;
	return NULL;
}

const struct field *
table_fields(const struct table *t)
{
	static const struct field none = { 0 };

	return t->fields != NULL ? t->fields : &none;
}

const struct field *
table_field(const struct table *t, const char *name)
{
	for (const struct field *f = table_fields(t); f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

const struct table *
table_list(const struct table *t, const char *name)
{
	for (size_t i = 0; t->lists != NULL && t->lists[i] != NULL; i++)
		if (strcmp(t->lists[i]->name, name) == 0)
			return t->lists[i];
	return NULL;
}

const char *
field_column(const struct field *f)
{
	return f->column != NULL ? f->column : f->name;
}
