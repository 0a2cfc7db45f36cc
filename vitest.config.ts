import { defineConfig } from "vitest/config";

const LAB = ["test/lab/**/*.test.ts", "test/**/*.lab.test.ts"];
const MINUTES = 60_000;
/** A file that takes the totals, for .ci/run. */
const RESULTS = process.env.VITEST_RESULTS ?? "";

/** `unit` needs nothing but Node; `lab` needs a deployment host of its own, one test after the other. */
export default defineConfig({
  test: {
    reporters: ["default", ...(RESULTS ? ["json"] : [])],
    outputFile: { json: RESULTS },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: LAB,
          globalSetup: "test/tools.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "lab",
          include: LAB,
          globalSetup: ["test/tools.ts", "test/lab/shared-teardown.ts"],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 10 * MINUTES,
          hookTimeout: 20 * MINUTES,
        },
      },
    ],
  },
});
