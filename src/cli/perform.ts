import { systemClock } from "../clock.ts";
import { withHost } from "../entry.ts";
import { readSettings } from "../inputs/read-settings.ts";
import type { Settings } from "../inputs/settings.ts";
import { REPORTS, type Verb } from "../inputs/table.ts";
import type { Effects } from "../operations/effects.ts";
import { refuseUnconfirmed } from "../operations/restore/confirmation.ts";
import { withPing } from "../ping.ts";
import { headline } from "../report/verdict.ts";
import { cliInputs, type Given } from "./options.ts";
import { json, type Printed, printed } from "./printed.ts";
import { renderChecklist } from "./render-checklist.ts";
import { renderListing } from "./render-listing.ts";
import { refuseUnwritable, writeReport } from "./report-files.ts";
import { TerminalLog } from "./terminal-log.ts";

/**
 * Given a command, its options and the signal that cancels it, do it, print what came of it on
 * standard output, and return the exit code.
 */
export async function perform(verb: Verb, given: Given, signal: AbortSignal): Promise<number> {
  const settings = await readSettings(cliInputs(given), process.env.SSH_AUTH_SOCK, verb);
  await refuseUnwritable(given);
  if (verb === "restore") refuseUnconfirmed(settings);
  const log = new TerminalLog(process.stderr, {
    clock: systemClock,
    quiet: given.quiet === true,
    debug: given.debug === true,
  });
  const run = RUNS[verb];
  const { text, code, report } = await withPing(
    REPORTS.includes(verb) ? settings.pingUrl : undefined,
    log,
    () =>
      withHost(settings.connection, log, signal, (effects) =>
        run(settings, effects, given.json === true),
      ),
    (result) => ({
      good: result.code === 0,
      text: result.report ? headline(result.report) : `openspp-backup ${verb}`,
    }),
  );
  log.info("");
  process.stdout.write(text);
  if (report) await writeReport(report, [], given, systemClock);
  return code;
}

type Run = (settings: Settings, effects: Effects, asJson: boolean) => Promise<Printed>;

const RUNS: Record<Verb, Run> = {
  backup: async (settings, effects, asJson) => {
    const { backup } = await import("../operations/backup/backup.ts");
    return printed(await backup(settings, effects), asJson);
  },
  drill: async (settings, effects, asJson) => {
    const { rehearse } = await import("../operations/drill/rehearse.ts");
    return printed(await rehearse(settings, effects), asJson);
  },
  cycle: async (settings, effects, asJson) => {
    const { cycle } = await import("../operations/cycle.ts");
    return printed(await cycle(settings, effects), asJson);
  },
  prune: async (settings, effects, asJson) => {
    const { prune } = await import("../operations/retention/prune.ts");
    return printed(await prune(settings, effects), asJson);
  },
  restore: async (settings, effects, asJson) => {
    if (settings.restore.status) {
      const { restoreStatus } = await import("../operations/restore/status.ts");
      const sentences = await restoreStatus(settings, effects);
      return { text: asJson ? json(sentences) : `${sentences.join("\n")}\n`, code: 0 };
    }
    const { restore } = await import("../operations/restore/restore.ts");
    const report = await restore(settings, effects);
    const plan = asJson ? undefined : report.restore?.plan;
    return { ...printed(report, asJson), ...(plan !== undefined && { text: `${plan}\n` }) };
  },
  sync: async (settings, effects, asJson) => {
    const { sync } = await import("../operations/offsite/sync.ts");
    return printed(await sync(settings, effects), asJson);
  },
  monitor: async (settings, effects, asJson) => {
    const { monitor } = await import("../operations/monitor/monitor.ts");
    return printed(await monitor(settings, effects), asJson);
  },
  checklist: async (settings, effects, asJson) => {
    const { askChecklist } = await import("../operations/monitor/checklist.ts");
    const items = await askChecklist(settings, effects);
    const code = items.every(({ ticked }) => ticked) ? 0 : 1;
    return { text: asJson ? json(items) : renderChecklist(items), code };
  },
  list: async (settings, effects, asJson) => {
    const { list } = await import("../operations/list.ts");
    const listed = await list(settings, effects);
    return { text: asJson ? json(listed) : renderListing(listed, effects.clock.now()), code: 0 };
  },
  sweep: async (settings, effects) => {
    const { sweep } = await import("../operations/sweep.ts");
    const removed = await sweep(settings, effects);
    const sentences = removed.length > 0 ? removed : ["Nothing was left to clean up."];
    return { text: sentences.map((sentence) => `${sentence}\n`).join(""), code: 0 };
  },
};
