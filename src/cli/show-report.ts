import { readFile } from "node:fs/promises";
import { systemClock } from "../clock.ts";
import { UserMistake } from "../failure.ts";
import { isGood } from "../operations/verbs.ts";
import { pastResultOf } from "../report/past-result.ts";
import { readReport } from "../report/read-report.ts";
import type { Report } from "../report/report-schema.ts";
import type { CliOptions } from "./options.ts";
import { renderReport } from "./render-result.ts";
import { refuseUnwritable, writeReport } from "./report-files.ts";

/**
 * Prints the newest of the reports in these files, and writes the files that were asked for. The
 * other reports are its past. Returns the exit code of its verdict. Throws UserMistake for a file
 * that holds no report.
 */
export async function showReport(files: readonly string[], given: CliOptions): Promise<number> {
  const reports = await Promise.all(files.map(read));
  await refuseUnwritable(given);
  const [newest, ...older] = reports.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  if (!newest) throw new UserMistake({ what: "No report was named.", next: "Name one by --from." });
  process.stdout.write(renderReport(newest, given.json === true));
  await writeReport(newest, older.map(pastResultOf), given, systemClock);
  return isGood({ report: newest }) ? 0 : 1;
}

async function read(file: string): Promise<Report> {
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw new UserMistake({ what: `${file} cannot be read.`, why: cause.message }, { cause });
  });
  return readReport(text, file);
}
