/* Anybody can say what is wrong in a record. */
#include "visitor.h"

static void
test_suggest(struct visitor *nobody)
{
	static const char path[] = "/en/schemes/mss-benin/suggest";
	const char *answer;

	answer = visit(nobody, path);
	ok(status(answer) == 200, "anybody can suggest a correction");
	answer = submit(nobody, path, "words=&evidence=x&email=no");
	ok(status(answer) == 422 && has(answer, "Say what is wrong.") &&
		has(answer, "This is not an e-mail address."),
	    "in words, and with an address if any");
	answer = submit(nobody, path, "words=It+has+stopped");
	ok(status(answer) == 422 && has(answer, "It has stopped"),
	    "not faster than people are");
	sleep(4);
	answer = submit(nobody, path,
	    "words=It+has+stopped&evidence=p.+7&email=eva%40example.org");
	ok(header(answer, "location: /en/schemes/mss-benin?done=suggested"),
	    "it is taken");
	ok(number_in("SELECT count(*) FROM state.contribution WHERE"
		     " state = 'submitted' AND tree IS NULL AND member IS NULL"
		     " AND words = 'It has stopped'"
		     " AND visitor = 'eva@example.org'") == 1,
	    "and waits for review");
	submit(nobody, path, "words=Buy&address=x");
	ok(number_in("SELECT count(*) FROM state.contribution"
		     " WHERE words = 'Buy'") == 0,
	    "what only programs fill in is not read");
}

/* Editors hear of it, in a mail. */
static void
test_mail(void)
{
	ok(number_in("SELECT count(*) FROM state.outbox WHERE name = 'review'"
		     " AND recipient = 'edit@example.org'") == 1,
	    "an editor gets one mail of it");
	ok(number_in("SELECT count(*) FROM state.outbox"
		     " WHERE recipient = 'eva@example.org'") == 0,
	    "and nobody whose address a visitor typed");
}

int
main(void)
{
	struct visitor v = visitor_open();

	member_add("Edit Exemple", "edit@example.org", "secret word", "editor");
	test_suggest(&v);
	test_mail();
	ok(status(visit(&v, "/en/schemes/nothing/suggest")) == 404 &&
		status(visit(&v, "/fr/countries/sn/suggest")) == 200,
	    "of what is there");
	visitor_close(&v);
	return done();
}
