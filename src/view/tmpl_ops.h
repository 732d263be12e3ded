#ifndef VIEW_TMPL_OPS_H
#define VIEW_TMPL_OPS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "view/model.h"

/*
 * A compiled template: what view/tmpl_compile makes and view/tmpl runs.
 *
 * Partials and strings are in place: nothing is read or called while
 * rendering.  All texts and names are the arena's.
 */
enum op_kind { TEXT, VALUE, MARKUP, SECTION, UNLESS, ONCE, END };

/* An instruction.  A section runs up to its END, which is at index end. */
struct op {
	enum op_kind kind;
	const char *s; /* the text, or the name */
	size_t len;
	size_t end;
	const char *file; /* where it stands, for messages */
	int line;
	uint64_t shape;     /* of the place the name was last looked up in, */
	struct where where; /* and where it was found from there */
	int rows; /* or which value of the model its rows are, else -1 */
};

struct tmpl {
	struct op *ops;
	size_t nops;
	size_t size;
	struct arena arena;
};

#endif
