-- Joins with a name.  Views hold no data: they are dropped and made anew
-- whenever the program's version of this file differs from the database's.

-- Insert a record here, and the table shown says anew which of its texts
-- readers see.  The triggers on record and record_text do.
CREATE VIEW shown_anew AS SELECT id AS record FROM record;

CREATE TRIGGER shown_anew_added INSTEAD OF INSERT ON shown_anew BEGIN
	INSERT INTO shown (ui, record, kind, text, title, url, text_lang, other_lang, sort, letter)
	SELECT l.lang, r.id, r.kind, t.id, t.title, '/' || l.lang || '/' || k.path || '/' || r.slug,
	    t.lang, CASE WHEN t.lang <> l.lang THEN t.lang END,
	    sort_key(t.title, l.lang), index_letter(t.title, l.lang)
	FROM language l, record r, kind k, record_text t
	WHERE r.id = new.record AND r.status = 'published' AND k.kind = r.kind
	AND t.id = coalesce(
	    (SELECT id FROM record_text WHERE record = r.id AND lang = l.lang),
	    (SELECT id FROM record_text WHERE record = r.id AND lang = r.lang),
	    (SELECT id FROM record_text WHERE record = r.id AND lang = 'en'),
	    (SELECT min(id) FROM record_text WHERE record = r.id))
	ON CONFLICT (ui, record) DO UPDATE SET text = excluded.text,
	    title = excluded.title, url = excluded.url,
	    text_lang = excluded.text_lang, other_lang = excluded.other_lang,
	    sort = excluded.sort, letter = excluded.letter;
END;

-- A record as lists, feeds and results show it, once for each interface
-- language.  other_lang is the text's language where it is not the reader's.
-- Never name a column lang: in every query and template lang is the reader's
-- language.  The text's is text_lang, which JSON and feeds show as "lang".
CREATE VIEW listed AS
SELECT s.ui, r.id, r.kind, r.slug, k.path, s.text, s.text_lang, s.title, t.summary,
    s.url, s.other_lang, s.sort, s.letter, r.updated, r.published
FROM shown s
JOIN record r ON r.id = s.record
JOIN kind k ON k.kind = r.kind
JOIN record_text t ON t.id = s.text;

-- Whom partners speak for: who is none any more, or whose account is closed,
-- speaks for nobody, and nobody speaks for an organisation that is withdrawn.
CREATE VIEW spoken_for AS
SELECT s.member, s.organisation, r.slug
FROM spokesperson s
JOIN member m ON m.id = s.member AND m.status = 'active' AND m.role = 'partner'
JOIN record r ON r.id = s.organisation AND r.kind = 'organisation'
    AND r.status = 'published';

-- The languages that forms offer; ISO 639 has hundreds more, dead ones and
-- Klingon among them, which a record may be in but hardly anybody looks for.
CREATE VIEW offered_language AS
SELECT value AS code FROM json_each('["en", "fr", "es", "pt", "ar", "am", "bm",
    "bn", "de", "ff", "gn", "ha", "hi", "ht", "id", "it", "ja", "km", "ko",
    "lo", "mg", "ml", "my", "ne", "nl", "ny", "om", "pa", "qu", "rn", "ru",
    "rw", "si", "sn", "so", "st", "sw", "ta", "te", "th", "ti", "tl", "tn",
    "tr", "uk", "ur", "vi", "wo", "xh", "yo", "zh", "zu"]');

-- Relations read both ways: what stands beside a record.
CREATE VIEW beside AS
SELECT from_record AS record, to_record AS other, relation, 0 AS inverse, place, note
FROM record_relation
UNION ALL
SELECT to_record, from_record, relation, 1, place, note FROM record_relation;

-- The languages of what a record is about, a document's or an expert's; else
-- those of its texts.
CREATE VIEW record_language AS
SELECT record, lang AS language FROM record_text
WHERE record NOT IN (SELECT record FROM document_language)
AND record NOT IN (SELECT record FROM expert_language)
UNION ALL
SELECT record, language FROM document_language
UNION ALL
SELECT record, language FROM expert_language;

-- Every facet of every published record.  The catalogue (data/catalogue) keeps
-- this in memory to filter and count, and sees a value once where it stands
-- here twice; a facet's values are labelled by the code list of the same name.
-- UNION ALL throughout: only so may it be asked for one record alone.
CREATE VIEW facet_value AS
SELECT id AS record, 'kind' AS facet, kind AS value FROM record
UNION ALL
SELECT record, 'theme', theme FROM record_theme
UNION ALL
SELECT record, 'country', country FROM record_country
UNION ALL
SELECT rc.record, 'region', c.region FROM record_country rc
CROSS JOIN country_code c ON c.country = rc.country
UNION ALL
SELECT record, 'language', language FROM record_language
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
SELECT n.record, 'organisation', o.slug FROM news n
CROSS JOIN record o ON o.id = n.organisation
UNION ALL
SELECT a.record, 'organisation', o.slug FROM document_author a
CROSS JOIN record o ON o.id = a.organisation
UNION ALL
SELECT e.record, 'organisation', o.slug FROM expert e
CROSS JOIN record o ON o.id = e.organisation
UNION ALL
SELECT m.record, 'organisation', o.slug FROM measure m
CROSS JOIN measure_organisation x ON x.measure = m.id
CROSS JOIN record o ON o.id = x.organisation
UNION ALL
SELECT r.from_record, 'organisation', o.slug FROM record_relation r
CROSS JOIN record o ON o.id = r.to_record AND o.kind = 'organisation'
UNION ALL
SELECT r.to_record, 'organisation', o.slug FROM record_relation r
CROSS JOIN record o ON o.id = r.from_record AND o.kind = 'organisation'
UNION ALL
SELECT n.record, 'year', substr(r.published, 1, 4) FROM news n
CROSS JOIN record r ON r.id = n.record WHERE r.published IS NOT NULL
UNION ALL
SELECT record, 'phase', phase FROM news_phase WHERE phase = 'expired'
UNION ALL
SELECT record, 'instrument', instrument FROM convention
UNION ALL
SELECT record, 'instrument_status', instrument_status FROM convention WHERE instrument_status IS NOT NULL
UNION ALL
SELECT record, 'branch', branch FROM convention_branch
UNION ALL
SELECT record, facet, value FROM scheme_facet;

-- What the clock makes of news that has times (news_phase).  A day lasts until
-- it is over: what is longer than a time sorts behind it.
CREATE VIEW news_due AS
SELECT n.record, CASE
    WHEN n.expires || 'T24' <= strftime('%Y-%m-%dT%H:%MZ', 'now') THEN 'expired'
    WHEN n.announce_until || 'T24' > strftime('%Y-%m-%dT%H:%MZ', 'now')
        AND coalesce(n.announce_from, '') <= strftime('%Y-%m-%dT%H:%MZ', 'now')
        THEN 'announced' END AS phase
FROM news n
WHERE n.expires IS NOT NULL OR n.announce_until IS NOT NULL;

-- Pictures of which smaller versions may be worth making, and that were not
-- looked at: those that a list would show as they are are left so.
CREATE VIEW picture_wanted AS
SELECT f.sha256 AS file, f.type, f.name, f.width * f.height AS pixels FROM file f
WHERE f.type IN ('image/jpeg', 'image/png', 'image/webp') AND f.bytes > 20000
AND NOT EXISTS (SELECT 1 FROM picture p WHERE p.file = f.sha256);

