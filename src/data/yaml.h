#ifndef DATA_YAML_H
#define DATA_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * A YAML file as a tree whose every node knows its place in the file.
 *
 * Nodes live in the caller's arena.  Only what our files need is read: one
 * document of maps, lists and plain texts; anchors, aliases and tags are
 * refused, so are depth, size and numbers of entries beyond any real file.
 */
enum node_type { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
	enum node_type type;
	bool quoted; /* '12' is a text, 12 may be a number */
	int line;    /* from 1 */
	const char *file;
	const char *key;  /* its name, if it stands in a map */
	const char *text; /* NUL-terminated, "" for lists and maps */
	size_t len;
	struct node *first; /* of the list or map, in the file's order */
	struct node *last;
	struct node *next;
	size_t n; /* how many stand in it */
};

enum { YAML_BYTES = 32 * 1024 * 1024 };

/*
 * Read text that came from file.  NULL after putting every fault in why as
 * "file:line: reason", a line each.  An empty file is an empty map.
 */
struct node *yaml_read(struct arena *, const char *file, const char *text,
    size_t len, struct buf *why);

/*
 * The same, but give what could be read for all that: a key that stands
 * twice does not end the reading; after other faults the tree is cut short,
 * and the last node of each of its levels may lack something.
 */
enum yaml_end { YAML_GOOD, YAML_FAULTS, YAML_CUT };
struct yaml_source {
	const char *file; /* what it is called in messages */
	const char *text;
	size_t len;
};
struct node *yaml_read_on(struct arena *, const struct yaml_source *,
    struct buf *why, enum yaml_end *);

/* Read the file at path, called so in messages. */
struct node *yaml_file(struct arena *, const char *path, struct buf *why);

/*
 * Read a whole text file, without the byte order mark it may begin with.
 * False after saying why, or where it is not UTF-8; what comes before that is
 * read still.
 */
bool file_read(struct buf *out, const char *path, struct buf *why);

/* What stands in a map under key, or NULL. */
struct node *node_get(const struct node *map, const char *key);

/* Its text; "" if there is none. */
const char *node_text(const struct node *map, const char *key);

/* Add a new node to a list, or to a map under key. */
struct node *node_add(struct arena *, struct node *, const char *key,
    enum node_type);

#endif
