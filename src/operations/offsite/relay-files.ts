import { Writable } from "node:stream";
import { type RelayPart, relayParts } from "../../backups/relay-parts.ts";
import type { LocalFile } from "../../backups/stored-file.ts";
import { program } from "../../commands/command.ts";
import { Rclone } from "../../commands/rclone.ts";
import type { Transfer } from "../../commands/remote-tool.ts";
import { Failed } from "../../failure.ts";
import { type Send, serveFiles } from "../../host/file-server.ts";
import { inBackup } from "../run-in-container.ts";
import { type Offsite, type OffsiteRun, runTool } from "./offsite.ts";

/**
 * Lets the runner's rclone fetch files of the backup volume while the host sends them. No file is
 * written on the runner, and the host sends no faster than the remote takes.
 */
export async function relayFiles(
  run: OffsiteRun,
  offsite: Offsite,
  files: readonly LocalFile[],
  onProgress: (transfer: Transfer) => void,
): Promise<void> {
  let before = 0;
  for (const part of relayParts(files)) {
    await relayPart(run, offsite, part, (transfer) =>
      onProgress({ ...transfer, bytes: before + transfer.bytes }),
    );
    before += sizeOf(part.files);
  }
}

/** One rclone copies them all, several at a time. */
async function relayPart(
  run: OffsiteRun,
  offsite: Offsite,
  { files, together }: RelayPart,
  onProgress: (transfer: Transfer) => void,
): Promise<void> {
  const { settings, signal } = run;
  const { tool } = offsite;
  if (!(tool instanceof Rclone)) throw new TypeError("only rclone copies what is served to it");
  const served = await serveFiles(files, together ? await readTogether(run, files) : reading(run));
  try {
    const paths = files.map(({ path }) => path);
    await runTool(offsite, tool.uploadServed(served.url, paths, settings.sync), signal, onProgress);
  } catch (error) {
    // The remote's tool knows only that something did not arrive.
    throw served.trouble ?? error;
  } finally {
    await served.close();
  }
}

function reading(run: OffsiteRun): Send {
  const { directory } = run.deployment.backups;
  return ({ path }, output, ended) => {
    const asked = { ...run, signal: AbortSignal.any([run.signal, ended]) };
    return inBackup(asked, program(["cat", `${directory}/${path}`]), { output });
  };
}

/** One `cat` prints several files. Their sizes say where each begins. */
async function readTogether(run: OffsiteRun, files: readonly LocalFile[]): Promise<Send> {
  const { directory } = run.deployment.backups;
  const chunks: Buffer[] = [];
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  const paths = files.map(({ path }) => `${directory}/${path}`);
  await inBackup(run, program(["cat", ...paths]), { output });
  const all = Buffer.concat(chunks);
  if (all.length !== sizeOf(files)) {
    throw new Failed({
      what: `${files.length} files had ${sizeOf(files)} bytes when they were listed, and ${all.length} were sent.`,
      state: "Nothing of them was copied.",
      next: "Somebody changes them: run it again when it is done.",
    });
  }
  const content = new Map<string, Buffer>();
  let start = 0;
  for (const { path, bytes } of files) {
    content.set(path, all.subarray(start, start + bytes));
    start += bytes;
  }
  return async ({ path }, to) => void to.end(content.get(path));
}

function sizeOf(files: readonly LocalFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