CREATE VIEW picture_shown AS
SELECT file, size, '/files/' || sha256 || '/' || url_part(name) AS url, bytes, width,
    height
FROM picture_version;

-- News as a reader of an interface language sees it, for lists, feeds and
-- data: whose it is, its picture, and when it was published, to the second.
-- The picture has two sizes more for pages, if they are there.
-- _lang are the languages of words that are not in the reader's.
CREATE VIEW news_listed AS
SELECT l.*, n.author, n.source_url, n.expires, n.image_credit,
    time_text(l.published, l.ui) AS published_text,
    o.title AS organisation, o.url AS organisation_url,
    o.other_lang AS organisation_lang,
    '/files/' || f.sha256 || '/' || url_part(f.name) AS image_url,
    f.type AS image_type, f.bytes AS image_bytes, f.width AS image_width,
    f.height AS image_height, a.image_alt,
    s.url AS small_url, s.bytes AS small_bytes, s.width AS small_width,
    s.height AS small_height,
    m.url AS medium_url, m.width AS medium_width, m.height AS medium_height,
    CASE WHEN a.lang <> l.ui THEN a.lang END AS image_lang,
    p.phase = 'expired' AS expired
FROM listed l
JOIN news n ON n.record = l.id
LEFT JOIN shown o ON o.record = n.organisation AND o.ui = l.ui
LEFT JOIN file f ON f.sha256 = n.image
LEFT JOIN picture_shown s ON s.file = n.image AND s.size = 'small'
LEFT JOIN picture_shown m ON m.file = n.image AND m.size = 'medium'
LEFT JOIN news_text a ON a.news = n.record AND a.lang = (SELECT b.lang
    FROM (SELECT lang, (lang = l.ui) * 2 + (lang = l.text_lang) AS fit
        FROM news_text WHERE news = n.record AND image_alt IS NOT NULL) b
        ORDER BY b.fit DESC, b.lang LIMIT 1)
LEFT JOIN news_phase p ON p.record = n.record;

-- The addresses of other sites that stand in published records: what the check
-- of links looks after.
CREATE VIEW outward AS
SELECT r.id AS record, r.kind, u.url FROM (
    SELECT record, url FROM link
    UNION ALL SELECT record, url FROM document
    UNION ALL SELECT record, website FROM organisation
    UNION ALL SELECT record, website FROM expert
    UNION ALL SELECT record, website FROM scheme
    UNION ALL SELECT record, source_url FROM news) u
JOIN record r ON r.id = u.record AND r.status = 'published'
WHERE u.url IS NOT NULL;

-- The authors of a document by name, as a reader of an interface language
-- sees them; author_url leads to an author that is in the directory.
CREATE VIEW document_author_name AS
SELECT a.record, l.lang AS ui, a.place, coalesce(a.name, o.title) AS name,
    o.url AS author_url
FROM language l, document_author a
LEFT JOIN shown o ON o.record = a.organisation AND o.ui = l.lang;

-- The files of a document, each with where it can be had.
CREATE VIEW document_file_shown AS
SELECT d.record, d.place, l.lang AS ui, d.file, coalesce(d.name, f.name) AS name,
    coalesce(d.label, d.name, f.name) AS label, d.lang, f.type, f.bytes,
    CASE WHEN f.bytes >= 1000000
        THEN number_text(round(f.bytes / 1e6, 1), l.lang) END AS megabytes,
    number_text((f.bytes + 999) / 1000, l.lang) AS kilobytes,
    '/files/' || d.file || '/' || url_part(coalesce(d.name, f.name)) AS url
FROM language l, document_file d JOIN file f ON f.sha256 = d.file;

-- How to cite a document: authors (year): title: subtitle. Journal or series,
-- number. Place. Publisher. Pages.
CREATE VIEW document_citation AS
SELECT l.id AS record, l.ui,
    coalesce((SELECT group_concat(name, ', ') FROM document_author_name a
        WHERE a.record = l.id AND a.ui = l.ui) || coalesce(' (' || d.year || ')', '')
        || ': ' || l.title || coalesce(': ' || d.subtitle, ''),
        l.title || coalesce(': ' || d.subtitle, '') || coalesce(' (' || d.year || ')', ''))
    || '.'
    || coalesce(' ' || d.journal || coalesce(' ' || d.number, '') || '.', '')
    || CASE WHEN d.journal IS NULL
        THEN coalesce(' ' || d.series || coalesce(', ' || d.number, '') || '.',
            coalesce(' ' || d.number || '.', '')) ELSE '' END
    || coalesce(' ' || d.place || '.', '')
    || coalesce((SELECT ' ' || group_concat(o.title, ', ') || '.'
        FROM record_relation r JOIN listed o ON o.id = r.to_record AND o.ui = l.ui
        WHERE r.from_record = l.id AND r.relation = 'publisher'), '')
    || coalesce(' ' || d.pages || ' p.', '') AS citation
FROM listed l
JOIN document d ON d.record = l.id;

-- A programme or a law in the words a reader of an interface language sees.
CREATE VIEW measure_shown AS
SELECT m.id AS measure, m.record, m.measure AS type, m.place, m.year, t.status,
    m.document, l.lang AS ui, t.lang AS text_lang, t.name, t.description,
    CASE WHEN t.lang <> l.lang THEN t.lang END AS other_lang
FROM language l, measure m
JOIN measure_text t ON t.measure = m.id
    AND t.lang = (SELECT b.lang FROM (SELECT lang,
        (lang = l.lang) * 2 + (lang = 'en') AS fit
        FROM measure_text WHERE measure = m.id) b
        ORDER BY b.fit DESC, b.lang LIMIT 1);

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
    || coalesce(locality, '') || '; ' || coalesce(official_name, '') || '; '
    || coalesce(admin1, '') || '; ' || coalesce(admin2, '') || '; '
    || coalesce(registry_id, '')
FROM scheme
UNION ALL
SELECT record, NULL, name FROM scheme_former_name
UNION ALL
SELECT record, NULL, name FROM scheme_other_name
UNION ALL
SELECT record, NULL, name FROM scheme_product
UNION ALL
SELECT record, NULL, coalesce(name, '') || '; ' || coalesce(locality, '')
FROM scheme_provider
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
SELECT s.record, l.lang, l.label FROM scheme_target_group s
CROSS JOIN code_label l ON l.list = 'target_group' AND l.code = s.target_group
UNION ALL
SELECT p.record, l.lang, l.label FROM scheme_product p
CROSS JOIN product_benefit b ON b.product = p.id
CROSS JOIN code_label l ON l.list = 'service' AND l.code = b.service
UNION ALL
SELECT e.record, l.lang, l.label FROM event e
CROSS JOIN code_label l ON l.list = 'event_type' AND l.code = e.event_type
UNION ALL
SELECT n.record, NULL, coalesce(n.author, '') FROM news n
UNION ALL
SELECT n.record, t.lang, t.title FROM news n
CROSS JOIN record_text t ON t.record = n.organisation
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

