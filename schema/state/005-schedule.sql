-- What is to be published at a time to come waits in a state of its own, and
-- "mutua jobs" publishes it when it is due.  The list of states is a check of
-- the table, so that the table is made anew.
CREATE TABLE contribution_anew (
	id		INTEGER PRIMARY KEY,
	kind		TEXT NOT NULL,
	record		INTEGER,	-- of mutua.db; NULL for a new one
	base		INTEGER,	-- the revision that was edited
	member		INTEGER,	-- NULL: a visitor's suggestion
	visitor		TEXT,		-- the address a visitor gave, if any
	lang		TEXT NOT NULL,	-- of the interface it was written in
	state		TEXT NOT NULL CHECK (state IN ('draft', 'submitted',
			'changes', 'scheduled', 'published', 'declined',
			'withdrawn')),
	title		TEXT NOT NULL,	-- for lists
	country		TEXT,		-- for filters
	tree		TEXT,		-- JSON, as typed: it may have faults
	words		TEXT,		-- why, or what is wrong; in the author's words
	evidence	TEXT,		-- of a suggestion: where it can be read
	created		TEXT NOT NULL,
	updated		TEXT NOT NULL,
	submitted	TEXT,
	due		INTEGER,	-- when it is to be published
	reviewer	INTEGER,	-- who said so, if not the author
	CHECK (tree IS NOT NULL OR words IS NOT NULL),
	CHECK (state <> 'scheduled' OR due IS NOT NULL)
) STRICT;

INSERT INTO contribution_anew (id, kind, record, base, member, visitor, lang,
	state, title, country, tree, words, evidence, created, updated,
	submitted)
SELECT id, kind, record, base, member, visitor, lang, state, title, country,
	tree, words, evidence, created, updated, submitted
FROM contribution;

CREATE TABLE contribution_note_anew (
	contribution	INTEGER NOT NULL REFERENCES contribution_anew
			ON DELETE CASCADE,
	time		TEXT NOT NULL,
	member		INTEGER,	-- who did it; NULL: a visitor
	state		TEXT NOT NULL,	-- what it is since then
	words		TEXT
) STRICT;

INSERT INTO contribution_note_anew (rowid, contribution, time, member, state,
	words)
SELECT rowid, contribution, time, member, state, words
FROM contribution_note;

-- In this order nothing is removed because something else is.
DROP TABLE contribution_note;
DROP TABLE contribution;
ALTER TABLE contribution_anew RENAME TO contribution;
ALTER TABLE contribution_note_anew RENAME TO contribution_note;

CREATE INDEX contribution_member ON contribution (member, state);
CREATE INDEX contribution_state ON contribution (state, submitted);
CREATE INDEX contribution_record ON contribution (record);
CREATE INDEX contribution_due ON contribution (due) WHERE state = 'scheduled';
CREATE INDEX contribution_note_of ON contribution_note (contribution);
