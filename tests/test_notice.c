/* What has just been done is said on the page that follows. */
#include "test.h"
#include "view/strings.h"
#include "web/notice.h"

static bool
all_known(const char *lang)
{
	struct buf path = { 0 }, why = { 0 };
	struct strings *s;
	bool all = true;

	buf_printf(&path, "assets/strings/%s.yaml", lang);
	s = strings_open(path.data, "", &why);
	if (s == NULL)
		bail_out(buf_text(&why));
	for (size_t i = 0; notices[i] != NULL; i++) {
		if (strncmp(notices[i], "done_", 5) == 0 &&
		    strings_get(s, notices[i]) != NULL)
			continue;
		printf("# %s has no %s\n", lang, notices[i]);
		all = false;
	}
	strings_free(s);
	buf_free(&path);
	buf_free(&why);
	return all;
}

int
main(void)
{
	struct site *s = test_site();
	const char *page = get(s, "/fr/glossary", "letter=A&done=saved");

	ok(has(page, "<p class=\"notice\" role=\"status\">C’est enregistré."),
	    "what was done is said, in the page's language");
	ok(has(page,
	       "<link rel=\"canonical\""
	       " href=\"https://example.org/fr/glossary?letter=A\">"),
	    "that makes no other page of it");
	ok(!header(page, "cache-control: no-store"), "and it can be kept");
	page = get(s, "/en/glossary", "done=%3Cb%3Esent");
	ok(status(page) == 200 && !has(page, "role=\"status\""),
	    "an address says nothing that is not ours");
	ok(!has(get(s, "/en/glossary", NULL), "role=\"status\""),
	    "and where nothing was done, nothing is said");
	for (size_t i = 0; site_languages[i] != NULL; i++)
		ok(all_known(site_languages[i]), "every notice has words");
	site_close(s);
	return done();
}
