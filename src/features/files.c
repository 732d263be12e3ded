/*
 * The files of records, to be taken away; and those a member sends.
 *
 * A file is shown to whoever may see a record that has it: to everybody, if
 * one is published; else to who sent it, and to who may review.  It comes from
 * somebody and is never a page of ours: it is to be saved, and what opens it
 * all the same may run nothing.
 */
#include <stdio.h>
#include <string.h>

#include "data/file.h"
#include "features/files.h"
#include "web/download.h"
#include "web/rights.h"
#include "web/site.h"
#include "web/upload.h"

/* Editors may see any; others what is in a contribution that they review. */
static bool
may_review(struct page *p)
{
	return rights_allow(p, EDITOR) ||
	    page_row(p,
		"SELECT 1 AS _reviews FROM state.contribution c"
		" WHERE instr(c.tree, :original) > 0 AND " MAY_REVIEW
		" LIMIT 1");
}

static bool
may_see(struct page *p)
{
	if (strcmp(model_cell(&p->model, "is_public").text, "1") == 0)
		return true;
	p->response->personal = true;
	return p->member.id != 0 &&
	    (strcmp(model_cell(&p->model, "is_mine").text, "1") == 0 ||
		may_review(p));
}

/*
 * Bytes may be a file, or a version of a picture, which is seen by who may see
 * the picture; or both, of several, of which the most public counts.  The view
 * record_bytes would be read whole here: for each picture, all there are.
 */
/* clang-format off */
#define PUBLISHED(record)                                               \
	"EXISTS (SELECT 1 FROM record r WHERE r.id = " record           \
	"  AND r.status = 'published')"
#define FOUND                                                           \
	"SELECT b.type, b.file AS original, f.member = :me AS is_mine," \
	"  coalesce(d.record, n.record) IS NOT NULL AS is_public,"      \
	"  coalesce(b.name, d.name, f.name) AS name FROM"               \
	"  (SELECT sha256 AS file, type, NULL AS name"                  \
	"   FROM file WHERE sha256 = :sha UNION ALL SELECT file, type," \
	"   name FROM picture_version WHERE sha256 = :sha) b"           \
	" JOIN file f ON f.sha256 = b.file"                             \
	" LEFT JOIN document_file d ON d.file = b.file"                 \
	"  AND " PUBLISHED("d.record")                                  \
	" LEFT JOIN news n ON n.image = b.file"                         \
	"  AND " PUBLISHED("n.record")                                  \
	" ORDER BY is_public DESC, is_mine DESC, d.record IS NULL,"     \
	"  d.record, d.place LIMIT 1"
/* clang-format on */

static bool
find(struct page *p)
{
	page_number(p, "me", p->member.id);
	return file_is_sha256(model_cell(&p->model, "sha").text) &&
	    page_row(p, FOUND) && may_see(p);
}

int
files_item(struct page *p)
{
	const char *sha;
	char etag[FILE_SHA + 2];
	size_t size = 0;
	int fd;

	if (!find(p))
		return 404;
	sha = model_cell(&p->model, "sha").text;
	fd = file_open(site_files(p->site), sha, &size);
	if (fd == -1)
		return 404;
	snprintf(etag, sizeof(etag), "\"%s\"", sha);
	return download_answer(p,
	    &(struct download){ .fd = fd,
		.size = size,
		.name = model_cell(&p->model, "name").text,
		.type = model_cell(&p->model, "type").text,
		.etag = etag,
		.keep = p->response->personal ? KEEP_NEVER : KEEP_FOREVER });
}

/*
 * Sending.
 */

static void
say_what_is_taken(struct page *p)
{
	const struct file_type *type;
	struct buf accept = { 0 };

	for (size_t i = 0; (type = sniff_list(i)) != NULL; i++)
		if (strstr(buf_text(&accept), type->extension) == NULL)
			buf_printf(&accept, "%s.%s", i > 0 ? "," : "",
			    type->extension);
	page_text(p, "_accept", accept.data);
	page_number(p, "_limit", upload_megabytes(p));
	buf_free(&accept);
}

static int
show_mine(struct page *p, int status, const char *fault)
{
	page_form(p);
	model_change(&p->model, "title", page_string(p, "files_title"));
	page_text(p, "_fault", *fault != '\0' ? page_string(p, fault) : "");
	page_number(p, "me", p->member.id);
	say_what_is_taken(p);
	page_rows(p, "files",
	    "SELECT f.sha256, f.name, f.type, f.bytes, f.added, t.state,"
	    "  '/files/' || f.sha256 || '/' || url_part(f.name) AS url,"
	    "  iif(f.bytes >= 1000000,"
	    "   number_text(round(f.bytes / 1e6, 1), :lang), NULL)"
	    "   AS _megabytes,"
	    "  number_text((f.bytes + 999) / 1000, :lang) AS _kilobytes,"
	    "  date_text(substr(f.added, 1, 10), :lang) AS _added,"
	    "  t.state = 'failed' AS _unread, i.fault AS picture_fault,"
	    "  i.fault = 'large' AS _large, i.fault = 'damaged' AS _damaged"
	    " FROM file f JOIN file_text t ON t.sha256 = f.sha256"
	    " LEFT JOIN picture i ON i.file = f.sha256"
	    " WHERE f.member = :me ORDER BY f.added DESC, f.name LIMIT 200");
	return page_show(p, status, "files/index");
}

int
files_mine(struct page *p)
{
	return show_mine(p, 200, "");
}

int
files_send(struct page *p)
{
	struct buf why = { 0 };
	const char *sha = upload_take(p, form_file(&p->form, "file"), &why);
	const char *fault = page_keep(p, buf_text(&why), why.len);

	buf_free(&why);
	if (sha == NULL)
		return show_mine(p, 422, fault);
	return page_redirect(p, 303,
	    arena_printf(&p->arena, "/%s/files?done=file", page_lang(p)));
}
