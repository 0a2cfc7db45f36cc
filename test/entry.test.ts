import { once } from "node:events";
import { execa } from "execa";
import { describe, expect, it } from "vitest";

/** A process that enters, says `ready`, and does what a test tells it to do. */
function enterWith(main: string) {
  const script = `
    import { enter } from "./src/entry.ts";
    import { Unreachable } from "./src/failure.ts";
    const said = (failure) => { console.log(failure.name + ": " + failure.message); return failure.exitCode; };
    const cancelled = (signal) => new Promise((resolve) => signal.addEventListener("abort", resolve));
    const idle = setInterval(() => {}, 1000);
    const ready = () => console.log("ready");
    await enter(async (signal) => { ${main} }, said);
    clearInterval(idle);
  `;
  return execa(process.execPath, ["--input-type=module", "--eval", script], { reject: false });
}

async function signalled(main: string, signals: readonly NodeJS.Signals[], apartMs = 0) {
  const running = enterWith(main);
  await once(running.stdout, "data");
  const start = performance.now();
  for (const signal of signals) {
    running.kill(signal);
    await new Promise((next) => setTimeout(next, apartMs));
  }
  const { exitCode, stdout, stderr } = await running;
  return { code: exitCode, stdout, stderr, seconds: (performance.now() - start) / 1000 };
}

describe("an entry", () => {
  it("ends with what its work returns", async () => {
    expect(await enterWith("return 3")).toMatchObject({ exitCode: 3, stdout: "" });
  });

  it("hands on a failure as it is, and calls anything else a bug of ours", async () => {
    expect(await enterWith('throw new Unreachable({ what: "Gone." })')).toMatchObject({
      exitCode: 3,
      stdout: "Unreachable: Gone.",
    });
    const bug = await enterWith("null.x");
    expect(bug.exitCode).toBe(70);
    expect(bug.stdout).toMatch(
      /^Bug: This is a bug of openspp-backup: Cannot read properties of null/,
    );
  });

  it("says after a cancellation only that, and what went wrong on the way out", async () => {
    const state =
      "State: Production is as it was. What this run may have left, the next one removes.";
    const clean = "ready(); await cancelled(signal); signal.throwIfAborted();";
    expect(await signalled(clean, ["SIGINT"])).toMatchObject({
      code: 130,
      stdout: `ready\nCancelled: The run was cancelled.\n${state}`,
    });
    const unclean = 'ready(); await cancelled(signal); throw new Unreachable({ what: "Gone." });';
    expect(await signalled(unclean, ["SIGTERM"])).toMatchObject({
      code: 130,
      stdout: `ready\nCancelled: The run was cancelled.\nWhy: Gone.\n${state}`,
    });
  });

  it("takes one Ctrl-C that comes twice for one, and cleans up", async () => {
    const slow =
      "ready(); await cancelled(signal); await new Promise((end) => setTimeout(end, 500)); return 4;";
    expect(await signalled(slow, ["SIGINT", "SIGINT"])).toMatchObject({ code: 4 });
  });

  it("gives up at a second signal, or after 7 s", async () => {
    const stuck = "ready(); await new Promise(() => {});";
    const impatient = await signalled(stuck, ["SIGINT", "SIGINT"], 1200);
    expect(impatient).toMatchObject({
      code: 130,
      stderr: "The run was cancelled before it had cleaned up; the next one does.",
    });
    expect(impatient.seconds).toBeLessThan(6.5);
    const patient = await signalled(stuck, ["SIGINT"]);
    expect(patient.code).toBe(130);
    expect(patient.seconds).toBeGreaterThan(6.5);
  });
});
