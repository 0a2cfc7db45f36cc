import { Failed, UserMistake } from "../failure.ts";
import { type ChatMessage, type WebhookFormat, webhookPayload } from "../report/webhook-message.ts";
import type { Secret } from "../secret.ts";

const TRIES = 3;
const SECONDS_BETWEEN = 2;
const REQUEST_SECONDS = 20;

export interface Webhook {
  /** Anybody who knows it can post, so it is a secret. */
  readonly url: Secret;
  readonly format: WebhookFormat;
}

/** Tries three times. Throws a Failure that does not name the URL. */
export async function postToWebhook(
  { url, format }: Webhook,
  message: ChatMessage,
  signal: AbortSignal,
): Promise<void> {
  const body = JSON.stringify(webhookPayload(format, message));
  for (let tries = 1; ; tries++) {
    const problem = await post(url, body, signal);
    if (problem === undefined) return;
    if (tries === TRIES || !problem.passing) throw unsent(problem);
    await new Promise((later) => setTimeout(later, SECONDS_BETWEEN * 1000));
  }
}

interface Problem {
  readonly what: string;
  /** Whether it may go away by itself, so that another try makes sense. */
  readonly passing: boolean;
}

async function post(url: Secret, body: string, signal: AbortSignal): Promise<Problem | undefined> {
  try {
    const { ok, status } = await fetch(url.reveal(), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_SECONDS * 1000)]),
    });
    if (ok) return undefined;
    return { what: `it answered ${status}`, passing: status >= 500 || status === 429 };
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = error as Error;
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    return { what: code ?? message, passing: code !== "ERR_INVALID_URL" };
  }
}

function unsent({ what, passing }: Problem): Failed | UserMistake {
  const explanation = { what: "The webhook did not take the message.", why: what };
  if (passing)
    return new Failed({ ...explanation, next: "Look at the service behind it, and run it again." });
  return new UserMistake({
    ...explanation,
    state: "The message was not sent.",
    next: "See that `webhook-url` is the whole URL, still valid, and that `webhook-format` is the service's.",
  });
}
