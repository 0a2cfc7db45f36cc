import { styleText } from "node:util";
import { counted } from "../words/count.ts";
import { formatDuration } from "../words/duration.ts";
import { printable, printableLines } from "../words/printable.ts";
import type { Status } from "./check.ts";
import { compareTables, differentTables } from "./compared-tables.ts";
import { factsOf } from "./report-facts.ts";
import type { Report } from "./report-schema.ts";
import { bar, chronological } from "./timeline.ts";
import { headline, problems, sentences, signOf } from "./verdict.ts";

const SIGNS = { passed: "✔", failed: "✘", "not-run": "!" } as const;
const COLOURS = { passed: "green", failed: "red", "not-run": "yellow" } as const;
const BAR_WIDTH = 24;
const MOST_TABLES = 20;

/** The verdict comes first. `colour`: the terminal shows colours. */
export function renderTerminal(report: Report, colour: boolean): string {
  const paint = (status: Status, text: string) =>
    colour ? styleText(COLOURS[status], text, { validateStream: false }) : text;
  const mark = (status: Status) => paint(status, SIGNS[status]);
  const sections = [
    [
      paint(report.verdict, `${SIGNS[report.verdict]} ${printable(headline(report))}`),
      ...sentences(report).map((sentence) => `  ${indented(sentence)}`),
    ],
    problems(report.checks).flatMap((check) => [
      `${mark(signOf(check))} ${printable(check.name)}: ${indented(check.message)}`,
      ...(check.next ? [`  Next: ${indented(check.next)}`] : []),
    ]),
    differing(report),
    report.checks
      .filter(
        ({ status, switchedOff, warning }) => (status === "passed" && !warning) || switchedOff,
      )
      .map(
        ({ name, status, message, switchedOff }) =>
          `${switchedOff ? "-" : mark(status)} ${printable(name)}: ${indented(message)}`,
      ),
    facts(report),
    timeline(report),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function differing({ tables }: Report): string[] {
  const lines = differentTables(compareTables(tables)).map(({ schema, name, rows }) => {
    const restored = rows.restored === null ? "no table" : counted(rows.restored, "row");
    return `  ${printable(schema)}.${printable(name)}: expected ${counted(rows.expected, "row")}, restored ${restored}`;
  });
  const left = lines.length - MOST_TABLES;
  return left > 0
    ? [...lines.slice(0, MOST_TABLES), `  and ${counted(left, "table")} more`]
    : lines;
}

function facts(report: Report): string[] {
  return factsOf(report).map(({ label, value }) => `${label.padEnd(14)}${printable(value)}`);
}

function timeline({ phases, seconds }: Report): string[] {
  const ordered = chronological(phases);
  const width = Math.max(0, ...ordered.map(({ name }) => printable(name).length));
  return ordered.map(
    (phase) =>
      `${printable(phase.name).padEnd(width)}  ${bar(phase, seconds, BAR_WIDTH)}  ${formatDuration(phase.seconds)}`,
  );
}

function indented(text: string): string {
  return printableLines(text).join("\n  ");
}
