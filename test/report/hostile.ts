import { failed, notRun, passed } from "../../src/report/check.ts";
import type { Report } from "../../src/report/report-schema.ts";
import { changed, PASSED, same } from "./example.ts";

/** Given any text, return a report that holds it wherever the deployment, the database or the user names something. */
export function hostile(text: string): Report {
  return {
    ...PASSED,
    verdict: "failed",
    backup: { ...PASSED.backup, name: text, sha256: text },
    deployment: { host: text, project: text, database: text, policy: text, postgresql: text },
    postgis: text,
    state: text,
    checks: [
      passed(`sql: ${text}`, text),
      failed(`sql: ${text}`, text, text),
      notRun(`sql: ${text}`, text, text),
    ],
    phases: [
      { name: text, startedAfter: 0, seconds: 1 },
      { name: text, startedAfter: 1, seconds: 2 },
    ],
    tables: [
      same(text, 1),
      { ...same(text, 1), schema: text },
      { ...changed("t", 2, 1), hash: { expected: text, restored: text } },
    ],
  };
}
