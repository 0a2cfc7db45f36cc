import { createHash, createHmac } from "node:crypto";

/** One line of a known_hosts file, as `sshd(8)`, "SSH_KNOWN_HOSTS FILE FORMAT", describes it. */
export interface KnownHost {
  readonly marker?: "revoked" | "cert-authority";
  /** The field of names: a comma list of patterns, or one hashed name. */
  readonly names: string;
  readonly keyType: string;
  /** The public key, base64. */
  readonly key: string;
}

/** What known_hosts says of a key that a host offered. */
export type HostKeyStatus = "trusted" | "unknown" | "changed" | "revoked";

export interface HostAddress {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 22;

/** Comments and lines without a key are left out. */
export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split(/\r?\n|\r/).flatMap(parseLine);
}

/**
 * `offered` is the blob of the SSH protocol. A revoked key is revoked, whatever the other entries say. A
 * host that has pinned keys and offers none of them has changed. As with OpenSSH, a key pinned for the
 * plain name is trusted on another port too, when nothing is pinned for that port.
 */
export function judgeHostKey(
  entries: readonly KnownHost[],
  address: HostAddress,
  offered: Buffer,
): HostKeyStatus {
  const holds = (entry: KnownHost) => Buffer.from(entry.key, "base64").equals(offered);
  const names = [canonicalName(address), address.host.toLowerCase()];
  const revoked = entries.filter((entry) => entry.marker === "revoked" && holds(entry));
  if (names.some((name) => named(revoked, name).length > 0)) return "revoked";
  const [exact, plain] = names.map((name) => named(pinned(entries), name));
  if (exact?.some(holds)) return "trusted";
  if (exact !== undefined && exact.length > 0) return "changed";
  return plain?.some(holds) ? "trusted" : "unknown";
}

/** In the file's order. */
export function pinnedKeyTypes(
  entries: readonly KnownHost[],
  address: HostAddress,
): readonly string[] {
  const exact = named(pinned(entries), canonicalName(address));
  const found = exact.length > 0 ? exact : named(pinned(entries), address.host.toLowerCase());
  return [...new Set(found.map((entry) => entry.keyType))];
}

/** An RSA key signs with SHA-2 (RFC 8332). */
export function signatureAlgorithms(keyTypes: readonly string[]): readonly string[] {
  return keyTypes.flatMap((type) =>
    type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type],
  );
}

/** We do not support `@cert-authority`. */
export function namesCertAuthority(entries: readonly KnownHost[], address: HostAddress): boolean {
  const authorities = entries.filter((entry) => entry.marker === "cert-authority");
  return named(authorities, canonicalName(address)).length > 0;
}

/** The first string of a public key's blob (RFC 4253, section 6.6). */
export function keyTypeOf(blob: Buffer): string {
  return blob.toString("latin1", 4, 4 + blob.readUInt32BE(0));
}

/** As OpenSSH prints it: `SHA256:` and unpadded base64. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** The line that pins this key. */
export function knownHostsLine(address: HostAddress, blob: Buffer): string {
  return `${canonicalName(address)} ${keyTypeOf(blob)} ${blob.toString("base64")}`;
}

function parseLine(line: string): readonly KnownHost[] {
  const fields = line.trim().split(/[ \t]+/);
  if (fields[0] === "" || fields[0]?.startsWith("#")) return [];
  const marker = fields[0]?.startsWith("@") ? fields.shift()?.slice(1) : undefined;
  const [names, keyType, key] = fields;
  if (names === undefined || keyType === undefined || key === undefined) return [];
  if (marker === undefined) return [{ names, keyType, key }];
  if (marker !== "revoked" && marker !== "cert-authority") return [];
  return [{ marker, names, keyType, key }];
}

function pinned(entries: readonly KnownHost[]): readonly KnownHost[] {
  return entries.filter((entry) => entry.marker === undefined);
}

function named(entries: readonly KnownHost[], name: string): readonly KnownHost[] {
  return entries.filter((entry) => matches(entry.names, name));
}

function canonicalName({ host, port }: HostAddress): string {
  const name = host.toLowerCase();
  return port === DEFAULT_PORT ? name : `[${name}]:${port}`;
}

function matches(names: string, name: string): boolean {
  if (names.startsWith("|")) return matchesHash(names, name);
  const patterns = names.toLowerCase().split(",");
  const matching = patterns.filter((pattern) => wildcard(pattern.replace(/^!/, "")).test(name));
  return matching.length > 0 && matching.every((pattern) => !pattern.startsWith("!"));
}

/** A hashed name is `|1|salt|hash`, the HMAC-SHA1 of the name under the salt. */
function matchesHash(hashed: string, name: string): boolean {
  const [, version, salt, hash] = hashed.split("|");
  if (version !== "1" || salt === undefined) return false;
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$+.()|[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}
