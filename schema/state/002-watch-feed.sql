-- The address of the feed of all that a member watches, for readers that
-- cannot sign in.  The reader has the key, we have its hash; a new one ends the
-- old one.
CREATE TABLE watch_feed (
	member	INTEGER PRIMARY KEY,
	hash	TEXT NOT NULL UNIQUE,	-- hex of BLAKE2b-256 of the key
	created	TEXT NOT NULL
) STRICT;
