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

-- A feed that a partner wants to bring, before it is one: "mutua jobs" looks for
-- it where the partner said, and writes down what was found.
CREATE TABLE feed_try (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,	-- never given twice
	member		INTEGER NOT NULL,	-- of mutua.db
	address		TEXT NOT NULL,	-- of a feed, or of a web site
	organisation	INTEGER NOT NULL,	-- a record of mutua.db
	lang		TEXT,		-- these as in feed
	theme		TEXT,
	country		TEXT,
	created		INTEGER NOT NULL,
	state		TEXT NOT NULL DEFAULT 'looking' CHECK (state IN
			('looking', 'found', 'failed')),
	asked		INTEGER NOT NULL DEFAULT 0,	-- so often, without an answer
	error		TEXT,		-- why it failed, as in feed_poll
	detail		TEXT,
	url		TEXT,		-- of the feed that was found
	title		TEXT,
	site_url	TEXT,
	format		TEXT,
	entries		INTEGER,	-- how many are in it
	newest		TEXT,		-- JSON: a few of them (title, link, summary, published)
	faults		TEXT,		-- JSON, as in feed_poll
	others		TEXT,		-- JSON: the feeds that the site names (url, title)
	feed		INTEGER		-- what became of it
) STRICT;

CREATE INDEX feed_try_looking ON feed_try (id) WHERE state = 'looking';
CREATE INDEX feed_try_feed ON feed_try (feed) WHERE feed IS NOT NULL;
