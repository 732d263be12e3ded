-- Joins with a name.  Views hold no data: they are dropped and made anew
-- whenever the program's version of this file differs from the database's.

-- A record as lists, feeds and results show it, once for each interface
-- language.  other_lang is the text's language where it is not the reader's.
-- Never name a column lang: in every query and template lang is the reader's
-- language.  The text's is text_lang, which JSON and feeds show as "lang".
CREATE VIEW listed AS
SELECT s.ui, r.id, r.kind, r.slug, k.path, s.text, t.lang AS text_lang, t.title, t.summary,
    '/' || s.ui || '/' || k.path || '/' || r.slug AS url,
    CASE WHEN t.lang <> s.ui THEN t.lang END AS other_lang,
    s.sort, s.letter, r.updated, r.published
FROM shown s
JOIN record r ON r.id = s.record
JOIN kind k ON k.kind = r.kind
JOIN record_text t ON t.id = s.text
WHERE r.status = 'published';

-- Relations read both ways: what stands beside a record.
CREATE VIEW beside AS
SELECT from_record AS record, to_record AS other, relation, 0 AS inverse, place, note
FROM record_relation
UNION ALL
SELECT to_record, from_record, relation, 1, place, note FROM record_relation;

-- Every facet of every published record.  The catalogue (data/catalogue) keeps
-- this in memory to filter and count; a facet's values are labelled by the
-- code list of the same name.
CREATE VIEW facet_value AS
SELECT id AS record, 'kind' AS facet, kind AS value FROM record
UNION ALL
SELECT record, 'theme', theme FROM record_theme
UNION ALL
SELECT record, 'country', country FROM record_country
UNION ALL
SELECT rc.record, 'region', c.region FROM record_country rc JOIN country_code c USING (country)
UNION ALL
SELECT record, 'language', lang FROM record_text
UNION ALL
SELECT record, 'doctype', doctype FROM document
UNION ALL
SELECT record, 'year', CAST (year AS TEXT) FROM document WHERE year IS NOT NULL
UNION ALL
SELECT record, 'organisation_type', organisation_type FROM organisation
UNION ALL
SELECT record, 'type', type FROM scheme
UNION ALL
SELECT record, 'status', status FROM scheme WHERE status IS NOT NULL
UNION ALL
SELECT record, 'contingency', contingency FROM scheme_contingency
UNION ALL
SELECT record, 'event_type', event_type FROM event
UNION ALL
SELECT record, 'year', substr(date, 1, 4) FROM event
UNION ALL
SELECT record, 'link_category', link_category FROM link
UNION ALL
SELECT record, 'instrument', instrument FROM convention;
