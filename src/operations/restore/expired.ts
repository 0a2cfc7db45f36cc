import { expired } from "../../backups/side-database.ts";
import { dropDatabase } from "../../commands/databases.ts";
import { removeFolders } from "../filestore/restore.ts";
import type { Locked } from "../run.ts";
import { databasesBeside } from "./settle.ts";

/**
 * Given a run that holds the lock and the present time, drop the former databases, their filestores, and the copies that
 * were kept for as long as agreed; return a sentence for each.
 */
export async function dropExpired(run: Locked, now: Date): Promise<readonly string[]> {
  const sentences: string[] = [];
  for (const { name, mark } of expired(await databasesBeside(run), now)) {
    if (mark.is === "former" && mark.filestore) await removeFolders(run, [mark.filestore.aside]);
    await run.maintenance.batch([dropDatabase(name)]);
    const until = mark.is === "incoming" ? "" : `, kept until ${mark.until.slice(0, 10)}`;
    sentences.push(`Dropped ${name}${until}.`);
  }
  for (const sentence of sentences) run.journal.log.info(sentence);
  return sentences;
}
