import { expect, it } from "vitest";
import { keepAlive } from "../../../src/notify/github/keep-alive.ts";
import { startApi } from "./api-server.ts";
import { connect } from "./connected.ts";

it("keeps our schedules alive, and leaves off what somebody switched off by hand", async () => {
  await using api = await startApi();
  const states: [string, string][] = [
    [".github/workflows/backup.yml", "active"],
    [".github/workflows/drill.yml", "disabled_inactivity"],
    [".github/workflows/monitor.yml", "disabled_manually"],
    [".github/workflows/ci.yml", "active"],
  ];
  api.repository.workflows.push(...states.map(([path, state], id) => ({ id, path, state })));
  expect(await keepAlive(connect(api).github)).toEqual([
    ".github/workflows/backup.yml",
    ".github/workflows/drill.yml",
  ]);
  expect(api.repository.enabled).toEqual([0, 1]);
});
