import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Transform, type Writable } from "node:stream";
import { Failed } from "../failure.ts";
import { Secret } from "../secret.ts";

/** A file that is served, by its path below the server's root. */
export interface ServedFile {
  readonly path: string;
  readonly bytes: number;
  /** Epoch seconds. */
  readonly changedAt: number;
}

/** Files that programs on this machine can read over HTTP, but only if they know the URL. */
export interface FileServer {
  readonly url: Secret;
  /** The error of the first file that could not be served whole. */
  readonly trouble: unknown;
  close(): Promise<void>;
}

/** Sends a file to a stream, until the signal aborts. */
export type Send = (file: ServedFile, to: Writable, signal: AbortSignal) => Promise<unknown>;

/**
 * Serves the files on the loopback interface. Each is sent as it is read, no faster, and stored nowhere. A
 * file whose size has changed since it was listed is cut short, so that it never looks whole.
 */
export async function serveFiles(files: readonly ServedFile[], send: Send): Promise<FileServer> {
  const root = `/${randomBytes(24).toString("base64url")}/`;
  const byPath = new Map(files.map((file) => [root + file.path, file]));
  const over = new AbortController();
  const sending = new Set<Promise<unknown>>();
  let trouble: unknown;
  const server = createServer((request, response) => {
    const file = byPath.get(pathOf(request));
    if (!answerHead(request, response, file)) return;
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const stop = (error: unknown) => {
      // The reader stopped by itself and knows why.
      if (!gone.signal.aborted) trouble ??= error;
      response.destroy();
    };
    const through = upTo(file);
    through.on("error", stop).pipe(response);
    const sent: Promise<unknown> = send(file, through, AbortSignal.any([over.signal, gone.signal]))
      .catch(stop)
      .finally(() => sending.delete(sent));
    sending.add(sent);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new Secret(`http://127.0.0.1:${port}${root}`),
    get trouble() {
      return trouble;
    },
    close: async () => {
      over.abort();
      server.closeAllConnections();
      server.close();
      await Promise.all(sending);
    },
  };
}

function pathOf({ url = "" }: IncomingMessage): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return "";
  }
}

/** Answers everything but the file's content. True when the content must follow. */
function answerHead(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  file: ServedFile | undefined,
): file is ServedFile {
  if (!file) response.writeHead(404).end();
  // No partial reads: the reader must start the file again.
  else if (headers.range !== undefined) response.writeHead(416).end();
  else {
    response.writeHead(200, {
      "Content-Type": "application/octet-stream",
      "Content-Length": file.bytes,
      "Last-Modified": new Date(file.changedAt * 1000).toUTCString(),
    });
    if (method === "GET") {
      response.flushHeaders();
      return true;
    }
    response.end();
  }
  return false;
}

/**
 * Passes a file on if it has the size that was listed, and fails otherwise. It holds the last chunk back
 * until the size is certain.
 */
function upTo({ path, bytes }: ServedFile): Transform {
  let passed = 0;
  let held: Buffer | undefined;
  const another = () =>
    new Failed({
      what: `${path} no longer has the ${bytes} bytes that it had when it was listed.`,
      state: "The part that was copied is not kept under its name.",
      next: "Somebody is changing that file: run it again when they are done.",
    });
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length;
      if (passed > bytes) return done(another());
      done(null, held);
      held = chunk;
    },
    flush(done) {
      if (passed === bytes) done(null, held);
      else done(another());
    },
  });
}
