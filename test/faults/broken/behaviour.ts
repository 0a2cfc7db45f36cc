import { seenBy } from "../fault.ts";

const after = (definition: string) =>
  `DROP TRIGGER g_after ON g_person; CREATE TRIGGER g_after ${definition}; COMMENT ON TRIGGER g_after ON g_person IS 'A trigger'`;
const policy = (definition: string) =>
  `DROP POLICY g_policy ON g_secret; CREATE POLICY g_policy ON g_secret ${definition}; COMMENT ON POLICY g_policy ON g_secret IS 'A policy'`;

/** Triggers, rules, policies and views. */
export const BEHAVIOUR = seenBy("structure", [
  ["a trigger is missing", "DROP TRIGGER g_after ON g_person"],
  [
    "a trigger more",
    "CREATE TRIGGER g_more AFTER DELETE ON g_swap FOR EACH ROW EXECUTE FUNCTION g_trigger()",
  ],
  [
    "a trigger fires before and did after",
    after(
      "BEFORE INSERT OR UPDATE OF name ON g_person FOR EACH ROW WHEN (NEW.age > 18) EXECUTE FUNCTION g_trigger('one', 'two')",
    ),
  ],
  [
    "a trigger fires at another event",
    after(
      "AFTER INSERT OR DELETE ON g_person FOR EACH ROW EXECUTE FUNCTION g_trigger('one', 'two')",
    ),
  ],
  [
    "a trigger watches another column",
    after(
      "AFTER INSERT OR UPDATE OF state ON g_person FOR EACH ROW WHEN (NEW.age > 18) EXECUTE FUNCTION g_trigger('one', 'two')",
    ),
  ],
  [
    "a trigger fires for each statement",
    after(
      "AFTER INSERT OR UPDATE OF name ON g_person FOR EACH STATEMENT EXECUTE FUNCTION g_trigger('one', 'two')",
    ),
  ],
  [
    "a trigger has another condition",
    after(
      "AFTER INSERT OR UPDATE OF name ON g_person FOR EACH ROW WHEN (NEW.age >= 18) EXECUTE FUNCTION g_trigger('one', 'two')",
    ),
  ],
  [
    "a trigger has no condition",
    after(
      "AFTER INSERT OR UPDATE OF name ON g_person FOR EACH ROW EXECUTE FUNCTION g_trigger('one', 'two')",
    ),
  ],
  [
    "a trigger calls another function",
    after(
      "AFTER INSERT OR UPDATE OF name ON g_person FOR EACH ROW WHEN (NEW.age > 18) EXECUTE FUNCTION x_raise('one', 'two')",
    ),
  ],
  [
    "a trigger has other arguments",
    after(
      "AFTER INSERT OR UPDATE OF name ON g_person FOR EACH ROW WHEN (NEW.age > 18) EXECUTE FUNCTION g_trigger('one', 'Two')",
    ),
  ],
  [
    "a trigger's arguments are joined",
    after(
      "AFTER INSERT OR UPDATE OF name ON g_person FOR EACH ROW WHEN (NEW.age > 18) EXECUTE FUNCTION g_trigger('one, two')",
    ),
  ],
  ["a trigger's comment is missing", "COMMENT ON TRIGGER g_after ON g_person IS NULL"],
  ["a trigger is disabled", "ALTER TABLE g_person DISABLE TRIGGER g_after"],
  [
    "a trigger is enabled and was disabled",
    "ALTER TABLE x_audited ENABLE TRIGGER x_audited_disabled",
  ],
  ["a trigger fires always", "ALTER TABLE g_person ENABLE ALWAYS TRIGGER g_after"],
  ["a trigger fires on a replica", "ALTER TABLE g_person ENABLE REPLICA TRIGGER g_after"],
  [
    "a trigger has another transition table",
    "DROP TRIGGER g_tables ON g_person; CREATE TRIGGER g_tables AFTER UPDATE ON g_person REFERENCING OLD TABLE AS old_row NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION g_trigger()",
  ],
  [
    "a constraint trigger is deferred no more",
    "DROP TRIGGER g_deferred ON g_person; CREATE CONSTRAINT TRIGGER g_deferred AFTER DELETE ON g_person DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION g_trigger()",
  ],
  ["a rule is missing", "DROP RULE g_rule ON g_swap"],
  [
    "a rule has another condition",
    "CREATE OR REPLACE RULE g_rule AS ON DELETE TO g_swap WHERE OLD.id >= 5 DO ALSO UPDATE g_swap SET note = 'gone' WHERE id = OLD.id - 1",
  ],
  [
    "a rule subtracts otherwise",
    "CREATE OR REPLACE RULE g_rule AS ON DELETE TO g_swap WHERE OLD.id > 5 DO ALSO UPDATE g_swap SET note = 'gone' WHERE id = OLD.id + -1",
  ],
  [
    "a rule acts instead",
    "CREATE OR REPLACE RULE g_rule AS ON DELETE TO g_swap WHERE OLD.id > 5 DO INSTEAD UPDATE g_swap SET note = 'gone' WHERE id = OLD.id - 1",
  ],
  ["a rule is disabled", "ALTER TABLE g_swap DISABLE RULE g_rule"],
  ["a rule's comment is missing", "COMMENT ON RULE g_rule ON g_swap IS NULL"],
  ["a policy is missing", "DROP POLICY g_policy ON g_secret"],
  ["a policy is for another role", "ALTER POLICY g_policy ON g_secret TO openspp_auditor"],
  ["a policy is for everybody", "ALTER POLICY g_policy ON g_secret TO PUBLIC"],
  [
    "a policy is for another command",
    policy("FOR ALL TO openspp_reader USING (author = CURRENT_USER) WITH CHECK (id > 0)"),
  ],
  [
    "a policy is restrictive",
    policy(
      "AS RESTRICTIVE FOR UPDATE TO openspp_reader USING (author = CURRENT_USER) WITH CHECK (id > 0)",
    ),
  ],
  ["a policy shows other rows", "ALTER POLICY g_policy ON g_secret USING (author = SESSION_USER)"],
  ["a policy takes other rows", "ALTER POLICY g_policy ON g_secret WITH CHECK (id >= 0)"],
  ["a policy's comment is missing", "COMMENT ON POLICY g_policy ON g_secret IS NULL"],
  ["row security is off", "ALTER TABLE g_secret DISABLE ROW LEVEL SECURITY"],
  ["row security does not hold for the owner", "ALTER TABLE g_secret NO FORCE ROW LEVEL SECURITY"],
  ["row security is on and was off", "ALTER TABLE g_twin_one ENABLE ROW LEVEL SECURITY"],
  ["a view is missing", "DROP VIEW g_view"],
  [
    "a view shows other rows",
    "CREATE OR REPLACE VIEW g_view WITH (security_barrier = true, security_invoker = true) AS SELECT id, name, age FROM g_person WHERE age >= 18",
  ],
  ["a view has no security barrier", "ALTER VIEW g_view RESET (security_barrier)"],
  ["a view runs with its owner's rights", "ALTER VIEW g_view SET (security_invoker = false)"],
  ["a view checks only itself", "ALTER VIEW g_check_view SET (check_option = local)"],
  ["a view's column has another default", "ALTER VIEW g_view ALTER COLUMN age SET DEFAULT 22"],
  ["a view's comment is missing", "COMMENT ON VIEW g_view IS NULL"],
  ["a view's column has no comment", "COMMENT ON COLUMN g_view.age IS NULL"],
  [
    "a view reads another schema's table of the same name",
    "CREATE SCHEMA g_other; CREATE TABLE g_other.g_person AS SELECT * FROM g_person; CREATE OR REPLACE VIEW g_view WITH (security_barrier = true, security_invoker = true) AS SELECT id, name, age FROM g_other.g_person WHERE age > 18",
  ],
  ["a materialized view has no data", "REFRESH MATERIALIZED VIEW g_materialized WITH NO DATA"],
  ["a materialized view lacks its index", "DROP INDEX g_materialized_state"],
  [
    "a materialized view has another query",
    "DROP MATERIALIZED VIEW g_materialized; CREATE MATERIALIZED VIEW g_materialized AS SELECT state, count(id) AS people FROM g_person GROUP BY state; CREATE UNIQUE INDEX g_materialized_state ON g_materialized (state); COMMENT ON MATERIALIZED VIEW g_materialized IS 'A materialized view'",
  ],
  [
    "a materialized view's comment is missing",
    "COMMENT ON MATERIALIZED VIEW g_materialized IS NULL",
  ],
]);
