import ssh2 from "ssh2";
import { Unreachable } from "../failure.ts";
import type { HostAddress } from "./known-hosts.ts";
import { openSocket } from "./socket.ts";
import { printAddress } from "./ssh-failures.ts";

/** Done once, before a host is trusted: its key is read, for a person to compare, and our own key is made. */

const TIMEOUT_SECONDS = 20;

/** OpenSSH's order of preference. The first that the host has is the one to pin. */
const HOST_KEY_ALGORITHMS = ["ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512"] as const;

/** The public key (the blob of the SSH protocol) that answers at this address. It proves nothing by itself. */
export async function readHostKey(address: HostAddress): Promise<Buffer> {
  const transport = await openSocket(address, { timeoutSeconds: TIMEOUT_SECONDS });
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const client = new ssh2.Client();
  const fail = (why: string) =>
    reject(new Unreachable({ what: `${printAddress(address)} showed no SSH host key.`, why }));
  client.on("error", ({ message }) => fail(message));
  client.once("close", () => fail("The server closed the connection."));
  client.connect({
    sock: transport,
    username: "nobody",
    algorithms: { serverHostKey: [...HOST_KEY_ALGORITHMS] },
    hostVerifier: (key: Buffer) => {
      resolve(key);
      return false;
    },
    readyTimeout: TIMEOUT_SECONDS * 1000,
  });
  return promise.finally(() => transport.destroy());
}

/** An ed25519 key pair: the private half as OpenSSH writes it to a file, the public half as one line. */
export function makeKeyPair(comment: string): { privateKey: string; publicKey: string } {
  const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync("ed25519", {
    comment,
  });
  return { privateKey, publicKey };
}
