import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { which } from "../../packages.ts";
import type { Lab } from "../lab.ts";
import { freePort } from "../sshd.ts";

/**
 * Given a lab, variables that differ in its users' sessions, and work, do the work while a second SSH server
 * with the same keys lets in users whose sessions have these; the work is given what reaches it.
 */
export async function withOtherLogin<T>(
  lab: Lab,
  variables: Readonly<Record<string, string>>,
  work: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const folder = join(lab.folder, "ssh");
  const port = await freePort();
  const settings = Object.entries({ ...lab.engine.env, ...variables }).map(
    ([name, value]) => `"${name}=${value}"`,
  );
  const own = await readFile(join(folder, "sshd_config"), "utf8");
  const path = own.match(/"PATH=[^"]*"/)?.[0] ?? "";
  const config = join(folder, "other_config");
  await writeFile(
    config,
    own
      .replace(/^Port .*/m, `Port ${port}`)
      .replace(/^PidFile .*/m, "PidFile none")
      .replace(/^SetEnv .*/m, `SetEnv ${settings.join(" ")} ${path}`),
  );
  const server = execa((await which("sshd")) as string, ["-D", "-e", "-f", config], {
    reject: false,
    stderr: "ignore",
  });
  try {
    while (!(await listens(port))) await sleep(20);
    return await work(await lab.env(port));
  } finally {
    server.kill();
    await server;
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return once(socket, "connect").then(
    () => Boolean(socket.destroy()),
    () => false,
  );
}
