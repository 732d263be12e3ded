-- How reading a feed of others (feed of mutua.db) goes: what to ask with next
-- time, when, and what was wrong.  A feed without a row is to be read now.
CREATE TABLE feed_poll (
	feed		INTEGER PRIMARY KEY,
	due		INTEGER NOT NULL,	-- when to look again
	pace		INTEGER NOT NULL,	-- seconds between looks
	etag		TEXT,
	modified	TEXT,
	body		TEXT,			-- hash of what was read last
	looked		INTEGER,		-- last try
	read		INTEGER,		-- last time that it could be read
	news		INTEGER,		-- last time that there was something new
	failures	INTEGER NOT NULL DEFAULT 0,	-- in a row
	error		TEXT,			-- code of strings feed_error_…, NULL if well
	detail		TEXT,			-- for error: status, line, address
	faults		TEXT,			-- JSON: what is odd about it, though it can be read
	format		TEXT,			-- 'rss-2.0'
	entries		INTEGER			-- in it when last read
) STRICT;

CREATE INDEX feed_poll_due ON feed_poll (due);
