import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { expect } from "vitest";
import type { Lab } from "../../lab/lab.ts";
import { contentOf } from "../../lab/seed/attachment-plan.ts";
import { openFilestore } from "../../lab/seeding.ts";
import { inBackup } from "../on-lab.ts";
import { inOdoo } from "./planted.ts";

const LARGE = 2 * 1024 * 1024;
const LARGE_FILES = 30;
/** As text, this size sorts behind that of the large ones, as `addToPool` sorts them. */
const SMALL = 9000;
const SMALL_FILES = 8;
/** By then a saving is in its middle: most of the files are still to come. */
const BEGUN_KIB = 64;
/** Cores: a pool's files are copied in no time otherwise. */
const SLOW = 0.03;

/** Files that make the saving of a lab's filestore last some seconds, and some small ones, of which attachments name half. */
export class Bulk {
  readonly lab: Lab;
  readonly #paths: string[] = [];
  readonly #named = new Map<string, number>();

  private constructor(lab: Lab) {
    this.lab = lab;
  }

  /** Given a lab and a number, add files to its filestore that no other number gives: 60 MB. */
  static async add(lab: Lab, number: number): Promise<Bulk> {
    const bulk = new Bulk(lab);
    const filestore = openFilestore(lab);
    const write = async (size: number, at: number) => {
      const content = contentOf({ seed: -1000 * (number + 1) - at, size });
      const sha1 = createHash("sha1").update(content).digest("hex");
      const path = `${sha1.slice(0, 2)}/${sha1}`;
      await filestore.write(path, content);
      bulk.#paths.push(path);
      return path;
    };
    for (let at = 0; at < LARGE_FILES; at += 1) await write(LARGE, at);
    const small: string[] = [];
    for (let at = 0; at < 2 * SMALL_FILES; at += 1)
      small.push(await write(SMALL, LARGE_FILES + at));
    await filestore.close();
    await bulk.#name(small.slice(SMALL_FILES));
    return bulk;
  }

  async #name(paths: readonly string[]): Promise<void> {
    const client = await this.lab.connect();
    const { rows } = await client.query(
      `INSERT INTO ir_attachment (name, type, store_fname, checksum, file_size)
       SELECT 'bulk', 'binary', path, split_part(path, '/', 2), ${SMALL} FROM unnest($1::text[]) path RETURNING id, store_fname`,
      [paths],
    );
    await client.end();
    for (const { id, store_fname: path } of rows) this.#named.set(path, id);
  }

  /** Return the small files that a reading reaches last: one that an attachment names, with its id, and one that none names. */
  async lastFiles(): Promise<{ named: string; id: number; unnamed: string }> {
    const small = this.#paths.slice(LARGE_FILES);
    const order = (await inOdoo(this.lab, "cd openspp && find . -type f | sed 's|^./||'")).split(
      "\n",
    );
    const found = order.filter((path) => small.includes(path)).toReversed();
    const named = found.find((path) => this.#named.has(path)) ?? "";
    const unnamed = found.find((path) => !this.#named.has(path)) ?? "";
    return { named, id: this.#named.get(named) ?? 0, unnamed };
  }

  /** Take the files and the rows away. */
  async remove(): Promise<void> {
    await inOdoo(this.lab, `cd openspp && rm -f ${this.#paths.join(" ")}`);
    const client = await this.lab.connect();
    await client.query("DELETE FROM ir_attachment WHERE name = 'bulk'");
    await client.end();
  }
}

/** Given a lab, return the throwaway containers of its deployment, or those of them that write a partial file. */
export async function throwawaysOf(lab: Lab, writing = false): Promise<readonly string[]> {
  const label = `label=openspp-backup=${lab.project}`;
  const format = "{{.ID}} {{.Command}}";
  const lines = await lab.docker(
    ...["ps", "--all", "--no-trunc", "--filter", label, "--format", format],
  );
  return lines
    .split("\n")
    .filter((line) => line !== "" && (!writing || line.includes(".part")))
    .map((line) => line.split(" ")[0] ?? "");
}

/** Given a lab whose backup is about to save the filestore, slow that down, and return its container when it is in its middle. */
export async function untilSaving(lab: Lab): Promise<string> {
  const saving = async () => (await throwawaysOf(lab, true))[0] ?? "";
  await expect.poll(saving, { timeout: 60_000, interval: 5 }).not.toBe("");
  const container = await saving();
  await limitCores(lab, container, SLOW);
  const partials = () => inBackup(lab, PARTIALS);
  await expect.poll(partials, { timeout: 120_000, interval: 5 }).not.toBe("");
  return container;
}

/** What a saving has written when it is in its middle, whose large files come first. */
const PARTIALS = `find /backups -path '*/.openspp*.part*' -path '*filestore*' -type f -size +${BEGUN_KIB}k 2>/dev/null`;

/** Given a lab whose backup is about to save the filestore, do work in the middle of that. */
export async function whileSaving(lab: Lab, work: () => Promise<unknown>): Promise<void> {
  const container = await untilSaving(lab);
  await work();
  // What was done may have ended it meanwhile.
  await limitCores(lab, container, availableParallelism()).catch(() => {});
}

function limitCores(lab: Lab, container: string, cores: number): Promise<string> {
  return lab.docker("update", "--cpus", String(cores), container);
}
