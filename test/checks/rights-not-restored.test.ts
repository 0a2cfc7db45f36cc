import { expect, test } from "vitest";
import { rightsNotRestored } from "../../src/checks/rights-not-restored.ts";

test.each([
  ['WARNING:  no privileges were granted for "res_partner"'],
  ['WARNING:  not all privileges were granted for "res_partner"'],
  ['WARNING:  no privileges could be revoked for "res_partner"'],
  ['WARNING:  not all privileges could be revoked for column "name" of relation "res_partner"'],
])("%s", (line) => {
  expect(rightsNotRestored(`pg_restore: ${line}`)).toEqual([line.replace("WARNING:  ", "")]);
});

test.each([
  ['WARNING:  "wal_level" is insufficient to publish logical changes'],
  ["pg_restore: warning: errors ignored on restore: 1"],
  ["no privileges"],
])("other warnings do not count: %s", (line) => {
  expect(rightsNotRestored(line)).toEqual([]);
});
