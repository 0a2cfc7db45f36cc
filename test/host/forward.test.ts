import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock as clock } from "../../src/clock.ts";
import { program } from "../../src/commands/command.ts";
import { Unreachable } from "../../src/failure.ts";
import type { Host } from "../../src/host/host.ts";
import { LocalHost } from "../../src/host/local.ts";
import { connect } from "../../src/host/ssh.ts";
import { Secret } from "../../src/secret.ts";
import { kill } from "../lab/process.ts";
import { childrenOf, freePort, type Sshd, startSshd } from "./sshd.ts";

let echo: Server;
let address: { host: string; port: number };

beforeAll(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    // The tests hang up on it in the middle.
    socket.on("error", () => {});
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(echo, "listening");
  address = { host: "127.0.0.1", port: (echo.address() as { port: number }).port };
});
afterAll(() => echo.close());

async function logIn(sshd: Sshd): Promise<Host> {
  const key = new Secret(readFileSync(sshd.addKey("ed25519"), "utf8"));
  const { port, user, knownHosts } = sshd;
  return connect({ host: "127.0.0.1", port, user, key, knownHosts }, { clock });
}

const remote = async () => {
  const sshd = await startSshd();
  const host = await logIn(sshd);
  return {
    host,
    stop: async () => {
      await host.close();
      await sshd[Symbol.asyncDispose]();
    },
  };
};
const local = async () => ({ host: new LocalHost(clock), stop: async () => {} });

describe.each([
  ["over SSH", remote],
  ["on this machine", local],
])("a stream %s", (_name, start) => {
  let host: Host;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ host, stop } = await start());
  });
  afterAll(() => stop());

  test("carries 8 MB there and back, and closes when the other side has ended", async () => {
    const stream = await host.forward(address);
    const sent = Buffer.alloc(8 * 1024 * 1024, "0123456789abcdef");
    const chunks: Buffer[] = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.end(sent);
    await once(stream, "close");
    expect(Buffer.concat(chunks).length).toBe(sent.length);
    expect(Buffer.concat(chunks).equals(sent)).toBe(true);
  });

  test("holds the sender back when nobody reads", async () => {
    const stream = await host.forward(address);
    let written = 0;
    while (written < 64 * 1024 * 1024 && stream.write(Buffer.alloc(64 * 1024)))
      written += 64 * 1024;
    expect(written).toBeLessThan(64 * 1024 * 1024);
    stream.destroy();
    await once(stream, "close");
  });

  test("is the socket that pg wants: it connects when told to", async () => {
    const stream = (await host.forward(address)) as unknown as import("node:net").Socket;
    stream.setNoDelay(true);
    stream.setKeepAlive(true);
    stream.unref();
    stream.ref();
    stream.connect(5432, "ignored");
    await once(stream, "connect");
    stream.write("ping");
    expect((await once(stream, "data")).toString()).toBe("ping");
    stream.destroy();
  });

  test("to a port where nothing listens is refused", async () => {
    const port = await freePort();
    const failed = await host.forward({ host: "127.0.0.1", port }).catch((error) => error);
    expect(failed).toBeInstanceOf(Unreachable);
    expect(failed.message).toContain(`127.0.0.1:${port}`);
    expect(failed.message).toMatch(/refused/i);
  });
});

describe("over SSH", () => {
  test("40 streams stand beside 8 commands: they do not count as sessions", async () => {
    const { host, stop } = await remote();
    const streams = await Promise.all(Array.from({ length: 40 }, () => host.forward(address)));
    const outputs = await Promise.all(
      Array.from({ length: 8 }, () => host.run(program(["echo", "x"]))),
    );
    expect(outputs.map(({ stdout }) => stdout)).toEqual(Array(8).fill("x\n"));
    for (const stream of streams) {
      stream.write("ping");
      expect((await once(stream, "data")).toString()).toBe("ping");
      stream.destroy();
    }
    await stop();
  });

  test("a server that forbids forwarding: the line to change", async () => {
    await using sshd = await startSshd(["AllowTcpForwarding no"]);
    const host = await logIn(sshd);
    const failed = await host.forward(address).catch((error) => error);
    expect(failed).toBeInstanceOf(Unreachable);
    expect(failed.explanation.what).toBe(
      `127.0.0.1:${sshd.port} did not open a stream to 127.0.0.1:${address.port}.`,
    );
    expect(failed.explanation.why).toBe("Its SSH server forbids forwarding.");
    expect(failed.explanation.next).toContain("AllowTcpForwarding yes");
    expect((await host.run(program(["echo", "alive"]))).stdout).toBe("alive\n");
    await host.close();
  });

  test("all streams fail when the connection is lost", async () => {
    await using sshd = await startSshd();
    const host = await logIn(sshd);
    const streams = await Promise.all([host.forward(address), host.forward(address)]);
    const errors = streams.map((stream) => once(stream, "error"));
    for (const session of childrenOf(sshd.pid)) kill(session);
    for (const [error] of await Promise.all(errors)) {
      expect(error).toBeInstanceOf(Unreachable);
      expect(error.message).toContain(`The SSH connection to ${host.name} was lost.`);
    }
    expect(await host.forward(address).catch((error) => error)).toBeInstanceOf(Unreachable);
  });
});
