#ifndef DATA_KIND_H
#define DATA_KIND_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What each kind of record has in it: one description that reading content,
 * checking it, storing it, exporting it and making forms are driven by.
 *
 * A record is a row of the table record, its texts by language, the lists
 * every record may have (record_table) and what its kind adds (kind.own).
 * Names are those of content files; a column is called like its field unless
 * said otherwise.  Everything here is constant.
 */
enum field_type {
	FIELD_TEXT,     /* words in the record's own language, or none */
	FIELD_TEXTS,    /* words by language, in the table's texts */
	FIELD_MARKDOWN, /* the same; and column_html, made from it */
	FIELD_INT,
	FIELD_REAL,
	FIELD_BOOL,
	FIELD_FLAG, /* the same, but false if nothing is said */
	FIELD_DATE, /* ISO 8601, as precise as known */
	FIELD_TIME, /* the same, or a time in UTC: 2026-12-01T08:00Z */
	FIELD_URL,
	FIELD_CODE,       /* of the code list `of` */
	FIELD_COUNTRY,    /* ISO 3166-1 alpha-2 */
	FIELD_LANGUAGE,   /* BCP 47 */
	FIELD_SLUG,       /* of a record of kind `of`, kept as it is */
	FIELD_RECORD,     /* the slug of a record of kind `of`, kept by id */
	FIELD_ANY_RECORD, /* "kind/slug", kept by id */
	FIELD_FILE,       /* the SHA-256 of a file that is kept */
};

struct field {
	const char *name;
	const char *of;
	const char *column; /* NULL: called like the field */
	double low, high;   /* of a number, if they differ; high of words: how
			     * many characters they can be, if not 0 */
	enum field_type type;
	bool required;
	bool long_text;    /* words that want more than a line */
	bool private;      /* not shown without consent: withhold.h */
	bool reserved;     /* editors alone fill it in: web/rights.h */
	const char *unit;  /* of a number: "persons", "percent", "months",
			    * "days", "money", "years"; or NULL */
	const char *group; /* of kind.groups, where a form shows it; NULL in
			    * rows of a list, which stand where it does */
	const char *core;  /* which part of the core it is, or NULL: any one
			    * field of a part will do (complete.h) */
};

enum table_shape {
	SHAPE_ONE,    /* one row, its fields stand beside the record's */
	SHAPE_ROWS,   /* a list of maps */
	SHAPE_VALUES, /* a list of single values */
	SHAPE_NAMES,  /* a concept's names by language and use */
};

struct table {
	const char *name;   /* its key in a file */
	const char *table;  /* NULL: the kind adds none */
	const char *parent; /* the column that says what it belongs to */
	enum table_shape shape;
	bool placed;          /* a column place keeps the order */
	bool of_record;       /* a column record too, beside the parent */
	const char *constant; /* "column value" that all rows have */
	const char *texts;    /* the table of its texts by language */
	const char *one_of;   /* fields of which exactly, or at least one … */
	bool only_one;        /* … must be there: exactly */
	const char *group;    /* as those of a field, of a list */
	const char *core;
	const struct field *fields;
	const struct table *const *lists; /* NULL-ended, or NULL */
};

struct kind {
	const char *kind;
	const char
	    *published; /* a field that says when, if nothing else does */
	const char *otherwise;     /* and one for where that is missing too */
	const char *const *groups; /* of its fields, in the order of forms,
				    * NULL-ended; NULL: not grouped */
	bool scheduled; /* its published may be a time to come: it is not seen
			 * before */
	struct table own;
};

/* What records of all kinds have. */
extern const struct table record_table;

/* All kinds, the last with kind NULL. */
extern const struct kind kinds[];

const struct kind *kind_find(const char *kind);

/* A field of a table by name, a list of it by name; NULL if none. */
const struct field *table_field(const struct table *, const char *name);
const struct table *table_list(const struct table *, const char *name);

/* Its fields, the last with name NULL. */
const struct field *table_fields(const struct table *);

/* The column a field is kept in. */
const char *field_column(const struct field *);

#endif
