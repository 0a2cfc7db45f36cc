import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A dead man's switch on this machine, which notes what it is told. */
export interface DeadMansSwitch extends AsyncDisposable {
  readonly url: string;
  /** Method, path and body of each request, in order. */
  readonly told: string[];
  /** Given a path and how often it was told now, return the status that it answers: 200 until a test says otherwise. */
  answers: (path: string, times: number) => number;
}

/** Return a switch that listens, until it is disposed of. */
export async function startSwitch(): Promise<DeadMansSwitch> {
  const told: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = request.url ?? "";
      told.push(`${request.method} ${path} ${body}`.trim());
      const times = told.filter((line) => line.split(" ")[1] === path).length;
      response.writeHead(listening.answers(path, times)).end("OK");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const listening: DeadMansSwitch = {
    url: `http://127.0.0.1:${port}/ping/key`,
    told,
    answers: () => 200,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return listening;
}
