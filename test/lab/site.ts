import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { Failed } from "../../src/failure.ts";
import { need, type Say, which } from "../packages.ts";
import { type Daemon, startDaemon, stopDaemon } from "./process.ts";
import { findRclone } from "./rclone.ts";
import { freePort, keygen, resumeSshServer, startSshServer, stopSshServer } from "./sshd.ts";

/** A second site beside a lab's deployment: where its backups are copied to. */
export interface Site {
  /** What lies on it: the folder that rsync and sftp write to, and the one below the S3 server. */
  readonly folder: string;
  /** What the input `remote` says to reach each, with the host's own configuration. */
  readonly remotes: Readonly<Record<RemoteName, string>>;
  /** The host's rclone.conf, as the input `rclone-config` takes it too. */
  readonly rcloneConfig: string;
}

type RemoteName = "rsync" | "sftp" | "s3" | "sftpCrypt" | "s3Crypt";

export const BUCKET = "openspp-backups";
const ACCESS = { id: "lab-access-key", secret: "lab-secret-key" };
const SERVER = "site";
const HOST = "site.example.org";

/** Given a lab's folder, start a second SSH server beside it, which the host's rsync reaches as it reaches any other. */
export async function startSite(labFolder: string, say: Say = () => {}): Promise<string> {
  await need(["rsync"], say);
  const { home, folder } = foldersOf(labFolder);
  await mkdir(join(folder, "ssh"), { recursive: true, mode: 0o700 });
  const key = join(folder, "ssh", "id_ed25519");
  await keygen(key, "ed25519");
  await writeFile(join(folder, "ssh", "authorized_keys"), await readFile(`${key}.pub`));
  const { port, knownHosts } = await startSshServer(join(folder, "ssh"), SERVER, {});
  await writeFile(join(folder, "ssh", "known_hosts"), knownHosts);
  await writeSshConfig(home, folder, port);
  return `${userInfo().username}@${HOST}:${folder}/rsync`;
}

/** Given a lab's folder, start a second site with every kind of remote, and configure the host's rclone for it. */
export async function startWholeSite(labFolder: string, say: Say = () => {}): Promise<Site> {
  const { home, folder } = foldersOf(labFolder);
  const rsync = await startSite(labFolder, say);
  const rclone = await findRclone(say);
  await mkdir(join(home, "bin"), { recursive: true });
  await symlink(rclone, join(home, "bin", "rclone"));
  const s3Port = await startS3(folder, rclone);
  const rcloneConfig = await configOf(folder, rclone, s3Port);
  await mkdir(join(home, ".config", "rclone"), { recursive: true });
  await writeFile(join(home, ".config", "rclone", "rclone.conf"), rcloneConfig, { mode: 0o600 });
  return {
    folder,
    remotes: {
      rsync,
      sftp: `sftp:${folder}/sftp`,
      s3: `s3:${BUCKET}`,
      sftpCrypt: "sftp_crypt:",
      s3Crypt: "s3_crypt:",
    },
    rcloneConfig,
  };
}

/** Given a lab's folder, end its second site's servers; whether there are any does not matter. */
export async function stopSite(labFolder: string): Promise<void> {
  const { folder } = foldersOf(labFolder);
  await stopSshServer(join(folder, "ssh"), SERVER);
  await stopDaemon(s3Daemon(folder));
}

/** The site's SSH server alone: a remote that is gone. */
export async function cutSite(labFolder: string): Promise<void> {
  await stopSshServer(join(foldersOf(labFolder).folder, "ssh"), SERVER);
}

/** Given a lab's folder whose site was cut off, bring the site's SSH server back. */
export async function resumeSite(labFolder: string): Promise<void> {
  await resumeSshServer(join(foldersOf(labFolder).folder, "ssh"), SERVER);
}

function foldersOf(labFolder: string): { readonly home: string; readonly folder: string } {
  return { home: join(labFolder, "ssh"), folder: join(labFolder, "site") };
}

/** OpenSSH takes its user's home from the list of users, not from HOME: so the lab's host has an `ssh` with its own configuration. */
async function writeSshConfig(home: string, folder: string, port: number): Promise<void> {
  const config = join(home, "ssh_config");
  await writeFile(
    config,
    [
      `Host ${HOST}`,
      ...[`  HostName 127.0.0.1`, `  Port ${port}`],
      `  IdentityFile "${join(folder, "ssh", "id_ed25519")}"`,
      `  UserKnownHostsFile "${join(folder, "ssh", "known_hosts")}"`,
      "",
    ].join("\n"),
  );
  await mkdir(join(home, "bin"), { recursive: true });
  const program = join(home, "bin", "ssh");
  await writeFile(program, `#!/bin/sh\nexec ${await which("ssh")} -F '${config}' "$@"\n`);
  await chmod(program, 0o755);
}

async function startS3(folder: string, rclone: string): Promise<number> {
  const port = await freePort();
  const store = join(folder, "s3");
  await mkdir(join(store, BUCKET), { recursive: true });
  const { pidFile } = s3Daemon(folder);
  startDaemon(
    "sh",
    [
      ...["-c", 'echo $$ > "$1"; shift; exec "$@"', "sh", pidFile, rclone, "serve", "s3"],
      // What a test does to the files behind its back, it serves within a second.
      ...["--config=", "--dir-cache-time=1s", "--addr", `127.0.0.1:${port}`, store],
      ...["--auth-key", `${ACCESS.id},${ACCESS.secret}`],
    ],
    join(folder, "s3.log"),
  );
  const deadline = Date.now() + 20_000;
  while (!(await answers(port))) {
    if (Date.now() > deadline) {
      const why = (await readFile(join(folder, "s3.log"), "utf8")).trim().split("\n").at(-1);
      throw new Failed({ what: "The lab's S3 server did not start.", ...(why && { why }) });
    }
    await sleep(50);
  }
  return port;
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

async function configOf(folder: string, rclone: string, s3Port: number): Promise<string> {
  const { stdout: password } = await execa(rclone, ["--config=", "obscure", "lab-crypt-password"]);
  const { port } = await sshAddress(folder);
  const crypt = (name: string, beneath: string) =>
    `[${name}]\ntype = crypt\nremote = ${beneath}\npassword = ${password}\n`;
  return [
    "[sftp]\ntype = sftp\nhost = 127.0.0.1",
    `port = ${port}\nuser = ${userInfo().username}`,
    `key_file = ${join(folder, "ssh", "id_ed25519")}`,
    `known_hosts_file = ${join(folder, "ssh", "known_hosts")}\n`,
    "[s3]\ntype = s3\nprovider = Rclone\nforce_path_style = true",
    `access_key_id = ${ACCESS.id}\nsecret_access_key = ${ACCESS.secret}`,
    `endpoint = http://127.0.0.1:${s3Port}\n`,
    crypt("sftp_crypt", `sftp:${folder}/sftp-crypt`),
    crypt("s3_crypt", `s3:${BUCKET}/crypt`),
  ].join("\n");
}

async function sshAddress(folder: string): Promise<{ port: number }> {
  const config = await readFile(join(folder, "..", "ssh", "ssh_config"), "utf8");
  return { port: Number(/^ {2}Port (\d+)$/m.exec(config)?.[1]) };
}

function s3Daemon(folder: string): Daemon {
  return { pidFile: join(folder, "s3.pid"), mark: join(folder, "s3") };
}
