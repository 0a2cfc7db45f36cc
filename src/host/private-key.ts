import { createPrivateKey } from "node:crypto";
import { reasonOf, UserMistake } from "../failure.ts";

/**
 * Mends what secret stores and clipboards do to a key. Removes a byte order mark, makes all line ends `
 * ` (also a typed `
 * `, or lines joined by spaces), and ends with a line break.
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

/** ssh2 does not read PKCS#8. */
export function isPkcs8(text: string): boolean {
  return /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text);
}

/** From PKCS#8 (RSA or EC) to the older PEM form, unencrypted. Throws UserMistake. */
export function fromPkcs8(text: string, passphrase?: string): string {
  if (text.startsWith("-----BEGIN ENCRYPTED") && !passphrase) throw passphraseMissing();
  try {
    const key = createPrivateKey({ key: text, passphrase });
    const type = key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1";
    return key.export({ format: "pem", type }).toString();
  } catch (error) {
    throw keyUnreadable(reasonOf(error), passphrase);
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

export function keyUnreadable(why: string, passphrase?: string): UserMistake {
  if (/no passphrase given/.test(why)) return passphraseMissing();
  if (passphrase && /passphrase|bad decrypt|interrupted or cancelled/i.test(why))
    return passphraseWrong(why);
  return new UserMistake({
    what: "The SSH key cannot be read.",
    why,
    next: "Give the whole text of the private key file, from -----BEGIN to -----END; `ssh-keygen -p -f KEYFILE` writes it again in OpenSSH's own format.",
  });
}

export function notPrivate(type: string): UserMistake {
  return new UserMistake({
    what: `The SSH key is a public one (${type}).`,
    next: type.includes("-cert-")
      ? "User certificates are not supported: give the private key, and add its public key to authorized_keys."
      : "Give the private key: the file of the same name without .pub.",
  });
}
