import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface GitHubServer {
  /** What an action's environment holds when it runs against this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Each request as `METHOD path`, in order. */
  readonly requests: readonly string[];
  /** Until when each artifact is to be kept, ISO 8601. */
  readonly expiries: readonly string[];
  close(): Promise<void>;
}

/** Starts a server that takes artifacts as GitHub's does, or refuses them with a status. */
export async function startGitHub(refusal?: number): Promise<GitHubServer> {
  const requests: string[] = [];
  const expiries: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const step = searchParams.get("comp") ?? pathname.split("/").at(-1);
    requests.push(`${request.method} ${step}`);
    const sent: Buffer[] = [];
    request.on("data", (chunk: Buffer) => sent.push(chunk));
    request.on("end", () => {
      if (step === "CreateArtifact") {
        expiries.push(JSON.parse(Buffer.concat(sent).toString()).expires_at);
      }
      if (refusal) response.writeHead(refusal).end("{}");
      else if (request.method === "PUT") response.writeHead(201, { etag: '"1"' }).end();
      else response.writeHead(200, { "content-type": "application/json" }).end(answerTo(step));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answerTo(step?: string): string {
    if (step === "CreateArtifact")
      return JSON.stringify({ ok: true, signed_upload_url: `${url}/account/container/blob` });
    return JSON.stringify({ ok: true, artifact_id: "7" });
  }

  const claims = { scp: "Actions.Results:run:job" };
  const token = ["{}", JSON.stringify(claims), "signature"].map((part) =>
    Buffer.from(part).toString("base64url"),
  );
  return {
    env: { ACTIONS_RUNTIME_TOKEN: token.join("."), ACTIONS_RESULTS_URL: url },
    requests,
    expiries,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
