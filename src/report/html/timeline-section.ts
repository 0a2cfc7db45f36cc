import { barX, text } from "@observablehq/plot";
import { counted } from "../../words/count.ts";
import { formatDuration } from "../../words/duration.ts";
import { printable } from "../../words/printable.ts";
import type { Phase, Report } from "../report-schema.ts";
import { ticksOf } from "../time-axis.ts";
import { chronological } from "../timeline.ts";
import { html, type Markup } from "./markup.ts";
import { chart } from "./svg.ts";

const ROW = 34;
const AXIS = 28;
const WIDE = 720;
const NARROW = 340;
/** From here on, a label has more room before the end of its bar than after its start. */
const TURN = 0.5;
/** Pixels per character of an SVG text in the page's size: such a text does not wrap. */
const CHARACTER = 7;

/** Each phase is a bar that shows when it ran. One drawing is for screens, one for phones. */
export function timeline(report: Report): Markup | undefined {
  if (report.phases.length === 0) return undefined;
  return html`<section class="timeline">
<h2>Timeline <small>${formatDuration(report.seconds)} in all</small></h2>
<div class="wide">${draw(report, WIDE)}</div>
<div class="narrow">${draw(report, NARROW)}</div>
</section>`;
}

function draw({ phases, seconds }: Report, width: number): Markup {
  const rows = chronological(phases).map((phase, index) => ({
    row: index,
    start: phase.startedAfter,
    end: Math.max(phase.startedAfter + phase.seconds, phase.startedAfter + seconds / 400),
    label: label(phase, width),
    turned: phase.startedAfter > seconds * TURN,
  }));
  const labels = { y: "row", text: "label", dy: -9, fontSize: 13, fill: "currentColor" } as const;
  return chart(
    {
      width,
      height: rows.length * ROW + AXIS,
      margin: 0,
      marginBottom: AXIS,
      marginRight: 1,
      x: {
        domain: [0, seconds],
        ticks: ticksOf(seconds, width / 90),
        tickFormat: formatDuration,
        tickSize: 0,
        label: null,
        grid: true,
      },
      y: { axis: null, domain: rows.map(({ row }) => row), padding: 0 },
      marks: [
        barX(rows, {
          x1: "start",
          x2: "end",
          y: "row",
          fill: "var(--accent)",
          insetTop: 20,
          insetBottom: 8,
        }),
        text(
          rows.filter(({ turned }) => !turned),
          { ...labels, x: "start", textAnchor: "start" },
        ),
        text(
          rows.filter(({ turned }) => turned),
          { ...labels, x: "end", textAnchor: "end" },
        ),
      ],
    },
    `Timeline of ${counted(rows.length, "phase")}: ${rows.map(({ label }) => label).join("; ")}.`,
  );
}

function label({ name, seconds }: Phase, width: number): string {
  const most = Math.floor(width / CHARACTER) - 12;
  const plain = printable(name);
  const cut = plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
  return `${cut} · ${formatDuration(seconds)}`;
}
