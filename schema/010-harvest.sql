-- What others harvest from us by OAI-PMH, and what we harvest from others.

-- Records that have changed and have no datestamp yet.  Every commit gives
-- them one (data/stamp.h).  The number is given in the order of changes.
CREATE TABLE stamp_due (
	change	INTEGER PRIMARY KEY AUTOINCREMENT,	-- never given twice
	record	INTEGER NOT NULL UNIQUE
) STRICT;

-- When each record that was ever published changed for others: in what it
-- says, in what it belongs to, or in being there.  Who withdraws a record leaves
-- its row, and no record that has one can be removed.  A greater change never
-- has an earlier datestamp.
CREATE TABLE stamp (
	record		INTEGER PRIMARY KEY REFERENCES record,
	change		INTEGER NOT NULL UNIQUE,
	datestamp	TEXT NOT NULL,		-- UTC, ISO 8601, whole seconds
	deleted		INTEGER NOT NULL CHECK (deleted IN (0, 1))
) STRICT;

CREATE INDEX stamp_datestamp ON stamp (datestamp, change);

-- What each of them belongs to, for lists of one set (record_set).  One that is
-- withdrawn stays in the sets it was in.
CREATE TABLE stamp_set (
	spec	TEXT NOT NULL,		-- 'theme:health'
	change	INTEGER NOT NULL,
	record	INTEGER NOT NULL REFERENCES stamp ON DELETE CASCADE,
	PRIMARY KEY (spec, change)
) STRICT, WITHOUT ROWID;

CREATE INDEX stamp_set_record ON stamp_set (record);

CREATE TRIGGER stamp_added AFTER INSERT ON record BEGIN
	INSERT OR IGNORE INTO stamp_due (record) VALUES (new.id);
END;

CREATE TRIGGER stamp_changed AFTER UPDATE OF updated, status, slug ON record BEGIN
	INSERT OR IGNORE INTO stamp_due (record) VALUES (new.id);
END;

-- Others say what a record is called, or that it is there.
CREATE TRIGGER stamp_renamed AFTER UPDATE OF title ON record_text
WHEN new.title <> old.title BEGIN
	INSERT OR IGNORE INTO stamp_due (record)
	SELECT record FROM document_author WHERE organisation = new.record
	UNION SELECT from_record FROM record_relation
	WHERE to_record = new.record
	AND relation IN ('publisher', 'support', 'run-by', 'involves');
END;

CREATE TRIGGER stamp_gone AFTER UPDATE OF status ON record
WHEN new.status <> old.status BEGIN
	INSERT OR IGNORE INTO stamp_due (record)
	SELECT from_record FROM record_relation WHERE to_record = new.id
	UNION SELECT record FROM source WHERE document = new.id
	UNION SELECT record FROM document_author WHERE organisation = new.id;
END;

CREATE TRIGGER stamp_relabelled AFTER UPDATE OF label ON code_label
WHEN new.label <> old.label BEGIN
	INSERT OR IGNORE INTO stamp_due (record)
	SELECT record FROM record_theme
	WHERE new.list = 'theme' AND theme = new.code
	UNION SELECT record FROM record_country
	WHERE new.list = 'country' AND country = new.code
	UNION SELECT record FROM document
	WHERE new.list = 'doctype' AND doctype = new.code;
END;

-- What there is already.
INSERT INTO stamp_due (record) SELECT id FROM record ORDER BY updated, id;

-- Other repositories that we harvest by OAI-PMH, one row for each set of one.
CREATE TABLE harvest_source (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,	-- never given twice
	url		TEXT NOT NULL CHECK
			(url GLOB 'http://*' OR url GLOB 'https://*'),
	spec		TEXT NOT NULL DEFAULT '',	-- of the set; '' is all
	prefix		TEXT NOT NULL,			-- of the format
	name		TEXT,		-- of the repository, in its own words
	organisation	INTEGER REFERENCES record,	-- whose it is
	created		TEXT NOT NULL,	-- UTC, ISO 8601
	since		TEXT,		-- responseDate of the last that was whole: go on from it
	begun		TEXT,		-- the same of one that is under way
	token		TEXT,		-- and how it goes on
	looked		TEXT,		-- the last try
	error		TEXT,		-- why that one ended early, in English
	UNIQUE (url, spec, prefix)
) STRICT;

-- What we have of theirs.  A record is known by the address of its repository
-- and the identifier it has there; nobody else's word changes it.
CREATE TABLE harvest_record (
	url		TEXT NOT NULL,	-- of the repository
	identifier	TEXT NOT NULL,
	record		INTEGER REFERENCES record,	-- NULL: it was not taken
	fate		TEXT NOT NULL CHECK (fate IN
			('taken', 'deleted',
			'edited',	-- by a member here: it is theirs now
			'twin',		-- we had it from elsewhere
			'bad')),
	datestamp	TEXT NOT NULL,	-- theirs, as they say it
	harvested	TEXT NOT NULL,	-- UTC, ISO 8601
	PRIMARY KEY (url, identifier)
) STRICT, WITHOUT ROWID;

CREATE INDEX harvest_record_record ON harvest_record (record) WHERE record IS NOT NULL;
CREATE INDEX harvest_record_identifier ON harvest_record (identifier);
CREATE INDEX document_url ON document (url) WHERE url IS NOT NULL;
