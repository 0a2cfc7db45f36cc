import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setOutput, summary } from "@actions/core";
import { reasonOf } from "../failure.ts";
import type { Log } from "./journal.ts";
import type { EndedEarly } from "./outcome.ts";
import { OUTPUTS } from "./outputs.ts";
import type { PastResult } from "./past-result.ts";
import { REPORT_FORMATS, type ReportFormat, renderFormat } from "./report-formats.ts";
import type { Operation, Report } from "./report-schema.ts";
import { renderSummary } from "./summary.ts";

export interface PublishOptions {
  /** Keep the files as an artifact of the workflow run, where there is one. */
  readonly artifact: boolean;
  /** Days that GitHub keeps that artifact. The repository's own limit overrides a longer time. */
  readonly artifactDays: number;
  readonly log: Log;
}

/**
 * Publishes the report where GitHub shows it: each face as a file under RUNNER_TEMP, the job summary, the
 * action's outputs and an artifact. `past` is for the trends. A failed upload is only a warning: the
 * verdict does not depend on it.
 */
export async function publish(
  report: Report,
  past: readonly PastResult[],
  options: PublishOptions,
): Promise<void> {
  const folder = folderOf(report.operation);
  await mkdir(folder, { recursive: true });
  const paths = Object.fromEntries(
    Object.entries(REPORT_FORMATS).map(([face, name]) => [face, join(folder, name)]),
  ) as Record<ReportFormat, string>;
  for (const face of Object.keys(REPORT_FORMATS) as ReportFormat[]) {
    await writeFile(paths[face], await renderFormat(face, report, past));
  }
  const recovery = report.recovery === undefined ? [] : [join(folder, "RECOVERY.md")];
  for (const path of recovery) await writeFile(path, report.recovery ?? "");
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(renderSummary(report, past)).write();
  if (process.env.GITHUB_OUTPUT) setOutputs(report, paths);
  if (options.artifact && process.env.ACTIONS_RUNTIME_TOKEN) {
    await upload(report, [...Object.values(paths), ...recovery], folder, options);
  }
}

/** Keeps the reason where the report would be, for the job that tells the team. */
export async function keepReason(ended: EndedEarly, log: Log): Promise<void> {
  const folder = folderOf(ended.operation);
  const file = join(folder, "failure.json");
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(ended, null, 2)}\n`);
  if (process.env.ACTIONS_RUNTIME_TOKEN) await upload(ended, [file], folder, { log });
}

function folderOf(operation: Operation): string {
  return join(process.env.RUNNER_TEMP ?? tmpdir(), `openspp-${operation}-report`);
}

function setOutputs(report: Report, paths: Readonly<Record<ReportFormat, string>>): void {
  for (const [name, output] of Object.entries(OUTPUTS)) {
    const value = output.value(report, paths);
    if (value !== undefined) setOutput(name, value);
  }
}

async function upload(
  { operation }: Pick<Report, "operation">,
  files: readonly string[],
  folder: string,
  { artifactDays, log }: Pick<PublishOptions, "log"> & Partial<PublishOptions>,
): Promise<void> {
  const name = `openspp-${operation}-report`;
  try {
    const { DefaultArtifactClient } = await import("@actions/artifact");
    await new DefaultArtifactClient().uploadArtifact(name, [...files], folder, {
      retentionDays: artifactDays,
    });
  } catch (error) {
    log.warning(`The report could not be kept as the artifact ${name}: ${reasonOf(error)}`);
  }
}
