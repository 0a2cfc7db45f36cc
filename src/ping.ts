import type { Log } from "./report/journal.ts";
import { retry } from "./retry.ts";
import type { Secret } from "./secret.ts";

/**
 * A dead man's switch outside of GitHub, which raises the alarm when a run does not report: a schedule that was switched
 * off is noticed, too. It speaks the protocol of healthchecks.io (its documentation, "Pinging API"): the URL itself for
 * success, `/start` and `/fail` for the others, with a text as body. Any URL works.
 */
export type Signal = "start" | "success" | "fail";

const SUFFIXES = { start: "/start", success: "", fail: "/fail" } as const;
const ATTEMPT_SECONDS = 10;
const PAUSES_SECONDS = [1, 3];

/** A service that knows only the plain URL answers so to the others, and means no harm. */
const UNKNOWN_THERE: readonly number[] = [404, 405];

/** The end of a run, as the switch hears of it. */
export interface RunEnd {
  readonly good: boolean;
  /** Holds no personal data: names of checks and numbers. */
  readonly text: string;
}

/**
 * Pings when the work begins, and when it ended. A ping that cannot be sent is a warning: the switch raises the alarm by
 * itself then. `pauses` are the seconds before each further attempt.
 */
export async function withPing<Result>(
  url: Secret | undefined,
  log: Log,
  work: () => Promise<Result>,
  endOf: (result: Result) => RunEnd,
  pauses: readonly number[] = PAUSES_SECONDS,
): Promise<Result> {
  if (!url) return work();
  const ping = async (signal: Signal, text: string) => {
    const address = addressOf(url, signal);
    const mayPass = (error: unknown) => error instanceof NotTold && error.passing;
    await retry(() => send(address, signal, text), { pauses, mayPass }).catch((error: unknown) => {
      if (!(error instanceof NotTold)) throw error;
      log.warning(`The dead man's switch could not be told (${signal}): ${error.message}.`);
    });
  };
  const started = ping("start", runLink());
  const end = async ({ good, text }: RunEnd) => {
    await started;
    await ping(good ? "success" : "fail", [text, runLink()].filter(Boolean).join("\n"));
  };
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    // Our own sentence alone: the reason may be a tool's, and quote what it read.
    await end({ good: false, text: (error as Error).message.split("\n", 1)[0] ?? "" });
    throw error;
  }
  await end(endOf(result));
  return result;
}

/** A query, which some services need, stays behind the suffix. */
function addressOf(url: Secret, signal: Signal): URL {
  const address = new URL(url.reveal());
  address.pathname = address.pathname.replace(/\/$/, "") + SUFFIXES[signal];
  return address;
}

/** Holds no address: who knows it can silence the alarm. */
class NotTold extends Error {
  readonly passing: boolean;

  constructor(why: string, passing: boolean) {
    super(why);
    this.passing = passing;
  }
}

/** Throws NotTold. */
async function send(address: URL, signal: Signal, body: string): Promise<void> {
  const timeout = AbortSignal.timeout(ATTEMPT_SECONDS * 1000);
  const { ok, status } = await fetch(address, { method: "POST", body, signal: timeout }).catch(
    (error: unknown) => {
      throw new NotTold(whyNot(error), true);
    },
  );
  if (ok || (signal !== "success" && UNKNOWN_THERE.includes(status))) return;
  throw new NotTold(`it answered ${status}`, status >= 500 || status === 429);
}

function whyNot(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === "TimeoutError") return `it did not answer within ${ATTEMPT_SECONDS} s`;
  return `it cannot be reached (${cause?.code ?? name ?? "unknown"})`;
}

/** The address of this workflow run, and nothing elsewhere. */
function runLink(): string {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: id,
  } = process.env;
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : "";
}
