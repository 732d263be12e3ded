-- What administrators have changed about members, so that others can see who
-- did it and when.
CREATE TABLE member_event (
	member	INTEGER NOT NULL REFERENCES member,
	by	INTEGER NOT NULL REFERENCES member,	-- who changed it
	time	TEXT NOT NULL,		-- UTC, ISO 8601
	what	TEXT NOT NULL CHECK (what IN
			('role', 'status', 'steward', 'steward-end')),
	old	TEXT,
	new	TEXT
) STRICT;

CREATE INDEX member_event_of ON member_event (member, time);
