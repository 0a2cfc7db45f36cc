import { seenBy } from "../fault.ts";

const replaced = (name: string, definition: string, table = "g_person") =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${definition}`;

/** Constraints and indexes. */
export const CONSTRAINTS = seenBy("structure", [
  ["(a AND b) OR c is a AND (b OR c)", replaced("g_person_abc", "CHECK (a AND (b OR c))")],
  [
    "'cancelled' is 'can celled' in a check",
    replaced("g_valid_state", "CHECK (state IN ('draft', 'can celled', 'done'))", "g_valid"),
  ],
  [
    "LIKE 'AB%' is LIKE 'AB %' in a check",
    replaced("g_valid_code", "CHECK (code LIKE 'AB %')", "g_valid"),
  ],
  [
    "a check lacks one of its values",
    replaced("g_valid_state", "CHECK (state IN ('draft', 'cancelled'))", "g_valid"),
  ],
  [
    "a check compares as another type",
    replaced("g_valid_positive", "CHECK (id::bigint > 0)", "g_valid"),
  ],
  ["a check is missing", "ALTER TABLE g_valid DROP CONSTRAINT g_valid_positive"],
  ["a check more", "ALTER TABLE g_valid ADD CHECK (id <> 7)"],
  [
    "a check has another name",
    "ALTER TABLE g_valid RENAME CONSTRAINT g_valid_positive TO g_valid_above_zero",
  ],
  [
    "a check is not validated and was",
    replaced("g_valid_positive", "CHECK (id > 0) NOT VALID", "g_valid"),
  ],
  ["a check is validated and was not", "ALTER TABLE g_valid VALIDATE CONSTRAINT g_valid_later"],
  ["a check is enforced and was not", replaced("g_valid_never", "CHECK (id < 50)", "g_valid")],
  [
    "a check is not enforced and was",
    replaced("g_valid_positive", "CHECK (id > 0) NOT ENFORCED", "g_valid"),
  ],
  [
    "a check is not inherited and was",
    replaced("g_valid_positive", "CHECK (id > 0) NO INHERIT", "g_valid"),
  ],
  [
    "a NOT NULL has another name",
    "ALTER TABLE g_person RENAME CONSTRAINT g_person_age TO g_person_age_not_null",
  ],
  [
    "a NOT NULL is not validated",
    "ALTER TABLE g_person ALTER age DROP NOT NULL; ALTER TABLE g_person ADD CONSTRAINT g_person_age NOT NULL age NOT VALID",
  ],
  [
    "a NOT NULL is not inherited",
    "ALTER TABLE g_person ALTER age DROP NOT NULL; ALTER TABLE g_person ADD CONSTRAINT g_person_age NOT NULL age NO INHERIT",
  ],
  ["a primary key is missing", "ALTER TABLE g_secret DROP CONSTRAINT g_secret_pkey"],
  [
    "a primary key is deferrable",
    replaced("g_secret_pkey", "PRIMARY KEY (id) DEFERRABLE", "g_secret"),
  ],
  [
    "a primary key has its columns in another order",
    replaced("g_range_pkey", "PRIMARY KEY (day, id)", "g_range"),
  ],
  [
    "a unique key takes NULLs apart",
    replaced("g_person_code_key", "UNIQUE (code, name) INCLUDE (age)"),
  ],
  [
    "a unique key does not include a column",
    replaced("g_person_code_key", "UNIQUE NULLS NOT DISTINCT (code, name)"),
  ],
  [
    "a unique key is an index only",
    "ALTER TABLE g_person DROP CONSTRAINT g_person_code_key; CREATE UNIQUE INDEX g_person_code_key ON g_person (code, name) INCLUDE (age) NULLS NOT DISTINCT",
  ],
  [
    "an exclusion has another operator",
    replaced(
      "x_constraint_no_overlap",
      "EXCLUDE USING gist (during WITH =) WHERE (room = 'main')",
      "x_constraint",
    ),
  ],
  [
    "an exclusion holds for other rows",
    replaced(
      "x_constraint_no_overlap",
      "EXCLUDE USING gist (during WITH &&) WHERE (room = 'Main')",
      "x_constraint",
    ),
  ],
  ["a foreign key is missing", "ALTER TABLE g_person DROP CONSTRAINT g_person_parent"],
  [
    "a foreign key deletes and did set null",
    replaced(
      "g_person_parent",
      "FOREIGN KEY (parent_id) REFERENCES g_person (id) ON DELETE CASCADE DEFERRABLE",
    ),
  ],
  [
    "a foreign key updates and did not",
    replaced(
      "g_person_parent",
      "FOREIGN KEY (parent_id) REFERENCES g_person (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE",
    ),
  ],
  [
    "a foreign key matches in full",
    replaced(
      "g_person_parent",
      "FOREIGN KEY (parent_id) REFERENCES g_person (id) MATCH FULL ON DELETE SET NULL DEFERRABLE",
    ),
  ],
  [
    "a foreign key is not deferrable",
    "ALTER TABLE g_person ALTER CONSTRAINT g_person_parent NOT DEFERRABLE",
  ],
  [
    "a foreign key is deferred at first",
    "ALTER TABLE g_person ALTER CONSTRAINT g_person_parent DEFERRABLE INITIALLY DEFERRED",
  ],
  [
    "a foreign key is not enforced",
    "ALTER TABLE g_person ALTER CONSTRAINT g_person_parent NOT ENFORCED",
  ],
  ["the foreign keys of a table are not checked any more", "ALTER TABLE x_egg DISABLE TRIGGER ALL"],
  [
    "a foreign key is not validated",
    replaced(
      "g_person_parent",
      "FOREIGN KEY (parent_id) REFERENCES g_person (id) ON DELETE SET NULL DEFERRABLE NOT VALID",
    ),
  ],
  [
    "a foreign key points at another table",
    `CREATE TABLE x_hen_again (id integer PRIMARY KEY);
    INSERT INTO x_hen_again SELECT id FROM x_hen;
    ${replaced("x_egg_hen_id_fkey", "FOREIGN KEY (hen_id) REFERENCES x_hen_again (id)", "x_egg")}`,
  ],
  ["a constraint's comment is missing", "COMMENT ON CONSTRAINT g_person_abc ON g_person IS NULL"],
  ["an index is missing", "DROP INDEX g_person_lower"],
  ["an index more", "CREATE INDEX g_person_more ON g_person (flag)"],
  [
    "an index has another method",
    "DROP INDEX g_person_hash; CREATE INDEX g_person_hash ON g_person (code)",
  ],
  [
    "an index has another operator class",
    `DROP INDEX g_person_plain; CREATE INDEX g_person_plain ON g_person (plain, name COLLATE "POSIX")`,
  ],
  [
    "an index has another collation",
    "DROP INDEX g_person_plain; CREATE INDEX g_person_plain ON g_person (plain text_pattern_ops, name)",
  ],
  [
    "an index holds for other rows",
    "DROP INDEX g_person_lower; CREATE INDEX g_person_lower ON g_person (lower(plain)) WITH (fillfactor = 60) WHERE age >= 18",
  ],
  [
    "an index has another expression",
    "DROP INDEX g_person_lower; CREATE INDEX g_person_lower ON g_person (upper(plain)) WITH (fillfactor = 60) WHERE age > 18",
  ],
  [
    "an index is not unique",
    "DROP INDEX g_person_unique; CREATE INDEX g_person_unique ON g_person (age DESC NULLS LAST) INCLUDE (name) WHERE state = 'draft'",
  ],
  [
    "an index sorts the other way",
    "DROP INDEX g_person_unique; CREATE UNIQUE INDEX g_person_unique ON g_person (age NULLS LAST) INCLUDE (name) WHERE state = 'draft'",
  ],
  [
    "an index has NULLs first",
    "DROP INDEX g_person_unique; CREATE UNIQUE INDEX g_person_unique ON g_person (age DESC) INCLUDE (name) WHERE state = 'draft'",
  ],
  [
    "an index does not include a column",
    "DROP INDEX g_person_unique; CREATE UNIQUE INDEX g_person_unique ON g_person (age DESC NULLS LAST) WHERE state = 'draft'",
  ],
  ["an index has another fillfactor", "ALTER INDEX g_person_lower SET (fillfactor = 61)"],
  [
    "an index has another statistics target",
    "ALTER INDEX g_person_lower ALTER COLUMN 1 SET STATISTICS 401",
  ],
  [
    "an index is invalid and was valid",
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'g_person_lower'::regclass",
  ],
  ["an index's comment is missing", "COMMENT ON INDEX g_person_lower IS NULL"],
  ["an index has another name", "ALTER INDEX g_person_lower RENAME TO g_person_lower_plain"],
  [
    "an index of a partitioned table has one on a partition that it does not own",
    "DROP INDEX spp_event__partner_id_index; CREATE INDEX spp_event_2023_partner_id_idx ON spp_event_2023 (partner_id); CREATE INDEX spp_event__partner_id_index ON ONLY spp_event (partner_id)",
  ],
]);
