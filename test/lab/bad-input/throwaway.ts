import { describe, expect, it } from "vitest";
import { expectRefusal, type Subject } from "./subject.ts";

/** The throwaway database's name belongs to somebody else. */
export function throwawayCases(subject: () => Subject): void {
  describe("a throwaway database that is not ours to drop", () => {
    it("one without our mark is refused, and stays", async () => {
      await subject().sql("CREATE DATABASE openspp_test");
      await subject().sql("CREATE TABLE of_somebody AS SELECT 1 AS one", "openspp_test");
      await subject().untouched(async () => {
        expectRefusal(
          await subject().call("drill"),
          2,
          /`openspp_test` exists already, and it is not ours/,
        );
        expectRefusal(await subject().call("sweep"), 2, /exists already, and it is not ours/);
      });
      expect(await subject().sql("TABLE of_somebody", "openspp_test")).toEqual([{ one: 1 }]);
      await subject().sql("DROP DATABASE openspp_test");
    });

    it("one that carries the mark of another deployment is refused", async () => {
      await subject().sql("CREATE DATABASE openspp_test");
      await subject().sql(
        "COMMENT ON DATABASE openspp_test IS 'openspp-backup: throwaway database of a restore drill of elsewhere; the next run drops it'",
      );
      await subject().untouched(async () => {
        expectRefusal(await subject().call("drill"), 2, /exists already, and it is not ours/);
      });
      await subject().sql("DROP DATABASE openspp_test");
    });

    it("a kept one outlives backups, is not dropped while somebody works in it, and then is", async () => {
      const kept = await subject().run(["drill", "--keep-database", "--json"]);
      expect(kept.report.verdict).toBe("passed");
      const client = await subject().lab.connect(undefined, "openspp_test");
      await subject().untouched(async () => {
        expectRefusal(
          await subject().call("drill"),
          2,
          /Somebody is working in the throwaway database `openspp_test` \(1 session\)/,
        );
      });
      await client.end();
      const swept = await subject().run(["sweep"]);
      expect(swept.stdout).toContain("Dropped the throwaway database openspp_test.");
      await subject().expectNothingLeft();
    });
  });
}
