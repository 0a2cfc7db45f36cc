import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What GitHub's servers keep of one repository, as far as we use it. */
export interface Repository {
  readonly issues: Issue[];
  readonly comments: Comment[];
  readonly pulls: Pull[];
  /** Branches by their name, commits and trees by their hash; a tree is its files by path. */
  readonly branches: Map<string, string>;
  readonly commits: Map<string, Commit>;
  readonly trees: Map<string, Readonly<Record<string, string>>>;
  readonly workflows: { id: number; path: string; state: string }[];
  readonly enabled: number[];
}

export interface Issue {
  number: number;
  title: string;
  body: string;
  labels: string[];
  assignees: string[];
  state: "open" | "closed";
  state_reason?: string;
  created_at: string;
  html_url: string;
  pull_request?: object;
}

export interface Comment {
  id: number;
  issue: number;
  body: string;
  created_at: string;
  html_url: string;
}

export interface Pull {
  number: number;
  title: string;
  body: string;
  head: string;
  base: string;
  state: "open" | "closed";
  html_url: string;
}

export interface Commit {
  readonly message: string;
  readonly tree: string;
  readonly parents: readonly string[];
}

/** An answer that is given in the place of the right one, to requests `METHOD /path` that match. */
export interface Fault {
  readonly on: RegExp;
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer never comes. */
  readonly silent?: true;
  /** How often; once by default. */
  times?: number;
  /** Done before the answer is given: what another client does meanwhile, or the work of which the answer is lost. */
  readonly meanwhile?: (repository: Repository, sent: Sent) => void;
}

/** What a client may send; each route reads what it needs. */
export interface Sent {
  readonly title: string;
  readonly body: string;
  readonly labels?: string[];
  readonly assignees?: string[];
  readonly message: string;
  readonly parents: readonly string[];
  /** The hash of a tree, or what one is made of. */
  readonly tree: string | readonly { readonly path: string; readonly content: string }[];
  readonly base_tree?: string;
  readonly ref: string;
  readonly sha: string;
  readonly force?: boolean;
  readonly head: string;
  readonly base: string;
}

export interface ApiServer extends AsyncDisposable {
  readonly url: string;
  readonly repository: Repository;
  readonly faults: Fault[];
  /** Each request as `METHOD /path`, from the repository on, in order. */
  readonly requests: string[];
  /** Each body that was posted to `/webhook`. */
  readonly webhook: unknown[];
  /** The time that the server writes into what is created. */
  now: Date;
}

const PREFIX = "/repos/ministry/operations";

