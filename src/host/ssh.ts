import type { Duplex } from "node:stream";
import { promisify } from "node:util";
import ssh2, { type AnyAuthMethod, type AuthHandlerMiddleware, type Client } from "ssh2";
import type { Clock } from "../clock.ts";
import { Cancelled, Failure, Unreachable, UserMistake } from "../failure.ts";
import type { Connection } from "../inputs/settings.ts";
import type { Log } from "../report/journal.ts";
import type { Host } from "./host.ts";
import {
  fingerprint,
  type HostAddress,
  judgeHostKey,
  type KnownHost,
  keyTypeOf,
  parseKnownHosts,
  pinnedKeyTypes,
  signatureAlgorithms,
} from "./known-hosts.ts";
import {
  fromPkcs8,
  isPkcs8,
  keyUnreadable,
  normalisePrivateKey,
  notPrivate,
} from "./private-key.ts";
import { RemoteHost } from "./remote-host.ts";
import { openSocket } from "./socket.ts";
import { SshConnection } from "./ssh-connection.ts";
import { handshakeFailure, hostKeyRefused, loginRejected, printAddress } from "./ssh-failures.ts";

export interface ConnectOptions {
  signal?: AbortSignal;
  clock: Clock;
  log?: Pick<Log, "debug">;
  /**
   * A peer that leaves KEEPALIVE_COUNT of these unanswered is dead. 5 by default, so it is noticed within
   * 20 s.
   */
  keepaliveSeconds?: number;
  /** For connecting the socket, and again for the handshake with the login. 20 by default. */
  timeoutSeconds?: number;
}

export const KEEPALIVE_SECONDS = 5;
export const KEEPALIVE_COUNT = 3;
export const TIMEOUT_SECONDS = 20;

/** ssh2's names of the host key algorithms, without those that sign with SHA-1. */
const HOST_KEY_ALGORITHMS = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
] as const;
type HostKeyAlgorithm = (typeof HOST_KEY_ALGORITHMS)[number];

/** How to log in: the one method to offer, and how messages call it. */
interface Identity {
  readonly description: string;
  method(user: string): AnyAuthMethod;
}

interface Login {
  readonly user: string;
  readonly address: HostAddress;
  readonly identity: Identity;
  readonly knownHosts: readonly KnownHost[];
}

/**
 * The host key is always checked against `knownHosts`, the jump host's too. Throws UserMistake for a wrong
 * key, passphrase, user or host key. Throws Unreachable for a host that cannot be reached or may be another
 * one (a changed or revoked host key). Throws Cancelled when the signal aborts.
 */
export async function connect(connection: Connection, options: ConnectOptions): Promise<Host> {
  const identity = await readIdentity(connection);
  const knownHosts = parseKnownHosts(connection.knownHosts);
  const login = ({ host, port, user }: { host: string; port: number; user: string }): Login => ({
    user,
    address: { host: host.replace(/^\[(.*)\]$/, "$1"), port },
    identity,
    knownHosts,
  });
  const timing = { ...options, timeoutSeconds: options.timeoutSeconds ?? TIMEOUT_SECONDS };
  const target = login(connection);
  if (!connection.jump) {
    const session = await logIn(target, () => openSocket(target.address, timing), options);
    return new RemoteHost(session, options.clock);
  }
  const jumpLogin = login(connection.jump);
  const jump = await logIn(jumpLogin, () => openSocket(jumpLogin.address, timing), options);
  try {
    const session = await logIn(target, () => jump.forward(target.address), options, jump);
    return new RemoteHost(session, options.clock);
  } catch (error) {
    await jump.close();
    throw error;
  }
}

/** First asks the server for a key of the types that are pinned for it. */
async function logIn(
  login: Login,
  transport: () => Promise<Duplex>,
  options: ConnectOptions,
  beneath?: SshConnection,
): Promise<SshConnection> {
  const started = options.clock.seconds();
  const pinned = signatureAlgorithms(pinnedKeyTypes(login.knownHosts, login.address));
  const wanted = HOST_KEY_ALGORITHMS.filter((algorithm) => pinned.includes(algorithm));
  const client = await shakeHands(login, await transport(), wanted, options).catch(
    async (error) => {
      if (!(error instanceof NoPinnedKeyType)) throw error;
      // This ends in a refusal that shows the key that the server has instead.
      return shakeHands(login, await transport(), [], options);
    },
  );
  const name = `${login.user}@${printAddress(login.address)}`;
  options.log?.debug(
    `Logged in to ${name} in ${(options.clock.seconds() - started).toFixed(2)} s.`,
  );
  return new SshConnection(client, name, login.address, beneath);
}

/** The server has no host key of a type that is pinned for it. */
class NoPinnedKeyType extends Error {}

