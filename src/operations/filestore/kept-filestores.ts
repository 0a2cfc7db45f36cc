import { removeFiles } from "../../commands/backup-files.ts";
import { readRecords, writeRecord } from "../../commands/record-files.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import type { Effects } from "../effects.ts";
import { inBackup, uncancelled } from "../run-in-container.ts";
import {
  type KeptFilestore,
  keptFilestorePath,
  keptFilestoresIn,
  parseKeptFilestores,
  serializeKeptFilestore,
} from "./kept-record.ts";
import { exchangeFilestores, type FilestoreExchange, removeFolders } from "./restore-filestore.ts";

type VolumeRun = Pick<Effects, "host" | "signal"> & {
  readonly deployment: Pick<Deployment, "backups" | "database" | "filestore">;
};

/** The records in the backup volume of the filestores that restores exchanged, oldest first. */
export async function keptFilestores(run: VolumeRun): Promise<readonly KeptFilestore[]> {
  const { deployment } = run;
  const { folder, prefix } = keptFilestoresIn(deployment.backups.directory);
  const records = await inBackup(run, readRecords(folder, prefix));
  return parseKeptFilestores(records, deployment.database.name);
}

/** The dates of what is restored: the server's own clock, and the days that it is kept. */
export interface Dated {
  /** `now` in ISO 8601. */
  readonly facts: { readonly now: string };
  readonly settings: { readonly restore: { readonly keepDays: number } };
  readonly deployment: { readonly database: { readonly name: string } };
}

/** The record of a proven filestore; `alone` when it was restored without its database. */
export function keptFilestoreOf(
  { facts, settings, deployment }: Dated,
  backup: string,
  { aside, next }: FilestoreExchange,
  alone: boolean,
): KeptFilestore {
  const since = new Date(facts.now).toISOString();
  const until = new Date(Date.parse(since) + settings.restore.keepDays * 86_400_000).toISOString();
  const of = deployment.database.name;
  return { recordVersion: 1, of, backup, since, until, aside, next, alone, state: "proven" };
}

/**
 * For an exchange after which no former database exists whose mark would name the filestore. The services must be stopped.
 */
export async function exchangeFilestoreWithRecord(
  run: Parameters<typeof exchangeFilestores>[0],
  record: KeptFilestore,
): Promise<void> {
  await saveKeptFilestore(run, record);
  await exchangeFilestores(run, record);
  await saveKeptFilestore(run, { ...record, state: "live" });
}

/** Call it before what the record says is done, so that the next run can finish it. A cancelled run does it, too. */
export async function saveKeptFilestore(run: VolumeRun, record: KeptFilestore): Promise<void> {
  const path = keptFilestorePath(run.deployment.backups.directory, record);
  await inBackup(uncancelled(run), writeRecord(path, serializeKeptFilestore(record)));
}

/** Removes the folder first, if one is given: without the record, nobody would know of it. */
export async function removeKeptFilestore(
  run: Parameters<typeof removeFolders>[0],
  record: KeptFilestore,
  folder?: string,
): Promise<void> {
  const { directory } = run.deployment.backups;
  if (folder !== undefined) await removeFolders(run, [folder]);
  await inBackup(uncancelled(run), removeFiles([keptFilestorePath(directory, record)]));
}