-- Sentences that belong to a record but stand in tables of its kind: indexed
-- after its body.
CREATE VIEW record_prose AS
SELECT m.record, t.lang, t.description AS words FROM measure m
CROSS JOIN measure_text t ON t.measure = m.id
UNION ALL
SELECT scheme, lang, area FROM scheme_text
UNION ALL
SELECT scheme, lang, target_group FROM scheme_text
UNION ALL
SELECT scheme, lang, financing FROM scheme_text
UNION ALL
SELECT scheme, lang, eligibility FROM scheme_text
UNION ALL
SELECT p.record, t.lang, t.description FROM scheme_product p
CROSS JOIN scheme_product_text t ON t.scheme_product = p.id
UNION ALL
SELECT s.record, t.lang, t.service FROM scheme_service s
CROSS JOIN scheme_service_text t ON t.scheme_service = s.id;

-- Which record has which file: those of documents, and the pictures of news.
CREATE VIEW record_bytes AS
SELECT file, record, place, name FROM document_file
UNION ALL
SELECT image, record, 1, NULL FROM news WHERE image IS NOT NULL;

-- The words in the files of a document, for the text of it that is in their
-- language; else for the original's, else for one.
CREATE VIEW record_file AS
SELECT d.record, d.place, x.text AS words, coalesce(
    (SELECT t.lang FROM record_text t WHERE t.record = d.record AND t.lang = d.lang),
    (SELECT t.lang FROM record_text t WHERE t.record = d.record AND t.lang = r.lang),
    (SELECT min(t.lang) FROM record_text t WHERE t.record = d.record)) AS lang
FROM document_file d
JOIN record r ON r.id = d.record
JOIN file_text x ON x.sha256 = d.file
WHERE x.state = 'done';

-- The countries of ISO 3166-1 by name; profile is the record of a country's
-- profile, NULL if there is none yet.  CROSS JOIN: one looks for some of the
-- countries, and for the names of those.
CREATE VIEW country_listed AS
SELECT n.lang AS ui, c.country, lower(c.country) AS slug, n.label, c.region,
    c.subregion, c.shape, r.id AS profile,
    (SELECT mention FROM country WHERE record = r.id) AS mention,
    '/' || n.lang || '/countries/' || lower(c.country) AS url,
    nullif(held('scheme', 'country', c.country), 0) AS schemes
FROM country_code c
CROSS JOIN code_label n ON n.list = 'country' AND n.code = c.country
LEFT JOIN record r ON r.kind = 'country' AND r.slug = lower(c.country)
    AND r.status = 'published';

-- Where on the map a number may be written: a shape begins with it, M930 450.
CREATE VIEW country_mark AS
SELECT country, CAST (substr(shape, 2) AS INTEGER) AS x,
    CAST (substr(shape, instr(shape, ' ')) AS INTEGER) AS y
FROM country_code WHERE shape IS NOT NULL;

-- The parts of the world by name.  One with facts of its own is a record,
-- profile; the others go by their code.
CREATE VIEW region_listed AS
SELECT n.lang AS ui, n.code AS region, n.label, r.id AS profile,
    coalesce(r.slug, n.code) AS slug,
    '/' || n.lang || '/regions/' || coalesce(r.slug, n.code) AS url
FROM code_label n
LEFT JOIN region g ON g.region = n.code
LEFT JOIN record r ON r.id = g.record AND r.status = 'published'
WHERE n.list = 'region';

-- Which part of the world lies in which.  Two of M49's groupings overlap the
-- subregions: 202 is Africa without the north, 419 the Americas without it.
CREATE VIEW region_within AS
SELECT subregion AS region, region AS around FROM country_code
WHERE subregion <> region
UNION SELECT region, '001' FROM country_code WHERE region <> '001'
UNION SELECT '202', '002' UNION SELECT '419', '019'
UNION SELECT subregion, '202' FROM country_code
WHERE region = '002' AND subregion <> '015'
UNION SELECT subregion, '419' FROM country_code
WHERE region = '019' AND subregion <> '021';

-- Which countries lie in which.
CREATE VIEW region_country AS
SELECT subregion AS region, country FROM country_code
UNION SELECT region, country FROM country_code
UNION SELECT '001', country FROM country_code
UNION SELECT w.around, c.country
FROM country_code c JOIN region_within w ON w.region = c.subregion;

-- A figure in the words a reader of an interface language sees.
CREATE VIEW figure_shown AS
SELECT o.id AS figure, o.record, l.lang AS ui, o.place, o.indicator,
    coalesce(i.label, o.indicator) AS indicator_label,
    o.value, o.low, o.high,
    coalesce(number_text(o.value, l.lang), number_text(o.low, l.lang)
        || coalesce('–' || number_text(o.high, l.lang), '')) AS number,
    o.unit, coalesce(u.label, o.unit, o.currency) AS unit_label, o.currency,
    o.year, o.fiscal_year_end, o.product, o.service,
    coalesce(s.label, o.service) AS service_label,
    coalesce(h.label, o.method) AS method_label,
    coalesce(q.label, o.qualifier) AS qualifier_label,
    coalesce(n.label, o.note) AS note_label,
    coalesce(m.label, o.missing) AS missing_label
FROM language l, observation o
LEFT JOIN code_label i ON i.list = 'indicator' AND i.code = o.indicator
    AND i.lang = l.lang
LEFT JOIN code_label u ON u.list = 'unit' AND u.code = o.unit
    AND u.lang = l.lang
LEFT JOIN code_label q ON q.list = 'qualifier' AND q.code = o.qualifier
    AND q.lang = l.lang
LEFT JOIN code_label n ON n.list = 'figure_note' AND n.code = o.note
    AND n.lang = l.lang
LEFT JOIN code_label m ON m.list = 'missing' AND m.code = o.missing
    AND m.lang = l.lang
LEFT JOIN code_label s ON s.list = 'service' AND s.code = o.service
    AND s.lang = l.lang
LEFT JOIN code_label h ON h.list = 'method' AND h.code = o.method
    AND h.lang = l.lang;

-- The figures of more than one year, which make a chart.  It begins at zero.
CREATE VIEW figure_series AS
SELECT record, indicator, unit, min(year) AS first_year, max(year) AS last_year,
    min(min(value), 0) AS bottom, max(max(value), 0) AS top
FROM observation
WHERE value IS NOT NULL AND year IS NOT NULL
GROUP BY record, indicator, unit
HAVING min(year) < max(year);

-- Where a figure stands on a chart 600 wide and 220 high.
CREATE VIEW figure_point AS
SELECT s.record, s.indicator, s.unit, o.year, o.value,
    round(50 + 500.0 * (o.year - s.first_year)
        / (s.last_year - s.first_year), 1) AS x,
    round(190 - 160.0 * (o.value - s.bottom)
        / coalesce(nullif(s.top - s.bottom, 0), 1), 1) AS y
FROM figure_series s
JOIN observation o ON o.record = s.record AND o.indicator = s.indicator
    AND o.unit IS s.unit
WHERE o.value IS NOT NULL AND o.year IS NOT NULL;

-- How many people a scheme covers: its newest figure of those covered, or
-- where there is none of those insured, or of members.
CREATE VIEW scheme_size AS
SELECT o.record, o.indicator, o.value, o.year FROM observation o
WHERE o.id = (SELECT b.id FROM observation b
    WHERE b.record = o.record AND b.value IS NOT NULL AND b.indicator IN
        ('beneficiaries', 'insured', 'members-insured', 'members')
    ORDER BY CASE b.indicator WHEN 'beneficiaries' THEN 1 WHEN 'insured' THEN 2
        WHEN 'members-insured' THEN 3 ELSE 4 END, b.year DESC LIMIT 1);