function shakeHands(
  { user, address, identity, knownHosts }: Login,
  transport: Duplex,
  hostKeyAlgorithms: readonly HostKeyAlgorithm[],
  {
    signal,
    log,
    keepaliveSeconds = KEEPALIVE_SECONDS,
    timeoutSeconds = TIMEOUT_SECONDS,
  }: ConnectOptions,
): Promise<Client> {
  const { promise, resolve, reject } = Promise.withResolvers<Client>();
  const client = new ssh2.Client();
  const where = printAddress(address);
  let refusal: Failure | undefined;
  let serverKeyExchanges = "";

  const fail = (error: Error) => {
    reject(refusal ?? error);
    transport.destroy();
  };
  const cancel = () => fail(new Cancelled({ what: `Connecting to ${where} was cancelled.` }));
  const explain = (error: Error & { level?: string }): Error => {
    if (error instanceof Failure) return error;
    if (error.message.includes("no matching host key format")) return new NoPinnedKeyType();
    if (error.level === "client-timeout") {
      return new Unreachable({
        what: `${where} did not complete the SSH login in ${timeoutSeconds} s.`,
      });
    }
    return handshakeFailure(address, error.message, serverKeyExchanges);
  };
  let offered = false;
  const offerOnce: AuthHandlerMiddleware = (accepted: readonly string[] | null, partial) => {
    if (!offered) {
      offered = true;
      return identity.method(user);
    }
    // ssh2 says what the server accepts only after a key that we gave, not after an agent's keys.
    const methods = accepted ?? ["publickey"];
    refusal = loginRejected({
      user,
      address,
      offered: identity.description,
      accepted: methods,
      partial,
    });
    return false;
  };

  // ssh2 can emit `error` more than once, and without a listener that would end this program.
  client.on("error", (error) => fail(explain(error)));
  client.once("close", () => fail(explain(new Error("The server closed the connection."))));
  client.once("ready", () => resolve(client));
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel();
  else {
    client.connect({
      sock: transport,
      username: user,
      authHandler: offerOnce,
      algorithms: {
        serverHostKey: [
          ...(hostKeyAlgorithms.length > 0 ? hostKeyAlgorithms : HOST_KEY_ALGORITHMS),
        ],
      },
      hostVerifier: (key: Buffer) => {
        const verdict = judgeHostKey(knownHosts, address, key);
        log?.debug(`${where} offers host key ${keyTypeOf(key)} ${fingerprint(key)}: ${verdict}.`);
        if (verdict === "trusted") return true;
        refusal = hostKeyRefused(verdict, knownHosts, address, key);
        return false;
      },
      debug: (message) => {
        const [, methods] = /^Handshake: \(remote\) KEX method: (.*)/.exec(message) ?? [];
        serverKeyExchanges ||= methods ?? "";
      },
      readyTimeout: timeoutSeconds * 1000,
      keepaliveInterval: keepaliveSeconds * 1000,
      keepaliveCountMax: KEEPALIVE_COUNT,
    });
  }
  return promise.finally(() => signal?.removeEventListener("abort", cancel));
}

async function readIdentity({ key, passphrase, agent }: Connection): Promise<Identity> {
  if (key) return readKey(key.reveal(), passphrase?.reveal());
  if (agent) return readAgent(agent);
  throw new UserMistake({
    what: "There is no SSH key to log in with.",
    next: "Give a private key, or start an agent (SSH_AUTH_SOCK).",
  });
}

function readKey(text: string, passphrase?: string): Identity {
  const normalised = normalisePrivateKey(text);
  const key = ssh2.utils.parseKey(
    isPkcs8(normalised) ? fromPkcs8(normalised, passphrase) : normalised,
    passphrase,
  );
  if (key instanceof Error) throw keyUnreadable(key.message, passphrase);
  if (!key.isPrivateKey()) throw notPrivate(key.type);
  return {
    description: `${key.type} ${fingerprint(key.getPublicSSH())}`,
    method: (username) => ({ type: "publickey", username, key }),
  };
}

async function readAgent(socket: string): Promise<Identity> {
  const agent = ssh2.createAgent(socket);
  const keys = await promisify(agent.getIdentities.bind(agent))().catch((error: Error) => {
    throw new UserMistake({
      what: `The SSH agent at ${socket} cannot be asked.`,
      why: error.message,
    });
  });
  if (!keys || keys.length === 0) {
    throw new UserMistake({
      what: `The SSH agent at ${socket} holds no key.`,
      next: "Add one: ssh-add KEYFILE",
    });
  }
  const describe = (key: unknown) => {
    const parsed = ssh2.utils.parseKey(key as Buffer);
    return parsed instanceof Error
      ? parsed.message
      : `${parsed.type} ${fingerprint(parsed.getPublicSSH())}`;
  };
  return {
    description: `the agent's ${keys.map(describe).join(", ")}`,
    method: (username) => ({ type: "agent", username, agent }),
  };
}
