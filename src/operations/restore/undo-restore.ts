import type { ExtraDatabase, FormerMark } from "../../backups/extra-databases.ts";
import { UserMistake } from "../../failure.ts";
import type { Report } from "../../report/report-schema.ts";
import { assembleReport } from "../assemble-report.ts";
import {
  keptFilestoreOf,
  keptFilestores,
  removeKeptFilestore,
} from "../filestore/kept-filestores.ts";
import type { KeptFilestore } from "../filestore/kept-record.ts";
import { filestoreNamesOf } from "../filestore/restore-filestore.ts";
import { exchangeFilestoreAlone } from "./exchange-filestore.ts";
import { goLive } from "./go-live.ts";
import type { ServerRun } from "./server-run.ts";

/**
 * What the last restore replaced takes production's place again; what was restored is kept. Throws UserMistake when there is
 * nothing to bring back.
 */
export async function undoRestore(run: ServerRun): Promise<Report> {
  const [filestore] = (await keptFilestores(run)).filter(({ alone }) => alone).toSorted(byNewest);
  const [former] = run.extraDatabases
    .filter((one): one is ExtraDatabase<FormerMark> => one.mark.is === "former")
    .map(({ name, mark }) => ({ name, mark, since: mark.since }))
    .toSorted(byNewest);
  if (filestore && filestore.since > (former?.since ?? "")) return undoFilestore(run, filestore);
  if (former) return undoDatabase(run, former);
  throw new UserMistake({
    what: `There is no former database of ${run.deployment.database.name} to bring back.`,
    why: "No restore of this project replaced one; or it was kept for the agreed time, and then removed.",
    next: "Restore a backup instead: openspp-backup restore",
  });
}

const byNewest = (a: { readonly since: string }, b: { readonly since: string }) =>
  b.since.localeCompare(a.since);

async function undoFilestore(run: ServerRun, undone: KeptFilestore): Promise<Report> {
  const { before: aside } = filestoreNamesOf(run.deployment.database.name, run.stamp);
  const record = keptFilestoreOf(run, undone.backup, { next: undone.aside, aside }, true);
  const { checks, downtimeSeconds, kept } = await exchangeFilestoreAlone(run, record);
  await removeKeptFilestore(run, kept ? undone : record);
  return assembleReport(run, "restore", {
    checks,
    tables: [],
    rows: 0,
    restore: { strategy: "undo", downtimeSeconds, kept },
  });
}

async function undoDatabase(
  run: ServerRun,
  former: Pick<ExtraDatabase<FormerMark>, "name" | "mark">,
): Promise<Report> {
  const { facts, settings, deployment } = run;
  const database = deployment.database.name;
  const filestore = former.mark.filestore && {
    next: former.mark.filestore.aside,
    aside: filestoreNamesOf(database, run.stamp).before,
  };
  const since = new Date(facts.now).toISOString();
  const until = new Date(Date.parse(since) + settings.restore.keepDays * 86_400_000).toISOString();
  const { checks, downtimeSeconds, kept } = await goLive(run, {
    name: former.name,
    mark: former.mark,
    formerMark: {
      is: "former",
      of: database,
      backup: former.mark.backup,
      since,
      until,
      confirmed: false,
      undone: true,
      ...(filestore && { filestore }),
    },
    ...(filestore && { filestore }),
  });
  return assembleReport(run, "restore", {
    checks,
    tables: [],
    rows: 0,
    restore: { strategy: "undo", downtimeSeconds, kept },
  });
}
