import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { kill } from "../lab/process.ts";

export interface Sshd extends AsyncDisposable {
  readonly port: number;
  readonly user: string;
  /** The sshd that listens; each connection is a child of it. */
  readonly pid: number;
  /** Lines that pin its host keys for 127.0.0.1. */
  readonly knownHosts: string;
  /** The public keys it has, as `type base64`, by short type: `ed25519`, `rsa`, `ecdsa`. */
  readonly hostKeys: Readonly<Record<string, string>>;
  /** Makes a user key that it accepts, and returns the private key's file. */
  addKey(type: string, passphrase?: string, extra?: readonly string[]): string;
}

export const HOST_KEY_TYPES = ["ed25519", "rsa", "ecdsa"] as const;

/** A real OpenSSH server on a free loopback port, with host keys and authorized keys of its own. */
export async function startSshd(
  settings: readonly string[] = [],
  hostKeyTypes: readonly string[] = HOST_KEY_TYPES,
  address = "127.0.0.1",
): Promise<Sshd> {
  const directory = mkdtempSync(join(tmpdir(), "sshd-"));
  const file = (name: string) => join(directory, name);
  const port = await freePort(address);
  const hostKeys: Record<string, string> = {};
  for (const type of hostKeyTypes) {
    generateKey(file(`host_${type}`), type);
    hostKeys[type] = publicKey(file(`host_${type}`));
  }
  writeFileSync(file("authorized_keys"), "", { mode: 0o600 });
  writeFileSync(
    file("config"),
    [
      // sshd takes the first value that it reads.
      ...settings,
      `Port ${port}`,
      `ListenAddress ${address}`,
      ...hostKeyTypes.map((type) => `HostKey ${file(`host_${type}`)}`),
      `AuthorizedKeysFile ${file("authorized_keys")}`,
      ...["PidFile none", "StrictModes no", "PermitRootLogin yes", "UsePAM no", "LogLevel ERROR"],
      ...["PasswordAuthentication no", "KbdInteractiveAuthentication no"],
      // Without a home of its own bash would read the tester's ~/.bashrc at each command.
      `SetEnv HOME=${directory}`,
    ].join("\n"),
  );
  execFileSync("mkdir", ["-p", "/run/sshd"]);
  // Its keeper ends it when this process is gone, however that came about.
  const keeper = spawn(
    "sh",
    [
      "-c",
      '/usr/sbin/sshd -D -e -f "$1" & echo $!; read -r _; kill -KILL $!',
      "keeper",
      file("config"),
    ],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  const pid = Number(await once(keeper.stdout, "data"));
  await listening(address, port);
  let keys = 0;
  const name = port === 22 ? address : `[${address}]:${port}`;
  return {
    port,
    user: userInfo().username,
    pid,
    hostKeys,
    knownHosts: Object.values(hostKeys)
      .map((key) => `${name} ${key}\n`)
      .join(""),
    addKey(type, passphrase = "", extra = []) {
      keys += 1;
      const key = file(`user_${keys}`);
      generateKey(key, type, passphrase, extra);
      writeFileSync(file("authorized_keys"), `${publicKey(key)}\n`, { flag: "a" });
      return key;
    },
    async [Symbol.asyncDispose]() {
      for (const child of childrenOf(pid)) kill(child);
      keeper.stdin.end();
      await once(keeper, "exit");
      rmSync(directory, { recursive: true });
    },
  };
}

export function generateKey(
  file: string,
  type: string,
  passphrase = "",
  extra: readonly string[] = [],
): void {
  const bits = type === "rsa" && !extra.includes("-b") ? ["-b", "2048"] : [];
  execFileSync("ssh-keygen", ["-q", "-t", type, ...bits, ...extra, "-N", passphrase, "-f", file]);
}

export function publicKey(file: string): string {
  return readFileSync(`${file}.pub`, "utf8").split(" ").slice(0, 2).join(" ").trim();
}

/** The processes that a process has started and not buried. */
export function childrenOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return children === "" ? [] : children.split(" ").map(Number);
}

export async function freePort(address = "127.0.0.1"): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function listening(host: string, port: number): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const socket = connect({ host, port });
    try {
      await once(socket, "connect");
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(20);
    } finally {
      socket.destroy();
    }
  }
}
