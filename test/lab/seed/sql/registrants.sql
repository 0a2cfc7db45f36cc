-- res_partner: the company, its users, and the registrants, one in ten of them a group.

CREATE TABLE res_partner (
  id serial PRIMARY KEY,
  company_id integer,
  create_date timestamp without time zone,
  name varchar,
  parent_id integer,
  user_id integer,
  state_id integer,
  country_id integer,
  industry_id integer,
  color integer,
  commercial_partner_id integer,
  create_uid integer,
  write_uid integer,
  complete_name varchar,
  ref varchar,
  lang varchar,
  tz varchar,
  vat varchar,
  company_registry varchar,
  website varchar,
  function varchar,
  type varchar,
  street varchar,
  street2 varchar,
  zip varchar,
  city varchar,
  email varchar,
  phone varchar,
  commercial_company_name varchar,
  company_name varchar,
  barcode jsonb,
  comment text,
  partner_latitude numeric(10, 7),
  partner_longitude numeric(10, 7),
  active boolean,
  employee boolean,
  is_company boolean,
  partner_share boolean,
  write_date timestamp without time zone,
  message_bounce integer,
  email_normalized varchar,
  signup_type varchar,
  phone_sanitized varchar,
  properties jsonb,
  is_registrant boolean,
  is_group boolean,
  given_name varchar,
  family_name varchar,
  addl_name varchar,
  birthdate date,
  birthdate_not_exact boolean,
  birth_place varchar,
  gender varchar,
  civil_status varchar,
  occupation varchar,
  income double precision,
  registration_date date,
  disabled timestamp without time zone,
  area_id integer,
  spp_id uuid,
  coordinates geometry(Point, 4326),
  CONSTRAINT res_partner_check_name CHECK ((((type)::text = 'contact'::text) AND (name IS NOT NULL)) OR ((type)::text <> 'contact'::text))
);
COMMENT ON TABLE res_partner IS 'Contact';
COMMENT ON COLUMN res_partner.spp_id IS 'Registrant ID';

INSERT INTO res_partner (id, company_id, create_date, name, complete_name, commercial_partner_id, create_uid, write_uid,
                         lang, tz, type, email, email_normalized, active, is_company, partner_share, write_date,
                         is_registrant, is_group, barcode, comment)
SELECT n, CASE WHEN n > 1 THEN 1 END, pg_temp.moment(n, 11), name, name, n, 1, 1, 'en_US', 'Asia/Manila', 'contact',
       format('office%s@example.org', n), format('office%s@example.org', n), n <> 2, n = 1, false, pg_temp.moment(n, 12),
       false, false, '{}', CASE WHEN n % 2 = 0 THEN '' END
FROM generate_series(1, 20) AS n,
     LATERAL (SELECT CASE n WHEN 1 THEN 'Ministry of Social Protection' WHEN 2 THEN 'OdooBot' ELSE format('Officer %s', n) END) AS named (name);

-- Innermost what a person is, then what follows from it, then the row.
INSERT INTO res_partner (id, create_date, name, country_id, color, commercial_partner_id, create_uid, write_uid, complete_name,
                         ref, lang, tz, type, street, zip, city, email, phone, active, employee, is_company,
                         partner_share, write_date, message_bounce, email_normalized, phone_sanitized, properties,
                         is_registrant, is_group, given_name, family_name, addl_name, birthdate, birthdate_not_exact,
                         gender, civil_status, occupation, income, registration_date, disabled, area_id, spp_id, coordinates)
SELECT id, created, name, 176, 0, id, 1 + pg_temp.pick(n, 13, 20), 1 + pg_temp.pick(n, 14, 20), name,
       format('REG/%s', lpad(n::text, 8, '0')), CASE WHEN n % 11 = 0 THEN 'fr_FR' ELSE 'en_US' END, 'Asia/Manila', 'contact',
       CASE WHEN n % 2 = 0 THEN format('%s %s Street', 1 + pg_temp.pick(n, 15, 900), family) END,
       lpad(pg_temp.pick(n, 16, 10000)::text, 4, '0'), CASE WHEN n % 4 = 0 THEN '' ELSE pg_temp.one_of(n, 17, ARRAY['Quezon', 'Davao', 'Cebu', 'Iloilo', 'Parañaque', 'Las Piñas']) END,
       email, phone, n % 97 > 0, false, false, true, created + pg_temp.pick(n, 18, 86400) * interval '1 second', 0, email, phone,
       CASE WHEN n % 2 = 0 THEN jsonb_build_object('household_size', 1 + pg_temp.pick(n, 19, 9), 'roof', pg_temp.one_of(n, 20, ARRAY['iron', 'nipa', 'concrete'])) END,
       true, is_group, given, family, middle,
       CASE WHEN NOT is_group THEN date '1930-01-01' + pg_temp.pick(n, 21, 33000)::integer END, n % 17 = 0,
       CASE WHEN NOT is_group THEN pg_temp.one_of(n, 22, ARRAY['male', 'female']) END,
       CASE WHEN NOT is_group THEN pg_temp.one_of(n, 23, ARRAY['single', 'married', 'widowed']) END,
       CASE WHEN n % 5 = 0 THEN pg_temp.one_of(n, 24, ARRAY['farmer', 'fisher', 'vendor', 'sans emploi']) END,
       pg_temp.pick(n, 25, 1000000) / 7.0, created::date, CASE WHEN n % 97 = 0 THEN created + interval '90 days' END,
       1 + pg_temp.pick(n, 26, pg_temp.areas()), md5(n::text)::uuid,
       CASE WHEN n % 10 < 7 THEN ST_SetSRID(ST_MakePoint(118 + pg_temp.pick(n, 27, 7000000) / 1e6, 6 + pg_temp.pick(n, 28, 12000000) / 1e6), 4326) END
