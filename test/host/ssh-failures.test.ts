import { describe, expect, test } from "vitest";
import { Unreachable, UserMistake } from "../../src/failure.ts";
import {
  forwardRefused,
  handshakeFailure,
  loginRejected,
  printAddress,
  socketFailure,
} from "../../src/host/ssh-failures.ts";

const vps = { host: "vps.example.org", port: 22 };
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

test("addresses are written so that they can be pasted", () => {
  expect(printAddress(vps)).toBe("vps.example.org:22");
  expect(printAddress({ host: "2001:db8::1", port: 2222 })).toBe("[2001:db8::1]:2222");
});

describe("a socket that does not connect", () => {
  test.each([
    ["ENOTFOUND", "The name vps.example.org does not resolve to an address."],
    ["EAI_AGAIN", "The name vps.example.org does not resolve to an address."],
    ["ECONNREFUSED", "vps.example.org:22 refused the connection: nothing listens there."],
    ["ETIMEDOUT", "vps.example.org:22 did not answer: the connection timed out."],
    ["EHOSTUNREACH", "vps.example.org:22 cannot be reached."],
  ])("%s", (code, what) => {
    const failure = socketFailure(vps, coded(code));
    expect(failure).toBeInstanceOf(Unreachable);
    expect(failure.explanation.what).toBe(what);
  });
});

describe("a login that is rejected", () => {
  const login = {
    user: "backup",
    address: vps,
    offered: "ssh-ed25519 SHA256:abc",
    accepted: ["publickey"],
    partial: false,
  };

  test("names the user and our key", () => {
    const failure = loginRejected(login);
    expect(failure).toBeInstanceOf(UserMistake);
    expect(failure.explanation.what).toBe(
      "The server did not accept our key for backup@vps.example.org:22: ssh-ed25519 SHA256:abc.",
    );
    expect(failure.explanation.why).toContain("user certificates (TrustedUserCAKeys)");
  });

  test("by a server that takes no keys says what it takes", () => {
    expect(loginRejected({ ...login, accepted: ["password"] }).explanation.why).toBe(
      "The server takes no public keys for this user, only: password.",
    );
    expect(loginRejected({ ...login, accepted: [] }).explanation.why).toBe(
      "The server takes no public keys for this user, only: nothing.",
    );
  });

  test("for want of a second factor is another thing", () => {
    expect(
      loginRejected({ ...login, accepted: ["password"], partial: true }).explanation.what,
    ).toBe(
      "The server accepted the key for backup@vps.example.org:22 and asks for a second factor: password.",
    );
  });
});

describe("a handshake that fails", () => {
  const noKeyExchange = "Handshake failed: no matching key exchange algorithm";

  test("for want of a key exchange names the server's own", () => {
    expect(handshakeFailure(vps, noKeyExchange, "mlkem768x25519-sha256").explanation.why).toBe(
      "It offers only: mlkem768x25519-sha256. Post-quantum key exchange is not supported.",
    );
    expect(handshakeFailure(vps, noKeyExchange, "diffie-hellman-group1-sha1").explanation.why).toBe(
      "It offers only: diffie-hellman-group1-sha1.",
    );
  });

  test("otherwise gives the reason as it came", () => {
    expect(handshakeFailure(vps, "Protocol error", "").explanation).toMatchObject({
      what: "The SSH connection to vps.example.org:22 failed.",
      why: "Protocol error",
    });
  });
});

describe("a stream that is not opened", () => {
  const database = { host: "172.18.0.2", port: 5432 };
  const refusal = (reason: number, message: string) =>
    Object.assign(new Error(`(SSH) Channel open failure: ${message}`), { reason });

  test("because it is forbidden tells the line to change", () => {
    const { explanation } = forwardRefused(vps, database, refusal(1, "open failed"));
    expect(explanation.what).toBe("vps.example.org:22 did not open a stream to 172.18.0.2:5432.");
    expect(explanation.next).toContain("AllowTcpForwarding yes");
  });

  test("because nobody listens there says so", () => {
    const { explanation } = forwardRefused(vps, database, refusal(2, "Connection refused"));
    expect(explanation.why).toBe("Connection refused");
    expect(explanation.next).toBeUndefined();
  });
});
