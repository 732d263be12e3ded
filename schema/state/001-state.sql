-- What passes: sign-ins, tickets, limits, drafts and reviews, mail and work to
-- be done.  Pages that visitors see depend on mutua.db alone, so that none of
-- this makes a page that was kept stale.  On every connection to mutua.db this
-- database is attached as "state".  Times are UTC: texts are ISO 8601, numbers
-- are seconds since 1970.

-- Keys made by chance when the database is made: 'form' signs forms.
CREATE TABLE secret (
	name	TEXT PRIMARY KEY,
	value	BLOB NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO secret (name, value) VALUES ('form', randomblob(32));

-- Who is signed in where.  The browser has the id, we have its hash.
CREATE TABLE session (
	hash	TEXT PRIMARY KEY,	-- hex of BLAKE2b-256 of the id
	member	INTEGER NOT NULL,	-- of mutua.db
	created	INTEGER NOT NULL,
	seen	INTEGER NOT NULL,	-- to some minutes
	network	TEXT NOT NULL,		-- from where, cut to its network
	agent	TEXT NOT NULL		-- the browser, in its own words
) STRICT, WITHOUT ROWID;

CREATE INDEX session_member ON session (member);

-- Something that can be done once by whoever has read a mail.
CREATE TABLE ticket (
	hash	TEXT PRIMARY KEY,	-- hex of BLAKE2b-256 of what the mail has
	purpose	TEXT NOT NULL,		-- 'join', 'password', 'email', 'confirm'
	member	INTEGER,
	record	INTEGER,
	data	TEXT,			-- JSON: what is to be done
	created	INTEGER NOT NULL,
	expires	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_member ON ticket (member, purpose);

-- Buckets that fill with each try and leak with time (web/limit.h).
CREATE TABLE bucket (
	key	TEXT PRIMARY KEY,	-- 'sign-in address 192.0.2', …
	level	REAL NOT NULL,
	time	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody has written and what became of it.  A contribution is a whole
-- record (tree), or words about one (a suggestion).  A published one is a
-- revision in mutua.db; this row tells how it came to it.
--
-- The two files are written in one transaction, but a process that is killed
-- at its end can leave it in mutua.db and not here.  A number that counted on
-- would then be given again, and the next contribution taken for the one that
-- is published: so the number is made by chance (NEW_CONTRIBUTION).
CREATE TABLE contribution (
	id		INTEGER PRIMARY KEY,
	kind		TEXT NOT NULL,
	record		INTEGER,	-- of mutua.db; NULL for a new one
	base		INTEGER,	-- the revision that was edited
	member		INTEGER,	-- NULL: a visitor's suggestion
	visitor		TEXT,		-- the address a visitor gave, if any
	lang		TEXT NOT NULL,	-- of the interface it was written in
	state		TEXT NOT NULL CHECK (state IN ('draft', 'submitted',
			'changes', 'published', 'declined', 'withdrawn')),
	title		TEXT NOT NULL,	-- for lists
	country		TEXT,		-- for filters
	tree		TEXT,		-- JSON, as typed: it may have faults
	words		TEXT,		-- why, or what is wrong; in the author's words
	evidence	TEXT,		-- of a suggestion: where it can be read
	created		TEXT NOT NULL,
	updated		TEXT NOT NULL,
	submitted	TEXT,
	CHECK (tree IS NOT NULL OR words IS NOT NULL)
) STRICT;

CREATE INDEX contribution_member ON contribution (member, state);
CREATE INDEX contribution_state ON contribution (state, submitted);
CREATE INDEX contribution_record ON contribution (record);

-- What was said and done about it, in order.
CREATE TABLE contribution_note (
	contribution	INTEGER NOT NULL REFERENCES contribution ON DELETE CASCADE,
	time		TEXT NOT NULL,
	member		INTEGER,	-- who did it; NULL: a visitor
	state		TEXT NOT NULL,	-- what it is since then
	words		TEXT
) STRICT;

CREATE INDEX contribution_note_of ON contribution_note (contribution);

-- What a member, or a feed reader that has the key, wants to hear of: a
-- record, or all that a search finds.
CREATE TABLE watch (
	id	INTEGER PRIMARY KEY,
	member	INTEGER NOT NULL,
	record	INTEGER,
	path	TEXT,			-- of a list: '/schemes'
	query	TEXT,			-- 'country=SN'
	title	TEXT NOT NULL,		-- what it is called on the dashboard
	mail	INTEGER NOT NULL DEFAULT 1 CHECK (mail IN (0, 1)),
	created	TEXT NOT NULL,
	CHECK ((record IS NULL) = (path IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX watch_once ON watch (member, coalesce(record, 0),
	coalesce(path, ''), coalesce(query, ''));
CREATE INDEX watch_record ON watch (record) WHERE record IS NOT NULL;

-- Mail on its way.  What is in it stands here until it is sent, then only
-- that it was.
CREATE TABLE outbox (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	recipient	TEXT NOT NULL,
	lang		TEXT NOT NULL,
	name		TEXT NOT NULL,	-- of the template: 'join', 'review', …
	subject		TEXT NOT NULL,
	text		TEXT,
	html		TEXT,
	unsubscribe	TEXT,		-- address for List-Unsubscribe
	once		TEXT UNIQUE,	-- a name that keeps it from being queued twice
	created		INTEGER NOT NULL,
	due		INTEGER NOT NULL,	-- when to try (again)
	tries		INTEGER NOT NULL DEFAULT 0,
	sent		INTEGER,
	given_up	INTEGER,
	error		TEXT		-- of the last try
) STRICT;

CREATE INDEX outbox_due ON outbox (due) WHERE sent IS NULL AND given_up IS NULL;

-- Work for "mutua jobs": what waits, or takes long.
CREATE TABLE job (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	job		TEXT NOT NULL,	-- 'text' of a file, …
	subject		TEXT NOT NULL,	-- what it is done to
	created		INTEGER NOT NULL,
	due		INTEGER NOT NULL,
	tries		INTEGER NOT NULL DEFAULT 0,
	given_up	INTEGER,
	error		TEXT,
	UNIQUE (job, subject)		-- asked for twice is done once
) STRICT;

CREATE INDEX job_due ON job (due) WHERE given_up IS NULL;

-- How far a job that goes over mutua.db has come: 'revisions' by rowid.
CREATE TABLE progress (
	name	TEXT PRIMARY KEY,
	value	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
