-- A scheme in full: what a registry entry holds beyond 002-kinds.sql.  Codes
-- are of the lists that data/kind_scheme.c names.  Money stands beside the
-- currency it is in; what is not known is NULL, never 0.

-- Identification.  The registry's own number is given once and never again.
ALTER TABLE scheme ADD COLUMN registry_id TEXT
	CHECK (registry_id GLOB 'SCH-[A-Z][A-Z][A-Z]-[0-9][0-9][0-9][0-9]*');
ALTER TABLE scheme ADD COLUMN official_name TEXT;	-- in the local language, as registered

CREATE UNIQUE INDEX scheme_registry_id ON scheme (registry_id)
WHERE registry_id IS NOT NULL;

-- Place.  precision says what the coordinates are those of.
ALTER TABLE scheme ADD COLUMN admin1 TEXT;
ALTER TABLE scheme ADD COLUMN admin1_code TEXT;		-- ISO 3166-2
ALTER TABLE scheme ADD COLUMN admin2 TEXT;
ALTER TABLE scheme ADD COLUMN admin2_code TEXT;
ALTER TABLE scheme ADD COLUMN precision TEXT;
ALTER TABLE scheme ADD COLUMN localities_served INTEGER CHECK (localities_served >= 0);

-- Life cycle.  A scheme that stopped has a year, or a reason why there is none.
ALTER TABLE scheme ADD COLUMN year_initiated INTEGER;
ALTER TABLE scheme ADD COLUMN year_initiated_about INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scheme ADD COLUMN year_started_about INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scheme ADD COLUMN year_stopped_missing TEXT CHECK (year_stopped_missing IN
	('not-collected', 'not-available', 'confidential', 'not-applicable'));
ALTER TABLE scheme ADD COLUMN stop_reason TEXT;

-- Type and institution.
ALTER TABLE scheme ADD COLUMN legal_form TEXT;
ALTER TABLE scheme ADD COLUMN registration TEXT;	-- the number it is registered under
ALTER TABLE scheme ADD COLUMN supervisor TEXT;		-- the authority that watches over it
ALTER TABLE scheme ADD COLUMN legislation TEXT;		-- the law it comes under
ALTER TABLE scheme ADD COLUMN ownership TEXT;
ALTER TABLE scheme ADD COLUMN management_model TEXT;
ALTER TABLE scheme ADD COLUMN assemblies_per_year REAL CHECK (assemblies_per_year >= 0);
ALTER TABLE scheme ADD COLUMN leaders INTEGER CHECK (leaders >= 0);	-- elected
ALTER TABLE scheme ADD COLUMN leaders_women INTEGER CHECK (leaders_women >= 0);
ALTER TABLE scheme ADD COLUMN staff REAL CHECK (staff >= 0);	-- full-time equivalents
ALTER TABLE scheme ADD COLUMN volunteers INTEGER CHECK (volunteers >= 0);
ALTER TABLE scheme ADD COLUMN management_tool TEXT;

-- Population.  counting_unit says what "members" counts.
ALTER TABLE scheme ADD COLUMN enrolment_unit TEXT;
ALTER TABLE scheme ADD COLUMN counting_unit TEXT;
ALTER TABLE scheme ADD COLUMN age_min INTEGER CHECK (age_min BETWEEN 0 AND 150);
ALTER TABLE scheme ADD COLUMN age_max INTEGER CHECK (age_max BETWEEN 0 AND 150);
ALTER TABLE scheme ADD COLUMN dependants_max INTEGER CHECK (dependants_max >= 0);
ALTER TABLE scheme ADD COLUMN women_only INTEGER CHECK (women_only IN (0, 1));

-- Who bears the risk, and with what behind.
ALTER TABLE scheme ADD COLUMN risk_carrier TEXT;
ALTER TABLE scheme ADD COLUMN insurer INTEGER REFERENCES record;	-- in the directory
ALTER TABLE scheme ADD COLUMN insurer_name TEXT;		-- or by name
ALTER TABLE scheme ADD COLUMN insurer_licence TEXT;
ALTER TABLE scheme ADD COLUMN reinsurance TEXT;
ALTER TABLE scheme ADD COLUMN reinsurer INTEGER REFERENCES record;
ALTER TABLE scheme ADD COLUMN reinsurer_name TEXT;
ALTER TABLE scheme ADD COLUMN reserve_months REAL CHECK (reserve_months >= 0);

