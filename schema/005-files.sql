-- Files that members have sent, and the text in them.

-- The bytes lie in files/, by the hash of what is in them: two names for the
-- same bytes are one file.
CREATE TABLE file (
	sha256	TEXT PRIMARY KEY CHECK (length(sha256) = 64
			AND sha256 NOT GLOB '*[^0-9a-f]*'),
	name	TEXT NOT NULL CHECK (name <> ''),	-- as first sent
	type	TEXT NOT NULL,		-- 'application/pdf', as its bytes say
	bytes	INTEGER NOT NULL CHECK (bytes > 0),
	added	TEXT NOT NULL,		-- UTC, ISO 8601
	member	INTEGER REFERENCES member	-- who sent it first; NULL: the site
) STRICT, WITHOUT ROWID;

CREATE INDEX file_member ON file (member) WHERE member IS NOT NULL;

-- The words in a file, for searching; 'none' is for what has none, as pictures.
CREATE TABLE file_text (
	sha256	TEXT PRIMARY KEY REFERENCES file ON DELETE CASCADE,
	state	TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'none')),
	text	TEXT,
	why	TEXT,			-- it failed
	CHECK ((state = 'done') = (text IS NOT NULL))
) STRICT;

-- The files of a document, in order.
CREATE TABLE document_file (
	record	INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
	place	INTEGER NOT NULL,
	file	TEXT NOT NULL REFERENCES file,
	name	TEXT,			-- to save it under, if not as it was sent
	label	TEXT,			-- 'Annex', in the words of who sent it
	lang	TEXT,			-- BCP 47
	PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_file_file ON document_file (file);
