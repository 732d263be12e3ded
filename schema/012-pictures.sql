-- Smaller versions of the pictures that were sent, for pages: readers pay for
-- each byte.  "mutua jobs" makes them, and can make them again from the file.

-- Those that were looked at; the view picture_wanted says which are to be.
CREATE TABLE picture (
	file	TEXT PRIMARY KEY REFERENCES file ON DELETE CASCADE,
	fault	TEXT CHECK (fault IN ('large', 'damaged'))	-- why there are none
) STRICT, WITHOUT ROWID;

-- What was worth making of them.  The bytes lie in files/ like others, and may
-- be those of another picture's version, or of a file that somebody sent.
CREATE TABLE picture_version (
	file	TEXT NOT NULL REFERENCES picture ON DELETE CASCADE,
	size	TEXT NOT NULL CHECK (size IN ('small', 'medium')),	-- lists, pages
	sha256	TEXT NOT NULL,
	name	TEXT NOT NULL,		-- the file's, with the extension of its type
	type	TEXT NOT NULL,
	bytes	INTEGER NOT NULL,
	width	INTEGER NOT NULL,
	height	INTEGER NOT NULL,
	PRIMARY KEY (file, size)
) STRICT, WITHOUT ROWID;

CREATE INDEX picture_version_sha256 ON picture_version (sha256);
