import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock as clock } from "../../src/clock.ts";
import { program } from "../../src/commands/command.ts";
import { Cancelled, type Failure, Unreachable, UserMistake } from "../../src/failure.ts";
import { fingerprint } from "../../src/host/known-hosts.ts";
import { connect } from "../../src/host/ssh.ts";
import type { Connection } from "../../src/inputs/settings.ts";
import { Secret } from "../../src/secret.ts";
import { freePort, generateKey, publicKey, type Sshd, startSshd } from "./sshd.ts";

const IPV6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === "::1");

let sshd: Sshd;
let key: string;
const directory = mkdtempSync(join(tmpdir(), "login-"));
const file = (name: string) => join(directory, name);

beforeAll(async () => {
  sshd = await startSshd();
  key = sshd.addKey("ed25519");
});
afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const secret = (path: string) => new Secret(readFileSync(path, "utf8"));
const connection = (different: Partial<Connection> = {}): Connection => ({
  host: "127.0.0.1",
  port: sshd.port,
  user: sshd.user,
  key: secret(key),
  knownHosts: sshd.knownHosts,
  ...different,
});

/** Logs in, runs a command, and returns what it printed: proof that the login is a real one. */
async function greet(different: Partial<Connection> = {}): Promise<string> {
  const host = await connect(connection(different), { clock });
  try {
    return (await host.run(program(["echo", "hello"]))).stdout;
  } finally {
    await host.close();
  }
}

async function failure(different: Partial<Connection> = {}, options = {}): Promise<Failure> {
  return connect(connection(different), { clock, ...options }).then(
    () => expect.fail("it connected"),
    (error) => error,
  );
}

const fingerprintOf = (publicKeyText: string) =>
  fingerprint(Buffer.from(publicKeyText.split(" ")[1] as string, "base64"));

describe("keys", () => {
  test.each([
    ["Ed25519", "ed25519", "", []],
    ["RSA", "rsa", "", []],
    ["RSA of 3072 bits", "rsa", "", ["-b", "3072"]],
    ["RSA in PEM", "rsa", "", ["-m", "PEM"]],
    ["RSA in PKCS#8", "rsa", "", ["-m", "PKCS8"]],
    ["ECDSA", "ecdsa", "", []],
    ["ECDSA P-521", "ecdsa", "", ["-b", "521"]],
    ["ECDSA in PKCS#8", "ecdsa", "", ["-m", "PKCS8"]],
    ["Ed25519 with a passphrase", "ed25519", "pass phrase", []],
    ["RSA with a passphrase in PEM", "rsa", "pass phrase", ["-m", "PEM"]],
    ["ECDSA with a passphrase in PKCS#8", "ecdsa", "pass phrase", ["-m", "PKCS8"]],
  ] as const)("%s", async (_name, type, passphrase, extra) => {
    const path = sshd.addKey(type, passphrase, extra);
    const given = passphrase === "" ? {} : { passphrase: new Secret(passphrase) };
    expect(await greet({ key: secret(path), ...given })).toBe("hello\n");
  });

  test.each([
    ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["no line break at the end", (text: string) => text.trimEnd()],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["typed-out line breaks", (text: string) => text.replaceAll("\n", "\\n")],
    ["lines joined by spaces", (text: string) => text.replaceAll("\n", " ")],
    ["blank lines around it", (text: string) => `\n\n${text}\n\n`],
  ])("with %s", async (_name, spoil) => {
    expect(await greet({ key: new Secret(spoil(readFileSync(key, "utf8"))) })).toBe("hello\n");
  });

  test("of an agent, also when it is not the agent's first", async () => {
    const path = sshd.addKey("ed25519");
    generateKey(file("stranger"), "ed25519");
    const socket = file("agent.sock");
    const printed = execFileSync("ssh-agent", ["-a", socket], { encoding: "utf8" });
    const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(printed)?.[1]);
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    const agent = { key: undefined, agent: socket };
    try {
      expect((await failure(agent)).message).toContain(`The SSH agent at ${socket} holds no key.`);
      execFileSync("ssh-add", ["-q", file("stranger")], { env });
      const refused = await failure(agent);
      expect(refused).toBeInstanceOf(UserMistake);
      expect(refused.message).toContain(
        `did not accept our key for ${sshd.user}@127.0.0.1:${sshd.port}: the agent's ssh-ed25519 ${fingerprintOf(publicKey(file("stranger")))}.`,
      );
      execFileSync("ssh-add", ["-q", path], { env });
      expect(await greet(agent)).toBe("hello\n");
    } finally {
      process.kill(pid);
    }
  });

  test("an agent that is not there", async () => {
    const refused = await failure({ key: undefined, agent: file("nobody") });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.message).toContain(`The SSH agent at ${file("nobody")} cannot be asked.`);
  });

  test("neither a key nor an agent", async () => {
    const refused = await failure({ key: undefined });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.explanation.what).toBe("There is no SSH key to log in with.");
  });

  test("a passphrase that is missing or wrong", async () => {
    for (const extra of [[], ["-m", "PEM"], ["-m", "PKCS8"]]) {
      const path = sshd.addKey("rsa", "right", extra);
      const missing = await failure({ key: secret(path) });
      expect(missing).toBeInstanceOf(UserMistake);
      expect(missing.explanation.what).toBe(
        "The SSH key is encrypted, and no passphrase was given.",
      );
      const wrong = await failure({ key: secret(path), passphrase: new Secret("wrong") });
      expect(wrong).toBeInstanceOf(UserMistake);
      expect(wrong.explanation.what).toBe("The passphrase does not open the SSH key.");
    }
  });

  test.each([
    ["nothing", ""],
    ["no key", "hunter2"],
    ["half a key", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n"],
  ])("text that is %s", async (_name, text) => {
    const refused = await failure({ key: new Secret(text) });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.message).not.toContain("hunter2");
  });

  test("a public key in place of the private one", async () => {
    const refused = await failure({ key: new Secret(readFileSync(`${key}.pub`, "utf8")) });
    expect(refused.explanation).toMatchObject({
      what: "The SSH key is a public one (ssh-ed25519).",
      next: "Give the private key: the file of the same name without .pub.",
    });
  });

  test("a key that the server does not accept is named by its fingerprint", async () => {
    generateKey(file("unwelcome"), "rsa");
    const refused = await failure({ key: secret(file("unwelcome")) });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.explanation.what).toBe(
      `The server did not accept our key for ${sshd.user}@127.0.0.1:${sshd.port}: ssh-rsa ${fingerprintOf(publicKey(file("unwelcome")))}.`,
    );
  });

  test("a user that does not exist", async () => {
    const refused = await failure({ user: "nobody-of-this-name" });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.message).toContain("nobody-of-this-name@127.0.0.1");
  });
});

