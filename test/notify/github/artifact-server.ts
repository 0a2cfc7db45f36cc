import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ArtifactServer extends AsyncDisposable {
  /** What the environment of an action holds that runs against this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Each artifact that was finished, by its name. */
  readonly artifacts: ReadonlyMap<string, Artifact>;
}

export interface Artifact {
  /** The ZIP file that was uploaded. */
  readonly zip: Buffer;
  /** Until when it is to be kept, ISO 8601. */
  readonly expiresAt: string;
}

interface Asked {
  readonly name?: string;
  readonly name_filter?: string;
  readonly id_filter?: string;
  readonly expires_at?: string;
}

const BACKEND = { workflow_run_backend_id: "run", workflow_job_run_backend_id: "job" };

/**
 * Starts a server that keeps the artifacts of one workflow run as GitHub's do: its ArtifactService (Twirp, as JSON), and the
 * blob storage behind it; given a status, it refuses everything with that. act's own does not take what the present client sends.
 */
export async function startArtifacts(refusal?: number): Promise<ArtifactServer> {
  const artifacts = new Map<string, Artifact>();
  const expiries = new Map<string, string>();
  const zips = new Map<string, Buffer>();
  const blocks = new Map<string, Buffer>();
  const server = createServer((request, response) => void respond(request, response));
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const sent = await bytesOf(request);
    const [, folder, name = ""] = pathname.split("/");
    if (refusal !== undefined) response.writeHead(refusal).end("{}");
    else if (folder === "blobs")
      blob(request, response, decodeURIComponent(name), searchParams, sent);
    else {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer(pathname.split("/").at(-1), JSON.parse(sent.toString()))));
    }
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const names: string[] = [];
  /** By its place among all names that were ever given. */
  function idOf(name: string): string {
    if (!names.includes(name)) names.push(name);
    return String(names.indexOf(name) + 1);
  }

  function answer(
    method: string | undefined,
    { name = "", name_filter, id_filter, expires_at = "" }: Asked,
  ): object {
    const page = `${url}/blobs/${encodeURIComponent(name)}`;
    switch (method) {
      case "CreateArtifact":
        expiries.set(name, expires_at);
        return { ok: true, signed_upload_url: page };
      case "FinalizeArtifact":
        artifacts.set(name, {
          zip: zips.get(name) ?? Buffer.alloc(0),
          expiresAt: expiries.get(name) ?? "",
        });
        return { ok: true, artifact_id: idOf(name) };
      case "ListArtifacts":
        return {
          artifacts: [...artifacts.keys()]
            .filter((one) => name_filter === undefined || one === name_filter)
            .filter((one) => id_filter === undefined || idOf(one) === id_filter)
            .map((one) => ({ ...BACKEND, database_id: idOf(one), name: one, size: "1" })),
        };
      case "GetSignedArtifactURL":
        return { signed_url: page };
      default:
        return {};
    }
  }

  /** Uploaded in blocks, which a list then puts in their order (Azure's "Put Block List"). */
  function blob(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    query: URLSearchParams,
    sent: Buffer,
  ): void {
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "application/zip" }).end(artifacts.get(name)?.zip);
      return;
    }
    if (query.get("comp") === "block") blocks.set(query.get("blockid") ?? "", sent);
    else {
      const ids = [...sent.toString().matchAll(/<Latest>(.*?)<\/Latest>/g)].map(
        ([, id = ""]) => id,
      );
      zips.set(name, Buffer.concat(ids.map((id) => blocks.get(id) ?? Buffer.alloc(0))));
    }
    response.writeHead(201, { etag: '"1"' }).end();
  }

  return {
    artifacts,
    env: { ACTIONS_RUNTIME_TOKEN: tokenOf(), ACTIONS_RESULTS_URL: url },
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A token as the runner hands it out; the client reads from it which run it belongs to. */
function tokenOf(): string {
  const claims = { scp: "Actions.Results:run:job" };
  return ["{}", JSON.stringify(claims), "signature"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
