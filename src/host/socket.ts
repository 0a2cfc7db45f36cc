import { connect, type Socket } from "node:net";
import { Cancelled } from "../failure.ts";
import type { HostAddress } from "./known-hosts.ts";
import { printAddress, socketFailure } from "./ssh-failures.ts";

/** Node gives up one address of a name after 250 ms when there is another. A far host needs longer. */
const ADDRESS_ATTEMPT_MS = 2000;

/**
 * Without Nagle's algorithm, which would double the time of each exchange. Throws Unreachable when it does
 * not connect within `timeoutSeconds`, Cancelled when the signal aborts.
 */
export function openSocket(
  address: HostAddress,
  { signal, timeoutSeconds }: { signal?: AbortSignal; timeoutSeconds: number },
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({
    ...address,
    noDelay: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  });
  const giveUp = (failure: Error) => {
    socket.destroy();
    reject(failure);
  };
  const cancel = () =>
    giveUp(new Cancelled({ what: `Connecting to ${printAddress(address)} was cancelled.` }));
  const timer = setTimeout(() => {
    const error = new Error(`No answer within ${timeoutSeconds} s.`);
    giveUp(socketFailure(address, Object.assign(error, { code: "ETIMEDOUT" })));
  }, timeoutSeconds * 1000);
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel();
  socket.once("connect", () => resolve(socket));
  // This listener stays: whoever reads the socket reports a later failure, which must not end this program.
  socket.on("error", (error) => reject(socketFailure(address, error)));
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  });
}