/** Starts a server that speaks as much of GitHub's REST API as we use, for the repository `ministry/operations`. */
export async function startApi(): Promise<ApiServer> {
  const repository: Repository = {
    issues: [],
    comments: [],
    pulls: [],
    branches: new Map(),
    commits: new Map(),
    trees: new Map(),
    workflows: [],
    enabled: [],
  };
  const api = {
    repository,
    faults: [] as Fault[],
    requests: [] as string[],
    webhook: [] as unknown[],
  };
  const server = createServer((request, response) => void respond(request, response));
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const path = decodeURIComponent(url.pathname).replace(PREFIX, "") || "/";
    const line = `${request.method} ${path}`;
    const sent = JSON.parse((await textOf(request)) || "{}");
    api.requests.push(line);
    const fault = api.faults.find(({ on, times = 1 }) => times > 0 && on.test(line));
    if (fault) {
      fault.times = (fault.times ?? 1) - 1;
      fault.meanwhile?.(repository, sent);
      if (fault.silent) return;
    }
    const { status, body, headers } = fault
      ? { body: {}, headers: {}, ...fault }
      : { headers: {}, ...answer(line, url.searchParams, sent, request) };
    const raw = typeof body === "string";
    response.writeHead(status, {
      "content-type": raw
        ? "application/vnd.github.raw+json; charset=utf-8"
        : "application/json; charset=utf-8",
      ...headers,
    });
    response.end(raw ? body : status === 204 ? "" : JSON.stringify(body));
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const result: ApiServer = {
    ...api,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    now: new Date(),
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return result;

  function answer(
    line: string,
    query: URLSearchParams,
    sent: Sent,
    request: IncomingMessage,
  ): { status: number; body: object | string } {
    if (line === "POST /webhook") {
      result.webhook.push(sent);
      return { status: 200, body: {} };
    }
    if (!request.headers.authorization?.startsWith("token ")) {
      return { status: 401, body: { message: "Requires authentication" } };
    }
    for (const [pattern, route] of ROUTES) {
      const found = pattern.exec(line);
      if (found) return route({ repository, now: result.now, query, sent, parts: found.slice(1) });
    }
    return { status: 404, body: { message: "Not Found" } };
  }
}

interface Asked {
  readonly repository: Repository;
  readonly now: Date;
  readonly query: URLSearchParams;
  readonly sent: Sent;
  readonly parts: readonly string[];
}

type Route = (asked: Asked) => { status: number; body: object | string };

const PAGE = "https://github.com/ministry/operations";
const missing = { status: 404, body: { message: "Not Found" } };
const refused = (message: string) => ({ status: 422, body: { message } });

const ROUTES: readonly (readonly [RegExp, Route])[] = [
  [/^GET \/$/, () => ({ status: 200, body: { default_branch: "main" } })],
  [/^GET \/issues$/, ({ repository, query }) => page(query, issuesLike(repository, query))],
  [
    /^POST \/issues$/,
    ({ repository, now, sent }) => ({ status: 201, body: createIssue(repository, sent, now) }),
  ],
  [
    /^PATCH \/issues\/(\d+)$/,
    ({ repository, sent, parts }) => {
      const issue = repository.issues.find(({ number }) => number === Number(parts[0]));
      return issue ? { status: 200, body: Object.assign(issue, sent) } : missing;
    },
  ],
  [
    /^GET \/issues\/(\d+)\/comments$/,
    ({ repository, query, parts }) => {
      const since = query.get("since") ?? "";
      const found = repository.comments.filter(
        ({ issue, created_at }) => issue === Number(parts[0]) && created_at >= since,
      );
      return page(query, found);
    },
  ],
  [
    /^POST \/issues\/(\d+)\/comments$/,
    ({ repository, now, sent, parts }) => {
      const id = repository.comments.length + 1;
      const comment = {
        id,
        issue: Number(parts[0]),
        body: sent.body,
        created_at: now.toISOString(),
        html_url: `${PAGE}/issues/${parts[0]}#issuecomment-${id}`,
      };
      repository.comments.push(comment);
      return { status: 201, body: comment };
    },
  ],
  [
    /^PATCH \/issues\/comments\/(\d+)$/,
    ({ repository, sent, parts }) => {
      const comment = repository.comments.find(({ id }) => id === Number(parts[0]));
      return comment ? { status: 200, body: Object.assign(comment, sent) } : missing;
    },
  ],
  [
    /^GET \/git\/ref\/heads\/(.+)$/,
    ({ repository, parts }) => {
      const sha = repository.branches.get(parts[0] ?? "");
      return sha ? { status: 200, body: { object: { sha } } } : missing;
    },
  ],
  [
    /^POST \/git\/refs$/,
    ({ repository, sent }) => {
      const name = sent.ref.replace("refs/heads/", "");
      if (repository.branches.has(name)) return refused("Reference already exists");
      repository.branches.set(name, sent.sha);
      return { status: 201, body: { object: { sha: sent.sha } } };
    },
  ],
  [
    /^PATCH \/git\/refs\/heads\/(.+)$/,
    ({ repository, sent, parts }) => {
      const name = parts[0] ?? "";
      const current = repository.branches.get(name);
      if (current === undefined) return refused("Reference does not exist");
      const forward = repository.commits.get(sent.sha)?.parents.includes(current);
      if (!forward && !sent.force) return refused("Update is not a fast forward");
      repository.branches.set(name, sent.sha);
      return { status: 200, body: { object: { sha: sent.sha } } };
    },
  ],
  [
    /^POST \/git\/trees$/,
    ({ repository, sent }) => {
      const base = sent.base_tree ? repository.trees.get(sent.base_tree) : {};
      if (!base) return refused("base_tree is not a valid tree");
      const added =
        typeof sent.tree === "string" ? [] : sent.tree.map(({ path, content }) => [path, content]);
      return {
        status: 201,
        body: { sha: keepTree(repository, { ...base, ...Object.fromEntries(added) }) },
      };
    },
  ],
  [
    /^POST \/git\/commits$/,
    ({ repository, sent }) => ({ status: 201, body: { sha: keepCommit(repository, sent) } }),
  ],
  [
    /^GET \/git\/commits\/(\w+)$/,
    ({ repository, parts }) => {
      const commit = repository.commits.get(parts[0] ?? "");
      return commit ? { status: 200, body: { tree: { sha: commit.tree } } } : missing;
    },
  ],
  [
    /^GET \/contents\/(.+)$/,
    ({ repository, query, parts }) => {
      const text = filesAt(repository, query.get("ref") ?? "")[parts[0] ?? ""];
      return text === undefined ? missing : { status: 200, body: text };
    },
  ],
  [
    /^GET \/pulls$/,
    ({ repository, query }) => {
      const head = query.get("head")?.replace("ministry:", "");
      return page(
        query,
        repository.pulls.filter((one) => one.state === "open" && one.head === head),
      );
    },
  ],
  [
    /^POST \/pulls$/,
    ({ repository, sent }) => {
      const number = 100 + repository.pulls.length;
      const pull: Pull = { ...sent, number, state: "open", html_url: `${PAGE}/pull/${number}` };
      repository.pulls.push(pull);
      return { status: 201, body: pull };
    },
  ],
  [
    /^PATCH \/pulls\/(\d+)$/,
    ({ repository, sent, parts }) => {
      const pull = repository.pulls.find(({ number }) => number === Number(parts[0]));
      return pull ? { status: 200, body: Object.assign(pull, sent) } : missing;
    },
  ],
  [
    /^GET \/actions\/workflows$/,
    ({ repository: { workflows } }) => ({ status: 200, body: { workflows } }),
  ],
  [
    /^PUT \/actions\/workflows\/(\d+)\/enable$/,
    ({ repository, parts }) => {
      repository.enabled.push(Number(parts[0]));
      return { status: 204, body: {} };
    },
  ],
];

/** Given a repository, what is sent and the time, open an issue as GitHub does. */
export function createIssue(
  repository: Repository,
  sent: { title: string; body: string; labels?: string[]; assignees?: string[] },
  now: Date,
): Issue {
  const number = repository.issues.length + 1;
  const issue: Issue = {
    labels: [],
    assignees: [],
    ...sent,
    number,
    state: "open",
    created_at: now.toISOString(),
    html_url: `${PAGE}/issues/${number}`,
  };
  repository.issues.push(issue);
  return issue;
}

/** Given a repository, a branch and files, commit them to it as another client would. */
export function commitAs(
  repository: Repository,
  branch: string,
  files: Readonly<Record<string, string>>,
): string {
  const parent = repository.branches.get(branch);
  const before = parent ? filesAt(repository, parent) : {};
  const tree = keepTree(repository, { ...before, ...files });
  const sha = keepCommit(repository, { message: "By hand", tree, parents: parent ? [parent] : [] });
  repository.branches.set(branch, sha);
  return sha;
}

/** Given a repository and a branch or a commit, return its files. */
export function filesAt(repository: Repository, ref: string): Readonly<Record<string, string>> {
  const commit = repository.commits.get(repository.branches.get(ref) ?? ref);
  return repository.trees.get(commit?.tree ?? "") ?? {};
}

function keepTree(repository: Repository, files: Readonly<Record<string, string>>): string {
  const sha = hash(Object.entries(files).sort(([a], [b]) => a.localeCompare(b)));
  repository.trees.set(sha, files);
  return sha;
}

function keepCommit(
  repository: Repository,
  { message, tree, parents }: Pick<Sent, "message" | "tree" | "parents">,
): string {
  if (typeof tree !== "string") throw new TypeError("a commit names its tree by its hash");
  const sha = hash([message, tree, parents, repository.commits.size]);
  repository.commits.set(sha, { message, tree, parents });
  return sha;
}

function hash(value: unknown): string {
  return createHash("sha1").update(JSON.stringify(value)).digest("hex");
}

function issuesLike({ issues }: Repository, query: URLSearchParams): Issue[] {
  const label = query.get("labels");
  return issues.filter(
    ({ state, labels }) => state === query.get("state") && (!label || labels.includes(label)),
  );
}

function page(query: URLSearchParams, items: readonly object[]): { status: number; body: object } {
  const size = Number(query.get("per_page") ?? 30);
  const start = (Number(query.get("page") ?? 1) - 1) * size;
  return { status: 200, body: items.slice(start, start + size) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
