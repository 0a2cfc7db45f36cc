import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterEach, expect, test } from "vitest";
import { Failed } from "../../src/failure.ts";
import {
  type FileServer,
  type Send,
  type ServedFile,
  serveFiles,
} from "../../src/host/file-server.ts";

const DUMP: ServedFile = { path: "daily/a b_1.dump", bytes: 11, changedAt: 1_768_442_400 };

let server: FileServer;

afterEach(() => server.close());

const sends =
  (...chunks: string[]): Send =>
  (_, to) =>
    pipeline(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), to);

async function serve(send: Send): Promise<string> {
  server = await serveFiles([DUMP], send);
  return server.url.reveal() + encodeURI(DUMP.path);
}

test("a file comes as it is sent, with its size and its time", async () => {
  const url = await serve(sends("all ", "of it", " ."));
  const head = await fetch(url, { method: "HEAD" });
  expect(Object.fromEntries(head.headers)).toMatchObject({
    ...{ "content-length": "11", "last-modified": "Thu, 15 Jan 2026 02:00:00 GMT" },
  });
  expect(await (await fetch(url)).text()).toBe("all of it .");
  expect(server.trouble).toBeUndefined();
});

test("who does not know the URL reads nothing, nor what was not listed, nor a part", async () => {
  const url = await serve(sends("all of it ."));
  const { origin } = new URL(url);
  expect((await fetch(`${origin}/${DUMP.path}`)).status).toBe(404);
  expect((await fetch(`${server.url.reveal()}daily/another.dump`)).status).toBe(404);
  expect((await fetch(`${server.url.reveal()}%E0%A4%A`)).status).toBe(404);
  expect((await fetch(url, { headers: { range: "bytes=5-" } })).status).toBe(416);
  expect(String(server.url)).toBe("[REDACTED]");
});

test.each([
  ["shorter", ["all"]],
  ["longer", ["all of it .", " and more"]],
])("a file that has become %s never looks whole", async (_, chunks) => {
  const url = await serve(sends(...chunks));
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow("terminated");
  expect(server.trouble).toBeInstanceOf(Failed);
  expect((server.trouble as Failed).explanation.what).toBe(
    "daily/a b_1.dump no longer has the 11 bytes that it had when it was listed.",
  );
});

test("what the sender fails of is told, and the file is cut short", async () => {
  const lost = new Failed({ what: "The connection was lost." });
  const url = await serve(async (_, to) => {
    to.write("all");
    throw lost;
  });
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow("terminated");
  expect(server.trouble).toBe(lost);
});

test("a reader who goes away ends the sending, and is no trouble", async () => {
  const ended = Promise.withResolvers<void>();
  const url = await serve(async (_, to, signal) => {
    to.write("all");
    signal.addEventListener("abort", () => ended.resolve());
    await ended.promise;
    throw new Error("was ended");
  });
  const leaving = new AbortController();
  await fetch(url, { signal: leaving.signal });
  leaving.abort();
  await ended.promise;
  await server.close();
  expect(server.trouble).toBeUndefined();
});
