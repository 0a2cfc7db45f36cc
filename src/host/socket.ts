import { connect, type Socket } from "node:net";
import { Cancelled } from "../failure.ts";
import type { HostAddress } from "./known-hosts.ts";
import { printAddress, socketFailure } from "./ssh-failures.ts";

/** Node gives up an address of a name after 250 ms when there is a next one; a far host needs more. */
const ADDRESS_ATTEMPT_MS = 2000;

/**
 * Given an address, return a connected socket without Nagle's algorithm, which would double each
 * exchange. Throws Unreachable when it does not connect within `timeoutSeconds`, Cancelled when the
 * signal aborts.
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
  // It stays: a socket that fails later is told by what reads it, and must not end this program.
  socket.on("error", (error) => reject(socketFailure(address, error)));
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  });
}
