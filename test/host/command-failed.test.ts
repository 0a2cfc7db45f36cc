import { expect, test } from "vitest";
import { program } from "../../src/commands/command.ts";
import { CapturedOutput } from "../../src/host/captured-output.ts";
import { CommandFailed } from "../../src/host/command-failed.ts";

test("an ERROR is the reason, however much its CONTEXT and later lines say", () => {
  const output = new CapturedOutput(64 * 1024);
  output.add(Buffer.from("pg_restore: while PROCESSING TOC:\npg_restore: error: ERROR:  first\n"));
  for (let line = 0; line < 5_000; line += 1) {
    output.add(Buffer.from(`PL/pgSQL function public.deep(integer) line ${line} at PERFORM\n`));
  }
  output.add(Buffer.from("pg_restore: error: ERROR:  second\n"));
  const failed = new CommandFailed(program(["pg_restore"]), {
    exit: 1,
    stdout: "",
    stderr: output.text(),
  });
  expect(failed.reason).toBe("pg_restore: error: ERROR:  first");
  expect(failed.stderr).toContain("second");
  expect(failed.stderr.length).toBeLessThan(70_000);
});

test.each([
  ["pg_dump: error: connection failed\npg_dump: detail: x\n", "pg_dump: error: connection failed"],
  ["one\ntwo\n\n", "two"],
])("of %j the reason is %j", (stderr, reason) => {
  expect(new CommandFailed(program(["x"]), { exit: 1, stdout: "", stderr }).reason).toBe(reason);
});
