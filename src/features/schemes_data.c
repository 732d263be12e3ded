/*
 * The whole registry, to be taken away: what is in it, and the archives that
 * 'mutua jobs' makes of it (cli/jobs_registry.c).
 *
 * The page tells of the records as they are; the archives follow some minutes
 * later.  Before the first are made there is a page that says so.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "features/schemes.h"
#include "web/download.h"
#include "web/linked.h"
#include "web/site.h"

/* The rows that each table of the package has: what published records have. */
static void
name_tables(struct page *p)
{
	page_text(p, "_schemes", page_string(p, "schemes"));
	page_text(p, "_organisations", page_string(p, "organisations"));
	page_text(p, "_codes", page_string(p, "data_codes"));
	page_rows(p, "tables",
	    "WITH own AS (SELECT id FROM record WHERE kind = 'scheme'"
	    "  AND status = 'published'),"
	    " product AS (SELECT id FROM scheme_product WHERE record IN own),"
	    " part (file, field, rows) AS ("
	    " SELECT 'schemes', NULL, count(*) FROM own"
	    " UNION ALL SELECT 'services', 'scheme.services', count(*)"
	    "  FROM scheme_service WHERE record IN own"
	    " UNION ALL SELECT 'products', 'scheme.products', count(*)"
	    "  FROM product"
	    " UNION ALL SELECT 'benefits', 'scheme.products.benefits',"
	    "  count(*) FROM product_benefit WHERE product IN product"
	    " UNION ALL SELECT 'contributions',"
	    "  'scheme.products.contributions', count(*)"
	    "  FROM product_contribution WHERE product IN product"
	    " UNION ALL SELECT 'shares',"
	    "  'scheme.products.contributions.shares', count(*)"
	    "  FROM contribution_share WHERE contribution IN"
	    "  (SELECT id FROM product_contribution WHERE product IN product)"
	    " UNION ALL SELECT 'providers', 'scheme.providers', count(*)"
	    "  FROM scheme_provider WHERE record IN own"
	    " UNION ALL SELECT 'scheme_organisations', 'scheme.supporters',"
	    "  count(*) FROM scheme_supporter WHERE record IN own"
	    " UNION ALL SELECT 'subsidies', 'scheme.subsidies', count(*)"
	    "  FROM scheme_subsidy WHERE record IN own"
	    " UNION ALL SELECT 'linkages', 'scheme.linkages', count(*)"
	    "  FROM scheme_linkage WHERE record IN own"
	    " UNION ALL SELECT 'contacts', 'scheme.contacts', count(*)"
	    "  FROM scheme_contact WHERE record IN own"
	    " UNION ALL SELECT 'relations', 'record.related', count(*)"
	    "  FROM record_relation WHERE from_record IN own"
	    " UNION ALL SELECT 'year_figures', 'record.figures', count(*)"
	    "  FROM observation WHERE record IN own"
	    " UNION ALL SELECT 'figure_sources', 'record.figures.sources',"
	    "  count(*) FROM source WHERE record IN own"
	    "  AND observation IS NOT NULL"
	    " UNION ALL SELECT 'sources', 'record.sources', count(*)"
	    "  FROM source WHERE record IN own AND observation IS NULL"
	    " UNION ALL SELECT 'organisations', NULL, count(*) FROM record"
	    "  WHERE kind = 'organisation' AND status = 'published'"
	    " UNION ALL SELECT 'codes', NULL, NULL)"
	    " SELECT t.file, t.rows, number_text(t.rows, :lang) AS _rows,"
	    "  coalesce(l.label, CASE t.file WHEN 'schemes' THEN :_schemes"
	    "   WHEN 'organisations' THEN :_organisations"
	    "   WHEN 'codes' THEN :_codes END) AS label"
	    " FROM part t LEFT JOIN code_label l ON l.list = 'field'"
	    "  AND l.code = t.field AND l.lang = :lang");
}

static void
name_dates(struct page *p)
{
	page_text(p, "licence", site_licence(p->site));
	page_row(p,
	    "SELECT max(updated) AS updated,"
	    "  date_text(substr(max(updated), 1, 10), :lang) AS updated_text,"
	    "  substr(max(updated), 1, 4) AS _year"
	    " FROM record WHERE kind IN ('scheme', 'organisation')"
	    "  AND status = 'published'");
}

