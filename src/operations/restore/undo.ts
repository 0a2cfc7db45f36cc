import type { Former, SideDatabase } from "../../backups/side-database.ts";
import { UserMistake } from "../../failure.ts";
import type { Report } from "../../report/report.ts";
import { assembleReport } from "../assemble-report.ts";
import { filestoreNamesOf } from "../filestore/restore.ts";
import { goLive } from "./go-live.ts";
import type { ServerRun } from "./on-server.ts";

/** Given a run, let the database that the last restore replaced take production's place again; what it replaces is kept in turn. */
export async function undo(run: ServerRun): Promise<Report> {
  const former = lastFormer(run);
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
      ...{ is: "former", of: database, backup: former.mark.backup },
      ...{ since, until, confirmed: false, undone: true },
      ...(filestore && { filestore }),
    },
    ...(filestore && { filestore }),
  });
  return assembleReport(run, "restore", {
    checks,
    ...{ tables: [], rows: 0 },
    restore: { strategy: "undo", downtimeSeconds, kept },
  });
}

function lastFormer({ beside, deployment }: ServerRun): SideDatabase<Former> {
  const [last] = beside
    .filter((one): one is SideDatabase<Former> => one.mark.is === "former")
    .sort((a, b) => b.mark.since.localeCompare(a.mark.since));
  if (last) return last;
  throw new UserMistake({
    what: `There is no former database of ${deployment.database.name} to bring back.`,
    why: "None was replaced by a restore of ours, or it was kept for as long as agreed and then removed.",
    next: "Restore a backup instead: openspp-backup restore",
  });
}