-- What is said of a scheme in words, field by field, as a reader of an
-- interface language sees it.
CREATE VIEW scheme_words AS
SELECT record, ui, field, words, other_lang FROM (
    SELECT t.scheme AS record, l.lang AS ui, t.field, t.words,
        CASE WHEN t.lang <> l.lang THEN t.lang END AS other_lang,
        row_number() OVER (PARTITION BY t.scheme, t.field, l.lang
            ORDER BY t.lang = l.lang DESC, t.lang = 'en' DESC, t.lang) AS n
    FROM language l, (
        SELECT scheme, lang, 'area' AS field, area AS words FROM scheme_text
        UNION ALL SELECT scheme, lang, 'target_group', target_group
        FROM scheme_text
        UNION ALL SELECT scheme, lang, 'financing', financing
        FROM scheme_text
        UNION ALL SELECT scheme, lang, 'contribution_covers',
            contribution_covers FROM scheme_text
        UNION ALL SELECT scheme, lang, 'contribution_collection',
            contribution_collection FROM scheme_text
        UNION ALL SELECT scheme, lang, 'contribution_shared',
            contribution_shared FROM scheme_text
        UNION ALL SELECT scheme, lang, 'contribution_note',
            contribution_note FROM scheme_text) t
    WHERE t.words IS NOT NULL)
WHERE n = 1;

-- The services of a scheme likewise.
CREATE VIEW scheme_service_shown AS
SELECT record, place, ui, service, other_lang FROM (
    SELECT s.record, s.place, l.lang AS ui, t.service,
        CASE WHEN t.lang <> l.lang THEN t.lang END AS other_lang,
        row_number() OVER (PARTITION BY s.record, s.id, l.lang
            ORDER BY t.lang = l.lang DESC, t.lang = 'en' DESC, t.lang) AS n
    FROM language l, scheme_service s
    JOIN scheme_service_text t ON t.scheme_service = s.id)
WHERE n = 1;

-- How much of the core of each group of fields a scheme has (record_group).
CREATE VIEW scheme_field_group AS
SELECT record, place, field_group, filled, asked, asked - filled AS lacking
FROM record_group;

-- The same of all groups: how many core fields there are, in percent too.
-- Not grouped, so that who asks for one scheme does not wait for all.
CREATE VIEW scheme_completeness AS
SELECT record, filled, asked, CAST (coalesce(round(100.0 * filled / asked), 0)
    AS INTEGER) AS completeness
FROM (SELECT s.record,
        (SELECT sum(g.filled) FROM record_group g
        WHERE g.record = s.record) AS filled,
        (SELECT sum(g.asked) FROM record_group g
        WHERE g.record = s.record) AS asked FROM scheme s);

-- The facets that only schemes have, beyond type, status and contingency.
CREATE VIEW scheme_facet AS
SELECT record, 'insurance_model' AS facet, insurance_model AS value
FROM scheme WHERE insurance_model IS NOT NULL
UNION ALL
SELECT record, 'setting', setting FROM scheme WHERE setting IS NOT NULL
UNION ALL
SELECT record, 'membership_basis', membership_basis
FROM scheme WHERE membership_basis IS NOT NULL
UNION ALL
SELECT record, 'period', contribution_period
FROM scheme WHERE contribution_period IS NOT NULL
UNION ALL
SELECT p.record, 'period', c.period FROM scheme_product p
CROSS JOIN product_contribution c ON c.product = p.id
WHERE c.period IS NOT NULL
UNION ALL
SELECT p.record, 'contribution_basis', c.basis FROM scheme_product p
CROSS JOIN product_contribution c ON c.product = p.id
WHERE c.basis IS NOT NULL
UNION ALL
SELECT record, 'target_group', target_group FROM scheme_target_group
UNION ALL
SELECT p.record, 'contingency', c.contingency FROM scheme_product p
CROSS JOIN product_contingency c ON c.product = p.id
UNION ALL
SELECT p.record, 'level_of_care', c.level_of_care FROM scheme_product p
CROSS JOIN product_level c ON c.product = p.id
UNION ALL
SELECT record, 'level_of_care', level_of_care FROM scheme_provider
WHERE level_of_care IS NOT NULL
UNION ALL
SELECT record, 'benefit_mode', benefit_mode FROM scheme_product
WHERE benefit_mode IS NOT NULL
UNION ALL
SELECT record, 'started', CASE WHEN year_started < 1990 THEN 'before-1990'
    ELSE substr(year_started, 1, 3) || '0s' END
FROM scheme WHERE year_started IS NOT NULL
UNION ALL
SELECT record, 'size', CASE WHEN value < 500 THEN 'under-500'
    WHEN value < 2000 THEN 'from-500' WHEN value < 10000 THEN 'from-2000'
    WHEN value < 100000 THEN 'from-10000' ELSE 'from-100000' END
FROM scheme_size
UNION ALL
SELECT s.record, 'support', r.slug
FROM scheme s CROSS JOIN record_relation b ON b.from_record = s.record
CROSS JOIN record r ON r.id = b.to_record AND r.kind = 'organisation'
WHERE b.relation = 'support'
UNION ALL
SELECT v.record, 'support', r.slug
FROM scheme_supporter v CROSS JOIN record r ON r.id = v.organisation
UNION ALL
SELECT s.record, 'updated', substr(r.updated, 1, 4)
FROM scheme s CROSS JOIN record r ON r.id = s.record
WHERE EXISTS (SELECT 1 FROM revision v
    WHERE v.record = s.record AND v.number > 1)
UNION ALL
SELECT s.record, 'data_year', CAST (o.year AS TEXT)
FROM scheme s CROSS JOIN observation o ON o.record = s.record
WHERE o.year IS NOT NULL
UNION ALL
SELECT record, 'data_year', substr(status_date, 1, 4)
FROM scheme WHERE status_date IS NOT NULL
UNION ALL
SELECT record, 'completeness', CASE WHEN completeness < 40 THEN 'low'
    WHEN completeness < 70 THEN 'middle' ELSE 'high' END
FROM scheme_completeness;

-- The codes of a scheme in the words of an interface language.
CREATE VIEW scheme_label AS
SELECT s.record, l.lang AS ui, (SELECT label FROM code_label
        WHERE list = 'type' AND code = s.type AND lang = l.lang) AS type_label,
    (SELECT label FROM code_label WHERE list = 'basis'
        AND code = s.type_basis AND lang = l.lang) AS type_basis_label,
    (SELECT label FROM code_label WHERE list = 'basis'
        AND code = s.contingencies_basis AND lang = l.lang)
        AS contingencies_basis_label,
    (SELECT label FROM code_label WHERE list = 'status'
        AND code = s.status AND lang = l.lang) AS status_label,
    (SELECT label FROM code_label WHERE list = 'area_of_operation'
        AND code = s.area_of_operation AND lang = l.lang)
        AS area_of_operation_label,
    (SELECT label FROM code_label WHERE list = 'setting'
        AND code = s.setting AND lang = l.lang) AS setting_label,
    (SELECT label FROM code_label WHERE list = 'insurance_model'
        AND code = s.insurance_model AND lang = l.lang)
        AS insurance_model_label,
    (SELECT label FROM code_label WHERE list = 'membership_basis'
        AND code = s.membership_basis AND lang = l.lang)
        AS membership_basis_label,
    (SELECT label FROM code_label WHERE list = 'currency'
        AND code = s.contribution_currency AND lang = l.lang)
        AS currency_label,
    (SELECT label FROM code_label WHERE list = 'period'
        AND code = s.contribution_period AND lang = l.lang) AS period_label
