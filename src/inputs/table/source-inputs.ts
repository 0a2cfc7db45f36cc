import { PLACES, SCENARIOS, SOURCES } from "../../report/scenario.ts";
import * as values from "../values.ts";
import { DRILLS, type Input, PROOFS } from "./input.ts";

/** Which backup is restored, from where, and where to. */
export const SOURCE_INPUTS = {
  scenario: {
    description:
      "What the drill rehearses, as in the guide: `database-corruption` (local copy, host, 30 minutes), `server-failure` (off-site copy, fresh server on a host, 4 hours) or `datacenter-outage` (off-site copy, runner, 8 hours).",
    parse: values.oneOf(...SCENARIOS),
    default: "database-corruption",
    verbs: DRILLS,
  },
  source: {
    description:
      "Which copy is restored: `local`, from the deployment's backup volume, or `offsite`, from `remote`. Default: a drill's is its scenario's, a restore's `local`.",
    parse: values.oneOf(...SOURCES),
    example: "offsite",
    verbs: PROOFS,
  },
  where: {
    description:
      "Where it is restored: `host`, on the deployment's own server; `fresh`, in a throwaway PostGIS container on the host that `ssh-host` names, whatever else is on it; or `runner`, in one here, which needs no `ssh-*` input. Default: the scenario's.",
    parse: values.oneOf(...PLACES),
    example: "runner",
    verbs: ["drill", "cycle", "sweep"],
  },
  "runner-image": {
    description:
      "Image of that container. Default: `postgis/postgis` in the versions that the backup's manifest names.",
    parse: values.imageName,
    example: "postgis/postgis:18-3.6-alpine",
    verbs: DRILLS,
  },
  backup: {
    description: "Backup to restore: `latest`, `random`, or one by its name.",
    parse: values.backupChoice,
    default: "latest",
    example: "openspp_20260115_020000.dump",
    verbs: ["drill", "restore"],
  },
} as const satisfies Record<string, Input>;
