import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import type { Endpoints, RequestParameters } from "@octokit/types";
import type { Log } from "../../report/journal.ts";
import type { Secret } from "../../secret.ts";
import { type Permission, refusalOf } from "./github-errors.ts";
import type { WorkflowRun } from "./workflow-run.ts";

/**
 * GitHub keeps a client waiting for up to an hour. An alert that would come later than this is reported as
 * not sent.
 */
const LONGEST_WAIT_SECONDS = 120;
const WAITS = 2;
const REQUEST_SECONDS = 60;

type Route = keyof Endpoints;
type Parameters<R extends Route> = Omit<Endpoints[R]["parameters"], "owner" | "repo" | "request"> &
  Pick<RequestParameters, "mediaType">;
type Answer<R extends Route> = Endpoints[R]["response"]["data"];
/** Routes that answer a list in pages. */
type ListRoute = {
  [R in Route]: Answer<R> extends readonly unknown[] ? R : never;
}[Route];

/** The most that GitHub puts on a page. */
const PAGE = 100;

/**
 * GitHub's API for one repository. It waits for rate limits, and tries a server's failure again (three
 * times, after 1, 4 and 9 s). A final refusal is a Failure that says what to do. A hurried client waits for
 * nothing and tries nothing again.
 */
export class GitHub {
  readonly owner: string;
  readonly repository: string;
  readonly #octokit: Octokit;

  constructor(
    run: WorkflowRun,
    token: Secret,
    log: Log,
    signal: AbortSignal,
    { hurried = false }: { hurried?: boolean } = {},
  ) {
    this.owner = run.owner;
    this.repository = run.repository;
    const wait = (limit: string) => (seconds: number, _: unknown, __: unknown, count: number) => {
      if (hurried) return false;
      const patient = seconds <= LONGEST_WAIT_SECONDS && count < WAITS;
      log.warning(
        `GitHub's ${limit} is reached; it asks to wait ${seconds} s.${patient ? "" : " That is too long."}`,
      );
      return patient;
    };
    this.#octokit = new (Octokit.plugin(retry, throttling))({
      auth: token.reveal(),
      baseUrl: run.apiUrl,
      userAgent: "openspp-backup",
      log: {
        debug: () => {},
        info: () => {},
        warn: log.debug.bind(log),
        error: log.debug.bind(log),
      },
      request: { fetch: impatientFetch(signal) },
      // A conflict (409) is the caller's to solve: its write was built on something that has changed.
      retry: { enabled: !hurried, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451] },
      // It leaves a second between two writes, as GitHub asks.
      throttle: {
        id: run.url,
        onRateLimit: wait("rate limit"),
        onSecondaryRateLimit: wait("limit on bursts"),
      },
    });
  }

  /** Throws a Failure: a UserMistake when the token lacks `permission`, which is what the route needs. */
  async call<R extends Route>(
    permission: Permission,
    route: R,
    parameters: Parameters<R>,
    { retries }: { retries?: number } = {},
  ): Promise<Answer<R>> {
    const options = {
      owner: this.owner,
      repo: this.repository,
      ...parameters,
      ...(retries !== undefined && { request: { retries } }),
    };
    try {
      return (await this.#octokit.request(route as string, options)).data as Answer<R>;
    } catch (error) {
      throw refusalOf(error, permission, route);
    }
  }

  /** Like `call`, for a route that answers a list in pages: every item of every page. */
  async list<R extends ListRoute>(
    permission: Permission,
    route: R,
    parameters: Parameters<R>,
  ): Promise<Answer<R>[number][]> {
    const items = [];
    for (let page = 1; ; page++) {
      const found = await this.call(permission, route, { ...parameters, per_page: PAGE, page });
      items.push(...found);
      if (found.length < PAGE) return items;
    }
  }
}

function impatientFetch(signal: AbortSignal): typeof fetch {
  return (url, options) =>
    fetch(url, {
      ...options,
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_SECONDS * 1000)]),
    });
}
