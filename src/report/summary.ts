import { counted, formatCount } from "../words/count.ts";
import { formatDuration } from "../words/duration.ts";
import type { Check } from "./check.ts";
import { type ComparedTable, compareTables, differentTables } from "./compared-tables.ts";
import { code, page, prose, SIGNS, table } from "./markdown.ts";
import { gantt, sizeUnit, timeUnit, trendChart } from "./mermaid.ts";
import { notChecked } from "./not-checked.ts";
import type { PastResult } from "./past-result.ts";
import { factsOf } from "./report-facts.ts";
import type { Report } from "./report-schema.ts";
import { isTrend, trendsOf } from "./trend.ts";
import { headline, problems, sentences, signOf } from "./verdict.ts";

/**
 * GitHub refuses a step's summary of more than 1 MiB. Only the list of tables grows, so it gets half of
 * that.
 */
const TABLES_BYTES = 512 * 1024;

const SWITCHED_OFF = "➖";

/** The job summary as Markdown: the verdict, what to do, then the evidence. `past` is for the trend. */
export function renderSummary(report: Report, past: readonly PastResult[] = []): string {
  return page([
    `## ${SIGNS[report.verdict]} ${prose(headline(report))}`,
    prose(sentences(report).join("\n")),
    whatToDo(report),
    gaps(report),
    timeline(report),
    renderTrend(report, past),
    checks(report.checks),
    tables(report),
    facts(report),
  ]);
}

/** As Markdown; empty when there is no trend yet. */
export function renderTrend(report: Report, past: readonly PastResult[]): string {
  const { rto, rpo, size } = trendsOf(report, past);
  const charts = [
    ...(isTrend(rto) ? [trendChart("Time to restore", rto, timeUnit)] : []),
    ...(isTrend(rpo) ? [trendChart("Age of the backup", rpo, timeUnit)] : []),
    // After a restore, the size matters least; the HTML page shows it anyway.
    ...(isTrend(size) && report.operation === "backup"
      ? [trendChart("Size of the dump", size, sizeUnit)]
      : []),
  ];
  return charts.length === 0 ? "" : `### Trend\n\n${charts.join("\n\n")}`;
}

function whatToDo(report: Report): string {
  const items = problems(report.checks).map(
    (check) =>
      `- ${SIGNS[signOf(check)]} **${prose(check.name)}:** ${prose(check.message)}${check.next ? `<br>**Next:** ${prose(check.next)}` : ""}`,
  );
  return items.length === 0 ? "" : `### What to do\n\n${items.join("\n")}`;
}

function facts(report: Report): string {
  const [first, ...rest] = factsOf(report).map(({ label, value, verbatim }) => [
    label,
    verbatim ? code(value) : prose(value),
  ]);
  return first === undefined
    ? ""
    : folded(report.backup ? "The backup" : "The deployment", table(first, rest));
}

function checks(all: readonly Check[]): string {
  const rank = { failed: 0, "not-run": 1, passed: 2 };
  const rows = [...all]
    .sort((a, b) => rank[signOf(a)] - rank[signOf(b)])
    .map((check) => [
      check.switchedOff ? SWITCHED_OFF : SIGNS[signOf(check)],
      prose(check.name),
      prose(check.message),
    ]);
  const passed = all.filter(({ status }) => status === "passed").length;
  const title = `${passed === all.length ? "" : `${passed} of `}${counted(all.length, "check")} passed`;
  return folded(title, table(["", "Check", "Result"], rows));
}

function timeline(report: Report): string {
  if (report.phases.length === 0) return "";
  return `### Timeline: ${formatDuration(report.seconds)}\n\n${gantt(report)}`;
}

function tables({ tables: all }: Report): string {
  if (all.length === 0) return "";
  const compared = compareTables(all);
  const differing = differentTables(compared).length;
  const rows = withinBytes(compared.map(tableRow), TABLES_BYTES);
  const left = all.length - rows.length;
  const title = `${counted(all.length, "table")}${differing > 0 ? `, ${formatCount(differing)} different` : ""}`;
  return folded(
    title,
    [
      table(["Table", "Rows expected:", "Rows restored:", "Content"], rows),
      ...(left > 0
        ? [
            `${counted(left, "more table")} in ${code("report.json")}: a summary has room for 1 MiB.`,
          ]
        : []),
    ].join("\n\n"),
    differing > 0,
  );
}

function tableRow({ schema, name, rows, hash, comparison }: ComparedTable): readonly string[] {
  return [
    code(schema === "public" ? name : `${schema}.${name}`),
    formatCount(rows.expected),
    rows.restored === null ? "–" : formatCount(rows.restored),
    comparison === "different"
      ? `❌ ${code(hash.expected)} became ${hash.restored === null ? "nothing" : code(hash.restored)}`
      : comparison,
  ];
}

function folded(title: string, content: string, open = false): string {
  return [`<details${open ? " open" : ""}><summary>${title}</summary>`, content, "</details>"].join(
    "\n\n",
  );
}

function withinBytes(
  rows: readonly (readonly string[])[],
  limit: number,
): readonly (readonly string[])[] {
  let used = 0;
  const end = rows.findIndex((cells) => {
    used += Buffer.byteLength(cells.join(" | ")) + 5;
    return used > limit;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

function gaps(report: Report): string {
  const items = notChecked(report).map((item) => `- ${prose(item)}`);
  return items.length === 0 ? "" : `### Not checked\n\n${items.join("\n")}`;
}
