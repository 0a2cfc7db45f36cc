import type { WriteStream } from "node:tty";
import { expect, it } from "vitest";
import { TerminalLog, type TerminalOptions } from "../../src/cli/terminal-log.ts";

const CLEAR = "\r\u001b[2K";

function logTo(
  stream: { isTTY: boolean; columns?: number },
  options: Partial<TerminalOptions> = {},
) {
  let written = "";
  let now = 0;
  const write = (text: string) => {
    written += text;
    return true;
  };
  const clock = { now: () => new Date(0), seconds: () => now };
  const log = new TerminalLog({ ...stream, write } as unknown as WriteStream, {
    clock,
    quiet: false,
    debug: false,
    ...options,
  });
  return { log, written: () => written, at: (seconds: number) => (now = seconds) };
}

it("prints plain lines where nobody watches", () => {
  const { log, written, at } = logTo({ isTTY: false });
  log.startGroup("Dump");
  log.progress(0.1, "dumped");
  at(12);
  log.progress(0.2, "dumped");
  log.endGroup(13);
  log.debug("not asked for");
  expect(written()).toBe("Dump …\n 20 % dumped\nDump: 13 s\n");
});

it("rewrites one line on a terminal, no longer than the terminal is wide", () => {
  const { log, written } = logTo({ isTTY: true, columns: 12 });
  log.startGroup("Dump");
  log.progress(0.5, "of everything");
  log.endGroup(2);
  expect(written()).toBe(`${CLEAR}Dump …${CLEAR} 50 % of ev${CLEAR}Dump: 2 s\n`);
});

it("says only warnings when it is to be quiet", () => {
  const { log, written } = logTo({ isTTY: false }, { quiet: true });
  log.startGroup("Dump");
  log.info("42 tables");
  log.warning("the disk is nearly full");
  log.endGroup(1);
  expect(written()).toBe("warning: the disk is nearly full\n");
});

it("shows no secret, and moves no cursor for a tool", () => {
  const { log, written } = logTo({ isTTY: false }, { debug: true });
  log.mask("hunter2");
  log.info("password=hunter2 \u001b[2J");
  log.debug("hunter2\nhunter2");
  expect(written()).toBe("password=[REDACTED] \\u{1b}[2J\ndebug: [REDACTED]\n[REDACTED]\n");
});
