-- Do the addresses of other sites answer?  A row for each that stands in a
-- published record (view outward of mutua.db); "mutua jobs" asks each about once
-- a week, and lists which there are every hour.
CREATE TABLE link_check (
	id		INTEGER PRIMARY KEY,
	url		TEXT NOT NULL UNIQUE,
	host		TEXT NOT NULL,	-- is asked for one at a time, with pauses
	due		INTEGER NOT NULL,	-- when to ask (again)
	asked		INTEGER,		-- when it was asked last
	good		INTEGER,		-- when it answered last
	failures	INTEGER NOT NULL DEFAULT 0,	-- in a row, each of another day
	failed		INTEGER,		-- since when
	failed_day	TEXT,			-- the last that counts
	error		TEXT,			-- code of list 'link_error'
	status		INTEGER,		-- of HTTP, if it answered so
	moved		TEXT,			-- where it says it is for good
	state		TEXT GENERATED ALWAYS AS (CASE
				WHEN failures >= 3 THEN 'dead'
				WHEN failures > 0 THEN 'failing'
				WHEN error IS NOT NULL THEN 'refused'
				WHEN moved IS NOT NULL THEN 'moved'
				WHEN good IS NOT NULL THEN 'good'
				ELSE 'new' END) VIRTUAL
) STRICT;

CREATE INDEX link_check_due ON link_check (due);
CREATE INDEX link_check_asked ON link_check (asked);
CREATE INDEX link_check_state ON link_check (state);
