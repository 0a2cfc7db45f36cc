import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  fingerprint,
  judgeHostKey,
  keyTypeOf,
  knownHostsLine,
  namesCertAuthority,
  parseKnownHosts,
  pinnedKeyTypes,
  signatureAlgorithms,
} from "../../src/host/known-hosts.ts";
import { generateKey, publicKey } from "./sshd.ts";

const directory = mkdtempSync(join(tmpdir(), "known-hosts-"));
afterAll(() => rmSync(directory, { recursive: true }));

function makeKey(name: string, type: string): string {
  generateKey(join(directory, name), type);
  return publicKey(join(directory, name));
}
const blob = (key: string) => Buffer.from(key.split(" ")[1] as string, "base64");

const ed25519 = makeKey("ed25519", "ed25519");
const other = makeKey("other", "ed25519");
const rsa = makeKey("rsa", "rsa");
const ecdsa = makeKey("ecdsa", "ecdsa");

const vps = { host: "vps.example.org", port: 22 };
const judge = (text: string, address = vps, key = ed25519) =>
  judgeHostKey(parseKnownHosts(text), address, blob(key));

describe("the verdict", () => {
  test.each([
    ["no line at all", "", "unknown"],
    ["a line for another host", `db.example.org ${ed25519}`, "unknown"],
    ["its name", `vps.example.org ${ed25519}`, "trusted"],
    ["its name with other letters' case", `VPS.Example.Org ${ed25519}`, "trusted"],
    ["a comment behind the key", `vps.example.org ${ed25519} root@vps`, "trusted"],
    ["its name in a list", `a,vps.example.org,192.0.2.1 ${ed25519}`, "trusted"],
    ["a wildcard", `*.example.org ${ed25519}`, "trusted"],
    ["a question mark", `vp?.example.org ${ed25519}`, "trusted"],
    ["a dot that is no wildcard", `vps-example.org ${ed25519}`, "unknown"],
    ["a pattern that only begins so", `vps.example ${ed25519}`, "unknown"],
    ["a negation", `*.example.org,!vps.example.org ${ed25519}`, "unknown"],
    ["a negation in front", `!vps.example.org,*.example.org ${ed25519}`, "unknown"],
    ["a negation of another", `*.example.org,!db.example.org ${ed25519}`, "trusted"],
    [
      "tabs, spaces in front and CRLF",
      `\r\n  vps.example.org\t${ed25519.replace(" ", "\t")}\r\n`,
      "trusted",
    ],
    ["a comment line", `# vps.example.org ${ed25519}`, "unknown"],
    ["a line without a key", "vps.example.org ssh-ed25519", "unknown"],
    ["another key of its type", `vps.example.org ${other}`, "changed"],
    ["a key of another type", `vps.example.org ${rsa}`, "changed"],
    [
      "several keys, one of them right",
      `vps.example.org ${other}\nvps.example.org ${ed25519}`,
      "trusted",
    ],
    ["a right key under another name only", `vps.example.org ${other}\ndb ${ed25519}`, "changed"],
    ["the port spelled out", `[vps.example.org]:22 ${ed25519}`, "unknown"],
    ["revoked for the host", `@revoked vps.example.org ${ed25519}`, "revoked"],
    [
      "revoked everywhere, and pinned",
      `vps.example.org ${ed25519}\n@revoked * ${ed25519}`,
      "revoked",
    ],
    ["another key revoked", `vps.example.org ${ed25519}\n@revoked * ${other}`, "trusted"],
    ["revoked for another host", `vps.example.org ${ed25519}\n@revoked db ${ed25519}`, "trusted"],
    ["a certificate authority", `@cert-authority *.example.org ${ed25519}`, "unknown"],
    ["a marker of the future", `@trusted vps.example.org ${ed25519}`, "unknown"],
  ])("%s: %#", (_name, text, verdict) => {
    expect(judge(text)).toBe(verdict);
  });

  test.each([
    ["its port", `[vps.example.org]:2222 ${ed25519}`, "trusted"],
    ["another key at its port", `[vps.example.org]:2222 ${other}`, "changed"],
    ["another port", `[vps.example.org]:2200 ${ed25519}`, "unknown"],
    ["a wildcard for the name", `[*.example.org]:2222 ${ed25519}`, "trusted"],
    ["the plain name, as OpenSSH accepts it", `vps.example.org ${ed25519}`, "trusted"],
    ["another key under the plain name", `vps.example.org ${other}`, "unknown"],
    [
      "the port's line goes before the plain name's",
      `[vps.example.org]:2222 ${other}\nvps.example.org ${ed25519}`,
      "changed",
    ],
    [
      "revoked under the plain name",
      `[vps.example.org]:2222 ${ed25519}\n@revoked vps.example.org ${ed25519}`,
      "revoked",
    ],
  ])("on another port, %s: %#", (_name, text, verdict) => {
    expect(judge(text, { host: "vps.example.org", port: 2222 })).toBe(verdict);
  });

  test("IPv6 addresses", () => {
    expect(judge(`2001:db8::1 ${ed25519}`, { host: "2001:db8::1", port: 22 })).toBe("trusted");
    expect(judge(`[2001:db8::1]:2222 ${ed25519}`, { host: "2001:db8::1", port: 2222 })).toBe(
      "trusted",
    );
    expect(judge(`[2001:db8::1]:2222 ${ed25519}`, { host: "2001:db8::2", port: 2222 })).toBe(
      "unknown",
    );
  });

  test("names as OpenSSH hashes them", () => {
    const file = join(directory, "hashed");
    writeFileSync(file, `vps.example.org ${ed25519}\n[vps.example.org]:2222 ${rsa}\n`);
    execFileSync("ssh-keygen", ["-q", "-H", "-f", file], { stdio: "ignore" });
    const hashed = readFileSync(file, "utf8");
    expect(hashed).toMatch(/^\|1\|/);
    expect(hashed).not.toContain("example");
    expect(judge(hashed)).toBe("trusted");
    expect(judge(hashed, vps, other)).toBe("changed");
    expect(judge(hashed, { ...vps, port: 2222 }, rsa)).toBe("trusted");
    expect(judge(hashed, { ...vps, host: "db.example.org" })).toBe("unknown");
  });
});

