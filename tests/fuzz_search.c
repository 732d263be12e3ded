/* Whatever is searched for, in whichever language, there is an answer. */
#include <stdint.h>

#include "records.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct db *
made(void)
{
	struct db *db = records_open();

	records_add(db, "document", "fr", "Les mutuelles de santé",
	    "L'assurance maladie, le tiers payant et la micro-assurance.");
	records_add(db, "scheme", "en", "A scheme of one's own",
	    "Micro-insurance for members' families: AND, OR, NEAR.");
	records_add(db, "country", "es", "Perú", "Protección social.");
	records_add(db, "document", "wo", "健康 保険", "Ñu bari. e\u0301");
	return db;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const languages[] = { "en", "fr", "es" };
	static const char *const facets[] = { "kind", "language", NULL };
	static struct db *db;
	struct buf text = { 0 }, meant = { 0 };
	struct search s = { .facets = facets, .nchoices = 1 };

	if (db == NULL)
		db = made();
	if (size < 2)
		return 0;
	buf_put(&text, (const char *)data + 2, size - 2);
	s.ui = languages[data[0] % 3];
	s.order = (enum order)(data[1] % 4);
	s.text = buf_text(&text);
	s.choices[0].facet = data[1] & 4 ? "kind" : "nothing";
	s.choices[0].values = buf_text(&text);
	s.nchoices = data[1] >> 3 & 1;
	search_run(db, &s);
	search_page(db, data[1] >> 4 & 1, 3);
	records_rows(db_query(db,
	    "SELECT h.*, marked(t.title, t.lang), excerpt(h.text)"
	    " FROM hit h JOIN record_text t ON t.record = h.record"));
	records_rows(db_query(db, "SELECT * FROM facet_count"));
	records_rows(db_query(db, "SELECT * FROM equivalent"));
	search_did_you_mean(db, &s, &meant);
	search_suggest(db, s.ui, s.text);
	records_rows(db_query(db, "SELECT * FROM suggestion"));
	if (db_failed(db))
		abort();
	db_release(db);
	buf_free(&text);
	buf_free(&meant);
	return 0;
}
