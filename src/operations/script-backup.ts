import type { ListedBackup } from "../backups/listing.ts";
import { parseTableOfContents } from "../backups/table-of-contents.ts";
import { passed, switchedOff } from "../checks/check.ts";
import { measure } from "../commands/backup-files.ts";
import { inContainer, program } from "../commands/command.ts";
import { pgRestoreList } from "../commands/postgres.ts";
import { Failed } from "../failure.ts";
import { CommandFailed } from "../host/command-failed.ts";
import { formatBytes } from "../report/bytes.ts";
import { counted } from "../report/count.ts";
import type { Report } from "../report/report.ts";
import { assembleReport } from "./assemble-report.ts";
import { listBackups, type Run } from "./run.ts";

/**
 * Given a run, call the deployment's own /backup.sh as the guide does by hand ("Manual Backup"), and make sure
 * that a new, complete, readable dump came of it. Its content is not proven: the script writes no manifest.
 */
export async function backupByScript(run: Run): Promise<Report> {
  const { journal, deployment, host, signal } = run;
  const { container } = deployment.backups;
  await journal.phase("Run the deployment's /backup.sh", () => callScript(run));
  const backup = await journal.phase("Verify what it wrote", async () => {
    const { listing } = await listBackups(run, deployment);
    const known = new Set(run.listing.backups.map(({ path }) => path));
    const written = listing.backups.find(({ path, kind }) => kind === "daily" && !known.has(path));
    if (!written) throw nothingWritten(run);
    const [contents, measured] = await Promise.all([
      host.run(inContainer(container, pgRestoreList(written.path)), { signal }),
      host.run(inContainer(container, measure(written.path)), { signal }),
    ]);
    const { entries } = parseTableOfContents(contents.stdout);
    return { written, entries: entries.length, sha256: sha256In(measured.stdout) };
  });
  return reportOf(run, backup);
}

async function callScript({ host, deployment, journal, signal }: Run): Promise<void> {
  try {
    await host.run(inContainer(deployment.backups.container, program(["/backup.sh"])), {
      signal,
      onLine: (line) => journal.log.info(line),
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Failed(
      {
        what: "The deployment's /backup.sh failed.",
        why: error.explanation.why,
        state: "It writes straight to the final name, so a partial dump may stand under daily/.",
        next:
          deployment.policy === "strict"
            ? "Under the strict policy the Odoo role may not read the extensions' schemas: use `mode: snapshot`, or let the script dump as the admin role."
            : "Read its output above; `docker compose logs backup` shows its earlier runs.",
      },
      { cause: error },
    );
  }
}

function nothingWritten({ deployment }: Run): Failed {
  return new Failed({
    what: "/backup.sh ended without an error, and no new dump stands in daily/.",
    state: "The earlier backups are as they were.",
    next: `Look at what it writes, and where: docker exec ${deployment.backups.container} cat /backup.sh`,
  });
}

function sha256In(measured: string): string {
  return measured.split("\n")[1]?.split(" ")[0] ?? "";
}

function reportOf(
  run: Run,
  { written, entries, sha256 }: { written: ListedBackup; entries: number; sha256: string },
): Report {
  const { name, bytes, takenAt } = written;
  return assembleReport(run, "backup", {
    backup: { name, bytes, sha256, takenAt: takenAt.toISOString(), manifest: false },
    checks: [
      passed(
        "dump",
        `${name} is new and readable: ${formatBytes(bytes)}, ${counted(entries, "entry", "entries")}.`,
      ),
      {
        ...switchedOff("manifest"),
        message: "Its content is not proven: `mode: script` writes no manifest.",
      },
    ],
    tables: [],
    rows: 0,
  });
}
