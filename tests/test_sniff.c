/* What a file is, whatever it is called; and what is none that is taken. */
#include "data/sniff.h"
#include "data/unzip.h"
#include "files.h"

/* Its type, or what is wrong with it. */
static const char *
named(const char *name, struct buf b)
{
	const char *fault;
	char *copy =
	    malloc(b.len > 0 ? b.len : 1); /* a sanitizer sees its end */
	const struct file_type *type;

	memcpy(copy, b.data, b.len);
	type = sniff_type(copy, b.len, name, &fault);
	free(copy);
	return type != NULL ? type->type : fault;
}

static const char *
of(struct buf b)
{
	return named("x.pdf", b);
}

static const char *
of_text(const char *text)
{
	struct buf b = { 0 };

	buf_puts(&b, text);
	return named("x.txt", for_good(b));
}

/* With something before, behind, or in the place of a byte. */
static struct buf
with(const char *before, struct buf b, const char *behind)
{
	struct buf out = { 0 };

	buf_puts(&out, before);
	buf_put(&out, b.data, b.len);
	buf_puts(&out, behind);
	return for_good(out);
}

static struct buf
joined(struct buf a, struct buf b)
{
	struct buf out = { 0 };

	buf_put(&out, a.data, a.len);
	buf_put(&out, b.data, b.len);
	return for_good(out);
}

static void
sound(void)
{
	is(of(make_pdf("hello")), "application/pdf", "a PDF is one");
	is(of(make_png(10, 10)), "image/png", "so is a PNG");
	is(of(BYTES(
	       "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
	       "\xff\xc0\0\x11\x08\0\x10\0\x20\3\1\"\0\2\x11\1\3\x11\1\xff\xd9")),
	    "image/jpeg", "a JPEG");
	is(of(BYTES("GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0;")),
	    "image/gif", "a GIF");
	is(of(BYTES(
	       "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0")),
	    "image/webp", "a WebP");
	is(of(make_odt("<x/>")), ODF_TYPE "text", "an ODT");
	is(of(make_zip((const struct entry[]){
	       { "mimetype", ODF_TYPE "spreadsheet", 0 },
	       { "content.xml", "<x/>", 0 }, { 0 } })),
	    ODF_TYPE "spreadsheet", "an ODS");
	is(of(make_docx("<x/>")), OOXML_TYPE "wordprocessingml.document",
	    "a DOCX");
	is(of(make_zip((const struct entry[]){
	       { "[Content_Types].xml", "<Types/>", 0 },
	       { "_rels/.rels", "<Relationships/>", 0 },
	       { "xl/workbook.xml", "<x/>", 0 }, { 0 } })),
	    OOXML_TYPE "spreadsheetml.sheet", "an XLSX");
	is(of_text(
	       "The mutual has 1 250 members; la mutualité est née à Thiès.\n"),
	    "text/plain", "a text");
	is(named("x.CSV", BYTES("country,members\nSN,1250\n")), "text/csv",
	    "one that is called a table is a table");
	is(named("x.txt", BYTES("country,members\nSN,1250\n")), "text/plain",
	    "or what it is called");
	is(of_text("\xef\xbb\xbf"
		   "name;members\r\nThiès;12\r\n"),
	    "text/plain", "it may begin with a mark");
	is(of_text("a < b, and b > c: 1 <2\n"), "text/plain",
	    "or compare numbers");
}

