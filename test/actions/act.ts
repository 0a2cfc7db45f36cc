import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import type { Lab } from "../lab/lab.ts";
import type { ApiServer } from "../notify/github/api-server.ts";
import { startArtifacts } from "../notify/github/artifact-server.ts";

const NAME = "ministry/operations";

/** Of the workflow runs on this machine, by which a history tells them apart. */
let runs = 0;

/** A repository made from this one, whose workflows act runs on this machine: action.yml files and the committed dist/. */
export interface ActRepository extends AsyncDisposable {
  readonly folder: string;
  /** Given an event and what belongs to it, run the workflow that a file holds. */
  run(workflow: string, event: string, options?: ActOptions): Promise<ActRun>;
}

export interface ActOptions {
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the event says of itself. */
  readonly payload?: object;
  /** Once this has come to pass, act gets SIGINT, as from a person who cancels the run. */
  readonly cancelOnce?: () => Promise<unknown>;
}

export interface ActRun {
  readonly exitCode: number | undefined;
  readonly log: string;
}

/** Given where workflows are, a lab and the server that stands in for GitHub's, return a repository that holds them. */
export async function actRepository(
  workflows: readonly string[],
  lab: Lab,
  api: ApiServer,
): Promise<ActRepository> {
  const folder = await mkdtemp(join(tmpdir(), "act-"));
  const parts = ["action.yml", "actions", "dist", "package.json"];
  await Promise.all(parts.map((part) => cp(part, join(folder, part), { recursive: true })));
  await mkdir(join(folder, ".github/workflows"), { recursive: true });
  for (const file of workflows) {
    const text = asActReads(await readFile(file, "utf8"));
    await writeFile(join(folder, ".github/workflows", file.split("/").at(-1) ?? ""), text);
  }
  const author = ["-c", "user.name=act", "-c", "user.email=act@example.org"];
  await execa("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder });
  await execa("git", [...author, "commit", "--quiet", "--allow-empty", "--message=A deployment"], {
    cwd: folder,
  });
  return {
    folder,
    run: (workflow, event, options = {}) => act(folder, lab, api, workflow, event, options),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/**
 * GitHub took up two things in 2026 that act 0.2.89 does not read: `$/`, an action of the workflow's own repository at
 * its own commit (here its name and branch, which act finds in the folder), and `queue: max`, which says how many runs
 * may wait.
 */
function asActReads(workflow: string): string {
  return workflow
    .replaceAll(/uses: \$(\/\S+)?\/?$/gm, `uses: ${NAME}$1@main`)
    .replaceAll(/^ +queue: max\n/gm, "");
}

async function act(
  folder: string,
  lab: Lab,
  api: ApiServer,
  workflow: string,
  event: string,
  { vars = {}, secrets = {}, inputs = {}, payload = {}, cancelOnce }: ActOptions,
): Promise<ActRun> {
  await using artifacts = await startArtifacts();
  const { OPENSPP_SSH_KEY: key = "", ...env } = await lab.env();
  const environment = {
    GITHUB_API_URL: api.url,
    GITHUB_REPOSITORY: NAME,
    GITHUB_RUN_ID: String(++runs),
    // act copies the actions to another folder for each repository.
    NODE_COMPILE_CACHE: join(lab.folder, "compiled"),
  };
  const variables = { ...onlyOpenspp(env), ...vars };
  const hidden = { OPENSPP_SSH_KEY: key, GITHUB_TOKEN: "ghs_0123456789", ...secrets };
  const eventFile = join(folder, ".event.json");
  await writeFile(eventFile, JSON.stringify({ ...payload, inputs }));
  const running = execa(
    "act",
    [
      event,
      ...["--workflows", `.github/workflows/${workflow}`, "--eventpath", eventFile],
      ...["--platform", "ubuntu-24.04=-self-hosted", "--platform", "ubuntu-latest=-self-hosted"],
      "--no-cache-server",
      ...pairs("--env", { ...environment, ...artifacts.env }),
      ...["--local-repository", `${NAME}@main=${folder}`],
      ...Object.keys(hidden).flatMap((name) => ["--secret", name]),
      ...pairs("--var", variables),
    ],
    {
      cwd: folder,
      reject: false,
      all: true,
      env: {
        ...lab.engine.env,
        ...hidden,
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        // Not in the repository, which act copies into it for every job.
        XDG_CACHE_HOME: join(lab.folder, "act"),
      },
    },
  );
  const [{ exitCode, code, all }] = await Promise.all([
    running,
    cancelOnce?.().finally(() => running.kill("SIGINT")),
  ]);
  if (code === "ENOENT") {
    throw new Error("act is missing: `bash .ci/tools` says why it was not installed.");
  }
  return { exitCode, log: all };
}

function onlyOpenspp(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("OPENSPP_")));
}

function pairs(option: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
}
