import { writeFile } from "node:fs/promises";
import { systemClock } from "../clock.ts";
import { withHost } from "../entry.ts";
import type { Verb } from "../inputs.ts";
import type { Effects } from "../operations/run.ts";
import { readSettings } from "../read-settings.ts";
import type { Report } from "../report/report.ts";
import { renderSummary } from "../report/summary.ts";
import { renderTerminal } from "../report/terminal.ts";
import type { Settings } from "../settings.ts";
import { renderListing } from "./listing.ts";
import { cliInputs, type Given } from "./options.ts";
import { TerminalLog } from "./terminal-log.ts";

/**
 * Given a command, its options and the signal that cancels it, do it, print what came of it on
 * standard output, and return the exit code.
 */
export async function perform(verb: Verb, given: Given, signal: AbortSignal): Promise<number> {
  const settings = await readSettings(cliInputs(given), process.env.SSH_AUTH_SOCK);
  const log = new TerminalLog(process.stderr, {
    clock: systemClock,
    quiet: given.quiet === true,
    debug: given.debug === true,
  });
  const run = RUNS[verb];
  const { text, code, report } = await withHost(settings.connection, log, signal, (effects) =>
    run(settings, effects, given.json === true),
  );
  log.info("");
  process.stdout.write(text);
  if (report && typeof given.report === "string") await writeFile(given.report, json(report));
  if (report && typeof given.summary === "string")
    await writeFile(given.summary, renderSummary(report));
  return code;
}

/** What a command prints on standard output, the exit code, and the report when it makes one. */
interface Result {
  readonly text: string;
  readonly code: number;
  readonly report?: Report;
}

type Run = (settings: Settings, effects: Effects, asJson: boolean) => Promise<Result>;

const RUNS: Record<Verb, Run> = {
  backup: async (settings, effects, asJson) => {
    const { backup } = await import("../operations/backup.ts");
    return reported(await backup(settings, effects), asJson);
  },
  drill: async (settings, effects, asJson) => {
    const { drill } = await import("../operations/drill.ts");
    return reported(await drill(settings, effects), asJson);
  },
  cycle: async (settings, effects, asJson) => {
    const { cycle } = await import("../operations/cycle.ts");
    return reported(await cycle(settings, effects), asJson);
  },
  prune: async (settings, effects, asJson) => {
    const { prune } = await import("../operations/prune.ts");
    return reported(await prune(settings, effects), asJson);
  },
  list: async (settings, effects, asJson) => {
    const { list } = await import("../operations/list.ts");
    const backups = await list(settings, effects);
    return { text: asJson ? json(backups) : renderListing(backups, effects.clock.now()), code: 0 };
  },
  sweep: async (settings, effects) => {
    const { sweep } = await import("../operations/sweep.ts");
    const removed = await sweep(settings, effects);
    const sentences = removed.length > 0 ? removed : ["Nothing was left to clean up."];
    return { text: sentences.map((sentence) => `${sentence}\n`).join(""), code: 0 };
  },
};

function reported(report: Report, asJson: boolean): Result {
  const colour = process.stdout.isTTY && process.stdout.hasColors();
  return {
    text: asJson ? json(report) : renderTerminal(report, colour),
    code: report.verdict === "passed" ? 0 : 1,
    report,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
