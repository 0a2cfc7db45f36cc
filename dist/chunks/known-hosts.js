import { createHash, createHmac } from "node:crypto";
// src/host/known-hosts.ts
const DEFAULT_PORT = 22;
/** Comments and lines without a key are left out. */
function parseKnownHosts(text) {
	return text.split(/\r?\n|\r/).flatMap(parseLine);
}
/**
* `offered` is the blob of the SSH protocol. A revoked key is revoked, whatever the other entries say. A
* host that has pinned keys and offers none of them has changed. As with OpenSSH, a key pinned for the
* plain name is trusted on another port too, when nothing is pinned for that port.
*/
function judgeHostKey(entries, address, offered) {
	const holds = (entry) => Buffer.from(entry.key, "base64").equals(offered);
	const names = [canonicalName(address), address.host.toLowerCase()];
	const revoked = entries.filter((entry) => entry.marker === "revoked" && holds(entry));
	if (names.some((name) => named(revoked, name).length > 0)) return "revoked";
	const [exact, plain] = names.map((name) => named(pinned(entries), name));
	if (exact?.some(holds)) return "trusted";
	if (exact !== void 0 && exact.length > 0) return "changed";
	return plain?.some(holds) ? "trusted" : "unknown";
}
/** In the file's order. */
function pinnedKeyTypes(entries, address) {
	const exact = named(pinned(entries), canonicalName(address));
	const found = exact.length > 0 ? exact : named(pinned(entries), address.host.toLowerCase());
	return [...new Set(found.map((entry) => entry.keyType))];
}
/** An RSA key signs with SHA-2 (RFC 8332). */
function signatureAlgorithms(keyTypes) {
	return keyTypes.flatMap((type) => type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type]);
}
/** We do not support `@cert-authority`. */
function namesCertAuthority(entries, address) {
	return named(entries.filter((entry) => entry.marker === "cert-authority"), canonicalName(address)).length > 0;
}
/** The first string of a public key's blob (RFC 4253, section 6.6). */
function keyTypeOf(blob) {
	return blob.toString("latin1", 4, 4 + blob.readUInt32BE(0));
}
/** As OpenSSH prints it: `SHA256:` and unpadded base64. */
function fingerprint(blob) {
	return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}
/** The line that pins this key. */
function knownHostsLine(address, blob) {
	return `${canonicalName(address)} ${keyTypeOf(blob)} ${blob.toString("base64")}`;
}
function parseLine(line) {
	const fields = line.trim().split(/[ \t]+/);
	if (fields[0] === "" || fields[0]?.startsWith("#")) return [];
	const marker = fields[0]?.startsWith("@") ? fields.shift()?.slice(1) : void 0;
	const [names, keyType, key] = fields;
	if (names === void 0 || keyType === void 0 || key === void 0) return [];
	if (marker === void 0) return [{
		names,
		keyType,
		key
	}];
	if (marker !== "revoked" && marker !== "cert-authority") return [];
	return [{
		marker,
		names,
		keyType,
		key
	}];
}
function pinned(entries) {
	return entries.filter((entry) => entry.marker === void 0);
}
function named(entries, name) {
	return entries.filter((entry) => matches(entry.names, name));
}
function canonicalName({ host, port }) {
	const name = host.toLowerCase();
	return port === DEFAULT_PORT ? name : `[${name}]:${port}`;
}
function matches(names, name) {
	if (names.startsWith("|")) return matchesHash(names, name);
	const matching = names.toLowerCase().split(",").filter((pattern) => wildcard(pattern.replace(/^!/, "")).test(name));
	return matching.length > 0 && matching.every((pattern) => !pattern.startsWith("!"));
}
/** A hashed name is `|1|salt|hash`, the HMAC-SHA1 of the name under the salt. */
function matchesHash(hashed, name) {
	const [, version, salt, hash] = hashed.split("|");
	if (version !== "1" || salt === void 0) return false;
	return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}
function wildcard(pattern) {
	const source = pattern.replace(/[\\^$+.()|[\]{}]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
	return new RegExp(`^${source}$`);
}
export { namesCertAuthority as a, signatureAlgorithms as c, knownHostsLine as i, judgeHostKey as n, parseKnownHosts as o, keyTypeOf as r, pinnedKeyTypes as s, fingerprint as t };