static void
markup(void)
{
	is(of_text("<html><body>x"), "file_active", "HTML is not taken");
	is(of_text(" \n<!DOCTYPE html><p>"), "file_active", "nor later");
	is(of_text("Hello <SCRIPT>alert(1)</SCRIPT>"), "file_active",
	    "nor a script in a text");
	is(of_text("x\n<svg onload=alert(1)>"), "file_active", "nor SVG");
	is(of_text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
	    "file_active", "nor SVG alone");
	is(of_text("<?xml version=\"1.0\"?><x/>"), "file_active", "nor XML");
	is(of_text("hello <?php system('id'); ?>"), "file_active", "nor PHP");
	is(of_text("#!/bin/sh\nrm -rf /\n"), "file_active",
	    "nor a script for a shell");
	is(of_text("\xef\xbb\xbf<p>x</p>"), "file_active", "however it begins");
	is(named("x.csv", BYTES("a,b\n1,<iframe src=x>\n")), "file_active",
	    "a table neither");
	is(of_text("caf\xe9"), "file_type", "a text is UTF-8");
	is(named("x.txt", BYTES("a\0b")), "file_type", "without NUL");
	is(of_text("\x1b[2J"), "file_type", "or what terminals obey");
	is(of_text(""), "file_empty", "nothing is nothing");
	is(of_text(" \n "), "file_empty", "so are blanks");
	is(of(BYTES("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0")), "file_type",
	    "programs are not taken");
	is(of(BYTES("\x7f"
		    "ELF\2\1\1\0")),
	    "file_type", "of whatever system");
	is(of(BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")), "file_type",
	    "nor old office files");
	is(of(BYTES("{\\rtf1\\ansi hello}")), "file_type", "nor RTF");
	is(of(BYTES("%!PS-Adobe-3.0\nshowpage\n")), "file_type",
	    "nor PostScript");
}

static void
two_in_one(void)
{
	struct buf pdf = make_pdf("x"), zip = make_docx("<x/>");

	is(of(with("\n", pdf, "")), "file_type", "a PDF begins at once");
	is(of(with("GIF89a", pdf, "")), "file_broken", "not as something else");
	is(of(joined(pdf, zip)), "file_active", "no archive is behind it");
	is(of(joined(make_png(1, 1), zip)), "file_broken", "or behind a PNG");
	is(of(joined(BYTES("GIF89a\x10\0\x10\0\x80\0\0;"), zip)), "file_broken",
	    "or a GIF");
	is(of(joined(
	       BYTES("\xff\xd8\xff\xe0\0\4xx\xff\xc0\0\x11\x08\0\x10\0\x20"
		     "\3\1\"\0\2\x11\1\3\x11\1\xff\xd9"),
	       zip)),
	    "file_active", "or a JPEG");
	is(of(with("#!/bin/sh\n", zip, "")), "file_type",
	    "nothing is before an archive");
	is(of(with("", zip, "x")), "file_broken", "or behind it");
	is(of(with("", make_png(1, 1), "<script>")), "file_broken",
	    "a PNG ends where it ends");
	is(of(with("GIF89a\x10", BYTES(""), "/*<script>*/=1;")), "file_broken",
	    "a GIF is no script");
	is(of(with("GIF89a/*\x01\x01..*/=alert(1)//", BYTES("<script>"), ";")),
	    "file_active", "not even one with a size");
}

static void
images(void)
{
	struct buf png = make_png(10, 10);
	bool all = true;

	is(of(make_png(0, 10)), "file_broken", "a picture has a width");
	is(of(make_png(20001, 1)), "file_broken", "not too great");
	is(of(make_png(20000, 20000)), "file_broken",
	    "nor more pixels than anyone can show");
	is(of(make_png(65536, 65537)), "file_broken",
	    "however they are counted");
	is(of(BYTES("\xff\xd8\xff\xd9")), "file_broken", "a JPEG has a frame");
	is(of(BYTES("\xff\xd8\xff\xe0\xff\xff"
		    "abcdefghijkl")),
	    "file_broken", "within it");
	is(of(BYTES("RIFF\xff\xff\xff\xffWEBPVP8X....................")),
	    "file_broken", "a WebP is as long as it says");
	is(of(BYTES("RIFF\x1c\0\0\0WAVEfmt ....................")),
	    "file_broken", "and no sound");
	for (size_t n = 1; n < png.len; n++)
		all = all &&
		    strncmp(of((struct buf){ .data = png.data, .len = n }),
			"file_", 5) == 0;
	ok(all, "a picture that is cut is none");
}

static void
pdfs(void)
{
	is(of(BYTES("%PDF-1.4\nhello")), "file_broken", "a PDF ends as one");
	is(of(BYTES("%PDF-9.9\n%%EOF")), "file_broken", "of a known kind");
	is(of(BYTES("%PDF-")), "file_broken", "and is more than its name");
}

/* An archive of so many bytes of nothing. */
static const char *
of_zeros(size_t len)
{
	char *zeros = calloc(1, len);
	const char *what = of(make_zip((const struct entry[]){
	    { "mimetype", ODF_TYPE "text", 0 }, { "content.xml", zeros, len },
	    { 0 } }));

	free(zeros);
	return what;
}

/* The number of entries, or a size, changed by hand. */
static const char *
of_patched(struct buf b, const char *mark, size_t offset, unsigned char byte)
{
	char *at = memmem(b.data, b.len, mark, 4);

	at[offset] = (char)byte;
	return of(b);
}

static void
archives(void)
{
	struct buf path = { 0 };
	struct entry many[UNZIP_ENTRIES + 2] = { { 0 } };
	struct buf names = { 0 };

	is(of(make_zip((const struct entry[]){ { "x", "y", 0 }, { 0 } })),
	    "file_type", "an archive is not taken");
	is(of(make_zip((const struct entry[]){
	       { "mimetype", "application/epub+zip", 0 },
	       { "content.xml", "y", 0 }, { 0 } })),
	    "file_type", "nor is a book");
	is(of(make_zip((const struct entry[]){ { "x", "y", 0 },
	       { "mimetype", ODF_TYPE "text", 0 }, { "content.xml", "y", 0 },
	       { 0 } })),
	    "file_type", "an ODT says first what it is");
	is(of(make_zip((const struct entry[]){
	       { "mimetype", ODF_TYPE "text", 0 },
	       { "Basic/script-lc.xml", "y", 0 }, { "content.xml", "y", 0 },
	       { 0 } })),
	    "file_active", "and has no macros");
	is(of(make_zip((const struct entry[]){
	       { "[Content_Types].xml", "<Types/>", 0 },
	       { "word/vbaProject.bin", "y", 0 },
	       { "word/document.xml", "y", 0 }, { 0 } })),
	    "file_active", "nor has a DOCX");
	is(of(make_zip((const struct entry[]){
	       { "[Content_Types].xml", "<Types/>", 0 },
	       { "../../etc/cron.d/x", "y", 0 },
	       { "word/document.xml", "y", 0 }, { 0 } })),
	    "file_broken", "nothing in it leads out");
	is(of(make_zip((const struct entry[]){
	       { "[Content_Types].xml", "<Types/>", 0 },
	       { "/etc/passwd", "y", 0 }, { "word/document.xml", "y", 0 },
	       { 0 } })),
	    "file_broken", "in no way");
	is(of_zeros(30 * 1024 * 1024), "file_bomb",
	    "it does not unpack to too much");
	is(of_patched(make_docx("<x/>"), "PK\1\2", 27, 0xff), "file_bomb",
	    "whatever it says of itself");
	is(of_patched(make_docx("<x/>"), "PK\1\2", 10, 12), "file_broken",
	    "it is packed in the usual way");
	is(of_patched(make_docx("<x/>"), "PK\1\2", 8, 1), "file_broken",
	    "and not locked");
	is(of_patched(make_docx("<x/>"), "PK\5\6", 10, 0xff), "file_broken",
	    "its entries are counted");
	for (size_t i = 0; i <= UNZIP_ENTRIES; i++)
		buf_printf(&names, "e%04zu%c", i, '\0');
	for (size_t i = 0; i <= UNZIP_ENTRIES; i++)
		many[i] = (struct entry){ names.data + 6 * i, "x", 0 };
	is(of(make_zip(many)), "file_broken", "and not too many");
	buf_free(&path);
	buf_free(&names);
}

static const char *
kept_name(const char *type, const char *name)
{
	static struct buf b;

	buf_clear(&b);
	sniff_name(&b, sniff_find(type), name);
	return buf_text(&b);
}

static void
names(void)
{
	struct buf name = { 0 };

	is(kept_name("application/pdf", "a.PDF"), "a.pdf",
	    "an extension is the type's");
	is(kept_name("text/plain", "a.html"), "a.html.txt",
	    "another one is no extension");
	is(kept_name("image/jpeg", "a.jpeg"), "a.jpg", "there is one of each");
	is(kept_name("application/pdf", ""), "file.pdf",
	    "what has no name gets one");
	is(kept_name("application/pdf", ".pdf"), "file.pdf",
	    "an extension alone is none");
	for (int i = 0; i < 75; i++)
		buf_puts(&name, "é");
	ok(strlen(kept_name("application/pdf", name.data)) == 150,
	    "a long name keeps its extension");
	buf_free(&name);
}

static void
unpacking(void)
{
	struct buf zip = make_docx("<x>hello</x>"), out = { 0 };
	enum unzip_fault fault;
	struct unzip *u = unzip_open(zip.data, zip.len, &fault);

	ok(u != NULL && unzip_read(u, "word/document.xml", 100, &out),
	    "an entry is read");
	is(buf_text(&out), "<x>hello</x>", "as it was");
	ok(!unzip_read(u, "word/document.xml", 11, &out),
	    "but no more than is wanted");
	ok(!unzip_read(u, "word/none.xml", 100, &out), "or is there");
	is(buf_text(&out), "<x>hello</x>", "nothing is put then");
	unzip_close(u);
	buf_free(&out);
	buf_free(&zip);
}

int
main(void)
{
	ok(sniff_prepare(), "libmagic has its list");
	sound();
	markup();
	two_in_one();
	images();
	pdfs();
	archives();
	names();
	unpacking();
	return done();
}
