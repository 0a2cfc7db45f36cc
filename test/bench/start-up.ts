import { join } from "node:path";
import { execa } from "execa";
import { timed } from "./cli.ts";
import { type Measurement, measurement } from "./measurement.ts";

const ACTION = join(import.meta.dirname, "../../dist/actions/backup.js");

/** Given how often, measure a built action that only prints its usage error against a bare `node -e 0`. */
export async function measureStartUp(rounds: number): Promise<Measurement> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = await timed(() => execa(process.execPath, ["-e", "0"]));
    const action = await timed(async () => {
      const { exitCode } = await execa(process.execPath, [ACTION], {
        env: {},
        extendEnv: false,
        reject: false,
      });
      if (exitCode === 0) throw new Error("an action without inputs must fail");
    });
    samples.push(action / bare);
  }
  return measurement("start of an action / node -e 0", "ratio", 2.5, samples);
}
