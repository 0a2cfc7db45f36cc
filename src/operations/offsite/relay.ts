import type { LocalFile } from "../../backups/offsite-plan.ts";
import { inContainer, program } from "../../commands/command.ts";
import { Rclone } from "../../commands/rclone.ts";
import type { Transfer } from "../../commands/remote-tool.ts";
import { serveFiles } from "../../host/file-server.ts";
import { type Offsite, type OffsiteRun, runTool } from "./offsite.ts";

/**
 * Given files of the backup volume, let the runner's rclone fetch them as the host sends them: nothing of them is kept here,
 * and the host sends no faster than the remote takes. One rclone copies them all, several at a time.
 */
export async function relay(
  { host, site, settings, signal }: OffsiteRun,
  offsite: Offsite,
  files: readonly LocalFile[],
  onProgress: (transfer: Transfer) => void,
): Promise<void> {
  const { tool } = offsite;
  if (!(tool instanceof Rclone)) throw new TypeError("only rclone copies what is served to it");
  const { container, directory } = site.backups;
  const served = await serveFiles(files, ({ path }, output, ended) =>
    host.run(inContainer(container, program(["cat", `${directory}/${path}`])), {
      signal: AbortSignal.any([signal, ended]),
      output,
    }),
  );
  try {
    const paths = files.map(({ path }) => path);
    await runTool(offsite, tool.uploadServed(served.url, paths, settings.sync), signal, onProgress);
  } catch (error) {
    // The remote's tool only knows that something did not come.
    throw served.trouble ?? error;
  } finally {
    await served.close();
  }
}
