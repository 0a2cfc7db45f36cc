import { areaY, dot, lineY, ruleY } from "@observablehq/plot";
import { formatBytes } from "../../words/bytes.ts";
import { counted } from "../../words/count.ts";
import { formatDuration } from "../../words/duration.ts";
import { ticksOf } from "../time-axis.ts";
import { isTrend, type Trend, type Trends } from "../trend.ts";
import { html, type Markup } from "./markup.ts";
import { chart } from "./svg.ts";

const WIDTH = 230;
const HEIGHT = 130;
/**
 * An objective beyond this multiple of the measured values would press the line onto the axis, so it is
 * only named.
 */
const OBJECTIVE_IN_SIGHT = 4;

interface TrendChart {
  readonly title: string;
  readonly trend: Trend;
  readonly format: (value: number) => string;
  readonly ticks: (highest: number) => readonly number[] | number;
}

const TICKS = 4;

/** Only trends with more than one point. */
export function trends({ rto, rpo, size }: Trends): Markup | undefined {
  const time = { format: formatDuration, ticks: (highest: number) => ticksOf(highest, TICKS) };
  const kinds: readonly TrendChart[] = [
    { title: "Time to restore (RTO)", trend: rto, ...time },
    { title: "Age of the backup (RPO)", trend: rpo, ...time },
    { title: "Size of the dump", trend: size, format: formatBytes, ticks: () => TICKS },
  ];
  const shown = kinds.filter(({ trend }) => isTrend(trend));
  if (shown.length === 0) return undefined;
  return html`<section class="trends">
<h2>Trend</h2>
<div>${shown.map(figure)}</div>
</section>`;
}

function figure(kind: TrendChart): Markup {
  const { title, trend, format } = kind;
  const last = trend.points.at(-1)?.value ?? 0;
  const objective = trend.objective === undefined ? "" : `, ${format(trend.objective)} agreed`;
  return html`<figure>
<figcaption>${title} <small>${format(last)} now${objective}</small></figcaption>
${draw(kind)}
</figure>`;
}

function draw({ title, trend: { points, objective }, format, ticks }: TrendChart): Markup {
  const data = points.map(({ at, value, verdict }) => ({ at: new Date(at), value, verdict }));
  const highest = Math.max(...points.map(({ value }) => value));
  const inSight = objective !== undefined && objective <= highest * OBJECTIVE_IN_SIGHT;
  const top = Math.max(highest, inSight ? objective : 0) * 1.05;
  const [first, last] = [points[0], points.at(-1)] as const;
  return chart(
    {
      width: WIDTH,
      height: HEIGHT,
      marginLeft: 76,
      marginRight: 8,
      marginTop: 10,
      marginBottom: 32,
      x: { type: "utc", label: null, ticks: 2, tickSize: 0 },
      y: {
        domain: [0, top],
        ticks: ticks(top),
        tickFormat: format,
        tickSize: 0,
        label: null,
        grid: true,
      },
      marks: [
        areaY(data, { x: "at", y: "value", fill: "var(--accent)", fillOpacity: 0.08 }),
        lineY(data, { x: "at", y: "value", stroke: "var(--accent)", strokeWidth: 1.5 }),
        dot(data, {
          x: "at",
          y: "value",
          r: 2.5,
          fill: ({ verdict }) => (verdict === "passed" ? "var(--accent)" : "var(--paper)"),
          stroke: ({ verdict }) => (verdict === "passed" ? "var(--accent)" : "var(--failed)"),
        }),
        ...(inSight
          ? [ruleY([objective], { stroke: "currentColor", strokeDasharray: "3 3" })]
          : []),
      ],
    },
    `${title} in ${counted(points.length, "run")}: ${format(first?.value ?? 0)} on ${first?.at.slice(0, 10)}, ${format(last?.value ?? 0)} on ${last?.at.slice(0, 10)}${objective === undefined ? "" : `; the objective is ${format(objective)}`}.`,
  );
}
