-- Odoo's own base tables: companies, users, modules, parameters, and PostgreSQL sequences as
-- ir.sequence makes them.

CREATE TABLE res_company (
  id serial PRIMARY KEY,
  name varchar NOT NULL,
  partner_id integer NOT NULL,
  currency_id integer NOT NULL,
  sequence integer,
  create_uid integer,
  create_date timestamp without time zone,
  write_uid integer,
  write_date timestamp without time zone,
  CONSTRAINT res_company_name_uniq UNIQUE (name)
);
COMMENT ON TABLE res_company IS 'Companies';

INSERT INTO res_company (name, partner_id, currency_id, sequence, create_uid, create_date, write_uid, write_date)
VALUES ('Ministry of Social Protection', 1, 1, 0, 1, '2024-01-15 02:00:00', 1, '2024-01-15 02:00:00');

CREATE TABLE res_users (
  id serial PRIMARY KEY,
  company_id integer NOT NULL,
  partner_id integer NOT NULL,
  active boolean DEFAULT true,
  login varchar NOT NULL,
  password varchar,
  signature text,
  share boolean,
  notification_type varchar NOT NULL,
  create_uid integer,
  create_date timestamp without time zone,
  write_uid integer,
  write_date timestamp without time zone,
  CONSTRAINT res_users_login_key UNIQUE (login),
  CONSTRAINT res_users_notification_type CHECK (((notification_type)::text = 'email'::text) OR NOT share)
);
COMMENT ON TABLE res_users IS 'User';
COMMENT ON COLUMN res_users.login IS 'Used to log into the system: it''s a "login"';

INSERT INTO res_users (company_id, partner_id, active, login, password, signature, share, notification_type,
                       create_uid, create_date, write_uid, write_date)
SELECT 1, n, n <> 1,
       CASE n WHEN 1 THEN '__system__' WHEN 2 THEN 'admin' ELSE format('officer%s@example.org', n) END,
       '$pbkdf2-sha512$600000$' || md5(n::text) || '$' || md5((-n)::text),
       CASE WHEN n % 3 = 0 THEN '' WHEN n % 3 = 1 THEN format('<p>--<br/>Officer %s</p>', n) END,
       false, 'email', 1, pg_temp.moment(n, 1), 1, pg_temp.moment(n, 2)
FROM generate_series(1, 20) AS n;

CREATE TABLE ir_module_module (
  id serial PRIMARY KEY,
  name varchar NOT NULL CONSTRAINT ir_module_module_name_uniq UNIQUE,
  state varchar(16),
  latest_version varchar,
  author varchar,
  shortdesc jsonb,
  summary jsonb,
  license varchar(32),
  application boolean,
  auto_install boolean,
  create_uid integer,
  create_date timestamp without time zone,
  write_uid integer,
  write_date timestamp without time zone
);
CREATE INDEX ir_module_module__state_index ON ir_module_module (state);

INSERT INTO ir_module_module (name, state, latest_version, author, shortdesc, summary, license, application,
                              auto_install, create_uid, create_date, write_uid, write_date)
SELECT name, CASE WHEN number <= 12 THEN 'installed' ELSE 'uninstalled' END,
       CASE WHEN number <= 12 THEN '19.0.1.' || number END,
       CASE WHEN name LIKE 'spp%' THEN 'OpenSPP.org' ELSE 'Odoo S.A.' END,
       jsonb_build_object('en_US', name, 'fr_FR', 'Module « ' || name || ' »'), NULL, 'LGPL-3',
       name IN ('spp_registry', 'spp_programs'), number % 4 = 0, 1, pg_temp.moment(number, 3), 1, pg_temp.moment(number, 4)
FROM unnest(ARRAY['base', 'web', 'mail', 'contacts', 'phone_validation', 'spp_base', 'spp_registry', 'spp_area',
                  'spp_programs', 'spp_security', 'spp_audit', 'spp_gis', 'spp_farmer_registry', 'spp_dci',
                  'spp_grievance', 'account', 'stock', 'l10n_generic_coa', 'theme_default', 'x_custom'])
  WITH ORDINALITY AS module (name, number);

CREATE TABLE ir_config_parameter (
  id serial PRIMARY KEY,
  key varchar NOT NULL CONSTRAINT ir_config_parameter_key_uniq UNIQUE,
  value text NOT NULL,
  create_uid integer,
  create_date timestamp without time zone,
  write_uid integer,
  write_date timestamp without time zone
);

INSERT INTO ir_config_parameter (key, value, create_uid, create_date, write_uid, write_date)
SELECT key, value, 1, pg_temp.moment(number, 5), 1, pg_temp.moment(number, 6)
FROM (VALUES (1, 'database.uuid', '5f1d0c9e-7a3b-4f0e-9a51-0c7b6f2d9e11'),
             (2, 'database.secret', md5('the seed''s own secret')),
             (3, 'database.create_date', '2024-01-15 02:00:00'),
             (4, 'web.base.url', 'https://openspp.example.org/?a=1&b=%20'),
             (5, 'spp.empty', ''),
             (6, 'spp.with_newline', E'first line\nsecond line\r\n\\.\n'),
             (7, 'mail.catchall.domain', 'example.org')) AS parameter (number, key, value);

-- ir.sequence's "standard" implementation is a PostgreSQL sequence per record.
CREATE SEQUENCE ir_sequence_001 INCREMENT BY 10 START WITH 1000;
SELECT nextval('ir_sequence_001') FROM generate_series(1, 7);
CREATE SEQUENCE ir_sequence_002;
CREATE SEQUENCE ir_sequence_003 INCREMENT BY -1 MINVALUE -1000000 MAXVALUE -1 START WITH -1 CYCLE;
SELECT nextval('ir_sequence_003') FROM generate_series(1, 5);
CREATE SEQUENCE ir_sequence_004 AS smallint CACHE 20 MAXVALUE 30000;
SELECT setval('ir_sequence_004', 1, false);
COMMENT ON SEQUENCE ir_sequence_002 IS 'never called';
