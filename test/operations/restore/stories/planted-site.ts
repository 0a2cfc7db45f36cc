import type pg from "pg";
import {
  extraDatabaseName,
  type PlaceholderMark,
} from "../../../../src/backups/extra-databases.ts";
import {
  type DatabaseProperties,
  propertiesQuery,
} from "../../../../src/checks/database-properties.ts";
import { FACTS_QUERY, type ServerFacts } from "../../../../src/checks/server-facts.ts";
import { identifier } from "../../../../src/checks/sql.ts";
import {
  commentOnDatabase,
  createDatabase,
  dropDatabase,
  endSessions,
  renameDatabase,
} from "../../../../src/commands/databases.ts";
import { keptFilestoreOf } from "../../../../src/operations/filestore/kept-filestores.ts";
import {
  type KeptFilestore,
  keptFilestorePath,
  serializeKeptFilestore,
} from "../../../../src/operations/filestore/kept-record.ts";
import { filestoreNamesOf } from "../../../../src/operations/filestore/restore-filestore.ts";
import { marksOf, type RestoreMarks } from "../../../../src/operations/restore/restore-report.ts";
import type { Lab } from "../../../lab/lab.ts";
import { besideOf } from "../on-production.ts";

export const PRODUCTION = "openspp";
export const BACKUP = "openspp_20260301_020000.dump";
export const SAFETY = "openspp_20260401_020000.dump";
const STAMP = "20260401_020304";
/** Of the restore that takes another one back. */
const LATER = "20260401_030405";

/** Names as a restore at STAMP gives them. */
export const NAMES = {
  restored: extraDatabaseName(PRODUCTION, "restore", STAMP),
  former: extraDatabaseName(PRODUCTION, "before", STAMP),
  vacant: extraDatabaseName(PRODUCTION, "vacant", STAMP),
  undone: extraDatabaseName(PRODUCTION, "before", LATER),
} as const;

const FILES = filestoreNamesOf(PRODUCTION, STAMP);
export const FOLDERS = {
  live: FILES.live,
  part: `${FILES.staged}.part`,
  staged: FILES.staged,
  before: FILES.before,
  undone: filestoreNamesOf(PRODUCTION, LATER).before,
} as const;

const COMMENT = `The registry; don't touch {"a": 1}`;
const PARKED = "parked_while_cuts_are_planted";

/**
 * A lab whose own production is parked meanwhile. What has its name is tiny, so that a state which a cut leaves is planted
 * within a second: an empty database, and a filestore of one file.
 */
export class PlantedSite {
  readonly lab: Lab;
  /** The containers that a restore stops. */
  readonly containers: readonly string[];
  readonly facts: ServerFacts;
  readonly marks: RestoreMarks;
  readonly #client: pg.Client;
  readonly #files: string;
  #properties: DatabaseProperties | undefined;

