-- What news adds to a record: whose it is, its picture, and its times.  A time
-- is ISO 8601, a day (all of it) or "2026-12-01T08:00Z".
CREATE TABLE news (
	record		INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
	organisation	INTEGER REFERENCES record,	-- whose news it is
	author		TEXT,
	source_url	TEXT CHECK	-- where it can be read in full
			(source_url GLOB 'http://*' OR source_url GLOB 'https://*'),
	image		TEXT REFERENCES file,
	image_credit	TEXT,
	expires		TEXT,			-- it is for the archive alone from then on
	announce_from	TEXT,			-- NULL with an end: at once
	announce_until	TEXT
) STRICT;

CREATE INDEX news_organisation ON news (organisation) WHERE organisation IS NOT NULL;
CREATE INDEX news_image ON news (image) WHERE image IS NOT NULL;
CREATE INDEX news_timed ON news (record)
WHERE expires IS NOT NULL OR announce_until IS NOT NULL;

-- What was published before and after one.
CREATE INDEX record_news ON record (published, id)
WHERE kind = 'news' AND status = 'published';

CREATE TABLE news_text (
	news		INTEGER NOT NULL REFERENCES news ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	image_alt	TEXT,			-- the picture in words
	PRIMARY KEY (news, lang)
) STRICT, WITHOUT ROWID;

-- In pixels, of pictures: so that a page knows their place before they come.
ALTER TABLE file ADD COLUMN width INTEGER;
ALTER TABLE file ADD COLUMN height INTEGER;

INSERT INTO news (record) SELECT id FROM record WHERE kind = 'news';

-- What the clock has made of it; nothing for most.  Pages are kept as long as
-- the database stands still, so that it must say when one of them is no longer
-- true: "mutua jobs" writes here what the view news_due finds.
CREATE TABLE news_phase (
	record		INTEGER PRIMARY KEY REFERENCES news ON DELETE CASCADE,
	phase		TEXT NOT NULL CHECK (phase IN ('announced', 'expired'))
) STRICT;

CREATE TRIGGER news_added AFTER INSERT ON news
WHEN new.expires IS NOT NULL OR new.announce_until IS NOT NULL BEGIN
	INSERT INTO news_phase (record, phase)
	SELECT record, phase FROM news_due
	WHERE record = new.record AND phase IS NOT NULL;
END;
