import type pg from "pg";
import type { Manifest } from "../../src/backups/manifest.ts";
import { takeBackup } from "../../src/operations/backup/backup.ts";
import { createThrowaway } from "../../src/operations/drill/throwaway-database.ts";
import { proveFilestore } from "../../src/operations/filestore/prove-filestore.ts";
import { listBackups } from "../../src/operations/list-backups.ts";
import { type Archive, openArchive } from "../../src/operations/proof/open-archive.ts";
import { proveDatabase, readBack } from "../../src/operations/proof/prove-database.ts";
import { restoreArchive } from "../../src/operations/proof/restore-archive.ts";
import type { Run } from "../../src/operations/run.ts";
import { withSessions } from "../../src/operations/sessions.ts";
import { withRun } from "../../src/operations/with-run.ts";
import type { Check } from "../../src/report/check.ts";
import type { Lab } from "../lab/lab.ts";
import { inBackup, onLab } from "../operations/on-lab.ts";
import { type Fault, withNames } from "./fault.ts";

/** The one restored database that each fault gets a copy of, and the copy. */
const RESTORED = "openspp_restored";
const FAULTY = "openspp_test";

/** Stands for the stamp of a copy of the backup whose files are damaged. */
const DAMAGED_STAMP = "20260101_000000";

/** A backup of a lab that was restored once, by this project's own steps, and is proven again with each fault. */
export class Proving {
  readonly #lab: Lab;
  readonly #run: Run;
  readonly #archive: Archive;
  readonly #end: () => Promise<void>;

  private constructor(lab: Lab, run: Run, archive: Archive, end: () => Promise<void>) {
    this.#lab = lab;
    this.#run = run;
    this.#archive = archive;
    this.#end = end;
  }

  /** Given a lab, take a backup and restore it. The run stays open, and keeps the deployment's lock, until `end`. */
  static async start(lab: Lab): Promise<Proving> {
    const begun = Promise.withResolvers<Run>();
    const over = Promise.withResolvers<void>();
    const running = onLab(lab, (settings, effects) =>
      withRun("cycle", settings, effects, (run) => {
        begun.resolve(run);
        return over.promise;
      }),
    );
    running.catch(begun.reject);
    const end = async () => {
      over.resolve();
      await running;
    };
    const run = await begun.promise;
    try {
      return new Proving(lab, run, await backedUpAndRestored(run), end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#maintain(drop(FAULTY), drop(RESTORED));
    await this.#end();
  }

  /** Given a fault, or none, return the checks of a drill that meets it. */
  async checks(fault?: Pick<Fault, "done">): Promise<readonly Check[]> {
    const done = fault?.done ?? { sql: "SELECT 1" };
    if ("files" in done) return this.#withDamagedFiles(done.files);
    if ("manifest" in done) {
      const { manifest } = this.#archive;
      return this.#withManifest(done.manifest(structuredClone(manifest as Manifest)));
    }
    return this.#withSql(done.sql);
  }

  async #withManifest(manifest: Manifest): Promise<readonly Check[]> {
    return this.#prove(RESTORED, { ...this.#archive, manifest });
  }

  async #withSql(sql: string): Promise<readonly Check[]> {
    const { owner, admin } = this.#lab.database;
    await this.#maintain(
      drop(FAULTY),
      `CREATE DATABASE ${FAULTY} TEMPLATE ${RESTORED} STRATEGY FILE_COPY`,
    );
    const client = await this.#lab.connect(admin, FAULTY);
    try {
      // A restored database is changed, and not its triggers' work looked at.
      await client.query("SET session_replication_role = replica");
      const answers: unknown = await client.query(
        withNames(sql, { owner, admin, database: FAULTY }),
      );
      refuseIdle(Array.isArray(answers) ? answers : [answers]);
    } finally {
      await client.end();
    }
    return this.#prove(FAULTY, this.#archive);
  }

  async #prove(name: string, archive: Archive): Promise<readonly Check[]> {
    const run = this.#run;
    const { deployment, applicationName } = run;
    const options = { role: deployment.database.admin, name, applicationName };
    return withSessions(run, 2, options, async (sessions) => {
      const read = await readBack(run, sessions, Promise.resolve());
      const { checks } = await proveDatabase(run, archive, { name }, sessions[0], read);
      return checks;
    });
  }

  /** A copy of the backup under a stamp of its own is damaged, opened and, if it can be opened, its filestore proven. */
  async #withDamagedFiles(script: string): Promise<readonly Check[]> {
    const run = this.#run;
    const stamp = this.#archive.backup.name.slice(
      `${run.deployment.database.name}_`.length,
      -".dump".length,
    );
    const daily = `${run.deployment.backups.directory}/daily`;
    const name = run.deployment.database.name;
    const copy = `cd ${daily} && rm -f *${DAMAGED_STAMP}* && for file in *${stamp}*; do cp "$file" "$(echo "$file" | sed s/${stamp}/${DAMAGED_STAMP}/)"; done && sed -i s/${stamp}/${DAMAGED_STAMP}/ *${DAMAGED_STAMP}.manifest.json`;
    const paths = `dump=${name}_${DAMAGED_STAMP}.dump manifest=${name}_${DAMAGED_STAMP}.manifest.json filestore=${name}_filestore_${DAMAGED_STAMP}.tar.gz`;
    await inBackup(this.#lab, `set -e; ${copy}; ${paths}; ${script}`);
    try {
      const { listing } = await listBackups(run, run.deployment);
      const backup = listing.backups.find((one) => one.name.includes(DAMAGED_STAMP));
      if (!backup) throw new Error("the damaged copy of the backup is not listed");
      const archive = await openArchive(run, backup);
      if (archive.check.status === "failed") return [archive.check];
      const { admin: role } = run.deployment.database;
      const options = { role, name: RESTORED, applicationName: run.applicationName };
      const filestore = await withSessions(run, 1, options, ([session]) =>
        proveFilestore(run, archive, RESTORED, session),
      );
      return [archive.check, filestore];
    } finally {
      await inBackup(this.#lab, `rm -f ${daily}/*${DAMAGED_STAMP}*`);
    }
  }

  async #maintain(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.#run.maintenance.batch([statement]);
  }
}

/** A fault that finds nothing to change is a mistake in the table. */
function refuseIdle(answers: readonly pg.QueryResult[]): void {
  const idle = answers.some(
    ({ command, rowCount }) => ["UPDATE", "DELETE", "INSERT"].includes(command) && rowCount === 0,
  );
  if (idle) throw new RangeError("this fault changes nothing");
}

function drop(database: string): string {
  return `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`;
}

async function backedUpAndRestored(run: Run): Promise<Archive> {
  const taken = await takeBackup(run);
  const { listing } = await listBackups(run, run.deployment);
  const backup = listing.backups.find(({ name }) => name === taken.backup.name);
  if (!backup) throw new Error(`${taken.backup.name} is not listed`);
  const archive = await openArchive(run, backup);
  await run.maintenance.batch([drop(RESTORED)]);
  await createThrowaway(run, RESTORED, archive.manifest?.locale ?? run.facts);
  await restoreArchive(run, archive, { name: RESTORED });
  return archive;
}
