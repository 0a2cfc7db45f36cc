-- What runs by itself: functions, triggers, rules; and what a restore must not let run.

-- Fired at a restore, this would change every row: the counter, the letters, and a line in the log.
CREATE TABLE x_audited (id integer PRIMARY KEY, name text, writes integer NOT NULL DEFAULT 0);
CREATE TABLE x_audit_log (id serial PRIMARY KEY, audited_id integer, what text);
INSERT INTO x_audited SELECT n, format('Mixed Case %s', n), 1000 + n FROM generate_series(1, 30) AS n;

CREATE FUNCTION x_audit() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  NEW.name := upper(NEW.name);
  NEW.writes := COALESCE(NEW.writes, 0) + 1;
  INSERT INTO x_audit_log (audited_id, what) VALUES (NEW.id, TG_OP || ' it''s $1');
  RETURN NEW;
END
$body$;
COMMENT ON FUNCTION x_audit() IS 'Counts writes';
CREATE TRIGGER x_audited_audit BEFORE INSERT OR UPDATE ON x_audited FOR EACH ROW EXECUTE FUNCTION x_audit();
CREATE TRIGGER x_audited_disabled AFTER INSERT ON x_audited FOR EACH ROW EXECUTE FUNCTION x_audit();
ALTER TABLE x_audited DISABLE TRIGGER x_audited_disabled;
CREATE TRIGGER "Only when, its name changes" BEFORE UPDATE OF name ON x_audited FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION x_audit();
COMMENT ON TRIGGER x_audited_audit ON x_audited IS 'Must not fire at a restore';
UPDATE x_audited SET name = 'renamed' WHERE id = 1;

CREATE FUNCTION x_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'this table is closed'; END $$;
CREATE TABLE x_closed (id integer PRIMARY KEY);
INSERT INTO x_closed VALUES (1), (2);
CREATE TRIGGER x_closed_raise BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON x_closed FOR EACH STATEMENT EXECUTE FUNCTION x_raise();

-- A check that reads its argument through a function, and a function whose body PostgreSQL keeps parsed.
CREATE FUNCTION x_is_code(value text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN value ~ '^[A-Z]{2}[0-9]*$'; END $$;
CREATE TABLE x_coded (code text PRIMARY KEY CHECK (public.x_is_code(code)));
INSERT INTO x_coded SELECT 'AB' || n FROM generate_series(1, 25) AS n;
CREATE FUNCTION x_count_coded(prefix text DEFAULT 'A', VARIADIC rest text[] DEFAULT '{}') RETURNS bigint STABLE
  BEGIN ATOMIC SELECT count(*) FROM x_coded WHERE starts_with(code, prefix); END;
CREATE PROCEDURE x_recode(INOUT done integer DEFAULT 0) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN done := done + 1; END $$;
CREATE AGGREGATE x_product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.texteq);
CREATE TEXT SEARCH CONFIGURATION x_simple (COPY = pg_catalog.simple);

-- A view that one can write to: by a rule, and by a trigger.
CREATE VIEW x_audited_name AS SELECT id, name FROM x_audited;
CREATE RULE x_audited_name_insert AS ON INSERT TO x_audited_name DO INSTEAD
  INSERT INTO x_audited (id, name) VALUES (NEW.id, NEW.name);
CREATE VIEW x_coded_view WITH (security_barrier = true, check_option = local) AS SELECT code FROM x_coded WHERE code LIKE 'AB%';
CREATE VIEW x_event_view AS SELECT id, kind FROM spp_event;
CREATE TRIGGER x_event_view_insert INSTEAD OF INSERT ON x_event_view FOR EACH ROW EXECUTE FUNCTION x_raise();
CREATE TABLE x_ruled (id integer PRIMARY KEY, note text);
INSERT INTO x_ruled VALUES (1, 'before the rule');
CREATE RULE x_ruled_log AS ON INSERT TO x_ruled DO ALSO INSERT INTO x_audit_log (audited_id, what) VALUES (NEW.id, 'by the rule');

-- Rows that not everyone may see; FORCE holds for the owner too.
CREATE TABLE x_case_note (id integer PRIMARY KEY, author text, note text);
INSERT INTO x_case_note SELECT n, CASE WHEN n % 2 = 0 THEN 'openspp_reader' ELSE 'odoo' END, format('note %s', n) FROM generate_series(1, 40) AS n;
ALTER TABLE x_case_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY x_case_note_own ON x_case_note FOR SELECT TO openspp_reader USING (author = current_user);
CREATE POLICY "No, one deletes" ON x_case_note AS RESTRICTIVE FOR DELETE USING (false);
COMMENT ON POLICY x_case_note_own ON x_case_note IS 'Each their own';
CREATE TABLE x_case_secret (id integer PRIMARY KEY, secret text);
INSERT INTO x_case_secret SELECT n, md5(n::text) FROM generate_series(1, 40) AS n;
ALTER TABLE x_case_secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY x_case_secret_few ON x_case_secret USING (id <= 10);

GRANT USAGE ON SCHEMA spp_reporting TO openspp_reader;
GRANT SELECT ON spp_area, spp_program, spp_open_entitlement, spp_program_summary, x_case_note, spp_reporting.indicator TO openspp_reader;
GRANT SELECT (id, name), UPDATE (color) ON res_partner TO openspp_reader;
GRANT USAGE, SELECT ON SEQUENCE ir_sequence_001 TO openspp_reader WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION x_count_coded TO openspp_reader;
REVOKE EXECUTE ON FUNCTION x_is_code(text) FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA spp_reporting GRANT SELECT ON TABLES TO openspp_reader;
