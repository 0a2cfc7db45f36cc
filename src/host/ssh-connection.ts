import type { Duplex } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Client, ClientChannel } from "ssh2";
import { Failure, Unreachable } from "../failure.ts";
import { ForwardedStream } from "./forwarded-stream.ts";
import type { Address } from "./host.ts";
import type { HostAddress } from "./known-hosts.ts";
import type { Process } from "./process.ts";
import { ChannelRefused, type HostConnection } from "./remote-host.ts";
import { forwardRefused } from "./ssh-failures.ts";

/** A logged-in connection: commands and streams are channels on it, and all of them end when it is lost. */
export class SshConnection implements HostConnection {
  readonly name: string;
  readonly #client: Client;
  readonly #address: HostAddress;
  readonly #jumpHost?: SshConnection;
  readonly #losing = new Set<(failure: Unreachable) => void>();
  #lost?: Unreachable;
  #closing = false;

  /** `jumpHost` is the jump host's session that carries this one; it is closed with it. */
  constructor(client: Client, name: string, address: HostAddress, jumpHost?: SshConnection) {
    this.name = name;
    this.#client = client;
    this.#address = address;
    this.#jumpHost = jumpHost;
    client.on("error", (error) => this.#lose(error.message));
    client.on("close", () => this.#lose("The connection was closed."));
  }

  start(line: string): Promise<Process> {
    return this.#open((resolve, reject) => {
      this.#client.exec(line, (error, channel) => {
        if (!error) return resolve(this.#process(channel));
        if ("reason" in error) return reject(new ChannelRefused(plain(error)));
        reject(
          new Unreachable({ what: `${this.name} refused to run a command.`, why: plain(error) }),
        );
      });
    });
  }

  forward({ host, port }: Address): Promise<Duplex> {
    return this.#open((resolve, reject) => {
      this.#client.forwardOut("127.0.0.1", 0, host, port, (error, channel) => {
        if (!error) return resolve(this.#stream(channel));
        reject(forwardRefused(this.#address, { host, port }, error));
      });
    });
  }

  /** Says goodbye without waiting for the answer: with a slow line, the caller would wait too. */
  async close(): Promise<void> {
    this.#closing = true;
    if (!this.#lost) {
      this.#client.end();
      // The goodbye is sent once this turn is over.
      await nextTurn();
      this.#client.destroy();
    }
    await this.#jumpHost?.close();
  }

  /** Settles with the server's answer; rejects when the connection is lost before it arrives. */
  async #open<T>(
    ask: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
  ): Promise<T> {
    if (this.#lost) throw this.#lost;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#losing.add(reject);
    try {
      ask(resolve, reject);
      return await promise;
    } catch (error) {
      throw error instanceof Failure || error instanceof ChannelRefused
        ? error
        : this.#failure(error as Error);
    } finally {
      this.#losing.delete(reject);
    }
  }

  /** Listens from the first moment: a short command's exit can come in the same packet as its start. */
  #process(channel: ClientChannel): Process {
    const exited = Promise.withResolvers<number | string>();
    const lose = (failure: Unreachable) => exited.reject(failure);
    this.#losing.add(lose);
    channel.on("exit", (code: number | null, signal?: string) => {
      exited.resolve(code ?? signal ?? "an unknown signal");
    });
    const closed = [channel, channel.stderr].map(
      (stream) => new Promise<void>((over) => stream.once("close", over)),
    );
    const closing = Promise.all(closed).then(() => {
      this.#losing.delete(lose);
      const silent = new Error("The server closed the channel without an exit code.");
      exited.reject(this.#lost ?? this.#failure(silent));
      return exited.promise;
    });
    const ended = Promise.race([closing, exited.promise.then(() => closing)]);
    // A caller that was cancelled no longer listens; its rejection must not end this program.
    ended.catch(() => {});
    return {
      stdin: channel.stdin,
      stdout: channel,
      stderr: channel.stderr,
      exited: exited.promise,
      ended,
      terminate: () => {
        channel.signal("TERM");
        channel.close();
      },
    };
  }

  #stream(channel: ClientChannel): Duplex {
    const stream = new ForwardedStream(channel);
    const lose = (failure: Unreachable) => stream.destroy(this.#closing ? undefined : failure);
    this.#losing.add(lose);
    stream.once("close", () => this.#losing.delete(lose));
    return stream;
  }

  #lose(why: string): void {
    if (this.#lost) return;
    this.#lost = this.#failure(new Error(why));
    for (const lose of this.#losing) lose(this.#lost);
    this.#losing.clear();
    this.#client.destroy();
  }

  #failure(error: Error): Unreachable {
    return new Unreachable({
      what: `The SSH connection to ${this.name} was lost.`,
      why: plain(error),
      next: "Check the network and the host, then run again.",
    });
  }
}

function plain({ message }: Error): string {
  return message.replace("(SSH) Channel open failure: ", "");
}
