import { join } from "node:path";
import { UserMistake } from "../../src/failure.ts";
import type { Lab } from "./lab.ts";
import { crashSshServers, cutSessions, resumeSshServers } from "./sshd.ts";

const BACKUPS = "/backups";
const DATABASE = "/var/lib/postgresql";
const FILLER = ".filler";

/** Given a lab, stop its database as an administrator would. */
export async function stopDb(lab: Lab): Promise<void> {
  await lab.compose("stop", "db");
}

/** Given a lab whose database is stopped, start it and wait until it is healthy. */
export async function startDb(lab: Lab): Promise<void> {
  await lab.compose("up", "--detach", "--wait", "--no-recreate", "db");
}

/** Given a lab, restart its database at once: every session on it ends. */
export async function restartDb(lab: Lab): Promise<void> {
  await lab.docker("restart", lab.container("db"));
  await startDb(lab);
}

/** Given a lab, end the server side of every SSH connection; what the sessions started lives on. */
export async function cutConnections(lab: Lab): Promise<void> {
  await cutSessions(join(lab.folder, "ssh"));
}

/**
 * Given a lab, let its host crash and boot: every process of its sessions and containers ends without a word, and then
 * Docker starts the containers that were running. One that somebody had stopped stays so, as with `unless-stopped`.
 */
export async function rebootHost(lab: Lab): Promise<void> {
  const ssh = join(lab.folder, "ssh");
  await crashSshServers(ssh);
  const deployed = await killLabelled(lab, `com.docker.compose.project=${lab.project}`);
  await killLabelled(lab, `openspp-backup=${lab.project}`);
  await lab.docker("start", ...deployed);
  await startDb(lab);
  await resumeSshServers(ssh);
}

/** Returns those that were still running: the engine may be about to stop one, or to remove it. */
async function killLabelled(lab: Lab, label: string): Promise<string[]> {
  const filter = ["--filter", `label=${label}`, "--format", "{{.Names}}"];
  const names = (await lab.docker("ps", ...filter)).split("\n").filter(Boolean);
  const killed = await Promise.allSettled(names.map((name) => lab.docker("kill", name)));
  return names.filter((_, index) => killed[index]?.status === "fulfilled");
}

/** Given a lab and whether its Odoo answers, make `/web/health` answer 200, or fail until told otherwise. */
export async function setOdooHealth(lab: Lab, healthy: boolean): Promise<void> {
  const page = "/srv/odoo/web/health";
  const [from, to] = healthy ? [`${page}.away`, page] : [page, `${page}.away`];
  await lab.docker("exec", lab.container("odoo"), "mv", from, to);
}

/**
 * Given a lab with `backupVolumeBytes`, leave so many bytes free in its backup volume (rounded down to a
 * page). The file that takes the rest is hidden in the volume's root.
 */
export function fillBackupVolume(lab: Lab, freeBytes: number): Promise<void> {
  return fill(lab, "backup", BACKUPS, freeBytes);
}

/** Given a lab, take away what `fillBackupVolume` put there. */
export async function freeBackupVolume(lab: Lab): Promise<void> {
  await inBackup(lab, `rm -f ${BACKUPS}/${FILLER}`);
}

/** Given a lab with `databaseVolumeBytes`, do the same with the database's volume. */
export function fillDatabaseVolume(lab: Lab, freeBytes: number): Promise<void> {
  return fill(lab, "db", DATABASE, freeBytes);
}

/** Given a lab, take away what `fillDatabaseVolume` put there. */
export async function freeDatabaseVolume(lab: Lab): Promise<void> {
  await inService(lab, "db", `rm -f ${DATABASE}/${FILLER}`);
}

async function fill(
  lab: Lab,
  service: "backup" | "db",
  folder: string,
  freeBytes: number,
): Promise<void> {
  const run = (line: string) => inService(lab, service, line);
  const [size] = await run(`df -P -k ${folder} | awk 'END { print $2, $1 }'`);
  if (!size?.endsWith("tmpfs")) {
    throw new UserMistake({
      what: `The volume of ${service} in the lab ${lab.name} is as large as this machine's disk.`,
      next: "Start the lab with `backupVolumeBytes` or `databaseVolumeBytes`.",
    });
  }
  const file = `${folder}/${FILLER}`;
  await run(`rm -f ${file}`);
  const [free] = await run(`df -P -k ${folder} | awk 'END { print $4 }'`);
  const kilobytes = Math.ceil(Number(free) - freeBytes / 1024);
  if (kilobytes > 0) {
    await run(`dd if=/dev/zero of=${file} bs=1024 count=${kilobytes} 2>/dev/null`);
  }
}

/** Given a lab, a file of its backup volume (`daily/x.dump`), an offset in bytes and a bit from 0 to 7, flip that bit. */
export async function corrupt(lab: Lab, file: string, offset: number, bit: number): Promise<void> {
  const path = `${BACKUPS}/${file}`;
  const [read] = await inBackup(
    lab,
    `dd if="$1" bs=1 skip=${offset} count=1 2>/dev/null | od -An -tu1`,
    path,
  );
  const value = Number.parseInt(read ?? "", 10);
  if (Number.isNaN(value)) throw new RangeError(`${file} has no byte ${offset}`);
  const octal = (value ^ (1 << bit)).toString(8).padStart(3, "0");
  const write = `printf '\\${octal}' | dd of="$1" bs=1 seek=${offset} count=1 conv=notrunc 2>/dev/null`;
  await inBackup(lab, write, path);
}

/** Given a lab, a file of its backup volume and a size, cut the file down to that many bytes. */
export async function truncate(lab: Lab, file: string, bytes: number): Promise<void> {
  await inBackup(lab, `truncate -s ${bytes} "$1"`, `${BACKUPS}/${file}`);
}

function inBackup(lab: Lab, line: string, ...args: string[]): Promise<string[]> {
  return inService(lab, "backup", line, ...args);
}

async function inService(
  lab: Lab,
  service: "backup" | "db",
  line: string,
  ...args: string[]
): Promise<string[]> {
  const output = await lab.docker("exec", lab.container(service), "sh", "-c", line, "sh", ...args);
  return output.split("\n").map((one) => one.trim());
}
