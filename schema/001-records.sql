-- Everything people share is a record: a document, a term, a scheme, a
-- country profile.  What all kinds have in common stands in this file and is
-- handled once; what one kind adds stands in 002-kinds.sql.  Missing is NULL.

-- Which version of views.sql the views were made from.
CREATE TABLE view_version (
	digest	TEXT NOT NULL
) STRICT;

-- The kinds, and the path under which each has its pages: /{lang}/{path}/{slug}.
CREATE TABLE kind (
	kind	TEXT PRIMARY KEY,
	path	TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

INSERT INTO kind (kind, path) VALUES
	('document',     'library'),
	('term',         'glossary'),
	('expert',       'experts'),
	('organisation', 'organisations'),
	('country',      'countries'),
	('region',       'regions'),
	('scheme',       'schemes'),
	('theme',        'themes'),
	('question',     'questions'),
	('convention',   'conventions'),
	('link',         'links'),
	('event',        'events'),
	('news',         'news'),
	('page',         'pages');

-- The languages of the interface.  Texts may be in any other language too.
CREATE TABLE language (
	lang	TEXT PRIMARY KEY CHECK (lang GLOB '[a-z][a-z]'),
	name	TEXT NOT NULL,		-- in the language itself
	place	INTEGER NOT NULL	-- in the language switch
) STRICT, WITHOUT ROWID;

INSERT INTO language (lang, name, place) VALUES
	('en', 'English', 1), ('fr', 'Français', 2), ('es', 'Español', 3);

CREATE TABLE record (
	id		INTEGER PRIMARY KEY,
	kind		TEXT NOT NULL REFERENCES kind,
	slug		TEXT NOT NULL CHECK
			(slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
	status		TEXT NOT NULL DEFAULT 'published' CHECK (status IN
			('draft', 'submitted', 'published', 'archived')),
	lang		TEXT,		-- of the original, NULL if unknown
	owner		INTEGER,	-- member, NULL for the site's own content
	entry		TEXT NOT NULL DEFAULT 'member' CHECK (entry IN
			('content', 'import', 'member')),	-- how it came in
	created		TEXT NOT NULL,	-- UTC, ISO 8601
	updated		TEXT NOT NULL,
	published	TEXT,		-- what "newest first" sorts by; ISO 8601, may be cut
	digest		TEXT,		-- of the content file's record, so that load sees no change
	UNIQUE (kind, slug)
) STRICT;

CREATE INDEX record_updated ON record (updated);

-- Few are not published: those that are can be counted as all but these.
CREATE INDEX record_unpublished ON record (status) WHERE status <> 'published';

-- The words of a record, one row a language.
CREATE TABLE record_text (
	id		INTEGER PRIMARY KEY,	-- also the rowid in the search index
	record		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	lang		TEXT NOT NULL,		-- BCP 47
	title		TEXT NOT NULL CHECK (title <> ''),
	summary		TEXT,
	body		TEXT,			-- Markdown
	body_html	TEXT,			-- made from body, safe
	UNIQUE (record, lang)
) STRICT;

-- What a reader of an interface language sees of a published record: the text
-- in that language, else the original's, else English, else any.  Kept by
-- triggers, never written by hand; how stands in views.sql (shown_anew).
-- sort is a collation key of the title in that language, letter its index letter.
-- Join it by LEFT JOIN where a record may be missing: it is one table.
CREATE TABLE shown (
	ui		TEXT NOT NULL REFERENCES language,
	record		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	kind		TEXT NOT NULL,
	text		INTEGER NOT NULL REFERENCES record_text ON DELETE CASCADE,
	title		TEXT NOT NULL,
	url		TEXT NOT NULL,		-- /{ui}/{path}/{slug}
	text_lang	TEXT NOT NULL,
	other_lang	TEXT,			-- text_lang where it is not the reader's
	sort		BLOB NOT NULL,
	letter		TEXT NOT NULL,
	PRIMARY KEY (ui, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX shown_sorted ON shown (ui, kind, sort);
CREATE INDEX shown_text ON shown (text);

CREATE TRIGGER record_text_added AFTER INSERT ON record_text BEGIN
	INSERT INTO shown_anew (record) VALUES (new.record);
END;

CREATE TRIGGER record_text_changed AFTER UPDATE OF title ON record_text
WHEN new.title <> old.title BEGIN
	INSERT INTO shown_anew (record) VALUES (new.record);
END;

CREATE TRIGGER record_text_removed AFTER DELETE ON record_text BEGIN
	INSERT INTO shown_anew (record) VALUES (old.record);
END;

CREATE TRIGGER record_changed AFTER UPDATE OF lang, slug, status ON record
WHEN new.lang IS NOT old.lang OR new.slug <> old.slug OR new.status <> old.status BEGIN
	INSERT INTO shown_anew (record) VALUES (new.id);
END;

CREATE TRIGGER record_hidden AFTER UPDATE OF status ON record
WHEN new.status <> 'published' BEGIN
	DELETE FROM shown WHERE ui IN (SELECT lang FROM language)
	AND record = new.id;
END;

-- Code lists with their labels: list 'theme', 'country', 'language', 'doctype',
-- 'type', 'kind', 'facet', …  A facet's values are labelled by the list
-- named like the facet.  Country and language names come from ICU.
CREATE TABLE code (
	list	TEXT NOT NULL,
	code	TEXT NOT NULL,
	place	INTEGER NOT NULL,	-- in the list's own order
	PRIMARY KEY (list, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE code_label (
	list	TEXT NOT NULL,
	code	TEXT NOT NULL,
	lang	TEXT NOT NULL REFERENCES language,	-- every interface language has one
	label	TEXT NOT NULL,
	PRIMARY KEY (list, code, lang),
	FOREIGN KEY (list, code) REFERENCES code ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The 249 countries of ISO 3166-1, by alpha-2 code in capitals.  Region and
-- subregion are UN M49 codes (002, 011), labelled by the lists of these names.
CREATE TABLE country_code (
	country		TEXT PRIMARY KEY CHECK (country GLOB '[A-Z][A-Z]'),
	region		TEXT NOT NULL,
	subregion	TEXT NOT NULL,
	shape		TEXT		-- path data of the world map, if it is on it
) STRICT, WITHOUT ROWID;

CREATE INDEX country_code_subregion ON country_code (subregion);
CREATE INDEX country_code_region ON country_code (region);

CREATE TABLE record_theme (
	record	INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	theme	TEXT NOT NULL,		-- slug of a theme
	PRIMARY KEY (record, theme)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_theme_theme ON record_theme (theme, record);

CREATE TABLE record_country (
	record	INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	country	TEXT NOT NULL REFERENCES country_code,
	PRIMARY KEY (record, country)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_country_country ON record_country (country, record);

-- What is linked to what.  One row a pair, read both ways.  relation is a code
-- of list 'relation': related, publisher, author, support, part-of, member-of,
-- translation, mentions, about …
CREATE TABLE record_relation (
	from_record	INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	to_record	INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	relation	TEXT NOT NULL,
	place		INTEGER NOT NULL DEFAULT 0,	-- order among from's
	note		TEXT,
	PRIMARY KEY (from_record, to_record, relation)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_relation_to ON record_relation (to_record, relation);

-- Words that find a record but name no other: keywords, aliases, acronyms.
CREATE TABLE record_keyword (
	record	INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	keyword	TEXT NOT NULL CHECK (keyword <> ''),
	PRIMARY KEY (record, keyword)
) STRICT, WITHOUT ROWID;

-- A fact in figures about a country, a scheme, a region or the world.  A
-- missing value carries the reason; it is never 0.
CREATE TABLE observation (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	indicator	TEXT NOT NULL,		-- code of list 'indicator'
	place		INTEGER NOT NULL DEFAULT 0,
	value		REAL,
	low		REAL,			-- of a range
	high		REAL,
	missing		TEXT CHECK (missing IN ('not-collected',
			'not-available', 'confidential', 'not-applicable')),
	unit		TEXT,			-- code of list 'unit'
	year		INTEGER,
	qualifier	TEXT,			-- 'about', 'more-than' …: code of list 'qualifier'
	note		TEXT,			-- what to know when reading it: code of list 'figure_note'
	CHECK (value IS NOT NULL OR low IS NOT NULL OR missing IS NOT NULL)
) STRICT;

CREATE INDEX observation_record ON observation (record, indicator, year);

-- Where a record, or one field or one figure of it, comes from.
CREATE TABLE source (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	observation	INTEGER REFERENCES observation ON DELETE CASCADE,
	field		TEXT,			-- NULL: the record as a whole
	document	INTEGER REFERENCES record,	-- in the library, if it is
	reference	TEXT,			-- in words, if it is not
	place		TEXT,			-- page, section, screen
	CHECK (document IS NOT NULL OR reference IS NOT NULL)
) STRICT;

CREATE INDEX source_record ON source (record);
CREATE INDEX source_observation ON source (observation);
CREATE INDEX source_document ON source (document, record);

-- Who changed what, when and why; snapshot is the record as the content
-- file has it.  It has a rowid because snapshots are long: WITHOUT ROWID each
-- would spill into a page of its own.
CREATE TABLE revision (
	record		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	number		INTEGER NOT NULL,
	author		INTEGER,
	time		TEXT NOT NULL,
	comment		TEXT,
	snapshot	TEXT NOT NULL,
	state		TEXT NOT NULL DEFAULT 'published',
	PRIMARY KEY (record, number)
) STRICT;