/* The same for catalogues of data. */
static void
name_dataset(struct page *p)
{
	page_text(p, "_names", linked_string(p, "data_title"));
	page_text(p, "_leads", linked_string(p, "data_lead"));
	page_text(p, "_site", page_string(p, "site"));
	page_row(p,
	    "SELECT json_patch('{}', json_object('@type', 'Dataset', '@id',"
	    "  :canonical, 'url', :canonical, 'name', json(:_names),"
	    "  'description', json(:_leads), 'inLanguage',"
	    "  json_array('en', 'fr', 'es'), 'dateModified', :updated,"
	    "  'version', substr(:updated, 1, 10), 'isAccessibleForFree',"
	    "  json('true'), 'license', CASE WHEN :licence GLOB 'http*'"
	    "   THEN :licence WHEN :licence <> ''"
	    "   THEN 'https://spdx.org/licenses/' || :licence END,"
	    "  'creator', json_object('@type', 'Organization', 'name', :_site,"
	    "   'url', :base || '/' || :lang || '/'),"
	    "  'includedInDataCatalog', json_object('@type', 'DataCatalog',"
	    "   'name', :_site, 'url', :base || '/' || :lang || '/'),"
	    "  'temporalCoverage', (SELECT min(o.year) || '/' || max(o.year)"
	    "   FROM scheme s CROSS JOIN observation o ON o.record = s.record),"
	    "  'spatialCoverage', json((SELECT json_group_array(json_object("
	    "   '@type', 'Country', 'name', c.label, 'identifier', c.code))"
	    "   FROM (SELECT DISTINCT country FROM scheme) s"
	    "   CROSS JOIN code_label c ON c.list = 'country'"
	    "    AND c.code = s.country AND c.lang = :lang)),"
	    "  'variableMeasured', json((SELECT json_group_array(c.label)"
	    "   FROM (SELECT DISTINCT o.indicator FROM scheme s"
	    "    CROSS JOIN observation o ON o.record = s.record) i"
	    "   CROSS JOIN code_label c ON c.list = 'indicator'"
	    "    AND c.code = i.indicator AND c.lang = :lang)),"
	    "  'distribution', json_array(json_object("
	    "   '@type', 'DataDownload', 'encodingFormat', 'application/zip',"
	    "   'contentUrl', :base || :registry_url), json_object("
	    "   '@type', 'DataDownload', 'encodingFormat', 'text/csv',"
	    "   'contentUrl', :base || '/' || :lang || '/schemes.csv'),"
	    "   json_object('@type', 'DataDownload', 'encodingFormat',"
	    "   'application/json', 'contentUrl',"
	    "   :base || '/' || :lang || '/schemes.json')))) AS _linked");
}

int
schemes_data(struct page *p)
{
	model_change(&p->model, "title", page_string(p, "data_title"));
	page_text(p, "registry_url", "/registry.zip");
	page_text(p, "questionnaire_url", "/questionnaire.zip");
	name_tables(p);
	name_dates(p);
	name_dataset(p);
	return page_show(p, 200, "schemes/data");
}

/*
 * The archives.
 */

/* In another language it is the page that leads here. */
static int
not_yet(struct page *p)
{
	model_change(&p->model, "_here", "/schemes/data");
	model_change(&p->model, "canonical", "");
	model_change(&p->model, "title", page_string(p, "data_not_yet"));
	response_header(p->response, "retry-after", "600");
	return page_show(p, 404, "schemes/not-yet");
}

static void
say_when(struct page *p, time_t made)
{
	char date[40];
	struct tm tm;

	if (gmtime_r(&made, &tm) != NULL &&
	    strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &tm) > 0)
		response_header(p->response, "last-modified", date);
}

/* Its address is its name: the file is there under the same. */
int
schemes_package(struct page *p)
{
	const char *name = p->route->path + 1;
	const char *path =
	    arena_printf(&p->arena, "%s/%s", site_files(p->site), name);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	char etag[64];

	if (fd == -1 || fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		if (fd != -1)
			close(fd);
		return not_yet(p);
	}
	snprintf(etag, sizeof(etag), "\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 "\"",
	    (uint64_t)st.st_size, (uint64_t)st.st_mtim.tv_sec,
	    (uint64_t)st.st_mtim.tv_nsec);
	say_when(p, st.st_mtim.tv_sec);
	return download_answer(p,
	    &(struct download){ .fd = fd,
		.size = (uint64_t)st.st_size,
		.name = name,
		.type = "application/zip",
		.etag = etag,
		.keep = KEEP_ASKING });
}
