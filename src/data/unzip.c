#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "data/unzip.h"

enum { END_RECORD = 22, END_ENTRIES = 10, LONGEST_NAME = 300, BLOCK = 65536 };

struct unzip {
	zip_t *zip;
	size_t n;
};

static unsigned
number_at(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return u[0] | (unsigned)u[1] << 8;
}

/* It begins and ends as one, with nothing around it.  Archives of more entries
 * than fit here say 65535. */
static bool
is_framed(const char *bytes, size_t len)
{
	const char *end = bytes + len - END_RECORD;

	return len > END_RECORD && memcmp(bytes, "PK\3\4", 4) == 0 &&
	    memcmp(end, "PK\5\6", 4) == 0 &&
	    number_at(end + END_ENTRIES) <= UNZIP_ENTRIES;
}

static bool
is_good_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= LONGEST_NAME && *name != '/' &&
	    strchr(name, '\\') == NULL && strncmp(name, "../", 3) != 0 &&
	    strstr(name, "/../") == NULL;
}

static bool
is_good_entry(const zip_stat_t *st)
{
	static const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE |
	    ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
	    ZIP_STAT_ENCRYPTION_METHOD;

	return (st->valid & needed) == needed && is_good_name(st->name) &&
	    st->encryption_method == ZIP_EM_NONE &&
	    (st->comp_method == ZIP_CM_STORE ||
		st->comp_method == ZIP_CM_DEFLATE);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Readers differ in which of two entries of one name they take. */
static bool
has_twice(struct unzip *u)
{
	const char **names = calloc(u->n + 1, sizeof(*names));
	bool twice = false;

	if (names == NULL)
		abort();
	for (size_t i = 0; i < u->n; i++)
		names[i] = unzip_name(u, i);
	qsort(names, u->n, sizeof(*names), compare);
	for (size_t i = 1; i < u->n && !twice; i++)
		twice = strcmp(names[i - 1], names[i]) == 0;
	free(names);
	return twice;
}

static enum unzip_fault
find_fault(struct unzip *u, size_t len)
{
	uint64_t total = 0;

	for (size_t i = 0; i < u->n; i++) {
		zip_stat_t st;

		if (zip_stat_index(u->zip, i, 0, &st) == -1 ||
		    !is_good_entry(&st))
			return UNZIP_BROKEN;
		if (st.size > UNZIP_TOTAL)
			return UNZIP_BOMB;
		total += st.size;
	}
	if (total > UNZIP_TOTAL || total > (uint64_t)len * UNZIP_RATIO)
		return UNZIP_BOMB;
	return has_twice(u) ? UNZIP_BROKEN : UNZIP_GOOD;
}

static zip_t *
open_zip(const char *bytes, size_t len)
{
	zip_error_t error;
	zip_source_t *source;
	zip_t *zip = NULL;

	zip_error_init(&error);
	source = zip_source_buffer_create(bytes, len, 0, &error);
	if (source != NULL)
		zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (zip == NULL && source != NULL)
		zip_source_free(source);
	zip_error_fini(&error);
	return zip;
}

struct unzip *
unzip_open(const char *bytes, size_t len, enum unzip_fault *fault)
{
	struct unzip *u;
	zip_t *zip;
	zip_int64_t n;

	*fault = UNZIP_BROKEN;
	if (!is_framed(bytes, len) || (zip = open_zip(bytes, len)) == NULL)
		return NULL;
	if ((u = calloc(1, sizeof(*u))) == NULL)
		abort();
	n = zip_get_num_entries(zip, 0);
	*u = (struct unzip){ zip, n > 0 ? (size_t)n : 0 };
	if (n > 0 && n <= UNZIP_ENTRIES)
		*fault = find_fault(u, len);
	if (*fault == UNZIP_GOOD)
		return u;
	unzip_close(u);
	return NULL;
}

void
unzip_close(struct unzip *u)
{
	zip_discard(u->zip);
	free(u);
}

const char *
unzip_name(struct unzip *u, size_t i)
{
	const char *name = i < u->n ? zip_get_name(u->zip, i, 0) : NULL;

	return name != NULL || i >= u->n ? name : "";
}

bool
unzip_has(struct unzip *u, const char *name)
{
	return zip_name_locate(u->zip, name, 0) != -1;
}

bool
unzip_read(struct unzip *u, const char *name, size_t most, struct buf *out)
{
	zip_file_t *file = zip_fopen(u->zip, name, 0);
	size_t start = out->len;
	zip_int64_t n;

	if (file == NULL)
		return false;
	do {
		buf_reserve(out, BLOCK);
		n = zip_fread(file, out->data + out->len, BLOCK);
		if (n > 0)
			out->len += (size_t)n;
	} while (n > 0 && out->len - start <= most);
	if (zip_fclose(file) != 0 || n != 0 || out->len - start > most) {
		out->len = start;
		out->data[start] = '\0';
		return false;
	}
	out->data[out->len] = '\0';
	return true;
}
