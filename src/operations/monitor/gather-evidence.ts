import { parseListing } from "../../backups/listing.ts";
import { overriddenPolicy, type RetentionPolicy } from "../../backups/retention-plan.ts";
import { parseRecords } from "../../backups/run-record.ts";
import { listFiles, stampIn, stampNow } from "../../commands/backup-files.ts";
import {
  and,
  type Command,
  inContainer,
  inThrowaway,
  type Joined,
  type Program,
  program,
} from "../../commands/command.ts";
import type { BackupVolume, Database } from "../../deployment/deployment.ts";
import { Failed, UserMistake } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Settings } from "../../inputs/settings.ts";
import type { Effects } from "../effects.ts";
import { listFilesOf, openFrom } from "../offsite/offsite.ts";
import { onDatabase } from "../run-in-container.ts";
import { askServer } from "./ask-server.ts";
import type { BackupStore } from "./findings/backup-store.ts";
import type { Volume } from "./findings/judge-disk.ts";
import type { Evidence } from "./findings/judge-evidence.ts";
import type { RemoteEvidence } from "./findings/remote-copies.ts";
import {
  containerLog,
  parseManifestHeads,
  parseSections,
  parseVolume,
  parseZone,
  probe,
  probeSpace,
} from "./probe.ts";
import type { WatchedDeployment } from "./watched-deployment.ts";

/**
 * Looks at everything that a monitor judges, all at once. Parts of the deployment may be down.
 * Nothing is changed.
 */
export async function gatherEvidence(
  effects: Effects,
  watched: WatchedDeployment,
  settings: Settings,
): Promise<Evidence> {
  const { backups, server } = watched;
  const [seen, remote, volumes, answer] = await Promise.all([
    backups instanceof UserMistake
      ? backups.sentence
      : gatherVolume(effects, watched, backups, settings.retention),
    listRemote(settings, effects),
    server instanceof UserMistake ? [] : gatherServerDisk(effects, server),
    server instanceof UserMistake ? server.sentence : askServer(effects, server),
  ]);
  const common = {
    now: new Date(effects.clock.now().getTime() + watched.clockSkewSeconds * 1000),
    clockSkewSeconds: watched.clockSkewSeconds,
    service: watched.service,
    addresses: watched.addresses,
    database: watched.database,
    volumes,
    ...(remote && { remote }),
    server: answer,
  };
  return typeof seen === "string" ? { ...common, store: seen } : { ...common, ...seen };
}

type VolumeEvidence = Pick<Evidence, "store" | "cron" | "log" | "ready">;

/**
 * Looks from the backup container where it runs. Otherwise it makes a container that sees only the
 * volume.
 */
async function gatherVolume(
  { host, signal }: Effects,
  watched: WatchedDeployment,
  backups: BackupVolume,
  given: Partial<RetentionPolicy>,
): Promise<VolumeEvidence | string> {
  const { service, database, server } = watched;
  const { directory, container, image } = backups;
  const alone = ["--network", "none", "--volumes-from", `${container}:ro`];
  const there = (command: Program | Joined): Command =>
    service.running
      ? inContainer(container, command)
      : inThrowaway(image, command, { options: alone });
  const run = async (command: Command) => host.run(command, { signal });
  const { innerHost: serverHost, innerPort: serverPort } =
    server instanceof UserMistake ? { innerHost: "db", innerPort: 5432 } : server;
  try {
    const [listed, probed, logged] = await Promise.all([
      run(there(and(stampNow(), listFiles(directory)))),
      run(
        there(
          probe({
            directory,
            database,
            serverHost,
            serverPort,
          }),
        ),
      ),
      run(service.running ? containerLog(container) : program(["true"])),
    ]);
    const sections = parseSections(probed.stdout);
    const section = (name: string) => sections.get(name) ?? [];
    const store = storeOf(listed.stdout, section, backups, database, given);
    if (!service.running) return { store };
    const log = section("log");
    return {
      store,
      cron: { lines: section("crontab"), read: section("cron").length > 0 },
      log: log.length > 0 ? log : `${logged.stdout}\n${logged.stderr}`.split("\n"),
      ready: section("ready")[0] === "0",
    };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return `The backups cannot be looked at: ${error.reason}`;
  }
}

function storeOf(
  listed: string,
  section: (name: string) => readonly string[],
  backups: BackupVolume,
  database: string,
  given: Partial<RetentionPolicy>,
): BackupStore {
  const { stamp, offset, rest: lines } = stampIn(listed);
  const volume = parseVolume("the backup volume", section("space"), section("inodes"));
  const [linked = ""] = section("linked");
  const unreadable = linked === "" ? undefined : section("readable")[0];
  return {
    listing: parseListing(lines, backups.directory, database, offset),
    stamp,
    zone: parseZone(section("zone")[0] ?? "", offset),
    schedule: backups.schedule,
    policy: overriddenPolicy(backups.retention, given),
    linked,
    ...(unreadable !== undefined && { unreadable }),
    heads: parseManifestHeads(section("manifests")),
    records: parseRecords(section("records").join("\n")),
    ...(volume && { volume }),
  };
}

/** Where the image of the official server keeps its clusters. */
const CLUSTERS = "/var/lib/postgresql";

async function gatherServerDisk(
  { host, signal }: Effects,
  database: Database,
): Promise<readonly Volume[]> {
  try {
    const printed = await onDatabase(
      { host, signal, deployment: { database } },
      probeSpace(CLUSTERS),
    );
    const sections = parseSections(printed);
    const volume = parseVolume(
      "the database's volume",
      sections.get("space") ?? [],
      sections.get("inodes") ?? [],
    );
    return volume ? [volume] : [];
  } catch (error) {
    if (error instanceof CommandFailed) return [];
    throw error;
  }
}

/**
 * In seconds. rclone tries a connection for 10 s, twice. A remote that never answers must not hold
 * the monitor.
 */
const PATIENCE_SECONDS = 75;

/**
 * Lists the remote from the machine that copies: its files, or why it cannot. Undefined where no
 * remote is named. It only reads.
 */
async function listRemote(
  settings: Settings,
  effects: Effects,
): Promise<RemoteEvidence | undefined> {
  const { remote, from } = settings.sync;
  if (!remote) return undefined;
  const { address } = remote;
  const patience = AbortSignal.timeout(PATIENCE_SECONDS * 1000);
  const signal = AbortSignal.any([effects.signal, patience]);
  try {
    const machine = from === "runner" ? effects.runner : effects.host;
    const offsite = await openFrom({ ...effects, settings, signal }, machine);
    return { address, files: await listFilesOf(offsite, signal) };
  } catch (error) {
    if (effects.signal.aborted) throw error;
    if (patience.aborted) {
      return { address, trouble: `\`${address}\` did not answer within ${PATIENCE_SECONDS} s.` };
    }
    if (!(error instanceof Failed || error instanceof UserMistake)) throw error;
    const { next } = error.explanation;
    return { address, trouble: error.sentence, ...(next && { next }) };
  }
}
