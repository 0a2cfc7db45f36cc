import { Transform } from "node:stream";
import { inContainer, program } from "../../commands/command.ts";
import { Rclone } from "../../commands/rclone.ts";
import type { StoredFile } from "../../commands/remote-tool.ts";
import { Failed } from "../../failure.ts";
import { allOrNone } from "../all-or-none.ts";
import { type Offsite, type OffsiteRun, runTool } from "./offsite.ts";

/**
 * Given a file of the backup volume, let the runner's rclone receive it as the host sends it: nothing of it is kept
 * here, and the host sends no faster than the remote takes. It gets its name on the remote once it is there whole.
 */
export async function relay(
  { host, site, settings, signal }: OffsiteRun,
  offsite: Offsite,
  { path, bytes }: StoredFile,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { tool } = offsite;
  if (!(tool instanceof Rclone)) throw new TypeError("only rclone receives a stream");
  const { container, directory } = site.backups;
  const sending = inContainer(container, program(["cat", `${directory}/${path}`]));
  let sent = 0;
  const through = new Transform({
    transform(chunk: Buffer, _, done) {
      sent += chunk.length;
      onBytes(sent);
      done(null, chunk);
    },
  });
  const receiving = tool.receive(path, bytes, settings.sync);
  const failed = new AbortController();
  const together = AbortSignal.any([signal, failed.signal]);
  await allOrNone(
    [
      host.run(sending, { signal: together, output: through }),
      offsite.host.run(receiving, { signal: together, input: through }),
    ],
    failed,
  );
  if (sent !== bytes) {
    throw new Failed({
      what: `${path} had ${bytes} bytes when it was listed, and ${sent} were sent.`,
      state: `What was received stands on the remote under a hidden name.`,
      next: "Somebody changes that file: run it again when it is done.",
    });
  }
  await runTool(offsite, tool.reveal(path), signal);
}
