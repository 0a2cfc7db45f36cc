import { expect, test } from "vitest";
import {
  createMarkedStatements,
  exchangeStatements,
  unmarkedNameOf,
} from "../../src/commands/databases.ts";

const locale = {
  ...{ encoding: "UTF8", provider: "c", collate: "C", ctype: "C" },
  ...{ locale: null, icuRules: null },
};

test("a database gets its name only once it carries its mark", () => {
  expect(
    createMarkedStatements({ name: "a_b", owner: "odoo", locale, comment: "it's ours" }),
  ).toEqual([
    `CREATE DATABASE "a_b__openspp_backup_new" OWNER "odoo" TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`,
    `COMMENT ON DATABASE "a_b__openspp_backup_new" IS 'it''s ours'`,
    'ALTER DATABASE "a_b__openspp_backup_new" RENAME TO "a_b"',
  ]);
  expect(unmarkedNameOf("x".repeat(63))).toHaveLength(63);
});

test("an exchange is one transaction: both names and both comments, or none", () => {
  expect(
    exchangeStatements({
      ...{ production: "openspp", incoming: "openspp_restore_1", comment: null },
      aside: { name: "openspp_before_1", comment: "kept" },
    }),
  ).toEqual([
    "BEGIN",
    'ALTER DATABASE "openspp" RENAME TO "openspp_before_1"',
    `COMMENT ON DATABASE "openspp_before_1" IS 'kept'`,
    'ALTER DATABASE "openspp_restore_1" RENAME TO "openspp"',
    'COMMENT ON DATABASE "openspp" IS NULL',
    "COMMIT",
  ]);
});

test("without a production database only the new one gets its name", () => {
  expect(exchangeStatements({ production: "a", incoming: "b", comment: "c" })).toEqual([
    "BEGIN",
    'ALTER DATABASE "b" RENAME TO "a"',
    `COMMENT ON DATABASE "a" IS 'c'`,
    "COMMIT",
  ]);
});
