import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { FilestoreKind } from "../../../src/backups/backup-name.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import type { BackupReport } from "../../../src/report/report-schema.ts";
import type { Lab } from "../../lab/lab.ts";
import { inBackup, onLab } from "../on-lab.ts";

const STAMP = "20260101_000000";
const DAILY = "/backups/daily";

/** A copy of a good backup under a name of its own, whose filestore may be damaged. */
export class Planted {
  readonly lab: Lab;
  /** Where its filestore's archive or list is, in the backup container. */
  readonly filestore: string;
  readonly #good: string;

  private constructor(lab: Lab, good: string, suffix: string) {
    this.lab = lab;
    this.filestore = `${DAILY}/openspp_filestore_${STAMP}${suffix}`;
    this.#good = good;
  }

  /** Given a lab and a kind, take a backup whose filestore is kept in that way. */
  static async after(lab: Lab, kind: FilestoreKind): Promise<Planted> {
    const { backup: taken } = await onLab(lab, backup, { filestore: kind });
    const stamp = taken.name.slice("openspp_".length, -".dump".length);
    return new Planted(lab, stamp, kind === "incremental" ? ".sha1" : `.${kind}`);
  }

  /** Puts the copy there anew. */
  async plant(): Promise<void> {
    await inBackup(
      this.lab,
      `cd ${DAILY} && for file in *${this.#good}*; do copy=$(echo $file | sed s/${this.#good}/${STAMP}/); cp $file $copy; done && sed -i s/${this.#good}/${STAMP}/ openspp_${STAMP}.manifest.json`,
    );
  }

  async remove(): Promise<void> {
    await inBackup(this.lab, `rm -f ${DAILY}/*${STAMP}*`);
  }

  /** Given a change of its archive's files, unpacked on this machine, and options for tar, pack them anew. */
  async repack(change: (folder: string) => unknown, ...options: string[]): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), "planted-"));
    const container = this.lab.container("backup");
    try {
      const archive = join(folder, "a.tar.gz");
      await this.lab.docker("cp", `${container}:${this.filestore}`, archive);
      await execa("tar", ["-xzf", archive, "-C", folder]);
      await change(join(folder, "openspp"));
      await execa("tar", ["-czPf", archive, ...options, "-C", folder, "openspp"]);
      await chmod(archive, 0o644);
      await this.lab.docker("cp", archive, `${container}:${this.filestore}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Drills it, and returns what the check of the filestore says. */
  async drill(): Promise<{ verdict: BackupReport["verdict"]; message: string }> {
    const { verdict, checks } = await onLab(this.lab, drill, { backup: `openspp_${STAMP}` });
    const check = checks.find(({ name }) => name === "filestore");
    return { verdict, message: `${check?.status}: ${check?.message}` };
  }
}

/** Given a lab and the id of an attachment, return the path of its file in any filestore of that database. */
export async function pathOfAttachment(lab: Lab, id: number): Promise<string> {
  const client = await lab.connect();
  try {
    const { rows } = await client.query("SELECT store_fname FROM ir_attachment WHERE id = $1", [
      id,
    ]);
    return rows[0].store_fname;
  } finally {
    await client.end();
  }
}

/** Given a lab and a line for a shell, run it in the container of Odoo, in the folder of all filestores. */
export function inOdoo(lab: Lab, line: string): Promise<string> {
  const script = `cd /var/lib/odoo/filestore && ${line}`;
  return lab.docker("exec", lab.container("odoo"), "sh", "-c", script);
}

/** Given a file, flip its first bit. */
export async function flip(file: string): Promise<void> {
  const content = await readFile(file);
  content[0] = (content[0] ?? 0) ^ 1;
  await writeFile(file, content);
}
