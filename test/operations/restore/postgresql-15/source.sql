-- What openspp_20230101_020000.dump holds. It was made once, by PostgreSQL 15.18 with PostGIS 3.3.2 of Debian 12:
--   createuser odoo && createdb openspp && psql -v ON_ERROR_STOP=1 -f source.sql openspp
--   pg_dump -Fc -Z9 -f openspp_20230101_020000.dump openspp
CREATE EXTENSION postgis;
CREATE EXTENSION postgis_topology;
CREATE EXTENSION fuzzystrmatch;
CREATE EXTENSION postgis_tiger_geocoder;
CREATE EXTENSION unaccent;
ALTER FUNCTION unaccent(text) IMMUTABLE;
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) VALUES (990001, 'country', 1, 'LOCAL_CS["country"]', '');
GRANT CREATE, USAGE ON SCHEMA public TO odoo;
SET ROLE odoo;
CREATE TABLE res_partner (
    id serial PRIMARY KEY, name varchar NOT NULL, is_group bool NOT NULL DEFAULT false,
    born date, income numeric(12, 2), tags jsonb, place geometry(Point, 4326), slug text GENERATED ALWAYS AS (lower(name)) STORED
);
CREATE INDEX res_partner_name_index ON res_partner (unaccent(name));
CREATE INDEX res_partner_place_index ON res_partner USING gist (place);
INSERT INTO res_partner (name, is_group, born, income, tags, place)
SELECT 'Régistrant ' || n, n % 10 = 0, date '1950-01-01' + n * 7, n * 1.5, jsonb_build_object('n', n, 'half', n / 2.0),
    ST_SetSRID(ST_MakePoint(n % 180, n % 90), 4326)
FROM generate_series(1, 200) n;
CREATE TABLE spp_entitlement (id bigint GENERATED ALWAYS AS IDENTITY, partner_id int REFERENCES res_partner, paid date NOT NULL) PARTITION BY RANGE (paid);
CREATE TABLE spp_entitlement_2022 PARTITION OF spp_entitlement FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
INSERT INTO spp_entitlement (partner_id, paid) SELECT n, date '2022-01-01' + n FROM generate_series(1, 200) n;
CREATE VIEW spp_group AS SELECT id, name FROM res_partner WHERE is_group;
CREATE FUNCTION spp_touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.tags := NEW.tags || '{"touched": true}'; RETURN NEW; END $$;
CREATE TRIGGER spp_touch BEFORE UPDATE ON res_partner FOR EACH ROW EXECUTE FUNCTION spp_touch();
UPDATE res_partner SET income = income + 1 WHERE is_group;
SELECT lo_from_bytea(0, 'a large object');
COMMENT ON TABLE res_partner IS 'Registrants';
RESET ROLE;
