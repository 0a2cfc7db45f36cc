import { typeIn } from "./parse/rclone-config.ts";
import { shown } from "./parse/refused.ts";
import { type InputSource, type Mistake, mistaken } from "./read-values.ts";
import type { Settings } from "./settings.ts";
import type { Verb } from "./table.ts";

/**
 * Refuses inputs that are each valid, but not together. Throws UserMistake before anything is
 * connected.
 */
export function refuseContradictions(settings: Settings, source: InputSource, verb?: Verb): void {
  const found = [
    wrongPlaces(settings),
    missingRemote(settings, verb),
    wrongCopier(settings),
    unknownRemote(settings, source),
    missingKey(settings),
    unknownCheck(settings, source),
  ].find((mistakes) => mistakes.length > 0);
  if (found) throw mistaken(found, source);
}

type Mistakes = readonly Mistake[];

function wrongPlaces({ deployment, drill, restore }: Settings): Mistakes {
  const mistakes: Mistake[] = [];
  const { database } = deployment;
  if (database !== undefined && drill.throwawayDatabase === database.toLowerCase()) {
    const reason = `is ${shown(database)}, the production database`;
    mistakes.push({ name: "throwaway-database", reason });
  }
  if (drill.where !== "host" && drill.source === "local") {
    const reason = "is local, but a fresh server has only the off-site copy";
    mistakes.push({ name: "source", reason });
  }
  if (drill.where !== "host" && drill.keepDatabase) {
    const reason = "is true, but on a fresh server nothing is kept";
    mistakes.push({ name: "keep-database", reason });
  }
  if (restore.dryRun && restore.source === "offsite") {
    const reason =
      "is offsite, but the commands would name files that are here only during the run";
    mistakes.push({ name: "source", reason });
  }
  return mistakes;
}

/** Without a remote there is no off-site copy to make or to restore. */
function missingRemote({ sync, restore, drill }: Settings, verb?: Verb): Mistakes {
  const needed =
    verb === "sync" ||
    (verb === "restore" && restore.source === "offsite") ||
    ((verb === "drill" || verb === "cycle") && drill.source === "offsite");
  if (sync.remote || !needed) return [];
  return [{ name: "remote", reason: "is missing, and it says where the off-site copy is" }];
}

/** What only rclone can do, and what only the host can do. */
function wrongCopier({ sync: { remote, from, mode } }: Settings): Mistakes {
  if (from !== "runner") return [];
  if (remote?.tool === "rsync") {
    const reason =
      "is `runner`, which only rclone can: rsync does not copy from one server to another";
    return [{ name: "from", reason }];
  }
  if (mode !== "sync") return [];
  const reason = "is `runner`, which copies file by file: a mirror is made by the host";
  return [{ name: "from", reason }];
}

/** rclone sees only the configuration from the input, if there is one. */
function unknownRemote(
  { sync: { remote, rcloneConfig } }: Settings,
  source: InputSource,
): Mistakes {
  const name = remote?.address.split(":")[0] ?? "";
  if (remote?.tool !== "rclone" || !rcloneConfig || typeIn(rcloneConfig, name) !== undefined) {
    return [];
  }
  const reason = `names ${shown(name)}, which is not in ${source.call("rclone-config")}`;
  return [{ name: "remote", reason }];
}

function missingKey({ connection }: Settings): Mistakes {
  if (!connection || connection.key || connection.agent) return [];
  return [{ name: "ssh-key", reason: "is missing, and no SSH agent is running" }];
}

function unknownCheck({ proof }: Settings, source: InputSource): Mistakes {
  const known = proof.sqlChecks.map(({ name }) => `sql: ${name}`);
  const unknown = proof.skipChecks.find((one) => one.startsWith("sql: ") && !known.includes(one));
  if (unknown === undefined) return [];
  const reason = `names ${shown(unknown)}, which is not in ${source.call("sql-checks")}`;
  return [{ name: "skip-checks", reason }];
}
