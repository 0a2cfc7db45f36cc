import { Command } from "commander";
import { type Lab, startLab } from "../lab/lab.ts";
import { type SeedSizes, seedLab } from "../lab/seeding.ts";
import { runCli } from "./cli.ts";
import { measureFilestore } from "./filestore.ts";
import { roundTrips, secondsLost } from "./latency.ts";
import { type Measurement, measurement } from "./measurement.ts";
import { measureStartUp } from "./start-up.ts";
import { measureThroughput } from "./throughput.ts";

const number = (text: string) => Number.parseInt(text, 10);
const PARTS = ["start-up", "throughput", "latency", "round-trips", "filestore"] as const;
type Part = (typeof PARTS)[number];

interface Options {
  readonly registrants: number;
  readonly tables: number;
  readonly rounds: number;
  readonly json: boolean;
  readonly only?: Part[];
}

const options = new Command("bench")
  .description("Measure speed as ratios within one run: the machine's own speed cancels out.")
  .option("--registrants <n>", "in the large database", number, 1_000_000)
  .option("--tables <n>", "beside the seed's own 75", number, 530)
  .option("--rounds <n>", "samples of each figure", number, 3)
  .option("--only <part...>", `of ${PARTS.join(", ")}`)
  .option("--json", "print an array of measurements", false)
  .parse()
  .opts<Options>();

const measurements = await bench(options);
process.stdout.write(
  options.json ? `${JSON.stringify(measurements, null, 2)}\n` : table(measurements),
);
if (measurements.some(({ value, bar }) => value > bar)) process.exitCode = 1;

async function bench({
  registrants,
  tables,
  rounds,
  only = [...PARTS],
}: Options): Promise<Measurement[]> {
  const found: Measurement[] = [];
  if (only.includes("start-up")) found.push(await measureStartUp(5 * rounds));
  if (only.includes("latency")) {
    const samples = await inLab({ registrants: 2000, tables: 530 }, (lab) => lost(lab, rounds));
    found.push(measurement("drill of 600 tables at 100 ms, seconds more", "s", 3, samples));
  }
  if (only.includes("round-trips")) {
    const samples = await inLab({ registrants: 200, tables: 2430 }, (lab) => lost(lab, rounds));
    found.push(
      measurement("drill of 2,500 tables, round trips", "round trips", 60, samples.map(roundTrips)),
    );
  }
  if (only.includes("filestore")) {
    const part = (lab: Lab) => measureFilestore(lab, rounds);
    found.push(...(await inLab({ registrants: 100, tables: 0 }, part)));
  }
  if (only.includes("throughput")) {
    const part = (lab: Lab) => measureThroughput(lab, rounds);
    found.push(...(await inLab({ registrants, tables }, part)));
  }
  return found;
}

async function lost(lab: Lab, rounds: number): Promise<readonly number[]> {
  await runCli(lab, ["backup", "--quiet"]);
  return secondsLost(lab, rounds);
}

/** Given what to seed and what to do, do it in a lab of its own, which is taken down whatever happens. */
async function inLab<T>(sizes: SeedSizes, work: (lab: Lab) => Promise<T>): Promise<T> {
  const say = (line: string) => process.stderr.write(`bench: ${line}\n`);
  const lab = await startLab({ name: `bench-${process.pid}`, policy: "flexible", say });
  try {
    say(`seeding ${JSON.stringify(sizes)}`);
    await seedLab(lab, sizes);
    return await work(lab);
  } finally {
    await lab.down();
  }
}

function table(measurements: readonly Measurement[]): string {
  return measurements
    .map(({ name, value, bar, unit, samples }) => {
      const verdict = value <= bar ? "✔" : "✘";
      return `${verdict} ${name}: ${value} ${unit} (at most ${bar}; ${samples.join(", ")})\n`;
    })
    .join("");
}
