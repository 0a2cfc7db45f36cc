import { manifestNameOf } from "../../backups/backup-name.ts";
import { parseManifest } from "../../backups/manifest.ts";
import type { BackupFiles } from "../../backups/offsite-plan.ts";
import type { LocalFile } from "../../backups/stored-file.ts";
import { hashFiles, sumsIn } from "../../commands/backup-files.ts";
import type { Program } from "../../commands/command.ts";
import type { HashComparison } from "../../commands/remote-tool.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Settings } from "../../inputs/settings.ts";
import { type Check, failed, notRun, passed } from "../../report/check.ts";
import { counted } from "../../words/count.ts";
import { inBackup } from "../run-in-container.ts";
import { type Offsite, type OffsiteRun, runTool, whyOf } from "./offsite.ts";

export interface CopyProofInput {
  /** The volume's backups. */
  readonly here: readonly BackupFiles<LocalFile>[];
  /** The remote's backups, newest first. */
  readonly there: readonly BackupFiles[];
  /** Backups that this run has copied, by the paths of their dumps. */
  readonly copied: readonly string[];
}

export interface CopyProof {
  readonly check: Check;
  /** The proof that ran and passed. */
  readonly verified?: Settings["sync"]["verify"];
}

const DAMAGED =
  "That copy is damaged. Delete it there by hand and run it again: the next run copies it again. Look at the remote's own health.";

/**
 * Proves what is on the remote, as the settings say. It looks at the newest backup, at an older one
 * at random and, by hashes, at what was copied now. Of a backup that the volume no longer has, only
 * the dump can be proven, by the manifest.
 */
export async function proveCopy(
  run: OffsiteRun,
  offsite: Offsite,
  proving: CopyProofInput,
  random: number,
): Promise<CopyProof> {
  const { verify } = run.settings.sync;
  const chosen = chooseCopies(proving, random);
  if (chosen.length === 0) {
    return { check: notRun("offsite-proof", "Not looked at: there is no backup on the remote.") };
  }
  if (verify === "size") {
    const files = proving.here.reduce((sum, { files }) => sum + files.length, 0);
    const sentence = `The sizes of ${counted(files, "file")} agree. Their content was not looked at (\`verify: size\`).`;
    return { check: passed("offsite-proof", sentence), verified: "size" };
  }
  const byHash = verify === "hash" ? await proveByHash(run, offsite, proving, chosen) : undefined;
  return byHash ?? (await proveByReading(run, offsite, proving, chosen));
}

function chooseCopies({ here, there }: CopyProofInput, random: number): readonly BackupFiles[] {
  const [newest, ...older] = there;
  const known = older.filter((backup) => backup.manifest || isInVolume(backup, here));
  const another = known[Math.floor(random * known.length)];
  return [newest, another].filter((backup) => backup !== undefined);
}

function isInVolume({ dump }: BackupFiles, here: CopyProofInput["here"]): boolean {
  return here.some((backup) => backup.dump === dump);
}

/** Undefined when hashes prove nothing here: the remote has none, or the runner does not have the files. */
async function proveByHash(
  run: OffsiteRun,
  offsite: Offsite,
  { here, copied }: CopyProofInput,
  chosen: readonly BackupFiles[],
): Promise<CopyProof | undefined> {
  const { settings, deployment, signal } = run;
  if (settings.sync.from === "runner") return undefined;
  const wanted = new Set([...chosen.map(({ dump }) => dump), ...copied]);
  const backups = here.filter(({ dump }) => wanted.has(dump));
  const paths = backups.flatMap(({ files }) => files.map(({ path }) => path));
  // At least of the newest backup there must be files here to compare with.
  if (!backups.some(({ dump }) => dump === chosen[0]?.dump)) return undefined;
  const asking = offsite.tool.askHashes();
  const hashes = asking ? (await runTool(offsite, asking, signal)).stdout : "";
  const command = offsite.tool.compare(deployment.backups.hostPath, paths, hashes);
  const { comparison, failure } = await compare(run, offsite, command, paths);
  if (!comparison) return undefined;
  const { equal, differing } = comparison;
  if (differing.length === 0 && equal.length < paths.length) {
    if (failure) throw failure;
    const sentence = `${offsite.tool.name} compared ${equal.length} of ${counted(paths.length, "file")}.`;
    return { check: notRun("offsite-proof", sentence, "Use `verify: download`, and report this.") };
  }
  if (differing.length === 0) {
    const sentence = `Equal by hashes that both ends made: ${counted(paths.length, "file")} of ${named(backups)}.`;
    return { check: passed("offsite-proof", sentence), verified: "hash" };
  }
  const check = failed(
    "offsite-proof",
    `Not equal by hash: ${differing.slice(0, 3).join(", ")}${differing.length > 3 ? ", …" : ""}.`,
    DAMAGED,
  );
  return { check };
}

