import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Option } from "commander";
import type { Clock } from "../clock.ts";
import { UserMistake } from "../failure.ts";
import type { PastResult } from "../report/past-result.ts";
import type { ReportFormat } from "../report/report-formats.ts";
import type { Report } from "../report/report-schema.ts";
import type { CliOptions } from "./options.ts";

/** The files that a person may ask for, in addition to what a command prints. */

const ABOUT: Record<ReportFormat, string> = {
  report: "write the report as JSON into a file",
  html: "write it as one page of HTML",
  junit: "write it as JUnit XML, each check a test case",
  summary: "write the job summary as Markdown",
};
const NAMES = Object.keys(ABOUT) as ReportFormat[];

export function reportOptions(): readonly Option[] {
  return [
    ...NAMES.map((face) => new Option(`--${face} <path>`, ABOUT[face])),
    new Option(
      "--recovery <path>",
      "write RECOVERY.md: the same restore by hand, of a drill or a restore",
    ),
    new Option("--badges <folder>", "write badges, as SVG and as JSON for shields.io"),
  ];
}

/**
 * Throws UserMistake for a file that cannot be written. It is called before the work, which may
 * take an hour.
 */
export async function refuseUnwritable(given: CliOptions): Promise<void> {
  for (const face of [...NAMES, "recovery"]) {
    const path = given[face];
    if (typeof path !== "string") continue;
    const folder = dirname(path);
    await access(folder, constants.W_OK).catch((cause: Error) => {
      throw new UserMistake(
        {
          what: `--${face} ${path} cannot be written: ${folder} is no folder that you may write to.`,
          why: cause.message,
          state: "Nothing was done.",
        },
        { cause },
      );
    });
  }
}

/** Trends and badges need past results. */
export async function writeReport(
  report: Report,
  past: readonly PastResult[],
  given: CliOptions,
  clock: Clock,
): Promise<void> {
  const { renderFormat } = await import("../report/report-formats.ts");
  for (const face of NAMES) {
    const path = given[face];
    if (typeof path === "string") await writeFile(path, await renderFormat(face, report, past));
  }
  if (typeof given.recovery === "string" && report.recovery !== undefined)
    await writeFile(given.recovery, report.recovery);
  const { badges: folder } = given;
  if (typeof folder === "string") await writeBadges(report, past, folder, clock.now());
}

async function writeBadges(
  report: Report,
  past: readonly PastResult[],
  folder: string,
  now: Date,
): Promise<void> {
  const [{ badgeFiles }, { pastResultOf }] = await Promise.all([
    import("../report/badges.ts"),
    import("../report/past-result.ts"),
  ]);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of badgeFiles([...past, pastResultOf(report)], now)) {
    await writeFile(join(folder, name), text);
  }
}
