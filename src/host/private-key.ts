import { createPrivateKey } from "node:crypto";
import { UserMistake } from "../failure.ts";

/**
 * Given the text of a private key as secrets stores and clipboards hand it on, return it as key
 * readers want it: no byte order mark, `\n` line ends (also where a `\n` was typed out or the lines
 * were joined by spaces), a line break at the end.
 */
export function normalisePrivateKey(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replaceAll("\\n", "\n")
    .trim();
  const joined = /^(-----BEGIN [A-Z ]+-----) +([^\n]+?) +(-----END [A-Z ]+-----)$/.exec(lines);
  if (joined === null) return `${lines}\n`;
  const [, begin, body, end] = joined;
  return `${begin}\n${body?.replaceAll(/ +/g, "\n")}\n${end}\n`;
}

/** Given a private key's text, say whether it is PKCS#8, which ssh2 does not read. */
export function isPkcs8(text: string): boolean {
  return /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text);
}

/** Given a PKCS#8 RSA or EC key and its passphrase, return it unencrypted in the older PEM form. Throws UserMistake. */
export function fromPkcs8(text: string, passphrase?: string): string {
  if (text.startsWith("-----BEGIN ENCRYPTED") && !passphrase) throw passphraseMissing();
  try {
    const key = createPrivateKey({ key: text, passphrase });
    const type = key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1";
    return key.export({ format: "pem", type }).toString();
  } catch (error) {
    throw keyUnreadable((error as Error).message, passphrase);
  }
}

export function passphraseMissing(): UserMistake {
  return new UserMistake({
    what: "The SSH key is encrypted, and no passphrase was given.",
    next: "Give its passphrase too.",
  });
}

export function passphraseWrong(why: string): UserMistake {
  return new UserMistake({
    what: "The passphrase does not open the SSH key.",
    why,
    next: "Try it with: ssh-keygen -y -f KEYFILE",
  });
}

/** Given why a key could not be read, return what that means for the user: the passphrase, or the key itself. */
export function keyUnreadable(why: string, passphrase?: string): UserMistake {
  if (/no passphrase given/.test(why)) return passphraseMissing();
  if (passphrase && /passphrase|bad decrypt|interrupted or cancelled/i.test(why))
    return passphraseWrong(why);
  return new UserMistake({
    what: "The SSH key cannot be read.",
    why,
    next: "Give the whole text of the private key file, from -----BEGIN to -----END; `ssh-keygen -p -f KEYFILE` writes it anew in OpenSSH's own format.",
  });
}

/** Given a public key or a certificate where the private key should be, return the mistake. */
export function notPrivate(type: string): UserMistake {
  return new UserMistake({
    what: `The SSH key is a public one (${type}).`,
    next: type.includes("-cert-")
      ? "User certificates are not supported: give the private key, and add its public key to authorized_keys."
      : "Give the private key: the file of the same name without .pub.",
  });
}