-- The same in words, by language.
ALTER TABLE scheme_text ADD COLUMN eligibility TEXT;
ALTER TABLE scheme_text ADD COLUMN dependants TEXT;
ALTER TABLE scheme_text ADD COLUMN gender_strategy TEXT;
ALTER TABLE scheme_text ADD COLUMN reinsurance_terms TEXT;
ALTER TABLE scheme_text ADD COLUMN reserves_policy TEXT;

-- Names it had, and others it goes by.
CREATE TABLE scheme_former_name (
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	name		TEXT NOT NULL,
	PRIMARY KEY (record, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_other_name (
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	name		TEXT NOT NULL,
	PRIMARY KEY (record, name)
) STRICT, WITHOUT ROWID;

-- Sets of codes: what makes it difficult, who began it, what governs it, whom
-- it is for.
CREATE TABLE scheme_difficulty (
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	difficulty	TEXT NOT NULL,
	PRIMARY KEY (record, difficulty)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_initiator (
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	initiator	TEXT NOT NULL,
	PRIMARY KEY (record, initiator)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_organ (
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	organ		TEXT NOT NULL,
	PRIMARY KEY (record, organ)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_target_group (
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	target_group	TEXT NOT NULL,
	PRIMARY KEY (record, target_group)
) STRICT, WITHOUT ROWID;

-- A product: a plan of benefits that one can join.  Studies count products
-- apart from schemes, so a scheme of one plan has one product.
CREATE TABLE scheme_product (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	name		TEXT NOT NULL,
	package_type	TEXT,
	benefit_mode	TEXT,
	currency	TEXT,			-- of all money below
	coinsurance	REAL CHECK (coinsurance BETWEEN 0 AND 100),	-- percent the insured pays
	copayment	REAL CHECK (copayment >= 0),	-- a fixed sum each time
	deductible	REAL CHECK (deductible >= 0),	-- paid first, before anything is covered
	ceiling_act	REAL CHECK (ceiling_act >= 0),	-- the most that is paid for …
	ceiling_episode	REAL CHECK (ceiling_episode >= 0),
	ceiling_person	REAL CHECK (ceiling_person >= 0),
	ceiling_household REAL CHECK (ceiling_household >= 0),
	ceiling_year	REAL CHECK (ceiling_year >= 0),
	waiting_months	REAL CHECK (waiting_months >= 0),
	waiting_maternity REAL CHECK (waiting_maternity >= 0),	-- months, too
	prior_authorisation INTEGER CHECK (prior_authorisation IN (0, 1)),
	referral_required INTEGER CHECK (referral_required IN (0, 1))
) STRICT;

CREATE INDEX scheme_product_record ON scheme_product (record, place);

CREATE TABLE scheme_product_text (
	scheme_product	INTEGER NOT NULL REFERENCES scheme_product ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	description	TEXT,
	exclusions	TEXT,
	PRIMARY KEY (scheme_product, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_contingency (
	product		INTEGER NOT NULL REFERENCES scheme_product ON DELETE CASCADE,
	contingency	TEXT NOT NULL,
	PRIMARY KEY (product, contingency)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_level (
	product		INTEGER NOT NULL REFERENCES scheme_product ON DELETE CASCADE,
	level_of_care	TEXT NOT NULL,
	PRIMARY KEY (product, level_of_care)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_exclusion (
	product		INTEGER NOT NULL REFERENCES scheme_product ON DELETE CASCADE,
	exclusion	TEXT NOT NULL,
	PRIMARY KEY (product, exclusion)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_prevention (
	product		INTEGER NOT NULL REFERENCES scheme_product ON DELETE CASCADE,
	prevention	TEXT NOT NULL,
	PRIMARY KEY (product, prevention)
) STRICT, WITHOUT ROWID;

-- A benefit line: one service of a product, and how much of it is paid.
CREATE TABLE product_benefit (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL REFERENCES scheme_product ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	service		TEXT NOT NULL,
	covered		INTEGER CHECK (covered IN (0, 1)),
	rate		REAL CHECK (rate BETWEEN 0 AND 100),	-- percent the scheme pays
	tariff_basis	TEXT,			-- of what
	ceiling		REAL CHECK (ceiling >= 0),	-- in the product's currency
	waiting_months	REAL CHECK (waiting_months >= 0),
	max_per_year	REAL CHECK (max_per_year >= 0)	-- acts, or days
) STRICT;

CREATE INDEX product_benefit_product ON product_benefit (product, place);

CREATE TABLE product_benefit_text (
	product_benefit	INTEGER NOT NULL REFERENCES product_benefit ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	note		TEXT,
	PRIMARY KEY (product_benefit, lang)
) STRICT, WITHOUT ROWID;

-- What a product costs its members.  Older contributions stay, with the day
-- they ended; size_min and size_max are persons in a household.
CREATE TABLE product_contribution (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL REFERENCES scheme_product ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	amount		REAL CHECK (amount >= 0),
	percent		REAL CHECK (percent >= 0),	-- of income, or of the loan
	currency	TEXT,			-- of that date
	period		TEXT,
	basis		TEXT,
	size_min	INTEGER CHECK (size_min >= 1),
	size_max	INTEGER CHECK (size_max >= size_min),
	joining_fee	REAL CHECK (joining_fee >= 0),
	card_fee	REAL CHECK (card_fee >= 0),
	renewal_fee	REAL CHECK (renewal_fee >= 0),
	valid_from	TEXT,
	valid_to	TEXT,
	grace_days	INTEGER CHECK (grace_days >= 0),
	solidarity	TEXT,
	usd_rate	REAL CHECK (usd_rate > 0),	-- units of the currency for one dollar
	usd_date	TEXT				-- … on this day
) STRICT;

CREATE INDEX product_contribution_product ON product_contribution (product, place);

CREATE TABLE product_contribution_text (
	product_contribution INTEGER NOT NULL REFERENCES product_contribution ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	sanction	TEXT,
	note		TEXT,
	PRIMARY KEY (product_contribution, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE contribution_collection (
	contribution	INTEGER NOT NULL REFERENCES product_contribution ON DELETE CASCADE,
	collection_mode	TEXT NOT NULL,
	PRIMARY KEY (contribution, collection_mode)
) STRICT, WITHOUT ROWID;

-- Who pays which part of a contribution.
CREATE TABLE contribution_share (
	contribution	INTEGER NOT NULL REFERENCES product_contribution ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	payer		TEXT NOT NULL,
	percent		REAL NOT NULL CHECK (percent BETWEEN 0 AND 100),
	PRIMARY KEY (contribution, place),
	UNIQUE (contribution, payer)
) STRICT, WITHOUT ROWID;

-- Those who care for the insured, by name or as many of a kind.
CREATE TABLE scheme_provider (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	name		TEXT,
	organisation	INTEGER REFERENCES record,	-- in the directory
	number		INTEGER CHECK (number >= 1),	-- how many, if this is not one
	level_of_care	TEXT,
	ownership	TEXT,
	locality	TEXT,
	contract	TEXT,
	contract_start	TEXT,
	tariff		TEXT,
	discount	REAL CHECK (discount BETWEEN 0 AND 100),
	medical_adviser	INTEGER CHECK (medical_adviser IN (0, 1)),
	settlement_days	REAL CHECK (settlement_days >= 0),
	CHECK (name IS NOT NULL OR organisation IS NOT NULL OR level_of_care IS NOT NULL)
) STRICT;

CREATE INDEX scheme_provider_record ON scheme_provider (record, place);

CREATE TABLE scheme_provider_text (
	scheme_provider	INTEGER NOT NULL REFERENCES scheme_provider ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	quality		TEXT,
	PRIMARY KEY (scheme_provider, lang)
) STRICT, WITHOUT ROWID;

-- Who supports it, in what way, from when to when and with how much.  That
-- somebody does, and no more, is a relation (record_relation).
CREATE TABLE scheme_supporter (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	organisation	INTEGER REFERENCES record,
	name		TEXT,
	role		TEXT,
	date_from	TEXT,
	date_to		TEXT,
	amount		REAL CHECK (amount >= 0),
	currency	TEXT,
	CHECK (name IS NOT NULL OR organisation IS NOT NULL)
) STRICT;

CREATE INDEX scheme_supporter_record ON scheme_supporter (record, place);
CREATE INDEX scheme_supporter_organisation ON scheme_supporter (organisation)
WHERE organisation IS NOT NULL;

CREATE TABLE scheme_supporter_text (
	scheme_supporter INTEGER NOT NULL REFERENCES scheme_supporter ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	note		TEXT,
	PRIMARY KEY (scheme_supporter, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE scheme_subsidy (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	type		TEXT NOT NULL,		-- list 'subsidy'
	organisation	INTEGER REFERENCES record,
	name		TEXT,			-- of who pays, if not in the directory
	amount		REAL CHECK (amount >= 0),
	currency	TEXT,
	year		INTEGER,
	tapering	INTEGER CHECK (tapering IN (0, 1))	-- becomes less by and by
) STRICT;

CREATE INDEX scheme_subsidy_record ON scheme_subsidy (record, place);

CREATE TABLE scheme_subsidy_text (
	scheme_subsidy	INTEGER NOT NULL REFERENCES scheme_subsidy ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	note		TEXT,
	PRIMARY KEY (scheme_subsidy, lang)
) STRICT, WITHOUT ROWID;

-- What it is tied to: social security, a public programme, a federation …
CREATE TABLE scheme_linkage (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	linkage		TEXT NOT NULL,
	organisation	INTEGER REFERENCES record,
	name		TEXT
) STRICT;

CREATE INDEX scheme_linkage_record ON scheme_linkage (record, place);

CREATE TABLE scheme_linkage_text (
	scheme_linkage	INTEGER NOT NULL REFERENCES scheme_linkage ON DELETE CASCADE,
	lang		TEXT NOT NULL,
	note		TEXT,
	PRIMARY KEY (scheme_linkage, lang)
) STRICT, WITHOUT ROWID;

-- Whom to ask.  E-mail, telephone and address are kept, but neither shown nor
-- exported before the day the person agreed to it (data/withhold.h).
CREATE TABLE scheme_contact (
	id		INTEGER PRIMARY KEY,
	record		INTEGER NOT NULL REFERENCES scheme ON DELETE CASCADE,
	place		INTEGER NOT NULL,
	name		TEXT,
	function	TEXT,
	organisation	TEXT,
	email		TEXT CHECK (email GLOB '?*@?*.?*'),
	telephone	TEXT,
	address		TEXT,
	consent		TEXT,			-- ISO 8601
	CHECK (name IS NOT NULL OR function IS NOT NULL OR organisation IS NOT NULL)
) STRICT;

CREATE INDEX scheme_contact_record ON scheme_contact (record, place);

-- A yearly figure may be of one product or one service, is counted by some
-- method and, if it is money, is of a currency and a fiscal year.
ALTER TABLE observation ADD COLUMN product TEXT;	-- its name
ALTER TABLE observation ADD COLUMN service TEXT;
ALTER TABLE observation ADD COLUMN method TEXT;
ALTER TABLE observation ADD COLUMN currency TEXT;
ALTER TABLE observation ADD COLUMN fiscal_year_end TEXT;	-- ISO 8601

-- What a source is, and how far one can rely on it.
ALTER TABLE source ADD COLUMN type TEXT;		-- list 'source_type'
ALTER TABLE source ADD COLUMN author TEXT;
ALTER TABLE source ADD COLUMN date TEXT;
ALTER TABLE source ADD COLUMN url TEXT CHECK (url GLOB 'http://*' OR url GLOB 'https://*');
ALTER TABLE source ADD COLUMN archive_url TEXT
	CHECK (archive_url GLOB 'http://*' OR archive_url GLOB 'https://*');
ALTER TABLE source ADD COLUMN confidence TEXT;
ALTER TABLE source ADD COLUMN language TEXT;
ALTER TABLE source ADD COLUMN licence TEXT;

-- How much of the core of a record is there, group by group: counted from its
-- description whenever it is stored (data/complete.h).
CREATE TABLE record_group (
	record		INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
	field_group	TEXT NOT NULL,
	place		INTEGER NOT NULL,
	filled		INTEGER NOT NULL,
	asked		INTEGER NOT NULL,
	PRIMARY KEY (record, field_group)
) STRICT, WITHOUT ROWID;
