import { PLACES, SCENARIOS } from "../../report/scenario.ts";
import { boolean, oneOf } from "../parse/choices.ts";
import { imageName, throwawayName } from "../parse/names.ts";
import { duration } from "../parse/quantities.ts";
import type { Inputs } from "./input.ts";
import { SHARED } from "./shared-inputs.ts";

/** What a drill rehearses: which backup is restored, from where, where to, and how soon. */
export const DRILL_INPUTS = {
  scenario: {
    description:
      "What the drill rehearses, as in the guide. `database-corruption`: local copy, host, 30 minutes. `server-failure`: off-site copy, fresh server on a host, 4 hours. `datacenter-outage`: off-site copy, runner, 8 hours.",
    parse: oneOf(...SCENARIOS),
    default: "database-corruption",
    verbs: ["drill", "cycle"],
  },
  source: SHARED.source,
  where: {
    description:
      "Where it is restored. `host`: on the deployment's own server. `fresh`: in a throwaway PostGIS container on the host that `ssh-host` names, whatever else is on it. `runner`: in such a container here, which needs no `ssh-*` input. Default: the scenario's.",
    parse: oneOf(...PLACES),
    example: "runner",
    verbs: ["drill", "cycle", "sweep"],
  },
  "runner-image": {
    description:
      "Image of that container. Default: `postgis/postgis` in the versions that the backup's manifest names.",
    parse: imageName,
    example: "postgis/postgis:18-3.6-alpine",
    verbs: ["drill", "cycle"],
  },
  backup: SHARED.backup,
  "throwaway-database": {
    description: "Database that the drill creates and drops.",
    parse: throwawayName,
    default: "openspp_test",
    verbs: ["drill", "cycle", "sweep"],
  },
  "keep-database": {
    description: "Keep the throwaway database after the drill, to look at it.",
    parse: boolean,
    default: "false",
    verbs: ["drill", "cycle"],
  },
  rpo: {
    description: "Recovery point objective: the oldest that the restored backup may be.",
    parse: duration,
    as: "rpoSeconds",
    default: "24h",
    verbs: ["drill", "cycle"],
  },
  rto: {
    description:
      "Recovery time objective: the longest that recovery may take. Default: the scenario's, `30m`, `4h` or `8h`.",
    parse: duration,
    as: "rtoSeconds",
    example: "30m",
    verbs: ["drill", "cycle"],
  },
} as const satisfies Inputs;
