import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

/** A key that no host knows. */
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const KEY = privateKey.export({ format: "pem", type: "sec1" }).toString();

/** A host key that could be one; nobody has the private half. */
const HOST_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIE5FRVZFUk5FRVZFUk5FRVZFUk5FRVZFUk5FRVZF";

/** Inputs that are all right, for a host on which nothing listens. */
export const NOWHERE = {
  "ssh-host": "127.0.0.1",
  "ssh-port": "1",
  "ssh-user": "backup",
  "ssh-key": KEY,
  "ssh-known-hosts": `[127.0.0.1]:1 ssh-ed25519 ${HOST_KEY}`,
  "project-directory": "/opt/openspp",
};

export interface EntryResult {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What the runner finds in the files that it hands to an action. */
  readonly output: string;
  readonly state: string;
  readonly summary: string;
}

/** Given an entry's file, its inputs and the state that main left, run it as GitHub's runner does. */
export async function runEntry(
  file: string,
  inputs: Readonly<Record<string, string>>,
  { state = {}, debug = false }: { state?: Readonly<Record<string, string>>; debug?: boolean } = {},
): Promise<EntryResult> {
  const folder = await mkdtemp(join(tmpdir(), "entry-"));
  const files = { GITHUB_OUTPUT: "output", GITHUB_STATE: "state", GITHUB_STEP_SUMMARY: "summary" };
  const paths = Object.entries(files).map(([name, file]) => [name, join(folder, file)] as const);
  try {
    await Promise.all(paths.map(([, path]) => writeFile(path, "")));
    const { exitCode, stdout, stderr } = await execa(process.execPath, [file], {
      extendEnv: false,
      reject: false,
      env: {
        PATH: process.env.PATH,
        GITHUB_ACTIONS: "true",
        RUNNER_TEMP: folder,
        ...(debug && { RUNNER_DEBUG: "1" }),
        ...Object.fromEntries(paths),
        ...prefixed("INPUT_", inputs),
        ...prefixed("STATE_", state, (name) => name),
      },
    });
    const [output = "", saved = "", summary = ""] = await Promise.all(
      paths.map(([, path]) => readFile(path, "utf8")),
    );
    // The delimiter of a multi-line value is random.
    const settled = (text: string) => text.replaceAll(/ghadelimiter_[0-9a-f-]+/g, "EOF");
    return {
      code: exitCode,
      stdout,
      stderr,
      output: settled(output),
      state: settled(saved),
      summary,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function prefixed(
  prefix: string,
  values: Readonly<Record<string, string>>,
  spell = (name: string) => name.toUpperCase(),
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}${spell(name)}`, value]),
  );
}
