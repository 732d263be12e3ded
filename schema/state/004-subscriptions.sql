-- Who gets digests and the newsletter by mail: an address that has been
-- confirmed, or is a member's.  What was asked for and is not confirmed yet is a
-- ticket ('subscribe').  An id is in links of mails, and never given twice.
CREATE TABLE subscriber (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	email		TEXT NOT NULL,		-- as given
	email_key	TEXT NOT NULL UNIQUE,	-- in small letters
	refused		INTEGER NOT NULL DEFAULT 0	-- mails in a row no server would take
) STRICT;

-- What to: all that is new in a list or a search, at a time of day; or each
-- issue of the newsletter.  A watch is something else: it is a member's, and
-- tells of every change, at once.
CREATE TABLE subscription (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	subscriber	INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
	lang		TEXT NOT NULL,		-- of the mails
	path		TEXT NOT NULL,		-- '/news', '/newsletter'
	query		TEXT NOT NULL,		-- 'theme=microinsurance'
	title		TEXT NOT NULL,		-- what it is called, in lang
	period		TEXT NOT NULL CHECK (period IN
			('daily', 'weekly', 'issue')),
	created		TEXT NOT NULL,		-- when it was confirmed; UTC, ISO 8601
	seen		INTEGER NOT NULL,	-- arrivals up to this one are old
	day		INTEGER NOT NULL,	-- of its last digest (data/subscription.h)
	CHECK ((period = 'issue') = (path = '/newsletter'))
) STRICT;

CREATE UNIQUE INDEX subscription_once ON subscription (subscriber, path, query);
CREATE INDEX subscription_due ON subscription (period, day);

-- In which order records were seen for the first time.  A record arrives once,
-- whatever becomes of it later.
CREATE TABLE arrival (
	seq	INTEGER PRIMARY KEY AUTOINCREMENT,
	record	INTEGER NOT NULL UNIQUE
) STRICT;

-- Issues of the newsletter that have been sent, or are being sent, to the
-- subscriptions there were when that began.
CREATE TABLE mailing (
	record	INTEGER PRIMARY KEY,	-- the issue: it is sent once
	member	INTEGER,		-- who sent it
	started	TEXT NOT NULL,		-- UTC, ISO 8601
	ended	TEXT,			-- when the last mail was queued
	total	INTEGER NOT NULL,	-- subscriptions
	served	INTEGER NOT NULL DEFAULT 0,	-- up to this id they have been queued
	last	INTEGER NOT NULL	-- id of the last
) STRICT;
