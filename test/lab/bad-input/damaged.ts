import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Manifest } from "../../../src/backups/manifest.ts";
import { Failed } from "../../../src/failure.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import { onLab } from "../../operations/on-lab.ts";
import { truncate } from "../faults.ts";
import { expectRefusal, type Subject } from "./subject.ts";

/** The backup that is damaged: a copy of the good one, under this name. */
const NAME = "openspp_20260101_000000";
const DUMP = `/backups/daily/${NAME}.dump`;
const MANIFEST = `/backups/daily/${NAME}.manifest.json`;
const SEED = 20260115;

/** Backups that are not what was written: none is restored as if it were, and none of them turns green. */
export function damagedCases(subject: () => Subject): void {
  describe("a damaged backup", () => {
    let good: Buffer;

    beforeAll(async () => {
      good = Buffer.from(
        await subject().inBackup("base64 /backups/daily/openspp_latest.dump"),
        "base64",
      );
    });

    const remove = () => subject().inBackup(`rm -f ${DUMP} ${MANIFEST}`);
    afterEach(async () => {
      await remove();
    });

    /** Puts the good backup there a second time, with its manifest as `rewrite` returns it, or without one. */
    async function plant(rewrite?: (manifest: string) => string): Promise<void> {
      await subject().inBackup(`cp /backups/daily/openspp_latest.dump ${DUMP}`);
      if (!rewrite) return;
      const read =
        "cd /backups/daily; cat $(readlink openspp_latest.dump | sed s/dump$/manifest.json/)";
      const manifest = (await subject().inBackup(read)).replace(/openspp_\d{8}_\d{6}/, NAME);
      await subject().writeInBackup(MANIFEST, rewrite(manifest));
    }

    async function flip(offset: number, bit: number): Promise<void> {
      const octal = ((good[offset] ?? 0) ^ (1 << bit)).toString(8).padStart(3, "0");
      await subject().inBackup(
        `cp /backups/daily/openspp_latest.dump ${DUMP}; printf '\\${octal}' | dd of=${DUMP} bs=1 seek=${offset} conv=notrunc 2>/dev/null`,
      );
    }

    it("an empty dump", async () => {
      await subject().inBackup(`: > ${DUMP}`);
      await subject().untouched(async () => {
        const outcome = await subject().call("drill", { backup: NAME });
        expectRefusal(outcome, 1, /\(0 B\) is not a readable dump\.\nWhy: pg_restore: error: /);
      });
    });

    it("a name that no backup has", async () => {
      const outcome = await subject().call("drill", { backup: "openspp_20200101_000000" });
      expectRefusal(outcome, 2, /There is no backup "openspp_20200101_000000\.dump"/);
    });

    it.each([0, 10, 1000, 0.5, -1])("cut after %d bytes, its manifest beside it", async (size) => {
      await plant((manifest) => manifest);
      await truncate(subject().lab, `daily/${NAME}.dump`, sizeOf(size));
      await subject().untouched(async () => expectNotRestored(await drillIt()));
    });

    it.each([10, 1000])("cut after %d bytes, without a manifest", async (size) => {
      await plant();
      await truncate(subject().lab, `daily/${NAME}.dump`, size);
      await subject().untouched(async () => {
        const outcome = await subject().call("drill", { backup: NAME });
        expectRefusal(outcome, 1, /is not a readable dump/);
      });
    });

    it("cut in the middle of its data, without a manifest", async () => {
      await plant();
      await truncate(subject().lab, `daily/${NAME}.dump`, sizeOf(0.5));
      await subject().untouched(async () => expectNotGreen(await drillIt()));
    });

    it("one bit flipped anywhere, its manifest beside it", async () => {
      await subject().untouched(async () => {
        await plant((manifest) => manifest);
        for (const [offset, bit] of positions(good.length, 20)) {
          await flip(offset, bit);
          expectNotRestored(await drillIt(), `bit ${bit} of byte ${offset}`);
        }
        await remove();
      });
    });

    it("one bit flipped, without a manifest", async () => {
      await subject().untouched(async () => {
        for (const offset of [3, 40, 5000, Math.floor(good.length * 0.6)]) {
          await flip(offset, 2);
          expectNotGreen(await drillIt(), `bit 2 of byte ${offset}`);
        }
        await remove();
      });
    });

    it.each<[string, (manifest: string) => string, RegExp]>([
      [
        "of another backup",
        (text) => text.replaceAll(NAME, "openspp_20250101_000000"),
        /is that of another backup, openspp_20250101_000000\.dump/,
      ],
      ["cut short", (text) => text.slice(0, 3000), /The manifest of .* is not JSON/],
      ["that is not JSON", () => "hello\n", /The manifest of .* is not JSON/],
      ["that is empty", () => "", /The manifest of .* is not JSON/],
      [
        "of a newer version",
        (text) => text.replace('"manifestVersion": 1', '"manifestVersion": 2'),
        /cannot be read\.\nWhy: .*manifestVersion[\s\S]*newer version of this project/,
      ],
      [
        "that lacks the tables",
        (text) => text.replace('"tables"', '"other"'),
        /cannot be read\.\nWhy: .*tables/,
      ],
    ])("a manifest %s", async (_, rewrite, what) => {
      await plant(rewrite);
      await subject().untouched(async () => {
        expectRefusal(await subject().call("drill", { backup: NAME }), 1, what);
      });
    });

    it("a manifest with other rows and another hash than the database had", async () => {
      await plant((text) => {
        const manifest = JSON.parse(text) as Manifest;
        for (const table of manifest.tables) {
          if (table.schema !== "public") continue;
          if (table.name === "res_partner") table.rows = 7;
          if (table.name === "ir_attachment") table.hash = "0123456789abcdef";
        }
        return JSON.stringify(manifest);
      });
      await subject().untouched(async () => {
        const report = (await drillIt()) as Report;
        const content = report.checks.find(({ name }) => name === "content");
        expect({ verdict: report.verdict, content: content?.status }).toEqual({
          verdict: "failed",
          content: "failed",
        });
        expect(content?.message).toMatch(
          /^2 of \d+ tables .*public\.res_partner has 20\d\d rows instead of 7/,
        );
        expect(content?.message).toContain("public.ir_attachment has other content");
      });
    });

    it("a dump that restores with an error", async () => {
      await subject().sql("CREATE DATABASE unrestorable");
      await subject().sql(
        `CREATE TABLE country (id int PRIMARY KEY);
         CREATE TABLE area (country int REFERENCES country);
         SET session_replication_role = replica;
         INSERT INTO area VALUES (42)`,
        "unrestorable",
      );
      const { admin, password } = subject().lab.database;
      const dump = `PGUSER="$1" PGPASSWORD="$2" pg_dump -Fc -d unrestorable -f ${DUMP}`;
      await subject().inBackup(dump, admin, password);
      await subject().sql("DROP DATABASE unrestorable");
      await subject().untouched(async () => {
        const report = (await drillIt()) as Report;
        const restore = report.checks.find(({ name }) => name === "restore");
        expect({ verdict: report.verdict, restore: restore?.status }).toEqual({
          verdict: "failed",
          restore: "failed",
        });
        expect(restore?.message).toContain('violates foreign key constraint "area_country_fkey"');
        expect(restore?.message).not.toContain("42");
      });
    });

    /** What the drill of the damaged backup comes to: a report, or what it throws. */
    function drillIt(): Promise<Report | Error> {
      return onLab(subject().lab, drill, { backup: NAME }).catch((error: Error) => error);
    }

    function sizeOf(size: number): number {
      if (size < 0) return good.length + size;
      return size > 0 && size < 1 ? Math.floor(good.length * size) : size;
    }
  });
}

function expectNotRestored(result: Report | Error, what = ""): void {
  if (result instanceof Error) throw result;
  const status = (name: string) => result.checks.find((check) => check.name === name)?.status;
  expect(
    { verdict: result.verdict, archive: status("archive"), restore: status("restore") },
    what,
  ).toEqual({ verdict: "failed", archive: "failed", restore: "not-run" });
}

/** Either it cannot be read or restored, or the report says that its content is not proven. */
function expectNotGreen(result: Report | Error, what = ""): void {
  if (result instanceof Error) {
    expect(result, what).toBeInstanceOf(Failed);
    return;
  }
  expect(result.verdict, what).not.toBe("passed");
  const content = result.checks.find(({ name }) => name === "content");
  expect(content?.status, what).toBe("not-run");
}

/** Bits of a file, the same on every run: a quarter in its header, a quarter in its table of contents, the rest anywhere. */
function positions(size: number, count: number): [offset: number, bit: number][] {
  let state = SEED;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: count }, (_, index) => {
    const range = [64, 40_000, size, size][index % 4] as number;
    return [below(Math.min(range, size)), below(8)];
  });
}
