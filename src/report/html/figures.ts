import { counted, formatCount } from "../../words/count.ts";
import { formatDuration } from "../../words/duration.ts";
import { compareTables, differentTables } from "../compared-tables.ts";
import type { Report, SyncSummary } from "../report-schema.ts";
import { html, type Markup } from "./markup.ts";

/** The few numbers that people ask for first, each next to its objective. */
export function figures(report: Report): Markup {
  const { rtoSeconds, rtoObjectiveSeconds, rpoSeconds, rpoObjectiveSeconds } = report;
  const downtime = report.restore?.downtimeSeconds;
  const age =
    report.operation === "restore" ? "Work lost since the backup" : "A loss now would cost";
  return html`<dl class="figures">
${rtoSeconds !== undefined && measured("Time to restore", rtoSeconds, rtoObjectiveSeconds)}
${rpoSeconds !== undefined && measured(age, rpoSeconds, rpoObjectiveSeconds)}
${downtime !== undefined && figure("Services were down", formatDuration(downtime))}
${report.tables.length > 0 && tables(report)}
${report.sync && offsite(report.sync)}
</dl>`;
}

function measured(title: string, seconds: number, objective: number | undefined): Markup {
  if (objective === undefined) return figure(title, formatDuration(seconds));
  const late = seconds > objective;
  const note = html`${late ? "beyond" : "within"} the objective of ${formatDuration(objective)}`;
  return figure(title, formatDuration(seconds), note, bullet(seconds, objective));
}

function tables({ tables: all, rows }: Report): Markup {
  const compared = compareTables(all);
  const different = differentTables(compared).length;
  const recorded = compared.every(({ comparison }) => comparison === "recorded");
  const [title, value, note] = recorded
    ? ["Recorded", counted(all.length, "table"), `with ${counted(rows, "row")}`]
    : [
        "Came back equal",
        different === 0
          ? counted(all.length, "table")
          : `${formatCount(all.length - different)} of ${counted(all.length, "table")}`,
        `with ${counted(rows, "row")}${different > 0 ? `; ${counted(different, "table")} different` : ""}`,
      ];
  return figure(title, value, html`${note}`);
}

function offsite({ backups, newest }: SyncSummary): Markup {
  return figure(
    "Off-site",
    counted(backups, "backup"),
    html`${newest && html`the newest ${newest}`}`,
  );
}

function figure(title: string, value: string, note?: Markup, drawing?: Markup): Markup {
  return html`<div><dt>${title}</dt><dd><strong>${value}</strong>${drawing}<small>${note}</small></dd></div>`;
}

/** The measured value is a bar, the objective is a mark on it. The longer of the two fills the width. */
function bullet(seconds: number, objective: number): Markup {
  const longest = Math.max(seconds, objective);
  const at = (value: number) => Math.max(0.8, (value / longest) * 100).toFixed(1);
  return html`<svg class="bullet ${seconds > objective && "late"}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" y="2" width="100" height="2"/><rect class="bar" y="1" width="${at(seconds)}" height="4"/><rect class="mark" x="${(Number(at(objective)) - 0.6).toFixed(1)}" width="0.6" height="6"/></svg>`;
}