describe("the host key", () => {
  const only = (type: string) => `[127.0.0.1]:${sshd.port} ${sshd.hostKeys[type]}\n`;

  test.each(["ed25519", "rsa", "ecdsa"])(
    "is asked for by the type that is pinned: %s",
    async (type) => {
      expect(await greet({ knownHosts: only(type) })).toBe("hello\n");
    },
  );

  test("is trusted under a hashed name", async () => {
    const path = file("hashed");
    execFileSync("sh", ["-c", `cat > ${path} && ssh-keygen -q -H -f ${path}`], {
      input: sshd.knownHosts,
      stdio: "pipe",
    });
    const knownHosts = readFileSync(path, "utf8");
    expect(knownHosts).not.toContain("127.0.0.1");
    expect(await greet({ knownHosts })).toBe("hello\n");
  });

  test("that is unknown is refused, with the line that pins it", async () => {
    const refused = await failure({ knownHosts: "# nothing\n" });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.explanation.what).toBe(
      `The host key of 127.0.0.1:${sshd.port} is not in known-hosts: it offered ssh-ed25519 ${fingerprintOf(sshd.hostKeys.ed25519 as string)}.`,
    );
    const line = refused.message.split("\n").at(-1);
    expect(line).toBe(only("ed25519").trim());
    expect(await greet({ knownHosts: line })).toBe("hello\n");
  });

  test("under a certificate authority only is refused, and says why", async () => {
    const refused = await failure({ knownHosts: `@cert-authority ${only("ed25519")}` });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.explanation.why).toContain("host certificates are not supported");
  });

  test("that changed is refused as an attack may be", async () => {
    generateKey(file("before"), "ed25519");
    const refused = await failure({
      knownHosts: `[127.0.0.1]:${sshd.port} ${publicKey(file("before"))}`,
    });
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.message).toContain("has CHANGED");
    expect(refused.message).toContain(fingerprintOf(sshd.hostKeys.ed25519 as string));
    expect(refused.message).toContain(only("ed25519").trim());
  });

  test("of another type than the pinned one is refused as changed, and shown", async () => {
    await using rsaOnly = await startSshd([], ["rsa"]);
    generateKey(file("pinned"), "ed25519");
    const refused = await failure({
      port: rsaOnly.port,
      knownHosts: `[127.0.0.1]:${rsaOnly.port} ${publicKey(file("pinned"))}`,
    });
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.message).toContain(
      `it offered ssh-rsa ${fingerprintOf(rsaOnly.hostKeys.rsa as string)}`,
    );
  });

  test("that is revoked is refused, although it is pinned", async () => {
    const refused = await failure({
      knownHosts: `${sshd.knownHosts}@revoked * ${sshd.hostKeys.ed25519}\n`,
    });
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.message).toContain("is REVOKED");
  });
});

