import { skippedChecks, sqlChecks } from "../parse/check-lists.ts";
import { percentage } from "../parse/quantities.ts";
import type { Inputs } from "./input.ts";
import { SHARED } from "./shared-inputs.ts";

/** How a restored database is proven, wherever it is. */
export const PROOF_INPUTS = {
  jobs: SHARED.jobs,
  "sql-checks": {
    description:
      "Checks of your own, a YAML or JSON list of `name`, `sql`, `expect`: the first column of the first row must equal `expect`.",
    parse: sqlChecks,
    absent: [],
    example: '[{"name": "programmes", "sql": "SELECT count(*) FROM spp_program", "expect": "12"}]',
    multiline: true,
    verbs: ["drill", "cycle", "restore"],
  },
  "skip-checks": {
    description: "Checks to switch off, by name, separated by commas. The report says which.",
    parse: skippedChecks,
    absent: [],
    example: "rto, geometry",
    multiline: true,
    verbs: ["backup", "drill", "cycle", "restore", "monitor"],
  },
  "count-tolerance": {
    description:
      "How far row counts may differ from the live database, for a backup without a manifest.",
    parse: percentage,
    default: "1%",
    verbs: ["drill", "cycle"],
  },
} as const satisfies Inputs;
