-- Feeds of others that the site reads: a partner names one for an organisation,
-- an editor approves it once, "mutua jobs" fetches it from then on.  How that
-- goes, each time, stands in state.db (state/003), so that a look that finds
-- nothing new leaves the pages of the site as they are.
CREATE TABLE feed (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,	-- never given twice
	organisation	INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	member		INTEGER REFERENCES member,	-- who named it
	url		TEXT NOT NULL UNIQUE CHECK
			(url GLOB 'http://*' OR url GLOB 'https://*'),
	site_url	TEXT,			-- of the web site it belongs to
	title		TEXT NOT NULL,		-- in its own words
	lang		TEXT,			-- of entries that say none
	theme		TEXT,			-- slug of a theme that its news are about
	country		TEXT REFERENCES country_code,	-- or a country
	state		TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
			('waiting',		-- for an editor
			'active', 'off',	-- by whoever may change it
			'gone',			-- the server said 410
			'declined')),
	trust		TEXT NOT NULL DEFAULT 'review' CHECK (trust IN
			('review', 'publish')),	-- of each entry, or at once
	created		TEXT NOT NULL,		-- UTC, ISO 8601
	approved	TEXT,
	approver	INTEGER REFERENCES member,
	reason		TEXT		-- why it was declined
) STRICT;

CREATE INDEX feed_organisation ON feed (organisation);
CREATE INDEX feed_member ON feed (member);

-- What of a feed became what.  An entry is known by its key for ever, so that
-- it comes in once, also when it was declined, or left the feed and returned.
CREATE TABLE feed_entry (
	feed		INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
	key		TEXT NOT NULL,	-- hash of what it is recognised by
	digest		TEXT NOT NULL,	-- of what it said when last read
	record		INTEGER REFERENCES record,	-- the news it became
	revision	INTEGER,	-- of that, as far as it is the feed's
	contribution	INTEGER,	-- of state.db, where it is reviewed first
	fate		TEXT CHECK (fate IN	-- why what it says is not shown
			('old',			-- too many came with the first look
			'twin',			-- another feed has brought it
			'edited')),		-- somebody has changed the news by hand
	link		TEXT,		-- where it can be read
	first_seen	TEXT NOT NULL,
	PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

-- The news of a feed, the newest of them first.
CREATE INDEX feed_entry_news ON feed_entry (feed, first_seen, record)
WHERE record IS NOT NULL;
CREATE INDEX feed_entry_record ON feed_entry (record) WHERE record IS NOT NULL;
CREATE INDEX feed_entry_contribution ON feed_entry (contribution)
WHERE contribution IS NOT NULL;
CREATE INDEX feed_entry_link ON feed_entry (link) WHERE link IS NOT NULL;
CREATE INDEX news_source_url ON news (source_url) WHERE source_url IS NOT NULL;

-- What was reviewed is news from then on.
CREATE TRIGGER feed_entry_published AFTER INSERT ON revision
WHEN new.contribution IS NOT NULL BEGIN
	UPDATE feed_entry SET record = new.record, revision = new.number
	WHERE contribution = new.contribution;
END;
