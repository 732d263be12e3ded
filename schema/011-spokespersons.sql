-- The organisations that a member speaks for: what a partner writes for these,
-- or brings a feed of, is theirs (view spoken_for, web/rights.h).
CREATE TABLE spokesperson (
	member		INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	organisation	INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	since		TEXT NOT NULL,		-- UTC, ISO 8601
	PRIMARY KEY (member, organisation)
) STRICT, WITHOUT ROWID;

CREATE INDEX spokesperson_organisation ON spokesperson (organisation);

-- Before, a partner could write for any organisation.  They go on with those
-- that somebody has decided on: what they look after, and what an editor has
-- approved a feed of theirs for.
INSERT INTO spokesperson (member, organisation, since)
SELECT s.member, s.record, min(s.since) FROM (
	SELECT member, record, since FROM steward
	UNION ALL
	SELECT member, organisation, approved FROM feed WHERE approved IS NOT NULL) s
JOIN member m ON m.id = s.member AND m.role = 'partner'
JOIN record r ON r.id = s.record AND r.kind = 'organisation'
GROUP BY s.member, s.record;

-- Editors note, too, whom a member speaks for.
CREATE TABLE member_event_before AS SELECT * FROM member_event ORDER BY rowid;
DROP TABLE member_event;
CREATE TABLE member_event (
	member	INTEGER NOT NULL REFERENCES member,
	by	INTEGER NOT NULL REFERENCES member,	-- who changed it
	time	TEXT NOT NULL,		-- UTC, ISO 8601
	what	TEXT NOT NULL CHECK (what IN
			('role', 'status', 'steward', 'steward-end',
			'spokesperson', 'spokesperson-end')),
	old	TEXT,
	new	TEXT
) STRICT;

CREATE INDEX member_event_of ON member_event (member, time);
INSERT INTO member_event SELECT * FROM member_event_before ORDER BY rowid;
DROP TABLE member_event_before;