describe("reaching it", () => {
  test("a name that does not resolve", async () => {
    const refused = await failure({ host: "no-such-host.invalid" });
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.explanation.what).toBe(
      "The name no-such-host.invalid does not resolve to an address.",
    );
  });

  test("a port where nothing listens", async () => {
    const port = await freePort();
    const refused = await failure({ port });
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.explanation.what).toBe(
      `127.0.0.1:${port} refused the connection: nothing listens there.`,
    );
  });

  test("a server that accepts and says nothing", async () => {
    const mute = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => mute.once("listening", listening));
    const { port } = mute.address() as { port: number };
    const refused = await failure({ port }, { timeoutSeconds: 1 });
    mute.close();
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.explanation.what).toBe(
      `127.0.0.1:${port} did not complete the SSH login in 1 s.`,
    );
  });

  test("a server that is none of SSH", async () => {
    const web = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    web.listen(0, "127.0.0.1");
    await new Promise((listening) => web.once("listening", listening));
    const { port } = web.address() as { port: number };
    const refused = await failure({ port }, { timeoutSeconds: 2 });
    web.close();
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.message).toContain(`127.0.0.1:${port}`);
  });

  test("a server that insists on a post-quantum key exchange", async () => {
    await using modern = await startSshd(["KexAlgorithms sntrup761x25519-sha512@openssh.com"]);
    const refused = await failure({ port: modern.port, knownHosts: modern.knownHosts });
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.explanation.why).toContain("sntrup761x25519-sha512@openssh.com");
    expect(refused.explanation.why).toContain("Post-quantum key exchange is not supported.");
  });

  test("a server that wants a second factor", async () => {
    await using strict = await startSshd([
      "AuthenticationMethods publickey,password",
      "PasswordAuthentication yes",
    ]);
    const path = strict.addKey("ed25519");
    const refused = await failure({
      port: strict.port,
      knownHosts: strict.knownHosts,
      key: secret(path),
    });
    expect(refused).toBeInstanceOf(UserMistake);
    expect(refused.message).toContain("asks for a second factor");
  });

  test.runIf(IPV6)("an IPv6 literal, bare and in brackets", async () => {
    await using six = await startSshd([], ["ed25519"], "::1");
    const path = six.addKey("ed25519");
    const there = { port: six.port, knownHosts: six.knownHosts, key: secret(path) };
    expect(await greet({ host: "::1", ...there })).toBe("hello\n");
    expect(await greet({ host: "[::1]", ...there })).toBe("hello\n");
  });

  test("an IPv6 literal at which nothing listens fails as an address, with IPv6 or without", async () => {
    const refused = await failure({ host: "[::1]" });
    expect(refused).toBeInstanceOf(Unreachable);
    expect(refused.explanation.what).toContain(`[::1]:${sshd.port}`);
  });

  test("cancelled before and while it connects", async () => {
    expect(await failure({}, { signal: AbortSignal.abort() })).toBeInstanceOf(Cancelled);
    const mute = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => mute.once("listening", listening));
    const { port } = mute.address() as { port: number };
    const started = performance.now();
    const refused = await failure({ port }, { signal: AbortSignal.timeout(200) });
    mute.close();
    expect(refused).toBeInstanceOf(Cancelled);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("through a jump host", () => {
  test("both log in, and both keys are checked", async () => {
    await using jump = await startSshd();
    const path = sshd.addKey("ed25519");
    execFileSync("sh", [
      "-c",
      `cat ${path}.pub >> "$(dirname ${jump.addKey("ed25519")})/authorized_keys"`,
    ]);
    const via = {
      jump: { host: "127.0.0.1", port: jump.port, user: jump.user },
      key: secret(path),
    };
    const knownHosts = sshd.knownHosts + jump.knownHosts;
    expect(await greet({ ...via, knownHosts })).toBe("hello\n");

    const jumpUnknown = await failure({ ...via, knownHosts: sshd.knownHosts });
    expect(jumpUnknown.message).toContain(
      `The host key of 127.0.0.1:${jump.port} is not in known-hosts`,
    );
    const targetUnknown = await failure({ ...via, knownHosts: jump.knownHosts });
    expect(targetUnknown.message).toContain(
      `The host key of 127.0.0.1:${sshd.port} is not in known-hosts`,
    );

    const port = await freePort();
    const closed = await failure({ ...via, knownHosts, port });
    expect(closed).toBeInstanceOf(Unreachable);
    expect(closed.message).toContain(
      `127.0.0.1:${jump.port} did not open a stream to 127.0.0.1:${port}.`,
    );
  });
});
