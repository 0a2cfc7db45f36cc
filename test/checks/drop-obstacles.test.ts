import { expect, test } from "vitest";
import { type DropObstacles, removeObstacles } from "../../src/checks/drop-obstacles.ts";

const NONE: DropObstacles = { subscriptions: [], prepared: [], slots: [], template: false };

test.each<[Partial<DropObstacles>, string]>([
  [
    { subscriptions: ['of "them"'] },
    'As the admin role: In the database `openspp_test`: ALTER SUBSCRIPTION "of ""them""" DISABLE; ALTER SUBSCRIPTION "of ""them""" SET (slot_name = NONE); DROP SUBSCRIPTION "of ""them""". Then: openspp-backup sweep',
  ],
  [
    { prepared: ["it's"], slots: ["one"] },
    "As the admin role: In the database `openspp_test`: ROLLBACK PREPARED 'it''s'; SELECT pg_drop_replication_slot('one'). Then: openspp-backup sweep",
  ],
  [
    { template: true },
    'As the admin role: ALTER DATABASE "openspp_test" IS_TEMPLATE false. Then: openspp-backup sweep',
  ],
  [
    {},
    "Find who uses it (SELECT * FROM pg_stat_activity WHERE datname = 'openspp_test'), then: openspp-backup sweep",
  ],
])("what keeps a database with %j from being dropped is removed by hand", (found, next) => {
  expect(removeObstacles("openspp_test", { ...NONE, ...found })).toBe(next);
});
