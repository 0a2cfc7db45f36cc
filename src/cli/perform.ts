import { systemClock } from "../clock.ts";
import { perform } from "../entry.ts";
import { readSettings } from "../inputs/read-settings.ts";
import type { Verb } from "../inputs/table.ts";
import { entryOf, isGood } from "../operations/verbs.ts";
import { type CliOptions, cliInputs } from "./options.ts";
import { renderResult } from "./render-result.ts";
import { refuseUnwritable, writeReport } from "./report-files.ts";
import { TerminalLog } from "./terminal-log.ts";

/** Prints the result on standard output, and returns the exit code. */
export async function performCommand(
  verb: Verb,
  given: CliOptions,
  signal: AbortSignal,
): Promise<number> {
  const settings = await readSettings(cliInputs(given), process.env.SSH_AUTH_SOCK, verb);
  await refuseUnwritable(given);
  const log = new TerminalLog(process.stderr, {
    clock: systemClock,
    quiet: given.quiet === true,
    debug: given.debug === true,
  });
  const result = await perform(verb, entryOf(verb, settings), settings, { log, signal });
  log.info("");
  process.stdout.write(renderResult(result, given.json === true));
  if ("report" in result) await writeReport(result.report, [], given, systemClock);
  return isGood(result) ? 0 : 1;
}
