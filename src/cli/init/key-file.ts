import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { UserMistake } from "../../failure.ts";

/**
 * Not in the current folder: that is a clone of the operations repository, and one `git add` would
 * publish the key.
 */
export const OWN_KEY = join(homedir(), ".ssh", "openspp-backup-key");

/** Undefined where there is no file. Throws UserMistake for one that cannot be read. */
export async function readKeyFile(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw unusable(path, error);
  });
}

/**
 * Makes a pair as `ssh-keygen` does: only its owner may read the private half. Throws UserMistake
 * where a file exists already.
 */
export async function makeKeyFile(path: string): Promise<string> {
  const { makeKeyPair } = await import("../../host/ssh-setup.ts");
  const { privateKey, publicKey } = makeKeyPair("openspp-backup");
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, privateKey, { mode: 0o600, flag: "wx" });
    await writeFile(`${path}.pub`, `${publicKey.trim()}\n`, { flag: "wx" });
  } catch (error) {
    throw unusable(path, error as Error);
  }
  return privateKey;
}

function unusable(path: string, cause: Error): UserMistake {
  return new UserMistake(
    {
      what: `The key ${path} can neither be read nor made.`,
      why: cause.message,
      next: "Name another file with --new-key, or a key that there is with --ssh-key-file.",
    },
    { cause },
  );
}
