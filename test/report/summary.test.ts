import { expect, it } from "vitest";
import { passed } from "../../src/report/check.ts";
import { renderFailure } from "../../src/report/failure-summary.ts";
import type { Report } from "../../src/report/report-schema.ts";
import { renderSummary } from "../../src/report/summary.ts";
import { changed, FAILED, PASSED, same } from "./example.ts";

it("says of a good drill that the backup can be restored, then shows why", () => {
  expect(renderSummary(PASSED)).toMatchInlineSnapshot(`
    "## ✅ The backup can be restored

    Backup \`openspp_20260115_020000.dump\` of database \`openspp\` on \`backup@vps.example.org:22\`.<br>Restored and proven in 1 min 30 s, within the objective of 30 min.<br>A loss now would cost the work of 5 h 3 min, within the objective of 24 h.<br>2 tables with 1,000,012 rows came back equal.

    ### Timeline: 1 min 40 s

    \`\`\`mermaid
    gantt
      dateFormat x
      axisFormat %H:%M:%S
      tickInterval 15second
      todayMarker off
      Restore · 50 s :1768460590000, 1768460640000
      Prove every table · 40 s :1768460640000, 1768460680000
    \`\`\`

    <details><summary>2 checks passed</summary>

    |  | Check | Result |
    | --- | --- | --- |
    | ✅ | archive | The archive is the one that the manifest describes. |
    | ✅ | content | All 2 tables hold what they held. |

    </details>

    <details><summary>2 tables</summary>

    | Table | Rows expected | Rows restored | Content |
    | --- | ---: | ---: | --- |
    | \`res_partner\` | 1,000,000 | 1,000,000 | equal |
    | \`res_users\` | 12 | 12 | equal |

    </details>

    <details><summary>The backup</summary>

    | Backup | \`openspp_20260115_020000.dump\` |
    | --- | --- |
    | Taken | 2026-01-15 02:00:00 UTC |
    | Size | 88 MB |
    | SHA-256 | \`abababababababababababababababababababababababababababababababab\` |
    | Manifest | yes |
    | Policy | strict |
    | PostgreSQL | 18.6 |
    | PostGIS | 3.6 USE_GEOS=1 |
    | Partners | 1,000,000 |

    </details>
    "
  `);
});

it("says of a red drill what failed and what to do, before anything else", () => {
  expect(renderSummary(FAILED)).toMatchInlineSnapshot(`
    "## ❌ The restore drill failed: content, geometry

    Backup \`openspp_20260115_020000.dump\` of database \`openspp\` on \`backup@vps.example.org:22\`.<br>Restored and checked in 1 min 30 s, within the objective of 30 min.<br>A loss now would cost the work of 5 h 3 min, within the objective of 24 h.<br>Of 2 tables with 1,000,012 rows, 1 table came back different.<br>Left behind: database \`openspp_test\` still exists.

    ### What to do

    - ❌ **content:** 1 table differs: \`res_users\`.<br>**Next:** Restore an older backup: openspp-backup list
    - ⚠️ **geometry:** The database closed the connection.<br>**Next:** Run the drill again.

    ### Not checked

    - rto: Switched off by name in \`skip-checks\`.

    ### Timeline: 1 min 40 s

    \`\`\`mermaid
    gantt
      dateFormat x
      axisFormat %H:%M:%S
      tickInterval 15second
      todayMarker off
      Restore · 50 s :1768460590000, 1768460640000
      Prove every table · 40 s :1768460640000, 1768460680000
    \`\`\`

    <details><summary>1 of 4 checks passed</summary>

    |  | Check | Result |
    | --- | --- | --- |
    | ❌ | content | 1 table differs: \`res_users\`. |
    | ➖ | rto | Switched off by name in \`skip-checks\`. |
    | ⚠️ | geometry | The database closed the connection. |
    | ✅ | archive | The archive is whole. |

    </details>

    <details open><summary>2 tables, 1 different</summary>

    | Table | Rows expected | Rows restored | Content |
    | --- | ---: | ---: | --- |
    | \`res_users\` | 12 | 11 | ❌ \`77\` became \`78\` |
    | \`res_partner\` | 1,000,000 | 1,000,000 | equal |

    </details>

    <details><summary>The backup</summary>

    | Backup | \`openspp_20260115_020000.dump\` |
    | --- | --- |
    | Taken | 2026-01-15 02:00:00 UTC |
    | Size | 88 MB |
    | SHA-256 | \`abababababababababababababababababababababababababababababababab\` |
    | Manifest | yes |
    | Policy | strict |
    | PostgreSQL | 18.6 |
    | PostGIS | 3.6 USE_GEOS=1 |
    | Partners | 1,000,000 |

    </details>
    "
  `);
});

