import { expect, test } from "vitest";
import { keyUnreadable, normalisePrivateKey, notPrivate } from "../../src/host/private-key.ts";

const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\nBBBB\n-----END OPENSSH PRIVATE KEY-----\n";

test.each([
  ["as it is", key],
  ["CRLF", key.replaceAll("\n", "\r\n")],
  ["old Macintosh", key.replaceAll("\n", "\r")],
  ["no last line break", key.trimEnd()],
  ["a byte order mark", `\uFEFF${key}`],
  ["typed-out line breaks", key.replaceAll("\n", "\\n")],
  ["spaces in place of line breaks", key.replaceAll("\n", " ")],
])("%s", (_name, text) => {
  expect(normalisePrivateKey(text)).toBe(key);
});

test("what is wrong with a key is told apart", () => {
  expect(
    keyUnreadable("Encrypted private OpenSSH key detected, but no passphrase given").explanation
      .what,
  ).toBe("The SSH key is encrypted, and no passphrase was given.");
  expect(
    keyUnreadable("OpenSSH key integrity check failed -- bad passphrase?", "x").explanation.what,
  ).toBe("The passphrase does not open the SSH key.");
  expect(keyUnreadable("Unsupported key format").explanation.what).toBe(
    "The SSH key cannot be read.",
  );
});

test("a certificate in place of the key is named", () => {
  expect(notPrivate("ssh-ed25519-cert-v01@openssh.com").explanation.next).toContain(
    "User certificates are not supported",
  );
});
