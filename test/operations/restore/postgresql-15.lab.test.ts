import { afterAll, beforeAll, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { inBackup, onLab } from "../on-lab.ts";
import { dropBeside, production, restoreOn, sql, troublesOf } from "./on-production.ts";

const NAME = "openspp_20230101_020000.dump";
const FILE = new URL(`./postgresql-15/${NAME}`, import.meta.url).pathname;

let lab: Lab;

beforeAll(async () => {
  lab = await sharedLab("strict");
  await onLab(lab, backup);
  await lab.docker("cp", FILE, `${lab.container("backup")}:/backups/daily/${NAME}`);
});

afterAll(async () => {
  await inBackup(lab, `rm -f /backups/daily/${NAME}`);
  await dropBeside(lab);
});

test("a dump of PostgreSQL 15 becomes production once its unproven content is accepted by name", async () => {
  const before = await production(lab);
  const refused = await restoreOn(lab, { backup: NAME });
  expect(troublesOf(refused)).toEqual(["content: not-run", "swap: not-run"]);
  expect(await production(lab)).toEqual(before);

  const report = await restoreOn(lab, { backup: NAME, "skip-checks": "content" });
  expect(troublesOf(report)).toEqual(["content: not-run"]);
  expect(report.verdict).toBe("passed");
  expect(report.partners).toBe(200);
  const rows = await sql(
    lab,
    `SELECT (SELECT count(*)::int FROM spp_entitlement) AS entitlements, (SELECT sum(income)::text FROM res_partner) AS income,
       (SELECT count(*)::int FROM spp_group) AS groups, (SELECT count(*)::int FROM pg_largeobject_metadata) AS large,
       (SELECT auth_name FROM spatial_ref_sys WHERE srid = 990001) AS country, nextval('res_partner_id_seq')::int AS next`,
  );
  expect(rows).toEqual([
    {
      ...{ entitlements: 200, income: "30170.00", groups: 20, large: 1 },
      ...{ country: "country", next: 201 },
    },
  ]);

  const undone = await restoreOn(lab, { undo: "true" });
  expect(troublesOf(undone)).toEqual([]);
  expect(await production(lab)).toEqual(before);
});
