import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { TerminalLog } from "../../src/cli/terminal-log.ts";
import { systemClock } from "../../src/clock.ts";
import type { Policy } from "../../src/deployment/deployment.ts";
import { Cancelled, exitCodeOf, Failure } from "../../src/failure.ts";
import { formatCount } from "../../src/report/count.ts";
import { Journal } from "../../src/report/journal.ts";
import { type Lab, startLab } from "./lab.ts";
import { seedLab } from "./seeding.ts";

const CLI = join(import.meta.dirname, "../../src/cli/main.ts");
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
  .description("Back up a deployment that is made for the purpose, and prove the backup.")
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
const cancel = () => {
  if (!cancellation.signal.aborted) log.warning("cancelled: the lab is taken down");
  cancellation.abort();
};
process.on("SIGINT", cancel).on("SIGTERM", cancel);

try {
  process.exitCode = await demo(options, cancellation.signal);
} catch (error) {
  process.stderr.write(
    `error: ${error instanceof Failure ? error.message : (error as Error).stack}\n`,
  );
  process.exitCode = exitCodeOf(error);
}

/** Given the options, bring a lab up, fill it, have the CLI do a cycle on it, take it down; return the CLI's exit code. */
async function demo({ name, policy, keep, json }: Options, signal: AbortSignal): Promise<number> {
  const journal = new Journal(log, systemClock);
  const lab = await journal.phase(`Bring up a deployment host (${policy} policy)`, () =>
    startLab({ name, policy, say: (line) => log.info(line) }),
  );
  try {
    await journal.phase(`Fill it with ${formatCount(REGISTRANTS)} registrants`, () =>
      unlessAborted(seedLab(lab, { registrants: REGISTRANTS }), signal),
    );
    return await cycle(lab, json, signal);
  } finally {
    if (keep) log.info(howToGoOn(lab));
    else await journal.phase("Take it down", () => lab.down());
  }
}

/** In a process group of its own, so that Ctrl-C reaches it once: by the signal. */
async function cycle(lab: Lab, json: boolean, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const files = [
    ...["--report", join(OUTPUT, "report.json")],
    ...["--summary", join(OUTPUT, "summary.md")],
  ];
  const args = ["cycle", ...files, ...(json ? ["--json"] : [])];
  await mkdir(OUTPUT, { recursive: true });
  log.info(`\n$ openspp-backup ${args.join(" ")}`);
  const { exitCode } = await lab.exec([process.execPath, CLI, ...args], {
    stdio: "inherit",
    reject: false,
    detached: true,
    cancelSignal: signal,
    forceKillAfterDelay: KILL_AFTER_MS,
  });
  return exitCode ?? exitCodeOf(cancelled());
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(cancelled());
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function cancelled(): Cancelled {
  return new Cancelled({ what: "The demo was cancelled." });
}

function howToGoOn({ name }: Lab): string {
  const run = `npm run lab -- exec --name ${name} -- node src/cli/main.ts`;
  return `
The lab is still up. Go on with, for example:
  ${run} list
  ${run} drill --backup random
  npm run lab -- env --name ${name}
  npm run lab -- down --name ${name}`;
}
