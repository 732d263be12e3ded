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
WHERE record NOT IN (SELECT record FROM document_language)
AND record NOT IN (SELECT record FROM expert_language)
UNION ALL
SELECT record, 'language', language FROM document_language
UNION ALL
SELECT record, 'language', language FROM expert_language
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
SELECT record, 'instrument', instrument FROM convention
UNION ALL
SELECT record, 'instrument_status', instrument_status FROM convention WHERE instrument_status IS NOT NULL
UNION ALL
SELECT record, 'branch', branch FROM convention_branch;

-- The authors of a document by name, as a reader of an interface language
-- sees them; author_url leads to an author that is in the directory.
CREATE VIEW document_author_name AS
SELECT a.record, l.lang AS ui, a.place, coalesce(a.name, o.title) AS name,
    o.url AS author_url
FROM language l, document_author a
LEFT JOIN listed o ON o.id = a.organisation AND o.ui = l.lang
ORDER BY a.place;

-- How to cite a document: authors (year): title: subtitle. Journal or series,
-- number. Place: publisher, pages.
CREATE VIEW document_citation AS
SELECT l.id AS record, l.ui,
    coalesce((SELECT group_concat(name, ', ') FROM document_author_name a
        WHERE a.record = l.id AND a.ui = l.ui) || ' ', '')
    || coalesce('(' || d.year || '): ', '')
    || l.title || coalesce(': ' || d.subtitle, '') || '.'
    || coalesce(' ' || d.journal || coalesce(' ' || d.number, '') || '.', '')
    || CASE WHEN d.journal IS NULL
        THEN coalesce(' ' || d.series || coalesce(', ' || d.number, '') || '.',
            coalesce(' ' || d.number || '.', '')) ELSE '' END
    || coalesce(' ' || d.place || coalesce(': ' || b.publisher, '') || '.',
        ' ' || b.publisher || '.', '')
    || coalesce(' ' || d.pages || ' p.', '') AS citation
FROM listed l
JOIN document d ON d.record = l.id
LEFT JOIN (SELECT r.from_record, o.ui, group_concat(o.title, ', ') AS publisher
    FROM record_relation r JOIN listed o ON o.id = r.to_record
    WHERE r.relation = 'publisher' GROUP BY 1, 2) b
    ON b.from_record = l.id AND b.ui = l.ui;

-- A programme or a law in the words a reader of an interface language sees.
CREATE VIEW measure_shown AS
SELECT m.id AS measure, m.record, m.measure AS type, m.place, m.year, m.status,
    m.document, l.lang AS ui, t.lang AS text_lang, t.name, t.description,
    CASE WHEN t.lang <> l.lang THEN t.lang END AS other_lang
FROM language l, measure m
JOIN measure_text t ON t.measure = m.id
    AND t.lang = (SELECT b.lang FROM measure_text b WHERE b.measure = m.id
        ORDER BY b.lang = l.lang DESC, b.lang = 'en' DESC, b.lang LIMIT 1);

-- Words that find a record beside its own texts: what the index keeps under
-- "keywords".  lang is NULL where they are the same in every language.  CROSS
-- JOIN says where to begin: at the record.
CREATE VIEW record_word AS
SELECT record, NULL AS lang, keyword AS words FROM record_keyword
UNION ALL
SELECT record, lang, name FROM term_name WHERE use <> 'preferred'
UNION ALL
SELECT record, NULL, acronym FROM term
UNION ALL
SELECT record, NULL, coalesce(subtitle, '') || '; ' || coalesce(journal, '')
    || '; ' || coalesce(series, '') || '; ' || coalesce(year, '')
FROM document
UNION ALL
SELECT record, NULL, coalesce(acronym, '') || '; ' || coalesce(acronym_fr, '')
    || '; ' || coalesce(acronym_es, '') || '; ' || coalesce(city, '')
FROM organisation
UNION ALL
SELECT record, NULL, coalesce(position, '') || '; ' || coalesce(city, '')
FROM expert
UNION ALL
SELECT record, NULL, name || '; ' || coalesce(acronym, '') || '; '
    || coalesce(locality, '')
FROM scheme
UNION ALL
SELECT record, NULL, substr(date, 1, 4) || '; ' || coalesce(place, '')
FROM event
UNION ALL
SELECT record, NULL, substr(instrument, 1, 1) || coalesce(number, '')
FROM convention
UNION ALL
SELECT m.record, t.lang, t.name FROM measure m
CROSS JOIN measure_text t ON t.measure = m.id
UNION ALL
SELECT rc.record, l.lang, l.label FROM record_country rc
CROSS JOIN code_label l ON l.list = 'country' AND l.code = rc.country
UNION ALL
SELECT rc.record, l.lang, l.label FROM record_country rc
CROSS JOIN country_code c ON c.country = rc.country
CROSS JOIN code_label l ON l.list = 'region' AND l.code = c.region
UNION ALL
SELECT rt.record, l.lang, l.label FROM record_theme rt
CROSS JOIN code_label l ON l.list = 'theme' AND l.code = rt.theme
UNION ALL
SELECT d.record, l.lang, l.label FROM document d
CROSS JOIN code_label l ON l.list = 'doctype' AND l.code = d.doctype
UNION ALL
SELECT o.record, l.lang, l.label FROM organisation o
CROSS JOIN code_label l
    ON l.list = 'organisation_type' AND l.code = o.organisation_type
UNION ALL
SELECT s.record, l.lang, l.label FROM scheme s
CROSS JOIN code_label l ON l.list = 'type' AND l.code = s.type
UNION ALL
SELECT s.record, l.lang, l.label FROM scheme_contingency s
CROSS JOIN code_label l ON l.list = 'contingency' AND l.code = s.contingency
UNION ALL
SELECT e.record, l.lang, l.label FROM event e
CROSS JOIN code_label l ON l.list = 'event_type' AND l.code = e.event_type
UNION ALL
SELECT k.record, l.lang, l.label FROM link k
CROSS JOIN code_label l ON l.list = 'link_category' AND l.code = k.link_category
UNION ALL
SELECT c.record, l.lang, l.label FROM convention c
CROSS JOIN code_label l ON l.list = 'instrument' AND l.code = c.instrument
UNION ALL
SELECT b.record, t.lang, t.title FROM beside b
CROSS JOIN record o ON o.id = b.other AND o.kind = 'organisation'
CROSS JOIN record_text t ON t.record = o.id;
