-- What each kind of record adds to the common tables.  One row a record.

CREATE TABLE document (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	doctype		TEXT NOT NULL,		-- code of list 'doctype'
	subtitle	TEXT,
	year		INTEGER,
	date		TEXT,			-- ISO 8601, as precise as known
	date_note	TEXT,
	document_status	TEXT,			-- code of list 'document_status'
	journal		TEXT,
	place		TEXT,
	series		TEXT,
	number		TEXT,
	pages		TEXT,
	edition_note	TEXT,
	title_supplied	INTEGER NOT NULL DEFAULT 0,	-- 1: the source names no title
	url		TEXT CHECK (url GLOB 'http://*' OR url GLOB 'https://*'),
	note		TEXT
) STRICT;

-- Authors in order: a name as printed, or an organisation of the directory.
CREATE TABLE document_author (
	record		INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	name		TEXT,
	organisation	INTEGER REFERENCES record ON DELETE CASCADE,
	PRIMARY KEY (record, place),
	CHECK ((name IS NULL) <> (organisation IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX document_author_organisation ON document_author (organisation)
WHERE organisation IS NOT NULL;

-- The languages a document is written in, where known.  Its titles and
-- abstracts may be in others.
CREATE TABLE document_language (
	record		INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
	language	TEXT NOT NULL,		-- BCP 47
	PRIMARY KEY (record, language)
) STRICT, WITHOUT ROWID;

-- A concept's title and summary are its preferred term and its definition.
CREATE TABLE term (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	acronym		TEXT,
	origin		TEXT,			-- 'source' or 'standard'
	note		TEXT
) STRICT;

-- All names of a concept.
CREATE TABLE term_name (
	record		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	use		TEXT NOT NULL CHECK (use IN ('preferred', 'synonym', 'acronym')),
	name		TEXT NOT NULL,
	folded		TEXT NOT NULL,		-- fold(name): lower case, no accents
	PRIMARY KEY (record, lang, use, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX term_name_folded ON term_name (folded);

-- How a document words a concept, language by language.
CREATE TABLE term_wording (
	record		INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	wording		TEXT NOT NULL,
	document	INTEGER REFERENCES record,	-- in the library
	place		TEXT,			-- page, section
	PRIMARY KEY (record, lang)
) STRICT, WITHOUT ROWID;

-- Experts add themselves; there are none in the content.
CREATE TABLE expert (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	position	TEXT,
	organisation	INTEGER REFERENCES record,
	city		TEXT,
	available	INTEGER CHECK (available IN (0, 1)),
	website		TEXT CHECK (website GLOB 'http://*' OR website GLOB 'https://*')
) STRICT;

CREATE TABLE expert_language (
	record		INTEGER NOT NULL REFERENCES expert ON DELETE CASCADE,
	language	TEXT NOT NULL,
	PRIMARY KEY (record, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	organisation_type TEXT NOT NULL,	-- code of list 'organisation_type'
	acronym		TEXT,
	acronym_fr	TEXT,			-- where it differs
	acronym_es	TEXT,
	city		TEXT,
	scope		TEXT,			-- code of list 'scope'
	website		TEXT CHECK (website GLOB 'http://*' OR website GLOB 'https://*')
) STRICT;

-- A country's profile.  The record's slug is the code in small letters.
CREATE TABLE country (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	country		TEXT NOT NULL UNIQUE REFERENCES country_code,
	gess_profile	INTEGER NOT NULL DEFAULT 0,
	mention		TEXT			-- 'marginal': the sources only name it
) STRICT;

-- A region of the world with facts of its own, by UN M49 code (001 the world).
CREATE TABLE region (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	region		TEXT NOT NULL UNIQUE
) STRICT;

-- What a country does: a programme or a law.
CREATE TABLE measure (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES country ON DELETE CASCADE,
	measure		TEXT NOT NULL CHECK (measure IN ('programme', 'law')),
	place		INTEGER NOT NULL,
	year		INTEGER,		-- start, or adoption
	document	INTEGER REFERENCES record	-- in the library
) STRICT;

CREATE INDEX measure_record ON measure (record, measure, place);

CREATE TABLE measure_text (
	measure		INTEGER NOT NULL REFERENCES measure ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	name		TEXT NOT NULL,
	description	TEXT,
	status		TEXT,			-- how far it is, in words
	PRIMARY KEY (measure, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure_organisation (
	measure		INTEGER NOT NULL REFERENCES measure ON DELETE CASCADE,
	organisation	INTEGER NOT NULL REFERENCES record,
	PRIMARY KEY (measure, organisation)
) STRICT, WITHOUT ROWID;

CREATE TABLE measure_source (
	measure		INTEGER NOT NULL REFERENCES measure ON DELETE CASCADE,
	document	INTEGER NOT NULL REFERENCES record,
	place		TEXT
) STRICT;

CREATE INDEX measure_source_measure ON measure_source (measure);

-- A micro-insurance scheme, as far as SCHEMES.md's groups have data.  Codes
-- are of the lists named like the column unless said otherwise.
CREATE TABLE scheme (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	country		TEXT NOT NULL REFERENCES country_code,
	name		TEXT NOT NULL,		-- as registered
	acronym		TEXT,
	locality	TEXT,
	latitude	REAL CHECK (latitude BETWEEN -90 AND 90),
	longitude	REAL CHECK (longitude BETWEEN -180 AND 180),
	area_of_operation TEXT,
	setting		TEXT,
	type		TEXT NOT NULL,		-- list 'type'
	type_basis	TEXT,			-- list 'basis': stated, inferred
	insurance_model	TEXT,
	status		TEXT,			-- list 'status'
	status_date	TEXT,			-- when it was observed
	year_started	INTEGER,
	year_stopped	INTEGER,
	membership_basis TEXT,
	contribution_amount REAL CHECK (contribution_amount >= 0),
	contribution_currency TEXT,
	contribution_period TEXT,
	contribution_usd REAL,
	contingencies_basis TEXT,
	website		TEXT CHECK (website GLOB 'http://*' OR website GLOB 'https://*'),
	CHECK (year_stopped >= year_started)
) STRICT;

CREATE INDEX scheme_country ON scheme (country);

-- What is said of a scheme in words, by language.
CREATE TABLE scheme_text (
	scheme		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	area		TEXT,
	target_group	TEXT,
	financing	TEXT,
	contribution_covers TEXT,
	contribution_collection TEXT,
	contribution_shared TEXT,
	contribution_note TEXT,
	PRIMARY KEY (scheme, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_contingency (
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	contingency	TEXT NOT NULL,
	PRIMARY KEY (record, contingency)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_service (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	place		INTEGER NOT NULL
) STRICT;

CREATE INDEX scheme_service_record ON scheme_service (record, place);

CREATE TABLE scheme_service_text (
	scheme_service	INTEGER NOT NULL REFERENCES scheme_service ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	service		TEXT NOT NULL,
	PRIMARY KEY (scheme_service, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	event_type	TEXT NOT NULL,
	date		TEXT NOT NULL,		-- ISO 8601, as precise as known
	date_end	TEXT,
	date_certainty	TEXT,			-- code of list 'date_certainty'
	place		TEXT,
	note		TEXT
) STRICT;

CREATE INDEX event_date ON event (date);

CREATE TABLE link (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	url		TEXT CHECK (url GLOB 'http://*' OR url GLOB 'https://*'),
	link_category	TEXT NOT NULL,
	title_supplied	INTEGER NOT NULL DEFAULT 0
) STRICT;

-- ILO instruments on social security.
CREATE TABLE convention (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	instrument	TEXT NOT NULL,		-- list 'instrument': convention, recommendation, …
	number		INTEGER,
	year		INTEGER,
	generation	INTEGER,
	instrument_status TEXT,
	ratifications	INTEGER,
	ratifications_date TEXT
) STRICT;

CREATE TABLE convention_part (
	record		INTEGER NOT NULL REFERENCES convention ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	part		TEXT NOT NULL,
	branch		TEXT NOT NULL,		-- list 'branch'
	accepted_by	INTEGER,
	out_of		INTEGER,
	PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE convention_branch (
	record		INTEGER NOT NULL REFERENCES convention ON DELETE CASCADE,
	branch		TEXT NOT NULL,
	PRIMARY KEY (record, branch)
) STRICT, WITHOUT ROWID;

CREATE TABLE theme (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	theme_status	TEXT,			-- 'announced': the sources name it, no more
	origin		TEXT
) STRICT;

-- The trees of the three platforms.  A theme may stand in several; a node
-- without a theme is a tree's heading.
CREATE TABLE theme_tree (
	id		INTEGER PRIMARY KEY,
	tree		TEXT NOT NULL,		-- list 'tree'
	theme		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	parent		INTEGER REFERENCES theme_tree ON DELETE CASCADE,
	depth		INTEGER NOT NULL,
	announced	TEXT,			-- what was to follow below: list 'announced'
	place		INTEGER NOT NULL	-- reading order within the tree
) STRICT;

CREATE INDEX theme_tree_theme ON theme_tree (theme);

CREATE TABLE question (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	theme		TEXT NOT NULL
) STRICT;
