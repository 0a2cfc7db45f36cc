import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { type Options as ExecaOptions, execa } from "execa";
import { TerminalLog } from "../../src/cli/terminal-log.ts";
import { systemClock } from "../../src/clock.ts";
import type { Policy } from "../../src/deployment/deployment.ts";
import { Cancelled, exitCodeOf, Failed, Failure } from "../../src/failure.ts";
import { Journal } from "../../src/report/journal.ts";
import { REPORT_FORMATS } from "../../src/report/report-formats.ts";
import { formatCount } from "../../src/words/count.ts";
import { openLab } from "./lab.ts";
import { startSite } from "./site.ts";

const CLI = join(import.meta.dirname, "../../src/cli/main.ts");
const LAB = join(import.meta.dirname, "main.ts");
const OUTPUT = "demo-out";
const REGISTRANTS = 20_000;

/** The CLI has 7 s to clean up and ends by itself; this is for one that does not. */
const KILL_AFTER_MS = 15_000;

interface Options {
  readonly name: string;
  readonly policy: Policy;
  readonly keep: boolean;
  readonly json: boolean;
}

const options = new Command("demo")
  .description(
    "Back up a deployment that is made for the purpose, copy the backup to a second site, and prove both.",
  )
  .addOption(
    new Option("--policy <policy>", "the guide's database policy; strict is the recommended one")
      .choices(["strict", "flexible"])
      .default("strict"),
  )
  .option("--name <name>", "name of the lab", "demo")
  .option("--keep", "leave the lab up, and say how to go on", false)
  .option("--json", "print only the report, as JSON, on standard output", false)
  .parse()
  .opts<Options>();

const log = new TerminalLog(process.stderr, { clock: systemClock, quiet: false, debug: false });
const cancellation = new AbortController();
const { signal } = cancellation;
const cancel = () => cancellation.abort();
process.on("SIGINT", cancel).on("SIGTERM", cancel);

try {
  process.exitCode = await demo(options);
} catch (error) {
  const known = error instanceof Failure;
  process.stderr.write(`error: ${known ? error.message : (error as Error).stack}\n`);
  process.exitCode = exitCodeOf(error);
}

/** Given the options, bring a lab up, fill it, have the CLI do a cycle on it, and take it down; return the CLI's exit code. */
async function demo({ name, policy, keep, json }: Options): Promise<number> {
  const journal = new Journal(log, systemClock);
  await rm(OUTPUT, { recursive: true, force: true });
  await (await openLab(name))?.down();
  try {
    await journal.phase(`Bring up a deployment host (${policy} policy)`, () =>
      lab(["up", "--name", name, "--policy", policy]),
    );
    await journal.phase(`Fill it with ${formatCount(REGISTRANTS)} registrants`, () =>
      lab(["seed", "--name", name, "--registrants", String(REGISTRANTS)]),
    );
    const remote = await journal.phase("Bring up a second site", () => secondSite(name));
    return await cycle(name, remote, json);
  } finally {
    const left = await openLab(name);
    if (left && keep) log.info(howToGoOn(name));
    else if (left) await journal.phase("Take it down", () => left.down());
  }
}

/** Given arguments of `npm run lab`, run it to its end. */
async function lab(args: readonly string[]): Promise<void> {
  const code = await run([LAB, ...args], { stdio: ["ignore", 2, 2] });
  if (code !== 0) throw new Failed({ what: "The demo ends here: the lab has failed." });
}

/** Given the name of a lab that is up, start a server beside it that takes copies by rsync, and return how it is named. */
async function secondSite(name: string): Promise<string> {
  const running = await openLab(name);
  if (!running) throw new Failed({ what: "The demo ends here: the lab is gone." });
  return startSite(running.folder, (line) => log.info(line));
}

/** Given the name of a lab that is up and a remote, back the lab up, copy the backup there and drill that copy; return the CLI's exit code. */
async function cycle(name: string, remote: string, json: boolean): Promise<number> {
  const files = (["report", "html", "summary"] as const).flatMap((face) => [
    `--${face}`,
    `${OUTPUT}/${REPORT_FORMATS[face]}`,
  ]);
  const args = [
    "cycle",
    "--remote",
    remote,
    "--source",
    "offsite",
    ...files,
    ...(json ? ["--json"] : []),
  ];
  await mkdir(OUTPUT);
  log.info(`\n$ openspp-backup ${args.join(" ")}`);
  return run([CLI, ...args], { env: await (await openLab(name))?.env() });
}

/**
 * Given a program of this repository and its arguments, run it to its end and return its exit code. In a
 * process group of its own Ctrl-C reaches it once: by our signal.
 */
async function run(argv: readonly string[], options: ExecaOptions): Promise<number> {
  if (signal.aborted) throw cancelled();
  const { exitCode, isCanceled } = await execa(process.execPath, argv, {
    stdio: "inherit",
    reject: false,
    detached: true,
    cancelSignal: signal,
    forceKillAfterDelay: KILL_AFTER_MS,
    ...options,
  });
  if (isCanceled || exitCode === undefined) throw cancelled();
  return exitCode;
}

function cancelled(): Cancelled {
  return new Cancelled({ what: "The demo was cancelled." });
}

function howToGoOn(name: string): string {
  const cli = `npm run lab -- exec --name ${name} -- node src/cli/main.ts`;
  return `
The lab is still up. Go on with, for example:
  ${cli} list
  ${cli} drill --backup random
  npm run lab -- env --name ${name}
  npm run lab -- down --name ${name}`;
}
