import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { Failed, UserMistake } from "../../src/failure.ts";
import { which } from "../packages.ts";
import { CACHE } from "./cache.ts";
import { freePort } from "./sshd.ts";

const SOURCE = join(import.meta.dirname, "skewed-s3");
const ACCESS = { bucket: "openspp-backups", key: "lab-access-key", secret: "lab-secret-key" };

/** An S3 server whose clock is off. */
export interface SkewedS3 extends AsyncDisposable {
  /** As the input `rclone-config` takes it; `skewed:` is the remote. */
  readonly rcloneConfig: string;
}

/**
 * Given how many seconds its clock is ahead, start an S3 server, the one of `rclone serve s3`. To a host it is the same
 * as when its own clock were behind: programs in Go take the time from the kernel, and there is one for all of them.
 */
export async function startSkewedS3(secondsAhead: number): Promise<SkewedS3> {
  const { bucket, key, secret } = ACCESS;
  const address = `127.0.0.1:${await freePort()}`;
  const server = execa(await built(), [address, String(secondsAhead), bucket, key, secret], {
    reject: false,
  });
  await untilAnswering(address);
  const settings = ["type = s3", "provider = Rclone", "force_path_style = true"];
  const access = [`access_key_id = ${key}`, `secret_access_key = ${secret}`];
  return {
    rcloneConfig: ["[skewed]", ...settings, ...access, `endpoint = http://${address}`].join("\n"),
    [Symbol.asyncDispose]: async () => {
      server.kill();
      await server;
    },
  };
}

/** Returns the path of the program, built by Go the first time. */
async function built(): Promise<string> {
  const source = await Promise.all(
    ["main.go", "go.mod", "go.sum"].map((name) => readFile(join(SOURCE, name))),
  );
  const hash = createHash("sha256").update(Buffer.concat(source)).digest("hex").slice(0, 12);
  const path = join(CACHE, "tools", `skewed-s3-${hash}`);
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) return path;
  if (!(await which("go"))) {
    throw new UserMistake({
      what: "The S3 server whose clock is off is built by Go, and there is none.",
      next: "Install Go.",
    });
  }
  await mkdir(join(CACHE, "tools"), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const env = { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "-p=2" };
  await execa("nice", ["go", "build", "-trimpath", "-o", unfinished, "."], { cwd: SOURCE, env });
  await rename(unfinished, path);
  return path;
}

async function untilAnswering(address: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answered = await fetch(`http://${address}/`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (Date.now() > deadline) throw new Failed({ what: "The skewed S3 server did not start." });
    await sleep(50);
  }
}
