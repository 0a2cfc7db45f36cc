import { systemClock } from "./clock.ts";
import { BUG_EXIT_CODE, Cancelled, Failure, reasonOf } from "./failure.ts";
import type { Host } from "./host/host.ts";
import type { Connection, Settings } from "./inputs/settings.ts";
import type { Verb } from "./inputs/table.ts";
import type { Effects } from "./operations/effects.ts";
import { isGood, VERBS, type VerbEntry, type VerbResult } from "./operations/verbs.ts";
import { withPing } from "./ping.ts";
import { Journal, type Log } from "./report/journal.ts";
import { headline } from "./report/verdict.ts";

/**
 * What actions and CLI do alike around an operation: signals, the ping, the connection, and the
 * catch of every error.
 */

/**
 * GitHub's runner kills 10 s after its SIGINT. What is not cleaned up by then is left to `post:`
 * and the next run.
 */
const SECONDS_TO_CLEAN_UP = 7;
/** npm passes on a Ctrl-C that the terminal has sent to the whole process group already. */
const SECONDS_OF_ECHO = 1;
/** A lost connection may leave a socket open, which would keep the process alive. */
const SECONDS_TO_END = 3;

/**
 * Sets the exit code that `main` returns, or `onFailure` when it throws. SIGINT and SIGTERM abort
 * the signal. A second one, or 7 s, ends the process.
 */
export async function enter(
  main: (signal: AbortSignal) => Promise<number>,
  onFailure: (failure: Failure, error: unknown) => number | Promise<number>,
): Promise<void> {
  const cancellation = new AbortController();
  let cancelledAt = 0;
  const cancel = () => {
    const now = systemClock.seconds();
    if (cancellation.signal.aborted) {
      if (now - cancelledAt > SECONDS_OF_ECHO) giveUp();
      return;
    }
    cancelledAt = now;
    cancellation.abort();
    setTimeout(giveUp, SECONDS_TO_CLEAN_UP * 1000).unref();
  };
  process.on("SIGINT", cancel).on("SIGTERM", cancel);
  try {
    process.exitCode = await main(cancellation.signal);
  } catch (error) {
    process.exitCode = await onFailure(failureOf(error, cancellation.signal), error);
  }
  setTimeout(() => process.exit(), SECONDS_TO_END * 1000).unref();
}

/** Ends a cancelled run that is still cleaning up. */
function giveUp(): never {
  const what = "The run was cancelled before it had cleaned up; the next one does.";
  process.stderr.write(`${what}\n`);
  process.exit(new Cancelled({ what }).exitCode);
}

/** Connects, does what the verb's entry says, and reports to the dead man's switch. */
export function perform<Result extends VerbResult>(
  verb: Verb,
  entry: VerbEntry<Result>,
  settings: Settings,
  { log, signal, beforeConnecting, onConnected }: Performing,
): Promise<Result> {
  entry.refuse?.(settings);
  return withPing(
    VERBS[verb].reports ? settings.monitor.pingUrl : undefined,
    log,
    async () => {
      await beforeConnecting?.();
      return withHost(settings.connection, log, signal, (effects) => {
        onConnected?.();
        return entry.perform(settings, effects);
      });
    },
    (result) => ({
      good: isGood(result),
      text: "report" in result ? headline(result.report) : `openspp-backup ${verb}`,
    }),
  );
}

export interface Performing {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** May refuse by throwing. */
  readonly beforeConnecting?: () => Promise<void>;
  /** From then on, the run may leave something on the host. */
  readonly onConnected?: () => void;
}

/** Without a connection, the host is this machine. */
export async function withHost<Result>(
  connection: Connection | undefined,
  log: Log,
  signal: AbortSignal,
  work: (effects: Effects) => Promise<Result>,
): Promise<Result> {
  const { LocalHost } = await import("./host/local.ts");
  const runner = new LocalHost(systemClock);
  const journal = new Journal(log, systemClock);
  const host = connection ? await login(connection, log, signal) : runner;
  try {
    return await work({ host, runner, journal, clock: systemClock, signal });
  } finally {
    await host.close();
  }
}

async function login(connection: Connection, log: Log, signal: AbortSignal): Promise<Host> {
  const { connect } = await import("./host/ssh.ts");
  return connect(connection, { signal, clock: systemClock, log });
}

/**
 * What was running when the user cancelled tells them nothing. What went wrong while the run ended
 * does.
 */
function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (!signal.aborted) return error instanceof Failure ? error : new Bug(error);
  const { what, state, next } =
    error instanceof Failure ? error.explanation : { what: reasonOf(error) };
  const obeyed = error instanceof Cancelled || error === signal.reason;
  const unfinished = "Production is as it was. What this run may have left, the next one removes.";
  return new Cancelled(
    {
      what: "The run was cancelled.",
      why: obeyed ? undefined : what,
      state: (obeyed ? undefined : state) ?? unfinished,
      next,
    },
    { cause: error },
  );
}

/** Anything that nobody foresaw. */
class Bug extends Failure {
  readonly exitCode = BUG_EXIT_CODE;

  constructor(cause: unknown) {
    super(
      {
        what: `This is a bug of openspp-backup: ${reasonOf(cause)}`,
        state: "Unknown; the next run sweeps what this one may have left.",
        next: 'Run it again with debug logging (`--debug`, or "Enable debug logging" on GitHub) and report what it prints.',
      },
      { cause },
    );
  }
}