  private constructor(lab: Lab, client: pg.Client, files: string, facts: ServerFacts) {
    this.lab = lab;
    this.containers = ["odoo", "queue-worker"].map((service) => lab.container(service));
    this.facts = facts;
    this.#client = client;
    this.#files = files;
    this.marks = marksOf(this.#marking, { backup: { name: BACKUP } }, this.exchanged);
  }

  static async open(lab: Lab): Promise<PlantedSite> {
    const [client, image] = await Promise.all([
      lab.connect(lab.database.admin, "postgres"),
      lab.docker("inspect", "--format", "{{.Image}}", lab.container("backup")),
    ]);
    const files = await lab.docker(
      "run",
      "--detach",
      "--rm",
      `--volumes-from=${lab.container("odoo")}`,
      "--workdir",
      "/var/lib/odoo/filestore",
      "--entrypoint",
      "",
      image,
      "sleep",
      "infinity",
    );
    const { rows } = await client.query(FACTS_QUERY);
    const site = new PlantedSite(lab, client, files, rows[0].facts);
    await site.#stopServices();
    await site.batch([endSessions(PRODUCTION), renameDatabase(PRODUCTION, PARKED)]);
    await site.inFilestores(`mv ${FOLDERS.live} ${PARKED}`);
    return site;
  }

  async close(): Promise<void> {
    await this.#clear();
    await this.batch([renameDatabase(PARKED, PRODUCTION)]);
    await this.inFilestores(`mv ${PARKED} ${FOLDERS.live}`);
    await this.lab.docker("rm", "--force", this.#files);
    await this.lab.docker("start", ...this.containers);
    await this.#client.end();
  }

  /** Whatever was planted before goes; production and its filestore are there again, and the services stopped. */
  async begin(): Promise<void> {
    await this.#clear();
    const { owner } = this.lab.database;
    await this.batch([createDatabase({ name: PRODUCTION, owner, locale: this.facts })]);
    await this.batch([
      `ALTER DATABASE ${PRODUCTION} CONNECTION LIMIT 57`,
      commentOnDatabase(PRODUCTION, COMMENT),
    ]);
    this.#properties = await this.readProperties();
    await this.inFilestores(`mkdir ${FOLDERS.live} && echo old > ${FOLDERS.live}/which`);
  }

  async #clear(): Promise<void> {
    await this.#stopServices();
    for (const name of [PRODUCTION, ...(await besideOf(this.lab))]) {
      await this.batch([`DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`]);
    }
    await this.inFilestores(`rm -rf ${FOLDERS.live} .openspp_*`);
    await this.inBackup("rm -f /backups/.openspp-backup/filestore-*");
  }

  async #stopServices(): Promise<void> {
    await this.lab.docker("stop", ...this.containers);
  }

  async readProperties(): Promise<DatabaseProperties> {
    const { rows } = await this.#client.query(propertiesQuery(PRODUCTION));
    // Two empty databases may differ by a page.
    return { ...rows[0].properties, bytes: 0 };
  }

  /** As a session of ours sends them: in one round trip, and without BEGIN in one transaction. */
  async batch(statements: readonly string[]): Promise<void> {
    await this.#client.query(statements.join(";\n"));
  }

  async drop(name: string): Promise<void> {
    await this.batch([dropDatabase(name)]);
  }

  /** Which database or filestore has a name now is told by what only that one has: for a database its OID. */
  async oidOf(name: string): Promise<string | undefined> {
    const { rows } = await this.#client.query(
      "SELECT oid::text FROM pg_database WHERE datname = $1",
      [name],
    );
    return rows[0]?.oid;
  }

  async whichFilestoreIsLive(): Promise<string> {
    return this.inFilestores(`cat ${FOLDERS.live}/which`);
  }

  inFilestores(line: string): Promise<string> {
    return this.lab.docker("exec", this.#files, "sh", "-c", line);
  }

  inBackup(line: string): Promise<string> {
    return this.lab.docker("exec", this.lab.container("backup"), "sh", "-c", line);
  }

  /** What production is next to its content, as it was read when it was still there. */
  get properties(): DatabaseProperties {
    if (this.#properties === undefined) throw new Error("begin() comes first");
    return this.#properties;
  }

  get exchanged() {
    return { next: FOLDERS.staged, aside: FOLDERS.before };
  }

  get vacant(): PlaceholderMark {
    const { of, backup, since } = this.marks.incoming;
    const { properties, containers: stopped } = this;
    return { is: "vacant", of, backup, since, safety: SAFETY, properties, stopped };
  }

  record(more: Partial<KeptFilestore>): KeptFilestore {
    return { ...keptFilestoreOf(this.#marking, BACKUP, this.exchanged, false), ...more };
  }

  async remember(record: KeptFilestore): Promise<void> {
    const path = keptFilestorePath("/backups", record);
    const text = serializeKeptFilestore(record).trim();
    await this.inBackup(`mkdir -p $(dirname ${path}) && echo '${text}' > ${path}`);
  }

  get #marking() {
    const settings = { restore: { keepDays: 7 } };
    return { facts: this.facts, settings, deployment: { database: { name: PRODUCTION } } };
  }
}
