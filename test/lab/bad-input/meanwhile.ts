import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { expectRefusal, type Subject } from "./subject.ts";

/** What others do while a backup is taken. */
export function meanwhileCases(subject: () => Subject): void {
  describe("meanwhile", () => {
    it("a second run is told who runs and since when; the first is unharmed", async () => {
      const first = await subject().whileDumpWaits(["backup", "--json"], async () => {
        for (const verb of ["backup", "drill", "sweep"]) {
          expectRefusal(
            await subject().run([verb]),
            1,
            /is running\.\nWhy: openspp-backup backup \(role [a-z_]+\) has held the lock since \d{4}-\d\d-\d\d \d\d:\d\d UTC\./,
          );
        }
      });
      const { code, report } = await first.ended;
      expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: "passed" });
    });

    it("Odoo writes on, and the drill of that backup is green all the same", async () => {
      const over = new AbortController();
      let writes: Promise<number> = Promise.resolve(0);
      const backup = await subject().whileDumpWaits(["backup"], async () => {
        writes = write(subject(), over.signal);
      });
      expect((await backup.ended).code).toBe(0);
      over.abort();
      expect(await writes).toBeGreaterThan(5);
      const { code, report } = await subject().run(["drill", "--json"]);
      expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
      expect(code).toBe(0);
    });
  });
}

/** Inserts, updates and moves sequences as Odoo does, until the signal aborts; returns how often. */
async function write({ lab }: Subject, signal: AbortSignal): Promise<number> {
  const client = await lab.connect();
  let writes = 0;
  for (; !signal.aborted; writes += 1) {
    await client.query(
      `INSERT INTO ir_config_parameter (key, value) VALUES ('meanwhile.' || gen_random_uuid(), 'x');
       UPDATE res_partner SET name = name || '.' WHERE id = (SELECT min(id) FROM res_partner);
       SELECT nextval('res_partner_id_seq')`,
    );
    await sleep(5);
  }
  await client.end();
  return writes;
}