FROM scheme s, language l;

-- A figure, and a source of a record, on one line each, for tables of data.
CREATE VIEW figure_words AS
SELECT record, ui, indicator_label || ': ' || coalesce(qualifier_label || ' ', '')
    || coalesce(number, missing_label) || coalesce(' ' || unit_label, '')
    || coalesce(' (' || year || ')', '') AS words
FROM figure_shown;

CREATE VIEW source_words AS
SELECT s.record, l.lang AS ui, coalesce(d.title, s.reference)
    || coalesce(', ' || coalesce(locator(s.place, l.lang), s.place), '') AS words
FROM language l, source s
LEFT JOIN shown d ON d.record = s.document AND d.ui = l.lang
WHERE s.observation IS NULL;

-- All that is known of a scheme on one line.
CREATE VIEW scheme_listed AS
SELECT l.ui, l.id, l.kind, l.slug, l.text_lang, l.other_lang, l.title,
    l.summary, l.url, l.updated, l.published,
    date_text(substr(l.updated, 1, 10), l.ui) AS updated_text,
    s.registry_id, s.name, s.acronym, s.country, n.label AS country_label,
    s.locality,
    s.latitude, s.longitude, coalesce(w.area, e.area, o.area) AS area, s.area_of_operation, s.setting, s.type,
    t.label AS type_label, s.type_basis, s.insurance_model, s.status,
    g.label AS status_label, s.status_date, s.year_started, s.year_stopped,
    coalesce(w.target_group, e.target_group, o.target_group) AS target_group,
    (SELECT group_concat(target_group, ';') FROM scheme_target_group
        WHERE record = l.id) AS target_groups, s.membership_basis,
    (SELECT group_concat(contingency, ';') FROM scheme_contingency
        WHERE record = l.id) AS contingencies, s.contingencies_basis,
    (SELECT group_concat(service, '; ') FROM scheme_service_shown v
        WHERE v.record = l.id AND v.ui = l.ui) AS services,
    s.contribution_amount, s.contribution_currency, s.contribution_period,
    s.contribution_usd,
    coalesce(w.contribution_covers, e.contribution_covers,
        o.contribution_covers) AS contribution_covers,
    coalesce(w.contribution_collection, e.contribution_collection,
        o.contribution_collection) AS contribution_collection,
    coalesce(w.contribution_shared, e.contribution_shared,
        o.contribution_shared) AS contribution_shared,
    coalesce(w.contribution_note, e.contribution_note,
        o.contribution_note) AS contribution_note,
    coalesce(w.financing, e.financing, o.financing) AS financing,
    (SELECT group_concat(x.title, '; ') FROM record_relation b
        JOIN shown x ON x.record = b.to_record AND x.ui = l.ui
            AND x.kind = 'organisation'
        WHERE b.from_record = l.id AND b.relation = 'support')
        AS supporting_organisations,
    z.value AS people, number_text(z.value, l.ui) AS people_text,
    z.indicator AS people_are, z.year AS people_year,
    (SELECT group_concat(words, '; ') FROM figure_words f
        WHERE f.record = l.id AND f.ui = l.ui) AS figures,
    (SELECT group_concat(words, '; ') FROM source_words v
        WHERE v.record = l.id AND v.ui = l.ui) AS sources,
    (SELECT completeness FROM scheme_completeness c
        WHERE c.record = l.id) AS completeness, s.website
FROM listed l
JOIN scheme s ON s.record = l.id
JOIN record r ON r.id = l.id
LEFT JOIN scheme_text w ON w.scheme = l.id AND w.lang = l.ui
LEFT JOIN scheme_text e ON e.scheme = l.id AND e.lang = 'en'
LEFT JOIN scheme_text o ON o.scheme = l.id AND o.lang = r.lang
LEFT JOIN scheme_size z ON z.record = l.id
LEFT JOIN code_label n ON n.list = 'country' AND n.code = s.country
    AND n.lang = l.ui
LEFT JOIN code_label t ON t.list = 'type' AND t.code = s.type
    AND t.lang = l.ui
LEFT JOIN code_label g ON g.list = 'status' AND g.code = s.status
    AND g.lang = l.ui;

-- Revisions with the names of who made them: NULL with an author is a member
-- who has left, NULL without one the site's own.  added is by how many
-- characters the record grew.
CREATE VIEW revision_told AS
SELECT v.rowid AS revision, v.record, v.number, v.time, v.state, v.comment,
    v.author, CASE WHEN m.status <> 'deleted' THEN m.name END AS author_name,
    v.reviewer, CASE WHEN w.status <> 'deleted' THEN w.name END AS reviewer_name,
    length(v.snapshot) - coalesce((SELECT length(b.snapshot) FROM revision b
	WHERE b.record = v.record AND b.number < v.number
	ORDER BY b.number DESC LIMIT 1), 0) AS added
FROM revision v
LEFT JOIN member m ON m.id = v.author
LEFT JOIN member w ON w.id = v.reviewer;

-- What counts as a change: all that members did, and what came in after the
-- site's first day.
CREATE VIEW revision_news AS
SELECT rowid AS revision, record, number, time, author, state
FROM revision WHERE author IS NOT NULL
UNION ALL
SELECT rowid, record, number, time, author, state FROM revision
WHERE author IS NULL
AND time >= (SELECT date(min(time), '+1 day') FROM revision);

-- The sets that a record belongs to, as OAI-PMH names them.
CREATE VIEW record_set AS
SELECT id AS record, 'type:' || kind AS spec FROM record
UNION ALL
SELECT record, 'type:document:' || doctype FROM document
UNION ALL
SELECT record, 'theme:' || theme FROM record_theme
UNION ALL
SELECT record, 'country:' || country FROM record_country
UNION ALL
SELECT record, 'lang:' || language FROM record_language;

-- Where records that were harvested are from: the repository, and what they are
-- called there.
CREATE VIEW record_origin AS
SELECT h.record, h.url AS repository, coalesce((SELECT s.name
    FROM harvest_source s WHERE s.url = h.url AND s.name IS NOT NULL), h.url) AS origin,
    h.url || CASE WHEN instr(h.url, '?') > 0 THEN '&' ELSE '?' END
    || 'verb=GetRecord&metadataPrefix=oai_dc&identifier='
    || url_part(h.identifier) AS origin_url,
    h.identifier, h.datestamp, h.harvested
FROM harvest_record h WHERE h.record IS NOT NULL;

-- What else a record is called; alias_lang is NULL where it is the same in every
-- language.
CREATE VIEW record_alias AS
SELECT record, name AS alias, lang AS alias_lang FROM term_name
WHERE use <> 'preferred'
UNION ALL
SELECT record, acronym, NULL FROM organisation WHERE acronym IS NOT NULL
UNION ALL
SELECT record, acronym, NULL FROM scheme WHERE acronym IS NOT NULL
UNION ALL
SELECT record, name, NULL FROM scheme_former_name
UNION ALL
SELECT record, name, NULL FROM scheme_other_name;

-- What a record is called in its own language, and where it is, for those who
-- read no language of the interface's.
CREATE VIEW record_called AS
SELECT r.id AS record, coalesce(
    (SELECT title FROM record_text WHERE record = r.id AND lang = r.lang),
    (SELECT title FROM record_text WHERE record = r.id AND lang = 'en'),
    (SELECT title FROM record_text WHERE record = r.id)) AS name,
    '/' || coalesce((SELECT lang FROM language WHERE lang = r.lang), 'en')
    || '/' || k.path || '/' || r.slug AS path