FROM (SELECT n, n + 100 AS id, n % 10 = 0 AS is_group, given, family, middle, pg_temp.moment(n, 29) AS created,
             CASE WHEN n % 10 = 0 THEN format('%s Household', family) ELSE trim(format('%s, %s %s', upper(family COLLATE pg_c_utf8), given, middle)) END AS name,
             CASE WHEN n % 6 = 0 THEN format('r%s@example.org', n) END AS email,
             CASE WHEN n % 2 = 0 THEN format('+639%s', lpad(pg_temp.pick(n, 30, 1000000000)::text, 9, '0')) END AS phone
      FROM (SELECT n,
                   pg_temp.one_of(n, 31, ARRAY['Maria', 'José', 'Juan', 'Ana', 'Zoë', 'Nguyễn', 'Amina', 'Łukasz', 'Fatou', 'সুমন', 'O''Neil', 'Björk', 'Rosa', 'Pedro', 'Chloé', 'Samuel']) AS given,
                   pg_temp.one_of(n, 32, ARRAY['Santos', 'Reyes', 'dela Cruz', 'Bautista', 'Ocampo', 'García', 'Núñez', 'Mendoza', 'Diallo', 'Traoré', 'D''Souza', 'Ibáñez', 'Öztürk', 'Villanueva', 'Peña', 'Aquino']) AS family,
                   CASE WHEN n % 13 = 0 THEN '' WHEN n % 3 = 0 THEN pg_temp.one_of(n, 33, ARRAY['Abad', 'Belén', 'Cañete', 'Domingo', 'Estrada', 'Fàbregas', 'Gil', 'Hernández', 'Ignacio', 'Jacinto', 'Katigbak', 'López']) END AS middle
            FROM generate_series(1, pg_temp.registrants()) AS n) AS person) AS registrant;

-- Ahead of max(id): rows were deleted and transactions rolled back, as in any real life.
SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner) + 1234);

-- Odoo's unaccent is STABLE as PostgreSQL ships it, and an index needs an immutable function.
CREATE FUNCTION spp_unaccent(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, value) $$;
COMMENT ON FUNCTION spp_unaccent(text) IS 'unaccent() that an index may use';

CREATE INDEX res_partner__parent_id_index ON res_partner (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX res_partner__complete_name_index ON res_partner (complete_name);
CREATE INDEX res_partner__ref_index ON res_partner (ref);
CREATE INDEX res_partner__area_id_index ON res_partner (area_id);
CREATE INDEX res_partner_email_lower_index ON res_partner (lower((email)::text)) WHERE email IS NOT NULL;
CREATE INDEX res_partner__family_name_index ON res_partner USING gin (spp_unaccent((family_name)::text) gin_trgm_ops);
CREATE INDEX res_partner_coordinates_index ON res_partner USING gist (coordinates) WHERE is_group;
CREATE UNIQUE INDEX res_partner_group_spp_id_uniq ON res_partner (spp_id) WHERE is_group;
CREATE STATISTICS res_partner_place (dependencies, ndistinct) ON city, zip FROM res_partner;
ALTER TABLE res_partner ALTER COLUMN family_name SET STATISTICS 500;

ALTER TABLE res_partner
  ADD CONSTRAINT res_partner_company_id_fkey FOREIGN KEY (company_id) REFERENCES res_company ON DELETE SET NULL,
  ADD CONSTRAINT res_partner_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES res_partner ON DELETE SET NULL,
  ADD CONSTRAINT res_partner_commercial_partner_id_fkey FOREIGN KEY (commercial_partner_id) REFERENCES res_partner ON DELETE SET NULL,
  ADD CONSTRAINT res_partner_user_id_fkey FOREIGN KEY (user_id) REFERENCES res_users ON DELETE SET NULL,
  ADD CONSTRAINT res_partner_create_uid_fkey FOREIGN KEY (create_uid) REFERENCES res_users ON DELETE SET NULL,
  ADD CONSTRAINT res_partner_write_uid_fkey FOREIGN KEY (write_uid) REFERENCES res_users ON DELETE SET NULL,
  ADD CONSTRAINT res_partner_area_id_fkey FOREIGN KEY (area_id) REFERENCES spp_area ON DELETE SET NULL;
ALTER TABLE res_users
  ADD CONSTRAINT res_users_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES res_partner ON DELETE RESTRICT,
  ADD CONSTRAINT res_users_company_id_fkey FOREIGN KEY (company_id) REFERENCES res_company ON DELETE RESTRICT,
  ADD CONSTRAINT res_users_create_uid_fkey FOREIGN KEY (create_uid) REFERENCES res_users ON DELETE SET NULL;
ALTER TABLE res_company
  ADD CONSTRAINT res_company_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES res_partner ON DELETE RESTRICT;

-- A many-to-many table as Odoo makes them.
CREATE TABLE res_groups_users_rel (
  gid integer NOT NULL,
  uid integer NOT NULL REFERENCES res_users ON DELETE CASCADE,
  PRIMARY KEY (gid, uid)
);
COMMENT ON TABLE res_groups_users_rel IS 'RELATION BETWEEN res_groups AND res_users';
CREATE INDEX ON res_groups_users_rel (uid, gid);
INSERT INTO res_groups_users_rel SELECT gid, uid FROM generate_series(1, 8) AS gid, generate_series(1, 20) AS uid WHERE (gid * uid) % 3 > 0;