it("says of a backup without a manifest what could not be checked", () => {
  const summary = renderSummary({
    ...PASSED,
    backup: { ...PASSED.backup, manifest: false },
    tables: [],
  });
  expect(summary).toContain("| Manifest | no: the content cannot be proven |");
  expect(summary).toContain(
    "### Not checked\n\n- The content of each table: this backup has no manifest",
  );
  expect(summary).not.toContain("tables</summary>");
});

it("says of a backup how many tables it recorded, and compares nothing", () => {
  const tables = PASSED.tables.map((table) => ({
    ...table,
    rows: { ...table.rows, restored: null },
    hash: { ...table.hash, restored: null },
  }));
  const { rtoSeconds: _, rpoSeconds: __, ...rest } = PASSED;
  const summary = renderSummary({ ...rest, operation: "backup", tables });
  expect(summary).toContain("## ✅ The backup is good\n");
  expect(summary).toContain("<br>2 tables with 1,000,012 rows recorded in the manifest.\n");
  expect(summary).toContain("| `res_users` | 12 | – | recorded |");
});

it("stays under GitHub's 1 MiB, shows what differs first and counts what it leaves out", () => {
  const tables = Array.from({ length: 40_000 }, (_, number) =>
    number === 39_999 ? changed("the_last", 5, null) : same(`${"x".repeat(55)}_${number}`, number),
  );
  const summary = renderSummary({ ...FAILED, tables });
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(summary).toContain("<summary>40,000 tables, 1 different</summary>");
  const first = summary.split("\n").findIndex((line) => line.startsWith("| Table |")) + 2;
  expect(summary.split("\n")[first]).toBe("| `the_last` | 5 | – | ❌ `77` became nothing |");
  const shown = summary.split("\n").filter((line) => line.endsWith("| equal |")).length + 1;
  const left = Number(/([\d,]+) more tables in `report.json`/.exec(summary)?.[1]?.replace(",", ""));
  expect(shown + left).toBe(40_000);
});

it("lets no name become markup", () => {
  const evil = "<img src=x onerror=alert(1)>|`**\n## passed\u202e";
  const report: Report = {
    ...PASSED,
    backup: { ...PASSED.backup, name: evil },
    deployment: {
      ...PASSED.deployment,
      database: evil,
      host: evil,
      policy: evil,
      postgresql: evil,
    },
    postgis: evil,
    state: evil,
    checks: [passed(`sql: ${evil}`, evil)],
    phases: [{ name: evil, startedAfter: 0, seconds: 1 }],
    tables: [same(evil, 1), { ...same(evil, 1), schema: evil }],
  };
  const summary = renderSummary(report);
  const outsideCode = summary.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "CODE");
  expect(outsideCode).not.toContain("<img");
  expect(outsideCode).not.toContain("**\n");
  expect(summary.match(/^## /gm)).toHaveLength(1);
  expect(summary).not.toContain("\u202e");
});

it("explains a run that ended before there was a report", () => {
  expect(
    renderFailure({
      what: "Input `a` is missing.\nInput `b` is missing.",
      why: "nobody gave <them>",
      state: "Nothing was done.",
      next: "write for example\n  a: 1\n  b: 2",
    }),
  ).toBe(
    [
      "## ❌ Input `a` is missing.",
      "Input `b` is missing.",
      "**Why:** nobody gave &lt;them&gt;",
      "**State:** Nothing was done.",
      "**Next:** write for example<br>  a: 1<br>  b: 2\n",
    ].join("\n\n"),
  );
});
