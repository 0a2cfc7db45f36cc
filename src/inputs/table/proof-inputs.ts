import { CHECK_NAMES } from "../../report/check.ts";
import * as values from "../values.ts";
import { DRILLS, type Input, PROOFS, text } from "./input.ts";

/** What a restored database is measured by. */
export const PROOF_INPUTS = {
  "throwaway-database": {
    description: "Database that the drill creates and drops.",
    parse: values.throwawayName,
    default: "openspp_test",
    verbs: ["drill", "cycle", "sweep"],
  },
  "keep-database": {
    description: "Keep the throwaway database after the drill, to look at it.",
    parse: values.boolean,
    default: "false",
    verbs: DRILLS,
  },
  rpo: {
    description: "Recovery point objective: the oldest that the restored backup may be.",
    parse: values.duration,
    default: "24h",
    verbs: DRILLS,
  },
  rto: {
    description:
      "Recovery time objective: the longest that recovery may take. Default: the scenario's, `30m`, `4h` or `8h`.",
    parse: values.duration,
    example: "30m",
    verbs: DRILLS,
  },
  "sql-checks": {
    description:
      "Checks of your own, a YAML or JSON list of `name`, `sql`, `expect`: the first column of the first row must equal `expect`.",
    parse: text,
    example: '[{"name": "programmes", "sql": "SELECT count(*) FROM spp_program", "expect": "12"}]',
    multiline: true,
    verbs: PROOFS,
  },
  "skip-checks": {
    description: "Checks to switch off, by name, separated by commas. The report says which.",
    parse: skippedChecks,
    example: "rto, geometry",
    multiline: true,
    verbs: ["backup", ...PROOFS, "monitor"],
  },
  "count-tolerance": {
    description:
      "How far row counts may differ from the live database, for a backup without a manifest.",
    parse: values.percentage,
    default: "1%",
    verbs: DRILLS,
  },
} as const satisfies Record<string, Input>;

function skippedChecks(given: string): readonly string[] {
  const names = values.list(given);
  const unknown = names.find(
    (name) => !CHECK_NAMES.some((known) => known === name) && !/^sql: ./.test(name),
  );
  if (unknown !== undefined) {
    throw new values.Refused(
      `names ${values.shown(unknown)}, but the checks are ${CHECK_NAMES.join(", ")} and "sql: <name>"`,
    );
  }
  return names;
}