FROM record r
JOIN kind k ON k.kind = r.kind
WHERE r.status = 'published';

-- What a record as a whole is from, each once, whatever places in it are named;
-- a document is no source of its own.
CREATE VIEW source_named AS
SELECT s.record, s.document, s.reference FROM source s
WHERE s.observation IS NULL AND s.field IS NULL AND s.document IS NOT s.record
AND NOT EXISTS (SELECT 1 FROM source e
    WHERE e.record = s.record AND e.id < s.id AND e.document IS s.document
    AND e.reference IS s.reference AND e.observation IS NULL AND e.field IS NULL);

-- A record in the fifteen elements of Dublin Core: what HTML pages and OAI-PMH
-- say of it.  value_lang is the language of words that are in one.  Within an
-- element the rows are in order by place.  A value that begins with / is an
-- address of this site.  Ask for one record alone, by a number that is bound: so
-- it is sought in each part.
CREATE VIEW dublin_core AS
SELECT t.record, 'title' AS element, (t.lang IS NOT r.lang) + 1 AS place,
    t.title || CASE WHEN t.lang = r.lang
        THEN coalesce(': ' || (SELECT subtitle FROM document d
            WHERE d.record = t.record), '') ELSE '' END AS value,
    t.lang AS value_lang
FROM record_text t CROSS JOIN record r ON r.id = t.record
UNION ALL
SELECT a.record, 'creator', a.place,
    coalesce(family_name(a.name) || ', ' || given_name(a.name), a.name, (SELECT name FROM record_called c
        WHERE c.record = a.organisation)), NULL
FROM document_author a
WHERE a.name IS NOT NULL OR EXISTS (SELECT 1 FROM record o
    WHERE o.id = a.organisation AND o.status = 'published')
UNION ALL
SELECT t.record, 'subject', 1, l.label, l.lang
FROM record_theme t
CROSS JOIN code_label l ON l.list = 'theme' AND l.code = t.theme
UNION ALL
SELECT record, 'subject', 2, keyword, NULL FROM record_keyword
UNION ALL
SELECT record, 'description', 1, summary, lang FROM record_text
WHERE summary IS NOT NULL
UNION ALL
SELECT l.from_record, 'publisher', l.place,
    (SELECT name FROM record_called c WHERE c.record = o.id), NULL
FROM record_relation l
CROSS JOIN record o ON o.id = l.to_record AND o.status = 'published'
WHERE l.relation = 'publisher'
UNION ALL
SELECT l.from_record, 'contributor', l.place,
    (SELECT name FROM record_called c WHERE c.record = o.id), NULL
FROM record_relation l
CROSS JOIN record o ON o.id = l.to_record AND o.status = 'published'
WHERE l.relation IN ('support', 'run-by', 'involves')
UNION ALL
SELECT record, 'date', 1, coalesce(date, CAST (year AS TEXT)), NULL
FROM document WHERE coalesce(date, year) IS NOT NULL
UNION ALL
SELECT record, 'date', 1, date, NULL FROM event
UNION ALL
SELECT record, 'date', 1, CAST (year AS TEXT), NULL FROM convention
WHERE year IS NOT NULL
UNION ALL
SELECT id, 'date', 1, published, NULL FROM record
WHERE kind = 'news' AND published IS NOT NULL
UNION ALL
SELECT r.id, 'type', 1, CASE r.kind WHEN 'event' THEN 'Event'
    WHEN 'scheme' THEN 'Dataset' WHEN 'country' THEN 'Dataset'
    WHEN 'region' THEN 'Dataset' WHEN 'theme' THEN 'Collection'
    WHEN 'link' THEN 'InteractiveResource' ELSE 'Text' END, NULL
FROM record r
UNION ALL
SELECT r.id, 'type', 2, l.label, l.lang
FROM record r
CROSS JOIN code_label l ON l.list = 'kind' AND l.code = r.kind
WHERE r.kind <> 'document'
UNION ALL
SELECT d.record, 'type', 2, l.label, l.lang
FROM document d
CROSS JOIN code_label l ON l.list = 'doctype' AND l.code = d.doctype
UNION ALL
SELECT r.id, 'format', 1, 'text/html', NULL FROM record r
UNION ALL
SELECT d.record, 'format', 2, f.type, NULL
FROM document_file d CROSS JOIN file f ON f.sha256 = d.file
UNION ALL
SELECT record, 'identifier', 1, path, NULL FROM record_called
UNION ALL
SELECT record, 'identifier', 2, url, NULL FROM document WHERE url IS NOT NULL
UNION ALL
SELECT record, 'identifier', 2, url, NULL FROM link WHERE url IS NOT NULL
UNION ALL
SELECT record, 'identifier', 2, registry_id, NULL FROM scheme
WHERE registry_id IS NOT NULL
UNION ALL
SELECT record, 'identifier', 2 + place, url, NULL FROM document_file_shown
WHERE ui = 'en'
UNION ALL
SELECT record, 'source', 1, journal || coalesce(', ' || number, '')
    || coalesce(', ' || pages, ''), NULL
FROM document WHERE journal IS NOT NULL
UNION ALL
SELECT record, 'source', 2, reference, NULL FROM source_named
WHERE reference IS NOT NULL
UNION ALL
SELECT s.record, 'source', 3,
    (SELECT path FROM record_called c WHERE c.record = o.id), NULL
FROM source_named s
CROSS JOIN record o ON o.id = s.document AND o.status = 'published'
UNION ALL
SELECT record, 'language', 1, language, NULL FROM record_language
UNION ALL
SELECT l.from_record, 'relation', l.place,
    (SELECT path FROM record_called c WHERE c.record = o.id), NULL
FROM record_relation l
CROSS JOIN record o ON o.id = l.to_record AND o.status = 'published'
WHERE l.relation NOT IN ('publisher', 'support', 'run-by', 'involves')
UNION ALL
SELECT c.record, 'coverage', 1, l.label, l.lang
FROM record_country c
CROSS JOIN code_label l ON l.list = 'country' AND l.code = c.country
UNION ALL
SELECT record, 'coverage', 2, country, NULL FROM record_country;

