-- Who has an account, who looks after what, and what a revision tells of its
-- author.  What passes (sessions, tickets, drafts, mail on its way) stands in
-- state.db: see schema/state/.

-- A member.  One who has deleted the account is still the author of
-- revisions: the row stays, with nothing personal in it.
CREATE TABLE member (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,	-- never given twice
	name		TEXT,		-- as shown beside contributions
	email		TEXT,		-- as given, verified
	email_key	TEXT UNIQUE,	-- in small letters: one account an address
	password	TEXT,		-- argon2id, as libsodium writes it
	lang		TEXT NOT NULL REFERENCES language,	-- of mails
	country		TEXT REFERENCES country_code,
	organisation	TEXT,		-- in the member's words
	about		TEXT,		-- for the contributor's page
	role		TEXT NOT NULL DEFAULT 'member' CHECK (role IN
			('member', 'partner', 'editor', 'administrator')),
	status		TEXT NOT NULL DEFAULT 'active' CHECK (status IN
			('active', 'disabled', 'deleted')),
	created		TEXT NOT NULL,	-- UTC, ISO 8601
	CHECK (status = 'deleted' OR (name <> '' AND email_key IS NOT NULL))
) STRICT;

-- A member who looks after one record, or all of a country's or a theme's:
-- edits go live at once.
CREATE TABLE steward (
	member	INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	record	INTEGER REFERENCES record ON DELETE CASCADE,
	country	TEXT REFERENCES country_code,
	theme	TEXT,			-- slug of a theme
	since	TEXT NOT NULL,
	CHECK ((record IS NOT NULL) + (country IS NOT NULL)
		+ (theme IS NOT NULL) = 1)
) STRICT;

CREATE INDEX steward_member ON steward (member);
CREATE INDEX steward_record ON steward (record) WHERE record IS NOT NULL;
CREATE UNIQUE INDEX steward_once ON steward (member, coalesce(record, 0),
	coalesce(country, ''), coalesce(theme, ''));

-- Why a record was taken away; it can be brought back.
CREATE TABLE withdrawal (
	record	INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	member	INTEGER REFERENCES member,
	time	TEXT NOT NULL,
	reason	TEXT NOT NULL CHECK (reason <> '')
) STRICT;

-- The contribution of state.db that became this revision: what was published
-- once is not published again, whatever happened in between.
ALTER TABLE revision ADD COLUMN contribution INTEGER;
CREATE UNIQUE INDEX revision_contribution ON revision (contribution)
WHERE contribution IS NOT NULL;

-- Who reviewed it, where that was not the author.
ALTER TABLE revision ADD COLUMN reviewer INTEGER;
CREATE INDEX revision_author ON revision (author) WHERE author IS NOT NULL;
CREATE INDEX revision_time ON revision (time);

-- When somebody who knows last said that all of it is still right.
ALTER TABLE record ADD COLUMN confirmed TEXT;
