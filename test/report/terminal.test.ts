import { expect, it } from "vitest";
import { passed } from "../../src/report/check.ts";
import { renderTerminal } from "../../src/report/terminal.ts";
import { changed, FAILED, PASSED } from "./example.ts";

it("shows a good drill", () => {
  expect(renderTerminal(PASSED, false)).toMatchInlineSnapshot(`
    "✔ The backup can be restored
      Backup \`openspp_20260115_020000.dump\` of database \`openspp\` on \`backup@vps.example.org:22\`.
      Restored and proven in 1 min 30 s, within the objective of 30 min.
      A loss now would cost the work of 5 h 3 min, within the objective of 24 h.
      2 tables with 1,000,012 rows came back equal.

    ✔ archive: The archive is the one that the manifest describes.
    ✔ content: All 2 tables hold what they held.

    Backup        openspp_20260115_020000.dump
    Taken         2026-01-15 02:00:00 UTC
    Size          88 MB
    SHA-256       abababababababababababababababababababababababababababababababab
    Manifest      yes
    Policy        strict
    PostgreSQL    18.6
    PostGIS       3.6 USE_GEOS=1
    Partners      1,000,000

    Restore            ░░████████████░░░░░░░░░░  50 s
    Prove every table  ░░░░░░░░░░░░░░██████████  40 s
    "
  `);
});

it("shows a red drill: what failed, what to do, which tables", () => {
  expect(renderTerminal(FAILED, false)).toMatchInlineSnapshot(`
    "✘ The restore drill failed: content, geometry
      Backup \`openspp_20260115_020000.dump\` of database \`openspp\` on \`backup@vps.example.org:22\`.
      Restored and checked in 1 min 30 s, within the objective of 30 min.
      A loss now would cost the work of 5 h 3 min, within the objective of 24 h.
      Of 2 tables with 1,000,012 rows, 1 table came back different.
      Left behind: database \`openspp_test\` still exists.

    ✘ content: 1 table differs: \`res_users\`.
      Next: Restore an older backup: openspp-backup list
    ! geometry: The database closed the connection.
      Next: Run the drill again.

      public.res_users: expected 12 rows, restored 11 rows

    ✔ archive: The archive is whole.
    - rto: Switched off by name in \`skip-checks\`.

    Backup        openspp_20260115_020000.dump
    Taken         2026-01-15 02:00:00 UTC
    Size          88 MB
    SHA-256       abababababababababababababababababababababababababababababababab
    Manifest      yes
    Policy        strict
    PostgreSQL    18.6
    PostGIS       3.6 USE_GEOS=1
    Partners      1,000,000

    Restore            ░░████████████░░░░░░░░░░  50 s
    Prove every table  ░░░░░░░░░░░░░░██████████  40 s
    "
  `);
});

it("paints the verdict where the terminal has colours", () => {
  expect(renderTerminal(PASSED, true)).toContain(
    "\u001b[32m✔ The backup can be restored\u001b[39m",
  );
  expect(renderTerminal(FAILED, true)).toContain("\u001b[31m✘\u001b[39m content: ");
});

it("lists twenty tables that differ, and counts the rest", () => {
  const tables = Array.from({ length: 23 }, (_, number) => changed(`table_${number}`, 1, 2));
  const text = renderTerminal({ ...FAILED, tables }, false);
  expect(text.match(/expected 1 row, restored 2 rows/g)).toHaveLength(20);
  expect(text).toContain("  and 3 tables more\n");
});

it("lets no name move the cursor", () => {
  const evil = "\u001b[2J\r";
  const text = renderTerminal(
    {
      ...PASSED,
      checks: [passed(`sql: ${evil}`, evil)],
      state: evil,
      tables: [changed(evil, 1, 2)],
    },
    false,
  );
  expect(text).not.toContain("\u001b");
  expect(text).not.toContain("\r");
});
