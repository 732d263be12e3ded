#include <string.h>
#include <unistd.h>

#include "data/file.h"
#include "web/site.h"
#include "web/upload.h"

enum { MEGABYTE = 1000 * 1000 };

/* Roles that are not named may do what the last one may.  No form comes in
 * that is larger than http_body_max of conf/kore.conf. */
static const struct allowance {
	const char *role;
	int file, day; /* megabytes */
} allowances[] = {
	{ "administrator", 25, 1000 },
	{ "editor", 25, 1000 },
	{ "partner", 10, 200 },
	{ "", 10, 100 },
};

static const struct allowance *
allowance(const struct page *p)
{
	const struct allowance *a = allowances;

	while (*a->role != '\0' && strcmp(a->role, p->member.role) != 0)
		a++;
	return a;
}

int
upload_megabytes(const struct page *p)
{
	return allowance(p)->file;
}

static bool
is_within_a_day(struct page *p, size_t more)
{
	struct query *q = db_restart(db_query(page_db(p),
	    "SELECT coalesce(sum(bytes), 0) FROM file WHERE member = :member"
	    " AND added > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day')"));

	db_set_int(q, "member", p->member.id);
	return db_number(q, 0) + (int64_t)more <=
	    (int64_t)allowance(p)->day * MEGABYTE;
}

/* The key of what is wrong with it before it is looked at, or NULL. */
static const char *
refusal(struct page *p, const struct form_field *f)
{
	if (f == NULL)
		return "file_none";
	if (f->len > (size_t)allowance(p)->file * MEGABYTE)
		return "file_big";
	return is_within_a_day(p, f->len) ? NULL : "file_quota";
}

/* Meanwhile it may have been removed, as unwanted; not while we write. */
static bool
keep_again(struct page *p, const struct form_field *f, char *sha)
{
	size_t len;
	int fd = file_open(site_files(p->site), sha, &len);

	if (fd != -1)
		close(fd);
	return fd != -1 ||
	    file_keep(site_files(p->site), f->value, f->len, sha);
}

static bool
put(struct page *p, char *sha, const struct file_type *type,
    const struct form_field *f)
{
	struct buf name = { 0 };
	bool good;

	sniff_name(&name, type, f->filename);
	good = page_begin(p) && keep_again(p, f, sha) &&
	    file_add(page_writer(p), sha, type, name.data,
		(struct file_bytes){ .data = f->value, .len = f->len },
		p->member.id) &&
	    page_commit(p);
	buf_free(&name);
	if (!good)
		page_rollback(p);
	return good;
}

const char *
upload_take(struct page *p, const struct form_field *f, struct buf *why_key)
{
	const char *why = refusal(p, f);
	const struct file_type *type = NULL;
	char sha[FILE_SHA];

	if (why == NULL)
		type = sniff_type(f->value, f->len, f->filename, &why);
	if (type != NULL &&
	    file_keep(site_files(p->site), f->value, f->len, sha) &&
	    put(p, sha, type, f))
		return page_keep(p, sha, FILE_SHA - 1);
	buf_puts(why_key, why != NULL ? why : "file_not_kept");
	return NULL;
}