describe("what to ask a server for", () => {
  test("the key types that are pinned, in the file's order, each once", () => {
    const text = `vps.example.org ${rsa}\nvps.example.org ${other}\n* ${ed25519}\ndb ${ecdsa}\n@revoked vps.example.org ${ecdsa}`;
    expect(pinnedKeyTypes(parseKnownHosts(text), vps)).toEqual(["ssh-rsa", "ssh-ed25519"]);
  });

  test("those of the plain name when nothing is pinned for the port", () => {
    const known = parseKnownHosts(`vps.example.org ${rsa}\n[vps.example.org]:2200 ${ecdsa}`);
    expect(pinnedKeyTypes(known, { ...vps, port: 2222 })).toEqual(["ssh-rsa"]);
    expect(pinnedKeyTypes(known, { ...vps, port: 2200 })).toEqual(["ecdsa-sha2-nistp256"]);
  });

  test("an RSA key proves itself with SHA-2", () => {
    expect(signatureAlgorithms(["ssh-ed25519", "ssh-rsa"])).toEqual([
      "ssh-ed25519",
      "rsa-sha2-512",
      "rsa-sha2-256",
    ]);
  });

  test("a certificate authority is noticed", () => {
    const known = parseKnownHosts(`@cert-authority *.example.org ${ed25519}`);
    expect(namesCertAuthority(known, vps)).toBe(true);
    expect(namesCertAuthority(known, { host: "example.com", port: 22 })).toBe(false);
  });
});

describe("a key", () => {
  test.each(["ed25519", "rsa", "ecdsa"])(
    "%s has the fingerprint that ssh-keygen prints",
    (name) => {
      const printed = execFileSync("ssh-keygen", ["-lf", join(directory, `${name}.pub`)], {
        encoding: "utf8",
      });
      expect(fingerprint(blob(publicKey(join(directory, name))))).toBe(printed.split(" ")[1]);
    },
  );

  test("names its type", () => {
    expect([ed25519, rsa, ecdsa].map((key) => keyTypeOf(blob(key)))).toEqual([
      "ssh-ed25519",
      "ssh-rsa",
      "ecdsa-sha2-nistp256",
    ]);
  });

  test("is pinned by a line that ssh-keygen finds and we trust", () => {
    const file = join(directory, "pinned");
    for (const address of [vps, { ...vps, port: 2222 }, { host: "2001:db8::1", port: 22 }]) {
      const line = knownHostsLine(address, blob(ed25519));
      expect(judge(line, address)).toBe("trusted");
      writeFileSync(file, `${line}\n`);
      const name = line.split(" ")[0] as string;
      expect(execFileSync("ssh-keygen", ["-F", name, "-f", file], { encoding: "utf8" })).toContain(
        line,
      );
    }
    expect(knownHostsLine({ ...vps, port: 2222 }, blob(ed25519))).toBe(
      `[vps.example.org]:2222 ${ed25519}`,
    );
  });
});
