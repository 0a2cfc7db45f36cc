import { Failed, UserMistake } from "../failure.ts";
import { type ChatMessage, type WebhookFormat, webhookPayload } from "../report/webhook-message.ts";
import { retry } from "../retry.ts";
import type { Secret } from "../secret.ts";

const PAUSES_SECONDS = [2, 2];
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
  const mayPass = (error: unknown) => error instanceof Unsent && error.passing;
  await retry(() => post(url, body, signal), { pauses: PAUSES_SECONDS, mayPass, signal }).catch(
    (error: unknown) => {
      throw error instanceof Unsent ? unsent(error) : error;
    },
  );
}

class Unsent extends Error {
  /** Whether it may go away by itself, so that another try makes sense. */
  readonly passing: boolean;

  constructor(what: string, passing: boolean) {
    super(what);
    this.passing = passing;
  }
}

/** Throws Unsent. */
async function post(url: Secret, body: string, signal: AbortSignal): Promise<void> {
  let status: number;
  try {
    const answer = await fetch(url.reveal(), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_SECONDS * 1000)]),
    });
    if (answer.ok) return;
    status = answer.status;
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = error as Error;
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    throw new Unsent(code ?? message, code !== "ERR_INVALID_URL");
  }
  throw new Unsent(`it answered ${status}`, status >= 500 || status === 429);
}

function unsent({ message, passing }: Unsent): Failed | UserMistake {
  const explanation = { what: "The webhook did not take the message.", why: message };
  if (passing)
    return new Failed({ ...explanation, next: "Look at the service behind it, and run it again." });
  return new UserMistake({
    ...explanation,
    state: "The message was not sent.",
    next: "See that `webhook-url` is the whole URL, still valid, and that `webhook-format` is the service's.",
  });
}
