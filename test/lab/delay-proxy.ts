import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A loopback port that stands for another one far away. */
export interface DelayProxy {
  readonly port: number;
  /** Break every connection, as a router that lost its state does. */
  cut(): void;
  /** From now on nothing passes and nothing is closed: the peer is dead, or the cable is out. */
  freeze(): void;
  /** Bytes that passed so far, towards the server and back. */
  bytes(): { sent: number; received: number };
  close(): Promise<void>;
}

/** Bytes that may be on their way before the sender has to wait, as in a large TCP window. */
const WINDOW_BYTES = 16 * 1024 * 1024;

/**
 * Given a loopback port and a round trip in milliseconds, return a proxy to it that delays every
 * chunk by half of that in each direction, keeps the order, and does not limit the bandwidth. A TCP
 * handshake costs what it costs on such a line: the server is reached after 1.5 round trips.
 */
export async function delayProxy(target: number, roundTripMs: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const state = { frozen: false, sent: 0, received: 0 };

  const join = (client: Socket) => {
    if (state.frozen) return;
    const server = connect({ port: target, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
    track(server);
    carry(client, server, (count) => {
      state.sent += count;
    });
    carry(server, client, (count) => {
      state.received += count;
    });
  };
  const carry = (from: Socket, to: Socket, count: (bytes: number) => void) => {
    let underway = 0;
    const later = (deliver: () => void) =>
      setTimeout(() => state.frozen || to.destroyed || deliver(), roundTripMs / 2);
    from.on("data", (chunk) => {
      underway += chunk.length;
      if (underway > WINDOW_BYTES) from.pause();
      later(() => {
        underway -= chunk.length;
        if (underway <= WINDOW_BYTES) from.resume();
        count(chunk.length);
        to.write(chunk);
      });
    });
    from.on("end", () => later(() => to.end()));
    from.on("close", (hadError) => hadError && later(() => to.destroy()));
  };
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A broken connection is what the proxy is for; `close` passes it on.
    socket.on("error", () => {});
  };

  const listener = createServer({ noDelay: true, allowHalfOpen: true, pauseOnConnect: true });
  listener.on("connection", (client) => {
    track(client);
    setTimeout(() => {
      join(client);
      client.resume();
    }, roundTripMs * 1.5);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");

  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (listener.address() as AddressInfo).port,
    cut,
    freeze: () => {
      state.frozen = true;
      for (const socket of sockets) socket.pause();
    },
    bytes: () => ({ sent: state.sent, received: state.received }),
    close: async () => {
      cut();
      listener.close();
      await once(listener, "close");
    },
  };
}
