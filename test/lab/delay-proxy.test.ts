import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DelayProxy, delayProxy } from "./delay-proxy.ts";

const ROUND_TRIP = 100;

let echo: Server;
let proxy: DelayProxy;

beforeEach(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    socket.pipe(socket);
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  proxy = await delayProxy((echo.address() as AddressInfo).port, ROUND_TRIP);
});

afterEach(async () => {
  await proxy.close();
  echo.close();
});

async function join(): Promise<Socket> {
  const client = connect({ port: proxy.port, host: "127.0.0.1", allowHalfOpen: true });
  client.on("error", () => {});
  await once(client, "connect");
  return client;
}

async function exchange(client: Socket, text: string): Promise<number> {
  const began = performance.now();
  client.write(text);
  expect(String((await once(client, "data"))[0])).toBe(text);
  return performance.now() - began;
}

test("the first exchange costs the handshake too, each further one a round trip", async () => {
  const client = await join();
  const [first, second] = [await exchange(client, "one"), await exchange(client, "two")];
  expect(first).toBeGreaterThanOrEqual(2.4 * ROUND_TRIP);
  expect(second).toBeGreaterThanOrEqual(0.95 * ROUND_TRIP);
  expect(proxy.bytes()).toEqual({ sent: 6, received: 6 });
});

test("many bytes arrive whole, in order, and side by side", async () => {
  const client = await join();
  const sent = Buffer.from(Array.from({ length: 6_000_000 }, (_, index) => index % 251));
  const received: Buffer[] = [];
  client.on("data", (chunk) => received.push(chunk));
  const began = performance.now();
  client.end(sent);
  await once(client, "end");
  expect(Buffer.concat(received).equals(sent)).toBe(true);
  expect(performance.now() - began).toBeLessThan(50 * ROUND_TRIP);
});

test("a cut connection is reset", async () => {
  const client = await join();
  await exchange(client, "here");
  proxy.cut();
  const [error] = await once(client, "error");
  expect(error.code).toBe("ECONNRESET");
});

test("a frozen line answers nothing and closes nothing", async () => {
  const client = await join();
  await exchange(client, "here");
  proxy.freeze();
  client.write("anyone?");
  const heard = await Promise.race([once(client, "data"), once(client, "close"), sleep(500)]);
  expect(heard).toBeUndefined();
  expect(client.destroyed).toBe(false);
});
