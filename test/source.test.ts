import { execa } from "execa";
import { expect, it } from "vitest";

it.each(["lint", "types"])("npm run %s finds nothing", { timeout: 120_000 }, async (script) => {
  const { exitCode, all } = await execa("npm", ["run", "--silent", script], {
    reject: false,
    all: true,
  });
  expect(exitCode, all).toBe(0);
});
