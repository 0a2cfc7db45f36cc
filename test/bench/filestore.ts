import { createCipheriv, createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { FilestoreKind } from "../../src/backups/backup-name.ts";
import type { Lab } from "../lab/lab.ts";
import { openFilestore } from "../lab/seeding.ts";
import { runCli, timed } from "./cli.ts";
import { type Measurement, measurement } from "./measurement.ts";

const FILES = 100_000;
/** Together 2 GB, from 10 to 30 kB. */
const SMALLEST = 10_000;
const SPREAD = 20_001;

/**
 * Given a seeded lab and how often, add 100,000 attachments of 2 GB, and measure the proof of an incremental backup's
 * filestore against `sha1sum` over the same files on all cores, in turn. Both read the same pool in the same container: once
 * from the kernel's cache, where all but the hashing weighs most, and once from its disk, as the drill of a quarter does. What
 * archives take, which must be unpacked first, on one core, is said beside it, without a bar.
 */
export async function measureFilestore(lab: Lab, rounds: number): Promise<readonly Measurement[]> {
  await addAttachments(lab);
  const first = await timed(() => backUp(lab, "incremental"));
  const second = await timed(() => backUp(lab, "incremental"));
  say({ "first backup": first, "second backup": second });
  const cached: number[] = [];
  const fromDisk: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const cold = await coldCache(lab, () => timed(() => hashBare(lab)));
    const bare = await timed(() => hashBare(lab));
    const coldProof = await coldCache(lab, () => timedProof(lab));
    const proof = await timedProof(lab);
    say({ "from disk, bare": cold, proven: coldProof, "cached, bare": bare, "proven, too": proof });
    cached.push(proof / bare);
    fromDisk.push(coldProof / cold);
  }
  await sayArchive(lab, "tar.gz", "gzip");
  await sayArchive(lab, "tar.zst", "zstd");
  const name = "proof of 100,000 files / sha1sum on all cores";
  return [
    measurement(name, "ratio", 1.3, cached),
    measurement(`${name}, from disk`, "ratio", 1.3, fromDisk),
  ];
}

/** Given work, do it once the kernel has forgotten what it read (proc_sys_vm(5)); that takes root, on the machine of the engine. */
async function coldCache<T>(lab: Lab, work: () => Promise<T>): Promise<T> {
  await lab.docker("exec", lab.container("backup"), "sync");
  await writeFile("/proc/sys/vm/drop_caches", "3").catch(({ message }: Error) => {
    process.stderr.write(`bench: what was read before may still be in the cache: ${message}\n`);
  });
  return work();
}

async function sayArchive(lab: Lab, kind: FilestoreKind, packer: string): Promise<void> {
  const backup = await timed(() => backUp(lab, kind));
  const unpacking = await timed(() => unpackBare(lab, kind, packer));
  const proof = await timedProof(lab);
  say({ [`${kind}: backup`]: backup, "unpacking alone": unpacking, proof });
}

function backUp(lab: Lab, kind: FilestoreKind) {
  return runCli(lab, ["backup", "--quiet", "--filestore", kind]);
}

async function timedProof(lab: Lab): Promise<number> {
  return proofOf((await runCli(lab, ["drill", "--quiet"])).report.phases);
}

function proofOf(phases: readonly { name: string; seconds: number }[]): number {
  const phase = phases.find(({ name }) => name === "Prove the filestore");
  if (!phase) throw new Error("the drill proved no filestore");
  return phase.seconds;
}

function hashBare(lab: Lab) {
  const line = `cd /backups/filestore/${lab.database.name} && find . -type f | xargs -P ${availableParallelism()} -n 500 sha1sum > /dev/null`;
  return lab.docker("exec", lab.container("backup"), "sh", "-c", line);
}

function unpackBare(lab: Lab, kind: FilestoreKind, packer: string) {
  const line = `${packer} -dc /backups/daily/${lab.database.name}_filestore_*.${kind} > /dev/null`;
  return lab.docker("exec", lab.container("backup"), "sh", "-c", line);
}

async function addAttachments(lab: Lab): Promise<void> {
  const filestore = openFilestore(lab);
  const names: string[] = [];
  const noise = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16));
  for (let number = 0; number < FILES; number += 1) {
    const content = noise.update(Buffer.alloc(SMALLEST + ((number * 7919) % SPREAD)));
    const sha1 = createHash("sha1").update(content).digest("hex");
    names.push(sha1);
    await filestore.write(`${sha1.slice(0, 2)}/${sha1}`, content);
  }
  await filestore.close();
  const client = await lab.connect();
  await client.query(
    `INSERT INTO ir_attachment (name, type, store_fname, checksum)
     SELECT 'bench', 'binary', left(sha1, 2) || '/' || sha1, sha1 FROM unnest($1::text[]) AS sha1`,
    [names],
  );
  await client.end();
}

function say(seconds: Readonly<Record<string, number>>): void {
  const parts = Object.entries(seconds).map(([name, value]) => `${name} ${value.toFixed(1)} s`);
  process.stderr.write(`bench: ${parts.join(", ")}\n`);
}
