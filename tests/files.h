#ifndef TESTS_FILES_H
#define TESTS_FILES_H

#include <zip.h>

#include "test.h"

/*
 * Files of all kinds, sound ones to begin with.  Each is good until the
 * process ends.
 */
#define BYTES(literal) \
	((struct buf){ \
	    .data = (char[]){ literal }, .len = sizeof(literal) - 1 })

/* Keep it until the process ends. */
static inline struct buf
for_good(struct buf b)
{
	static char *volatile kept[1000]; /* for valgrind to see */
	static size_t n;

	if (n < sizeof(kept) / sizeof(kept[0]))
		kept[n++] = b.data;
	return b;
}

#define ODF_TYPE "application/vnd.oasis.opendocument."
#define OOXML_TYPE "application/vnd.openxmlformats-officedocument."

/* An entry of an archive, packed but for the mimetype of ODF. */
struct entry {
	const char *name, *text;
	size_t len; /* 0: all of the text */
};

/* An archive; the last entry has no name. */
static inline struct buf
make_zip(const struct entry *e)
{
	static int n;
	struct buf path = { 0 }, bytes;
	zip_t *zip;

	buf_printf(&path, "%s/%d.zip", test_dir(), n++);
	zip = zip_open(path.data, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	if (zip == NULL)
		bail_out("cannot make an archive");
	for (; e->name != NULL; e++) {
		size_t len = e->len > 0 ? e->len : strlen(e->text);
		zip_int64_t at = zip_file_add(zip, e->name,
		    zip_source_buffer(zip, e->text, len, 0), ZIP_FL_ENC_UTF_8);

		zip_set_file_compression(zip, (zip_uint64_t)at,
		    strcmp(e->name, "mimetype") == 0 ? ZIP_CM_STORE
						     : ZIP_CM_DEFLATE,
		    0);
	}
	if (zip_close(zip) != 0)
		bail_out("cannot write an archive");
	bytes = test_file(path.data);
	buf_free(&path);
	return for_good(bytes);
}

static inline struct buf
make_odt(const char *content)
{
	return make_zip((const struct entry[]){
	    { "mimetype", ODF_TYPE "text", 0 }, { "content.xml", content, 0 },
	    { "META-INF/manifest.xml", "<manifest/>", 0 }, { 0 } });
}

static inline struct buf
make_docx(const char *document)
{
	return make_zip((const struct entry[]){
	    { "[Content_Types].xml", "<Types/>", 0 },
	    { "_rels/.rels", "<Relationships/>", 0 },
	    { "word/document.xml", document, 0 }, { 0 } });
}

/* A page with a line of text. */
static inline struct buf
make_pdf(const char *text)
{
	struct buf b = { 0 }, page = { 0 };
	size_t at[6], xref;

	buf_printf(&page, "BT /F1 12 Tf 72 720 Td (%s) Tj ET", text);
	buf_puts(&b, "%PDF-1.4\n");
	at[1] = b.len;
	buf_puts(&b, "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
	at[2] = b.len;
	buf_puts(&b, "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n");
	at[3] = b.len;
	buf_puts(&b,
	    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]"
	    "/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj\n");
	at[4] = b.len;
	buf_printf(&b, "4 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n",
	    page.len, page.data);
	at[5] = b.len;
	buf_puts(&b,
	    "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
	    " endobj\n");
	xref = b.len;
	buf_puts(&b, "xref\n0 6\n0000000000 65535 f \n");
	for (int i = 1; i < 6; i++)
		buf_printf(&b, "%010zu 00000 n \n", at[i]);
	buf_printf(&b,
	    "trailer <</Size 6/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", xref);
	buf_free(&page);
	return for_good(b);
}

/* Big-endian, as PNG has it. */
static inline void
put_number(struct buf *b, unsigned n)
{
	char bytes[] = { (char)(n >> 24), (char)(n >> 16), (char)(n >> 8),
		(char)n };

	buf_put(b, bytes, 4);
}

/* Of a size; its checksums are not looked at. */
static inline struct buf
make_png(unsigned width, unsigned height)
{
	struct buf b = { 0 };

	buf_put(&b, "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
	put_number(&b, width);
	put_number(&b, height);
	buf_put(&b, "\x08\x02\0\0\0crc.", 9);
	buf_put(&b, "\0\0\0\4IDAT....crc.", 16);
	buf_put(&b, "\0\0\0\0IEND\xae\x42\x60\x82", 12);
	return for_good(b);
}

#endif
