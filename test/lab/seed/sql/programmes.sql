-- Programmes, who is enrolled in them, and what they are entitled to.

CREATE TABLE spp_program (
  id serial PRIMARY KEY,
  name varchar NOT NULL,
  description jsonb,
  company_id integer REFERENCES res_company ON DELETE SET NULL,
  target_type varchar,
  state varchar NOT NULL DEFAULT 'draft',
  date_ended date,
  active boolean DEFAULT true,
  create_uid integer REFERENCES res_users ON DELETE SET NULL,
  create_date timestamp without time zone,
  CONSTRAINT spp_program_state_check CHECK (state IN ('draft', 'active', 'ended', 'cancelled'))
);
INSERT INTO spp_program (name, description, company_id, target_type, state, date_ended, create_uid, create_date)
SELECT name, CASE WHEN number % 2 = 0 THEN jsonb_build_object('en_US', name) END, 1, CASE WHEN number = 3 THEN 'group' ELSE 'individual' END,
       CASE WHEN number = 5 THEN 'ended' ELSE 'active' END, CASE WHEN number = 5 THEN date '2024-12-31' END, 2, pg_temp.moment(number, 40)
FROM unnest(ARRAY['Cash transfer', 'School feeding', 'Aide d''urgence', 'Old-age pension', 'Farm inputs']) WITH ORDINALITY AS program (name, number);

CREATE TABLE spp_program_membership (
  id serial PRIMARY KEY,
  partner_id integer NOT NULL,
  program_id integer NOT NULL,
  state varchar,
  enrollment_date date,
  exit_date date,
  create_uid integer,
  create_date timestamp without time zone
);
INSERT INTO spp_program_membership (partner_id, program_id, state, enrollment_date, exit_date, create_uid, create_date)
SELECT n + 100, 1 + n % 5, pg_temp.one_of(n, 41, ARRAY['draft', 'enrolled', 'enrolled', 'paused', 'exited']),
       pg_temp.moment(n, 42)::date, CASE WHEN n % 31 = 0 THEN date '2025-01-01' END, 1 + pg_temp.pick(n, 43, 20), pg_temp.moment(n, 42)
FROM generate_series(1, pg_temp.registrants()) AS n;
CREATE UNIQUE INDEX spp_program_membership_unique ON spp_program_membership (partner_id, program_id);
ALTER TABLE spp_program_membership
  ADD CONSTRAINT spp_program_membership_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES res_partner ON DELETE CASCADE,
  ADD CONSTRAINT spp_program_membership_program_id_fkey FOREIGN KEY (program_id) REFERENCES spp_program ON DELETE CASCADE;

CREATE TABLE spp_entitlement (
  id serial PRIMARY KEY,
  partner_id integer NOT NULL,
  program_id integer NOT NULL,
  code varchar,
  state varchar(12) NOT NULL,
  initial_amount numeric NOT NULL,
  used_amount numeric,
  balance numeric GENERATED ALWAYS AS (initial_amount - COALESCE(used_amount, 0)) STORED,
  is_spent boolean GENERATED ALWAYS AS (used_amount >= initial_amount) VIRTUAL,
  valid_from date,
  valid_until date,
  create_date timestamp without time zone,
  CONSTRAINT spp_entitlement_state_check CHECK (state IN ('draft', 'done'))
);
INSERT INTO spp_entitlement (partner_id, program_id, code, state, initial_amount, used_amount, valid_from, valid_until, create_date)
SELECT n + 100, 1 + n % 5, upper(left(md5(n::text), 10)), CASE WHEN n % 3 = 0 THEN 'draft' ELSE 'done' END, amount,
       CASE WHEN n % 4 = 0 THEN amount WHEN n % 4 = 1 THEN round(amount / 3, 2) END,
       starts, starts + 90, pg_temp.moment(n, 44)
FROM (SELECT n, (500 + pg_temp.pick(n, 45, 950000) / 100.0)::numeric(10, 2) AS amount, date '2024-01-01' + pg_temp.pick(n, 46, 365)::integer AS starts
      FROM generate_series(1, pg_temp.registrants()) AS n WHERE n % 10 < 6) AS granted;
CREATE INDEX spp_entitlement__partner_id_index ON spp_entitlement (partner_id);
CREATE INDEX spp_entitlement_draft_index ON spp_entitlement (program_id, valid_until DESC NULLS LAST) INCLUDE (initial_amount) WHERE state = 'draft';
ALTER TABLE spp_entitlement
  ADD CONSTRAINT spp_entitlement_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES res_partner ON DELETE CASCADE,
  ADD CONSTRAINT spp_entitlement_program_id_fkey FOREIGN KEY (program_id) REFERENCES spp_program ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;

-- The same IN list over a varchar in a view: PostgreSQL prints both differently after a dump and a restore.
CREATE VIEW spp_open_entitlement AS
  SELECT id, partner_id, balance, is_spent FROM spp_entitlement WHERE state IN ('draft', 'done') AND balance > 0;
COMMENT ON VIEW spp_open_entitlement IS 'What is still to be paid';

CREATE MATERIALIZED VIEW spp_program_summary AS
  SELECT program_id, state, count(*) AS entitlements, sum(balance) AS balance FROM spp_entitlement GROUP BY program_id, state;
CREATE UNIQUE INDEX spp_program_summary_key ON spp_program_summary (program_id, state);
CREATE MATERIALIZED VIEW spp_program_forecast AS
  SELECT program_id, avg(initial_amount) AS mean FROM spp_entitlement GROUP BY program_id
  WITH NO DATA;
-- A materialised view over a view and another materialised view: the order of refreshing matters.
CREATE MATERIALIZED VIEW spp_reporting.open_by_program AS
  SELECT summary.program_id, summary.entitlements, opened.balance
  FROM public.spp_program_summary AS summary
  JOIN (SELECT program_id, sum(e.balance) AS balance FROM public.spp_open_entitlement AS opened JOIN public.spp_entitlement AS e USING (id) GROUP BY program_id) AS opened USING (program_id);

-- An empty table with everything a full one has.
CREATE TABLE spp_grievance (
  id serial PRIMARY KEY,
  partner_id integer REFERENCES res_partner ON DELETE CASCADE,
  subject varchar,
  opened timestamp without time zone
);
CREATE INDEX spp_grievance__partner_id_index ON spp_grievance (partner_id);
