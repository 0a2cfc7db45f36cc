import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
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
  confirm: "restore openspp on 127.0.0.1",
};

export interface EntryResult {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What the runner finds in the files that it hands to an action. */
  readonly output: string;
  readonly state: string;
  readonly summary: string;
  /** Each file below RUNNER_TEMP, by its path there. */
  readonly files: Readonly<Record<string, string>>;
}

export interface EntryOptions {
  /** What main saved for post. */
  readonly state?: Readonly<Record<string, string>>;
  readonly debug?: boolean;
  /** What the runner says of the workflow's run. */
  readonly env?: Readonly<Record<string, string>>;
  /** Once the log says `after`, the process gets `signal`, as the runner sends it. */
  readonly interrupt?: { readonly after: string; readonly signal: NodeJS.Signals };
}

/** Given an entry's file and its inputs, run it as GitHub's runner does. */
export async function runEntry(
  file: string,
  inputs: Readonly<Record<string, string>>,
  { state = {}, debug = false, env = {}, interrupt }: EntryOptions = {},
): Promise<EntryResult> {
  const folder = await mkdtemp(join(tmpdir(), "entry-"));
  const temp = join(folder, "temp");
  const inFolder = (name: string) => join(folder, name);
  try {
    await mkdir(temp);
    await Promise.all(RUNNER_FILES.map((name) => writeFile(inFolder(name), "")));
    const running = execa(process.execPath, [file], {
      extendEnv: false,
      reject: false,
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        GITHUB_ACTIONS: "true",
        RUNNER_TEMP: temp,
        ...env,
        ...(debug && { RUNNER_DEBUG: "1" }),
        ...Object.fromEntries(RUNNER_FILES.map((name) => [name, inFolder(name)])),
        ...prefixed("INPUT_", inputs, (name) => name.toUpperCase()),
        ...prefixed("STATE_", state, (name) => name),
      },
    });
    if (interrupt) {
      const { after, signal } = interrupt;
      let said = "";
      running.stdout.on("data", (chunk: Buffer) => {
        const before = said;
        said += chunk;
        // Once: words may come again at the end, where a process has no handler left.
        if (said.includes(after) && !before.includes(after)) running.kill(signal);
      });
    }
    const { exitCode, stdout, stderr } = await running;
    const [output = "", saved = "", summary = ""] = await Promise.all(
      RUNNER_FILES.map((name) => readFile(inFolder(name), "utf8")),
    );
    const files = await contentsBelow(temp);
    return {
      code: exitCode,
      stdout,
      stderr,
      output: settled(output),
      state: settled(saved),
      summary,
      files,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Where an action leaves its outputs, its state and its summary, in this order. */
const RUNNER_FILES = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"] as const;

/** The delimiter of a value is random. */
function settled(text: string): string {
  return text.replaceAll(/ghadelimiter_[0-9a-f-]+/g, "EOF");
}

async function contentsBelow(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const contents = paths.map(async (path) => [
    relative(folder, path),
    await readFile(path, "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(contents));
}

function prefixed(
  prefix: string,
  values: Readonly<Record<string, string>>,
  spell: (name: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}${spell(name)}`, value]),
  );
}
