-- The addresses of other sites that readers are told to be dead.  How each look
-- at them went is known by link_check of state.db; here stands only what pages
-- show of it, so that a look that finds nothing new leaves kept pages as they are.
CREATE TABLE dead_link (
	url	TEXT PRIMARY KEY,
	failed	TEXT NOT NULL	-- the day it did not answer, for the third time
) STRICT, WITHOUT ROWID;
