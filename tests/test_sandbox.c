/* What a stranger's file is read in: it can find words and do nothing else. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "cli/sandbox.h"
#include "data/office.h"
#include "files.h"

/* Have something tried inside; it says "yes" or why not. */
static const char *
inside(bool (*attempt)(const void *, struct buf *), const void *with)
{
	static struct buf found;
	struct buf why = { 0 };
	struct sandbox s = { .read = attempt, .with = with, .input = -1 };

	buf_clear(&found);
	if (sandbox_run(&s, &found, &why) != SANDBOX_DONE) {
		buf_clear(&found);
		buf_puts(&found, buf_text(&why));
	}
	buf_free(&why);
	return buf_text(&found);
}

static bool
say(struct buf *found, bool can)
{
	buf_puts(found, can ? "yes" : "no");
	return true;
}

static bool
words(const void *with, struct buf *found)
{
	buf_puts(found, with);
	return true;
}

static bool
no_words(const void *with, struct buf *found)
{
	(void)with;
	(void)found;
	return false;
}

static bool
read_file(const void *path, struct buf *found)
{
	return say(found, open(path, O_RDONLY | O_CLOEXEC) != -1);
}

static bool
write_file(const void *path, struct buf *found)
{
	return say(found,
	    open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) != -1);
}

static bool
connect_out(const void *with, struct buf *found)
{
	(void)with;
	return say(found, socket(AF_INET, SOCK_STREAM, 0) != -1);
}

static bool
make_process(const void *with, struct buf *found)
{
	pid_t pid = fork();

	(void)with;
	if (pid == 0)
		_exit(0);
	return say(found, pid != -1);
}

static bool
run_program(const void *with, struct buf *found)
{
	char path[] = "/bin/true";
	char *argv[] = { path, NULL };

	(void)with;
	execv(path, argv);
	return say(found, false);
}

static bool
kill_parent(const void *with, struct buf *found)
{
	(void)with;
	return say(found, kill(getppid(), 0) == 0);
}

static bool
use_descriptor(const void *with, struct buf *found)
{
	return say(found, write(*(const int *)with, "x", 1) == 1);
}

static bool
crash(const void *with, struct buf *found)
{
	(void)with;
	(void)found;
	raise(SIGSEGV); /* may not; so end as by a signal */
	_exit(1);
}

static bool
flood(const void *with, struct buf *found)
{
	(void)with;
	while (found->len < SANDBOX_OUTPUT + 100000)
		buf_puts(found, "All for one and one for all.\n");
	return true;
}

static void
confined(void)
{
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	is(inside(words, "hello"), "hello", "it says what it finds");
	is(inside(no_words, NULL), "it cannot be read", "or that it can't");
	is(inside(read_file, "/etc/passwd"), "no", "it opens no file");
	is(inside(write_file, "/tmp/mutua-test-never"), "no", "makes none");
	is(inside(connect_out, NULL), "no", "has no network");
	is(inside(make_process, NULL), "no", "no other process");
	is(inside(run_program, NULL), "no", "runs no program");
	is(inside(kill_parent, NULL), "no", "signals nobody");
	is(inside(use_descriptor, &fd), "no", "and has nothing of ours");
	ok(has(inside(crash, NULL), "it cannot be read") ||
		has(inside(crash, NULL), "stopped"),
	    "if it crashes, we do not");
	ok(strlen(inside(flood, NULL)) == SANDBOX_OUTPUT,
	    "what it says has an end");
	close(fd);
}

static bool
stopping(void)
{
	return true;
}

static void
stopped(void)
{
	static const char *const sleep[] = { "/bin/sleep", "60", NULL };
	static const char *const nothing[] = { "/nowhere", NULL };
	struct buf found = { 0 }, why = { 0 };
	time_t start = time(NULL);

	ok(sandbox_run(&(struct sandbox){ .program = sleep,
			   .input = -1,
			   .stop = stopping },
	       &found, &why) == SANDBOX_STOPPED &&
		time(NULL) - start < 5,
	    "told to stop, it ends at once");
	ok(sandbox_run(&(struct sandbox){ .program = nothing, .input = -1 },
	       &found, &why) == SANDBOX_BROKEN,
	    "a program that is not there is told");
	ok(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD,
	    "nothing is left running");
	buf_free(&found);
	buf_free(&why);
}

static const char *
words_of(const char *type, struct buf file)
{
	static struct buf out;

	buf_clear(&out);
	if (!office_text(&out, type, file.data, file.len))
		return "refused";
	return buf_text(&out);
}

#define ODT ODF_TYPE "text"
#define DOCX OOXML_TYPE "wordprocessingml.document"
#define XLSX OOXML_TYPE "spreadsheetml.sheet"

static void
office(void)
{
	is(words_of(ODT,
	       make_odt("<o xmlns:text='t'><text:h>Title</text:h>"
			"<text:p>One<text:s/>two<text:tab/>th<b>ree</b>"
			"<text:line-break/>four &amp; five</text:p>"
			"<text:tracked-changes><text:p>gone</text:p>"
			"</text:tracked-changes><text:p/>\n"
			"<text:p>L’été</text:p></o>")),
	    "Title\nOne two three\nfour & five\nL’été\n",
	    "an ODT has its words, a paragraph a line");
	is(words_of(DOCX,
	       make_docx("<w:d xmlns:w='w'><w:p><w:r><w:t>One </w:t></w:r>"
			 "<w:r><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>"
			 "<w:instrText>PAGE</w:instrText></w:p>"
			 "<w:p><w:delText>gone</w:delText><w:t>four</w:t></w:p>"
			 "</w:d>")),
	    "One two three\nfour\n", "a DOCX has those that are seen");
	is(words_of(XLSX,
	       make_zip((const struct entry[]){
		   { "[Content_Types].xml", "<Types/>", 0 },
		   { "xl/workbook.xml", "<w/>", 0 },
		   { "xl/sharedStrings.xml",
		       "<s><si><t>Country</t></si><si><r><t>Mem</t></r>"
		       "<r><t>bers</t></r></si></s>",
		       0 },
		   { 0 } })),
	    "Country\nMembers\n", "an XLSX those in its cells");
}

static void
hostile(void)
{
	struct buf deep = { 0 };

	is(words_of(ODT, make_odt("<x>cut")), "refused", "XML is whole");
	is(words_of(ODT,
	       make_odt("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
			"<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
			"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
			"<x>&c;&c;&c;</x>")),
	    "refused", "entities do not multiply");
	is(words_of(ODT,
	       make_odt("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
			"<x>&a;</x>")),
	    "refused", "nor read files");
	is(words_of(ODT,
	       make_odt("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>")),
	    "refused", "nothing is fetched");
	is(words_of(ODT, make_odt("<x>&undefined;</x>")), "refused",
	    "what is not defined is nothing");
	for (int i = 0; i < 10000; i++)
		buf_puts(&deep, "<x>");
	is(words_of(ODT, make_odt(for_good(deep).data)), "refused",
	    "elements are not within each other for ever");
	is(words_of(ODT, make_docx("<x/>")), "refused",
	    "another document is another");
	is(words_of(ODT, make_pdf("x")), "refused", "and no archive none");
}

int
main(void)
{
	confined();
	stopped();
	office();
	hostile();
	return done();
}
