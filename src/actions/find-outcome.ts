import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Clock } from "../clock.ts";
import { reasonOf, UserMistake } from "../failure.ts";
import type { TellSettings } from "../inputs/settings.ts";
import type { Log } from "../report/journal.ts";
import { endedSilently, type Outcome, readOutcome } from "../report/outcome.ts";
import { REPORT_FORMATS } from "../report/report-formats.ts";

const NAMES = [REPORT_FORMATS.report, "failure.json"];

/** What the job that did the work left. */
export interface JobOutcome {
  readonly outcome: Outcome;
  /** The summary on its page. Empty where it left none. */
  readonly summary: string;
}

/**
 * Finds out how the run ended. It reads the named file, or the artifact of the job that did the
 * work. Where that job left nothing, GitHub's own result of the job decides. Throws UserMistake for
 * a report of another operation than `operation`.
 */
export async function outcomeOf(
  settings: TellSettings,
  clock: Clock,
  log: Log,
): Promise<JobOutcome> {
  const found = await findJobOutcome(settings, clock, log);
  const { outcome } = found;
  if (outcome.operation === settings.operation) return found;
  throw new UserMistake({
    what: `The report is of a ${outcome.operation}, and \`operation\` is \`${settings.operation}\`.`,
    state: "Nobody was told.",
    next: "Give each job that did something a step of its own, with the `operation` of that job.",
  });
}

async function findJobOutcome(
  { operation, result, report }: TellSettings,
  clock: Clock,
  log: Log,
): Promise<JobOutcome> {
  if (report) return readJobOutcome(report, await readFile(report, "utf8").catch(unreadable));
  const folder = await download(`openspp-${operation}-report`, log);
  for (const path of folder === undefined ? [] : NAMES.map((name) => join(folder, name))) {
    const text = await textOf(path);
    if (text !== undefined) return readJobOutcome(path, text);
  }
  if (!result) throw noReport();
  if (result === "success") throw lostReport();
  return { outcome: endedSilently(operation, result, clock.now()), summary: "" };
}

/** All files of a report are in one folder. */
async function readJobOutcome(path: string, text: string): Promise<JobOutcome> {
  const summary = await textOf(join(dirname(path), REPORT_FORMATS.summary));
  return { outcome: readOutcome(text, path), summary: summary ?? "" };
}

async function download(name: string, log: Log): Promise<string | undefined> {
  if (!process.env.ACTIONS_RUNTIME_TOKEN) return undefined;
  const { DefaultArtifactClient } = await import("@actions/artifact");
  const client = new DefaultArtifactClient();
  try {
    const { artifact } = await client.getArtifact(name);
    const path = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), "openspp-report-"));
    await client.downloadArtifact(artifact.id, { path });
    return path;
  } catch (error) {
    log.warning(`The run's artifact ${name} could not be read: ${reasonOf(error)}`);
    return undefined;
  }
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

function unreadable(cause: Error): never {
  throw new UserMistake(
    { what: "The report cannot be read.", why: cause.message, state: "Nobody was told." },
    { cause },
  );
}

/**
 * The work went well, so this is no reason for an alert. But it must not look as if somebody had
 * been told.
 */
function lostReport(): UserMistake {
  return new UserMistake({
    what: "The job that did the work succeeded, and its report cannot be found.",
    state: "Nobody was told, and no open issue was closed.",
    next: "Leave the input `artifact` of that action on, and see whether its log says that the upload failed.",
  });
}

function noReport(): UserMistake {
  return new UserMistake({
    what: "There is no report to tell the team about.",
    state: "Nobody was told.",
    next: "Give the path in `report` (the output `report` of the step that made it), or in a later job that job's result in `result`.",
  });
}
