-- The newsletter: numbered issues, each a list of records with words about them.
INSERT INTO kind (kind, path) VALUES ('newsletter', 'newsletter');

CREATE TABLE newsletter (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	number		INTEGER NOT NULL UNIQUE CHECK (number > 0)
) STRICT;

CREATE TABLE newsletter_item (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES newsletter ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	item		INTEGER NOT NULL REFERENCES record	-- of any kind
) STRICT;

CREATE INDEX newsletter_item_record ON newsletter_item (record, place);

CREATE TABLE newsletter_item_text (
	newsletter_item	INTEGER NOT NULL REFERENCES newsletter_item ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	heading		TEXT,		-- over this item and those that follow
	note		TEXT,		-- why it is in the issue
	PRIMARY KEY (newsletter_item, lang)
) STRICT, WITHOUT ROWID;