-- A record as it is cited, once for each interface language (view/cited.h).
-- Several values stand in a column, each on a line; an author who is a person
-- is "family name, tab, given names".  What is NULL is the site's own: it is the
-- publisher, and its page the address.
CREATE VIEW cited AS
SELECT l.ui, l.id AS record, l.kind, l.slug, l.url AS page, l.text_lang,
    cite_type('ris', l.kind, d.doctype) AS ris,
    cite_type('bibtex', l.kind, d.doctype) AS bibtex,
    cite_type('csl', l.kind, d.doctype) AS csl,
    (SELECT label FROM code_label WHERE lang = l.ui
        AND list = CASE l.kind WHEN 'document' THEN 'doctype' ELSE 'kind' END
        AND code = CASE l.kind WHEN 'document' THEN d.doctype ELSE l.kind END)
        AS genre,
    l.title || coalesce(': ' || d.subtitle, '') AS title,
    coalesce(family_name(n.author) || char(9) || given_name(n.author), n.author,
        (SELECT group_concat(coalesce(family_name(name) || char(9) ||
            given_name(name), name), char(10))
        FROM document_author_name WHERE record = l.id AND ui = l.ui)) AS authors,
    CASE l.kind WHEN 'document' THEN coalesce(d.date, d.year)
        WHEN 'event' THEN e.date
        WHEN 'convention' THEN v.year
        WHEN 'news' THEN l.published
        ELSE substr(l.updated, 1, 10) END AS date,
    coalesce((SELECT title FROM shown WHERE record = n.organisation AND ui = l.ui),
        (SELECT group_concat(o.title, '; ') FROM record_relation b
        CROSS JOIN shown o ON o.record = b.to_record AND o.ui = l.ui
        WHERE b.from_record = l.id AND b.relation = 'publisher'
        AND l.kind = 'document')) AS publisher,
    coalesce(d.place, e.place) AS place, d.journal, d.series,
    coalesce(d.number, v.number) AS number, d.pages,
    coalesce(d.url, k.url, n.source_url) AS url,
    CASE WHEN d.url GLOB '*://doi.org/10.*' OR d.url GLOB '*://dx.doi.org/10.*'
        THEN substr(d.url, instr(d.url, 'doi.org/') + 8) END AS doi,
    coalesce((SELECT group_concat(language, char(10)) FROM document_language
        WHERE record = l.id), l.text_lang) AS language,
    l.summary AS abstract,
    (SELECT group_concat(keyword, char(10)) FROM record_keyword
        WHERE record = l.id) AS keywords,
    (SELECT url FROM document_file_shown WHERE record = l.id AND ui = l.ui
        ORDER BY place LIMIT 1) AS file
FROM listed l
LEFT JOIN document d ON d.record = l.id
LEFT JOIN event e ON e.record = l.id
LEFT JOIN convention v ON v.record = l.id
LEFT JOIN link k ON k.record = l.id
LEFT JOIN news n ON n.record = l.id;

-- Who can have a card in an address book (view/vcard.h), once for each interface
-- language: organisations, and experts who are available; what of an expert is
-- on the page, and nothing else.  Several values stand on a line each.
CREATE VIEW card AS
SELECT l.ui, l.id AS record, l.kind, l.slug, l.url AS page, l.title, l.summary,
    l.updated, CASE l.kind WHEN 'expert' THEN family_name(l.title) END AS family,
    given_name(l.title) AS given, e.position, w.title AS organisation, coalesce(o.city, e.city) AS city,
    coalesce(o.website, e.website) AS website,
    coalesce(CASE l.ui WHEN 'fr' THEN o.acronym_fr WHEN 'es' THEN o.acronym_es END,
        o.acronym) AS acronym,
    (SELECT CASE WHEN count(*) = 1 THEN max(c.label) END FROM record_country rc
        JOIN code_label c ON c.list = 'country' AND c.code = rc.country
            AND c.lang = l.ui WHERE rc.record = l.id) AS country,
    (SELECT group_concat(language, char(10)) FROM expert_language
        WHERE record = l.id) AS languages,
    (SELECT group_concat(label, char(10)) FROM (
        SELECT c.label FROM record_theme t JOIN code_label c ON c.list = 'theme'
            AND c.code = t.theme AND c.lang = l.ui WHERE t.record = l.id
        UNION ALL SELECT label FROM code_label WHERE list = 'organisation_type'
            AND code = o.organisation_type AND lang = l.ui)) AS categories
FROM listed l
LEFT JOIN organisation o ON o.record = l.id
LEFT JOIN expert e ON e.record = l.id
LEFT JOIN shown w ON w.record = e.organisation AND w.ui = l.ui
WHERE l.kind = 'organisation' OR (l.kind = 'expert' AND e.available = 1);

-- What an issue of the newsletter holds, in order, with the words about it in
-- the reader's language if there are any, else the issue's own, English, any.
CREATE VIEW newsletter_item_shown AS
SELECT i.record AS issue, x.ui, i.place, x.id AS record, x.kind, x.title,
    x.summary, x.url, x.other_lang, w.heading, w.note,
    nullif(w.lang, x.ui) AS words_lang
FROM newsletter_item i
JOIN listed x ON x.id = i.item
LEFT JOIN newsletter_item_text w ON w.newsletter_item = i.id
    AND w.lang = (SELECT lang FROM
        (SELECT t.lang, (t.lang = x.ui) * 4 + (t.lang IS r.lang) * 2
            + (t.lang = 'en') AS fit
         FROM newsletter_item_text t JOIN record r ON r.id = i.record
         WHERE t.newsletter_item = i.id) ORDER BY fit DESC, lang LIMIT 1);

-- The feeds there are beside those of searches, once for each interface
-- language.  One is of use where held(NULL, facet, value) is more than 0; facet
-- is NULL where it always is.
CREATE VIEW feed_offered AS
SELECT l.lang AS ui, 'lists' AS part, o.place AS place, c.label AS title,
    '/' || l.lang || '/' || k.path AS path, '' AS search, NULL AS facet,
    NULL AS value
FROM language l
JOIN code o ON o.list = 'kinds' AND o.code NOT IN ('region', 'page')
JOIN kind k ON k.kind = o.code
JOIN code_label c ON c.list = o.list AND c.code = o.code AND c.lang = l.lang
UNION ALL
SELECT s.ui, 'themes', 0, s.title, s.url, '', 'theme', r.slug
FROM shown s JOIN record r ON r.id = s.record WHERE s.kind = 'theme'
UNION ALL
SELECT c.lang, 'countries', 0, c.label, '/' || c.lang || '/countries/' || lower(c.code),
    '', 'country', c.code
FROM code_label c WHERE c.list = 'country'
UNION ALL
SELECT c.lang, 'languages', 0, c.label, '/' || c.lang || '/search',
    '?language=' || c.code, 'language', c.code
FROM code_label c WHERE c.list = 'language'
UNION ALL
SELECT s.ui, 'organisations', 0, s.title, s.url, '', 'organisation', r.slug
FROM shown s JOIN record r ON r.id = s.record WHERE s.kind = 'organisation';

-- An event as a calendar has it (view/icalendar.h), once for each interface
-- language.  One that was taken away is cancelled; its facets are still in
-- facet_value.  sequence is how often it was changed.
CREATE VIEW calendar AS
SELECT g.lang AS ui, r.id AS record, r.slug, r.status = 'archived' AS cancelled,
    e.date, e.date_end, e.place, t.title, t.summary, t.body_html,
    t.lang AS text_lang, '/' || g.lang || '/events/' || r.slug AS url, r.updated,
    coalesce((SELECT max(number) FROM revision v WHERE v.record = r.id), 1) - 1 AS sequence,
    (SELECT label FROM code_label c WHERE c.list = 'date_certainty'
        AND c.code = e.date_certainty AND c.lang = g.lang) AS certainty,
    (SELECT group_concat(c.label, ', ') FROM record_country rc
        JOIN code_label c ON c.list = 'country' AND c.code = rc.country
            AND c.lang = g.lang WHERE rc.record = r.id) AS country,
    (SELECT group_concat(label, char(10)) FROM (
        SELECT label FROM code_label c WHERE c.list = 'event_type'
            AND c.code = e.event_type AND c.lang = g.lang
        UNION ALL SELECT c.label FROM record_theme rt JOIN code_label c
            ON c.list = 'theme' AND c.code = rt.theme AND c.lang = g.lang
            WHERE rt.record = r.id)) AS categories
