import { afterAll, beforeAll, expect, test } from "vitest";
import { cycle } from "../../../src/operations/cycle.ts";
import { throwawayMark } from "../../../src/operations/drill/throwaway-database.ts";
import { NotDropped } from "../../../src/operations/drop-leftover.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { KeptLog, onLab } from "../on-lab.ts";
import { sql } from "../restore/on-production.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await sharedLab("flexible");
  await sql(lab, "CREATE DATABASE openspp_test IS_TEMPLATE true");
  await sql(lab, `COMMENT ON DATABASE openspp_test IS '${throwawayMark("openspp")}'`);
});
afterAll(async () => {
  await sql(lab, "UPDATE pg_database SET datistemplate = false WHERE datname = 'openspp_test'");
  await sql(lab, "DROP DATABASE IF EXISTS openspp_test WITH (FORCE)");
});

test("a throwaway database that cannot be dropped stops no backup, and the drill says what to do", async () => {
  const log = new KeptLog();
  const { checks, verdict } = await onLab(lab, cycle, { filestore: "off" }, log);
  expect(verdict).toBe("not-run");
  const statusOf = (name: string) => checks.find((check) => check.name === name)?.status;
  expect([statusOf("dump"), statusOf("content")]).toEqual(["passed", "not-run"]);
  expect(log.lines.join("\n")).toMatch(
    /warning: The database `openspp_test` could not be dropped\.\nWhy: cannot drop a template database[^\n]*\nState: It is still there\. Production is as it was\.\nNext: As the admin role: /,
  );
  const { message, next } = checks.find(({ name }) => name === "restore") ?? {};
  expect(message).toMatch(/^Not tried: The database `openspp_test` could not be dropped\./);
  await expect(onLab(lab, sweep)).rejects.toBeInstanceOf(NotDropped);

  const advice =
    /^As the admin role: (ALTER DATABASE "openspp_test" [^.]+)\. Then: openspp-backup sweep$/;
  await sql(lab, String(advice.exec(String(next))?.[1]));
  expect(await onLab(lab, sweep)).toEqual(["Dropped the throwaway database openspp_test."]);
});