/** The tool may also exit with an error when it finds a difference. */
async function compare(
  { signal }: OffsiteRun,
  offsite: Offsite,
  command: Program,
  paths: readonly string[],
): Promise<{ comparison: HashComparison | undefined; failure?: CommandFailed }> {
  try {
    const written = await runTool(offsite, offsite.within(command), signal);
    return { comparison: offsite.tool.comparisonIn(written, paths) };
  } catch (failure) {
    if (!(failure instanceof CommandFailed)) throw failure;
    return { comparison: offsite.tool.comparisonIn(failure, paths), failure };
  }
}

async function proveByReading(
  run: OffsiteRun,
  offsite: Offsite,
  proving: CopyProofInput,
  chosen: readonly BackupFiles[],
): Promise<CopyProof> {
  const unproven: string[] = [];
  const gone = chosen.filter((backup) => backup.manifest && !isInVolume(backup, proving.here));
  for (const backup of chosen) {
    const expected = await expectedSums(run, offsite, proving, backup);
    if (expected instanceof Failed) {
      return { check: failed("offsite-proof", expected.sentence, DAMAGED) };
    }
    const alone = gone.includes(backup);
    for (const { path } of backup.files.filter(({ path }) => !alone || path === backup.dump)) {
      const sum = expected.get(path);
      if (sum === undefined) {
        unproven.push(path);
        continue;
      }
      const read = await readBack(run, offsite, path);
      if (read !== sum) {
        const sentence = `${path} was read back and has another SHA-256 than when it was written.`;
        return { check: failed("offsite-proof", sentence, DAMAGED) };
      }
    }
  }
  if (unproven.length > 0) {
    const sentence = `Nothing says what the SHA-256 of ${unproven.join(", ")} was: no manifest, and no file of that name in the volume.`;
    return { check: notRun("offsite-proof", sentence, "Take a new backup (`mode: snapshot`).") };
  }
  const alone =
    gone.length > 0 ? ` Of ${named(gone)}, which the volume no longer has, the dump alone.` : "";
  const sentence = `Read back, every byte, and its SHA-256 is as it was written: ${named(chosen)}.${alone}`;
  return { check: passed("offsite-proof", sentence), verified: "download" };
}

/**
 * The SHA-256 sums that a backup's files must have, by its manifest and by the volume's files of
 * the same names.
 */
async function expectedSums(
  run: OffsiteRun,
  offsite: Offsite,
  { here }: CopyProofInput,
  backup: BackupFiles,
): Promise<ReadonlyMap<string, string> | Failed> {
  const { directory } = run.deployment.backups;
  const local = here.find(({ dump }) => dump === backup.dump)?.files ?? [];
  const sums = new Map<string, string>();
  const known = local.filter(({ path }) => !backup.manifest || path !== backup.dump);
  if (known.length > 0) {
    const files = known.map(({ path }) => `${directory}/${path}`);
    const hashes = sumsIn(await inBackup(run, hashFiles(files)));
    for (const [index, { path }] of known.entries()) sums.set(path, hashes[index] ?? "");
  }
  if (!backup.manifest) return sums;
  const path = manifestNameOf(backup.dump);
  const { stdout } = await runTool(offsite, offsite.tool.read(path), run.signal);
  try {
    const name = backup.dump.slice(backup.dump.indexOf("/") + 1);
    return sums.set(backup.dump, parseManifest(stdout, name).dump.sha256);
  } catch (error) {
    if (error instanceof Failed) return error;
    throw error;
  }
}

async function readBack(
  { settings, journal, signal }: OffsiteRun,
  offsite: Offsite,
  path: string,
): Promise<string> {
  const command = offsite.tool.readBack(path, settings.sync);
  const { stdout } = await runTool(offsite, command, signal, ({ fraction }) =>
    journal.log.progress(fraction, `of ${path} read back`),
  );
  return stdout.slice(0, 64);
}

function named(backups: readonly Pick<BackupFiles, "dump">[]): string {
  const names = backups.map(({ dump }) => dump);
  return names.length > 3 ? `${names.slice(0, 3).join(", ")}, …` : names.join(", ");
}

/** The check when the command of a proof failed. It says nothing about the copy. */
export function copyNotProven(offsite: Offsite, error: unknown): CopyProof {
  if (!(error instanceof CommandFailed)) throw error;
  const sentence = `The copy could not be proven: ${whyOf(offsite, error)}`;
  return {
    check: notRun(
      "offsite-proof",
      sentence,
      "Run it again, and check the connection to the remote.",
    ),
  };
}
