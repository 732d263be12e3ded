#include <stddef.h>
#include <string.h>

#include "data/cite_type.h"

enum { VOCABULARIES = 4 };

static const char *const vocabularies[VOCABULARIES] = { "ris", "bibtex", "csl",
	"schema" };

/* A row for each type of document, and one for each kind: "" is any other. */
/* clang-format off */
static const struct row {
	const char *kind, *doctype;
	const char *types[VOCABULARIES];
} rows[] = {
	{ "document", "article", { "JOUR", "article", "article-journal", "ScholarlyArticle" } },
	{ "document", "blog-post", { "BLOG", "misc", "post-weblog", "BlogPosting" } },
	{ "document", "book", { "BOOK", "book", "book", "Book" } },
	{ "document", "brief", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "brochure", { "PAMP", "booklet", "pamphlet", "DigitalDocument" } },
	{ "document", "case-study", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "chapter", { "CHAP", "incollection", "chapter", "Chapter" } },
	{ "document", "code-of-practice", { "STAND", "manual", "standard", "Report" } },
	{ "document", "committee-report", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "compendium", { "BOOK", "book", "book", "Book" } },
	{ "document", "conclusions", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "conference", { "CPAPER", "inproceedings", "paper-conference", "ScholarlyArticle" } },
	{ "document", "conference-paper", { "CPAPER", "inproceedings", "paper-conference", "ScholarlyArticle" } },
	{ "document", "convention", { "STAT", "misc", "legislation", "Legislation" } },
	{ "document", "country-profile", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "database", { "DBASE", "misc", "dataset", "Dataset" } },
	{ "document", "dataset", { "DATA", "misc", "dataset", "Dataset" } },
	{ "document", "draft-legislation", { "BILL", "misc", "bill", "Legislation" } },
	{ "document", "general-survey", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "glossary", { "BOOK", "book", "book", "Book" } },
	{ "document", "governing-body-document", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "guide", { "BOOK", "manual", "book", "Book" } },
	{ "document", "key-issue", { "MGZN", "misc", "article", "Article" } },
	{ "document", "law", { "STAT", "misc", "legislation", "Legislation" } },
	{ "document", "legislation", { "STAT", "misc", "legislation", "Legislation" } },
	{ "document", "manual", { "BOOK", "manual", "book", "Book" } },
	{ "document", "newsletter", { "MGZN", "misc", "periodical", "PublicationIssue" } },
	{ "document", "paper", { "UNPB", "unpublished", "manuscript", "ScholarlyArticle" } },
	{ "document", "periodical", { "SER", "misc", "periodical", "Periodical" } },
	{ "document", "policy-document", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "poster", { "GEN", "misc", "graphic", "Poster" } },
	{ "document", "presentation", { "SLIDE", "misc", "speech", "PresentationDigitalDocument" } },
	{ "document", "proceedings", { "CONF", "proceedings", "book", "Book" } },
	{ "document", "report", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "series", { "SER", "misc", "collection", "BookSeries" } },
	{ "document", "slide-deck", { "SLIDE", "misc", "speech", "PresentationDigitalDocument" } },
	{ "document", "software", { "COMP", "misc", "software", "SoftwareApplication" } },
	{ "document", "standard", { "STAND", "manual", "standard", "CreativeWork" } },
	{ "document", "statistics", { "DATA", "misc", "dataset", "Dataset" } },
	{ "document", "study", { "RPRT", "techreport", "report", "Report" } },
	{ "document", "thesis", { "THES", "phdthesis", "thesis", "Thesis" } },
	{ "document", "tool", { "GEN", "misc", "document", "LearningResource" } },
	{ "document", "training", { "GEN", "misc", "document", "LearningResource" } },
	{ "document", "video-audio", { "VIDEO", "misc", "motion_picture", "VideoObject" } },
	{ "document", "website", { "ELEC", "misc", "webpage", "WebSite" } },
	{ "document", "working-paper", { "UNPB", "unpublished", "manuscript", "ScholarlyArticle" } },
	{ "document", "", { "GEN", "misc", "document", "CreativeWork" } },
	{ "term", "", { "DICT", "misc", "entry-dictionary", "DefinedTerm" } },
	{ "scheme", "", { "DATA", "misc", "dataset", "FinancialProduct" } },
	{ "convention", "", { "STAT", "misc", "legislation", "Legislation" } },
	{ "country", "", { "ELEC", "misc", "entry-encyclopedia", "WebPage" } },
	{ "region", "", { "ELEC", "misc", "entry-encyclopedia", "WebPage" } },
	{ "news", "", { "NEWS", "misc", "article-newspaper", "NewsArticle" } },
	{ "event", "", { "ELEC", "misc", "event", "Event" } },
	{ "expert", "", { "ELEC", "misc", "webpage", "Person" } },
	{ "organisation", "", { "ELEC", "misc", "webpage", "Organization" } },
	{ "link", "", { "ELEC", "misc", "webpage", "WebPage" } },
	{ "theme", "", { "ELEC", "misc", "webpage", "DefinedTerm" } },
	{ "question", "", { "ELEC", "misc", "webpage", "WebPage" } },
	{ "page", "", { "ELEC", "misc", "webpage", "WebPage" } },
	{ "newsletter", "", { "NEWS", "misc", "article-newspaper", "Article" } },
	{ "", "", { "ELEC", "misc", "webpage", "WebPage" } },
};
/* clang-format on */

const char *
cite_type(const char *vocabulary, const char *kind, const char *doctype)
{
	const struct row *r = rows;
	size_t v = 0;

	while (v + 1 < VOCABULARIES && strcmp(vocabulary, vocabularies[v]) != 0)
		v++;
	while (*r->kind != '\0' &&
	    (strcmp(r->kind, kind) != 0 ||
		(*r->doctype != '\0' && strcmp(r->doctype, doctype) != 0)))
		r++;
	return r->types[v];
}