FROM language g
CROSS JOIN record r
CROSS JOIN event e ON e.record = r.id
CROSS JOIN record_text t ON t.id = (SELECT id FROM (SELECT b.id,
        (b.lang = g.lang) * 4 + (b.lang IS r.lang) * 2 + (b.lang = 'en') AS fit
        FROM record_text b WHERE b.record = r.id) ORDER BY fit DESC, id LIMIT 1)
WHERE r.kind = 'event' AND r.status IN ('published', 'archived');

-- What stands under what: terms that are part of others, and themes in their
-- trees.  Who would stand above itself does not.  The way up is written out in each
-- place, so that it begins at one concept.
CREATE VIEW concept_broader (record, broader) AS
SELECT e.from_record, e.to_record FROM record_relation e
CROSS JOIN record f ON f.id = e.from_record AND f.kind = 'term'
    AND f.status = 'published'
CROSS JOIN record t ON t.id = e.to_record AND t.kind = 'term'
    AND t.status = 'published'
WHERE e.relation = 'part-of' AND NOT EXISTS (
    WITH RECURSIVE above (id) AS (SELECT e.to_record
        UNION SELECT b.to_record FROM above CROSS JOIN record_relation b
            ON b.from_record = above.id AND b.relation = 'part-of'
        UNION SELECT u.theme FROM above CROSS JOIN theme_tree n
            ON n.theme = above.id CROSS JOIN theme_tree u ON u.id = n.parent)
    SELECT 1 FROM above WHERE id = e.from_record)
UNION ALL
SELECT e.theme, a.theme FROM theme_tree e
CROSS JOIN theme_tree a ON a.id = e.parent
CROSS JOIN record f ON f.id = e.theme AND f.status = 'published'
CROSS JOIN record t ON t.id = a.theme AND t.status = 'published'
WHERE NOT EXISTS (
    WITH RECURSIVE above (id) AS (SELECT a.theme
        UNION SELECT b.to_record FROM above CROSS JOIN record_relation b
            ON b.from_record = above.id AND b.relation = 'part-of'
        UNION SELECT u.theme FROM above CROSS JOIN theme_tree n
            ON n.theme = above.id CROSS JOIN theme_tree u ON u.id = n.parent)
    SELECT 1 FROM above WHERE id = e.theme);

-- A term or a theme as a concept of SKOS, a row for each thing that is said of
-- it: words in a language, or the address of another.  A concept has one address
-- in every language.  The places 1 to 3 are those of its names.
CREATE VIEW concept_told (record, place, predicate, value, value_lang, link) AS
SELECT record, 1, 'skos:prefLabel', title, lang, NULL FROM record_text
UNION ALL
SELECT n.record, CASE n.use WHEN 'acronym' THEN 3 ELSE 2 END, 'skos:altLabel',
    n.name, n.lang, NULL
FROM term_name n WHERE n.use <> 'preferred' AND NOT EXISTS (SELECT 1
    FROM record_text t WHERE t.record = n.record AND t.lang = n.lang
    AND t.title = n.name)
UNION ALL
SELECT record, 4, 'skos:definition', summary, lang, NULL FROM record_text
WHERE summary IS NOT NULL
UNION ALL
SELECT record, 5, 'skos:example', wording, lang, NULL FROM term_wording
UNION ALL
SELECT record, 6, 'skos:note', note, 'en', NULL FROM term WHERE note IS NOT NULL
UNION ALL
SELECT id, 7, 'skos:notation', slug, NULL, NULL FROM record
UNION ALL
SELECT r.id, 8, 'skos:inScheme', NULL, NULL, '/en/' || k.path
FROM record r CROSS JOIN kind k ON k.kind = r.kind
UNION ALL
SELECT r.id, 9, 'skos:topConceptOf', NULL, NULL, '/en/' || k.path
FROM record r CROSS JOIN kind k ON k.kind = r.kind
WHERE NOT EXISTS (SELECT 1 FROM concept_broader b WHERE b.record = r.id)
UNION ALL
SELECT b.record, 10, 'skos:broader', NULL, NULL,
    (SELECT '/en/' || k.path || '/' || r.slug FROM record r
        JOIN kind k ON k.kind = r.kind WHERE r.id = b.broader)
FROM concept_broader b
UNION ALL
SELECT b.broader, 11, 'skos:narrower', NULL, NULL,
    (SELECT '/en/' || k.path || '/' || r.slug FROM record r
        JOIN kind k ON k.kind = r.kind WHERE r.id = b.record)
FROM concept_broader b
UNION ALL
SELECT b.from_record, 12, 'skos:related', NULL, NULL, '/en/' || k.path || '/' || o.slug
FROM record_relation b
CROSS JOIN record s ON s.id = b.from_record
CROSS JOIN record o ON o.id = b.to_record AND o.kind = s.kind
    AND o.status = 'published' AND o.id <> s.id
CROSS JOIN kind k ON k.kind = o.kind
WHERE b.relation = 'related' AND NOT EXISTS (
    WITH RECURSIVE above (id) AS (SELECT s.id
        UNION SELECT d.to_record FROM above CROSS JOIN record_relation d
            ON d.from_record = above.id AND d.relation = 'part-of'
        UNION SELECT u.theme FROM above CROSS JOIN theme_tree n
            ON n.theme = above.id CROSS JOIN theme_tree u ON u.id = n.parent)
    SELECT 1 FROM above WHERE id = o.id)
AND NOT EXISTS (
    WITH RECURSIVE above (id) AS (SELECT o.id
        UNION SELECT d.to_record FROM above CROSS JOIN record_relation d
            ON d.from_record = above.id AND d.relation = 'part-of'
        UNION SELECT u.theme FROM above CROSS JOIN theme_tree n
            ON n.theme = above.id CROSS JOIN theme_tree u ON u.id = n.parent)
    SELECT 1 FROM above WHERE id = s.id)
UNION ALL
SELECT b.to_record, 12, 'skos:related', NULL, NULL, '/en/' || k.path || '/' || o.slug
FROM record_relation b
CROSS JOIN record s ON s.id = b.to_record
CROSS JOIN record o ON o.id = b.from_record AND o.kind = s.kind
    AND o.status = 'published' AND o.id <> s.id
CROSS JOIN kind k ON k.kind = o.kind
WHERE b.relation = 'related' AND NOT EXISTS (
    WITH RECURSIVE above (id) AS (SELECT s.id
        UNION SELECT d.to_record FROM above CROSS JOIN record_relation d
            ON d.from_record = above.id AND d.relation = 'part-of'
        UNION SELECT u.theme FROM above CROSS JOIN theme_tree n
            ON n.theme = above.id CROSS JOIN theme_tree u ON u.id = n.parent)
    SELECT 1 FROM above WHERE id = o.id)
AND NOT EXISTS (
    WITH RECURSIVE above (id) AS (SELECT o.id
        UNION SELECT d.to_record FROM above CROSS JOIN record_relation d
            ON d.from_record = above.id AND d.relation = 'part-of'
        UNION SELECT u.theme FROM above CROSS JOIN theme_tree n
            ON n.theme = above.id CROSS JOIN theme_tree u ON u.id = n.parent)
    SELECT 1 FROM above WHERE id = s.id)
UNION ALL
SELECT t.record, 13, 'dct:subject', NULL, NULL, '/en/themes/' || t.theme
FROM record_theme t CROSS JOIN record o ON o.kind = 'theme'
    AND o.slug = t.theme AND o.status = 'published' AND o.id <> t.record;
