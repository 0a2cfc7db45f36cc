import { a as UserMistake, i as Unreachable, n as Failed, t as Cancelled } from "./failure.js";
import { r as redact } from "./secret.js";
import { n as print } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { connect } from "node:net";
import { Duplex } from "node:stream";
import { createHash, createHmac } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { StringDecoder } from "node:string_decoder";
// src/host/forwarded-stream.ts
/**
* A stream that is already connected, dressed as the socket that `pg` expects to connect itself:
* `new pg.Client({ stream: () => forwarded })`. When the connection under it is lost it errors.
*/
var ForwardedStream = class extends Duplex {
	#inner;
	constructor(inner) {
		super({ allowHalfOpen: false });
		this.#inner = inner;
		this.on("error", () => {});
		inner.on("data", (chunk) => {
			if (!this.push(chunk)) inner.pause();
		});
		inner.on("end", () => this.push(null));
		inner.on("error", (error) => this.destroy(error));
		inner.on("close", () => {
			if (!inner.readableEnded) this.destroy();
		});
	}
	connect() {
		setImmediate(() => this.emit("connect"));
		return this;
	}
	setNoDelay() {
		return this;
	}
	setKeepAlive() {
		return this;
	}
	ref() {
		return this;
	}
	unref() {
		return this;
	}
	_read() {
		this.#inner.resume();
	}
	_write(chunk, _encoding, done) {
		if (this.#inner.write(chunk)) done();
		else this.#inner.once("drain", done);
	}
	_final(done) {
		this.#inner.end();
		done();
	}
	_destroy(error, done) {
		this.#inner.destroy();
		done(error);
	}
};
// src/host/captured-output.ts
/** A line that never ends is handed on in pieces of this many characters. */
const LONGEST_LINE = 65536;
/** A progress that is written over itself ends its lines by a carriage return alone; one at the very end may be half of a CRLF. */
const LINE_END = /\r?\n|\r(?=[^\n])/;
/** Keeps what a process writes, at most the last `keepBytes` of it, and hands its lines on as they come. */
var CapturedOutput = class {
	/** Bytes written so far, kept or not. */
	size = 0;
	#keepBytes;
	#onLine;
	#decoder = new StringDecoder("utf8");
	#chunks = [];
	#kept = 0;
	#partial = "";
	constructor(keepBytes, onLine) {
		this.#keepBytes = keepBytes;
		this.#onLine = onLine;
	}
	add(chunk) {
		this.size += chunk.length;
		this.#keep(chunk);
		if (this.#onLine) this.#split(this.#decoder.write(chunk), this.#onLine);
	}
	/** Hands on a last line that had no line break. */
	end() {
		if (this.#partial !== "") this.#onLine?.(this.#partial);
		this.#partial = "";
	}
	text() {
		const kept = Buffer.concat(this.#chunks);
		return kept.subarray(Math.max(0, kept.length - this.#keepBytes)).toString("utf8");
	}
	#keep(chunk) {
		this.#chunks.push(chunk);
		this.#kept += chunk.length;
		for (let first = this.#chunks[0]; first !== void 0 && this.#kept - first.length >= this.#keepBytes; first = this.#chunks[0]) {
			this.#chunks.shift();
			this.#kept -= first.length;
		}
	}
	#split(text, onLine) {
		const lines = (this.#partial + text).split(LINE_END);
		this.#partial = lines.pop() ?? "";
		for (const line of lines) onLine(line);
		if (this.#partial.length > LONGEST_LINE) this.end();
	}
};
// src/host/process.ts
/** Output is for verdicts, not for data: a command that writes more should write to a file on the host. */
const STDOUT_LIMIT_BYTES = 67108864;
const STDERR_KEPT_BYTES = 65536;
/**
* Output that descendants of an ended command hold open is not waited for once nothing came for this
* long. Longer than a dead peer goes unnoticed (ssh.ts), so that a stalled link never passes for an end.
*/
const QUIET_AFTER_EXIT_SECONDS = 25;
/** A cancelled run has about 7 s on GitHub's runner; most of them belong to the operation's own cleanup. */
const WAIT_FOR_END_SECONDS = 2;
/**
* Given a process that was started for a command, feed it, listen to it and return its output when it
* is over. Throws what Host.run promises: CommandFailed, Cancelled, Unreachable.
*/
async function attend(process, command, script, { signal, input, output: sink, onLine, onErrorLine }, clock) {
	const started = clock.seconds();
	const clean = (text) => redact(text, script.secrets);
	const stdout = new CapturedOutput(STDOUT_LIMIT_BYTES, onLine);
	const stderr = new CapturedOutput(STDERR_KEPT_BYTES, onErrorLine && ((line) => onErrorLine(clean(line))));
	const interrupted = Promise.withResolvers();
	const cancel = () => interrupted.resolve("cancelled");
	if (sink) process.stdout.pipe(sink, { end: false });
	else process.stdout.on("data", (chunk) => {
		if (stdout.size <= 67108864) stdout.add(chunk);
		if (stdout.size > 67108864) interrupted.resolve("overflowing");
	});
	process.stderr.on("data", (chunk) => stderr.add(chunk));
	signal?.addEventListener("abort", cancel);
	if (signal?.aborted) cancel();
	const heartbeat = feed(process.stdin, script, input);
	const quiet = sink ? void 0 : terminateWhenQuiet(process, () => stdout.size + stderr.size);
	try {
		const ending = await Promise.race([process.ended.then((exit) => ({ exit })), interrupted.promise]);
		if (typeof ending === "string") {
			const over = await end(process, script);
			throw ending === "cancelled" ? cancelled(command, over) : overflowed(command);
		}
		stdout.end();
		stderr.end();
		const output = {
			stdout: stdout.text(),
			stderr: stderr.text()
		};
		if (ending.exit !== 0) {
			const { exit } = ending;
			throw new CommandFailed(command, {
				exit,
				stdout: clean(output.stdout),
				stderr: clean(output.stderr)
			});
		}
		sink?.end();
		return {
			...output,
			seconds: clock.seconds() - started
		};
	} catch (error) {
		sink?.destroy();
		throw error instanceof Unreachable ? lost(error, command, script) : error;
	} finally {
		clearInterval(heartbeat);
		quiet?.abort();
		signal?.removeEventListener("abort", cancel);
	}
}
/** Writes what the script reads, and keeps its standard input open as long as somebody waits for it. */
function feed(stdin, { secrets, input, streamed }, stream) {
	stdin.on("error", () => {});
	const first = secrets.map((secret) => `${secret.reveal()}\n`).join("") + (input ?? "");
	if (first !== "") stdin.write(first);
	if (streamed) {
		stream?.pipe(stdin);
		return;
	}
	if (input === void 0) return setInterval(() => stdin.write("\n"), 1e4);
	stdin.end();
}
function terminateWhenQuiet(process, written) {
	const over = new AbortController();
	const watch = async () => {
		await process.exited;
		for (let before = -1; before !== written();) {
			before = written();
			await setTimeout$1(QUIET_AFTER_EXIT_SECONDS * 1e3, void 0, { signal: over.signal });
		}
		process.terminate();
	};
	watch().catch(() => {});
	return over;
}
/** Ends a process and says whether it was over before we stopped waiting. */
async function end(process, { input, streamed }) {
	if (input !== void 0 || streamed) process.terminate();
	process.stdin.end();
	const over = process.ended.then(() => true, () => false);
	return Promise.race([over, setTimeout$1(WAIT_FOR_END_SECONDS * 1e3, false, { ref: false })]);
}
function cancelled(command, over) {
	return new Cancelled({
		what: `\`${print(command)}\` was cancelled.`,
		state: over ? "It has ended on the host." : `It was told to end, and is killed on the host within 5 s.`
	});
}
function overflowed(command) {
	return new Failed({ what: `\`${print(command)}\` wrote more than ${STDOUT_LIMIT_BYTES / 1024 / 1024} MB to its standard output and was ended.` });
}
function lost({ explanation }, command, { input }) {
	return new Unreachable({
		...explanation,
		what: `${explanation.what.replace(/\.$/, "")} while \`${print(command)}\` was running.`,
		state: input === void 0 ? `The command ends by itself on the host, at the latest after 30 s without a sign of life from here.` : "The command may still be running on the host."
	});
}
// src/host/known-hosts.ts
const DEFAULT_PORT = 22;
/** Given the text of a known_hosts file, return its entries; comments and lines without a key are left out. */
function parseKnownHosts(text) {
	return text.split(/\r?\n|\r/).flatMap(parseLine);
}
/**
* Given known_hosts entries, an address and the key it offered (the blob of the SSH protocol), return
* the verdict. A revoked key is revoked whatever else stands there; a host that has pinned keys and
* offers none of them has changed. As with OpenSSH, a key pinned for the plain name is trusted on
* another port too, when nothing is pinned for that port.
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
/** Given known_hosts entries and an address, return the key types pinned for it, in the file's order. */
function pinnedKeyTypes(entries, address) {
	const exact = named(pinned(entries), canonicalName(address));
	const found = exact.length > 0 ? exact : named(pinned(entries), address.host.toLowerCase());
	return [...new Set(found.map((entry) => entry.keyType))];
}
/** Given key types, return the algorithms that prove them; an RSA key signs with SHA-2 (RFC 8332). */
function signatureAlgorithms(keyTypes) {
	return keyTypes.flatMap((type) => type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type]);
}
/** Given known_hosts entries and an address, say whether a `@cert-authority` stands there for it: we do not support these. */
function namesCertAuthority(entries, address) {
	return named(entries.filter((entry) => entry.marker === "cert-authority"), canonicalName(address)).length > 0;
}
/** Given a public key's blob, return its type: the blob's first string (RFC 4253, section 6.6). */
function keyTypeOf(blob) {
	return blob.toString("latin1", 4, 4 + blob.readUInt32BE(0));
}
/** Given a public key's blob, return its fingerprint as OpenSSH prints it: `SHA256:` and unpadded base64. */
function fingerprint(blob) {
	return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}
/** Given an address and a public key's blob, return the known_hosts line that pins it. */
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
// src/host/ssh-failures.ts
const NOTHING_CHANGED = "Nothing was changed.";
/** Given an address, return it as messages write it: `vps.example.org:22`, `[2001:db8::1]:22`. */
function printAddress({ host, port }) {
	return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
/** Given the error of a socket that did not connect, return what that means for the user. */
function socketFailure(address, error) {
	const where = printAddress(address);
	const state = NOTHING_CHANGED;
	switch (error.code) {
		case "ENOTFOUND":
		case "EAI_AGAIN": return new Unreachable({
			what: `The name ${address.host} does not resolve to an address.`,
			why: error.message,
			state,
			next: "Check the host's name and the DNS of the machine that runs this."
		});
		case "ECONNREFUSED": return new Unreachable({
			what: `${where} refused the connection: nothing listens there.`,
			state,
			next: "Check the port, and that the SSH server is running."
		});
		case "ETIMEDOUT": return new Unreachable({
			what: `${where} did not answer: the connection timed out.`,
			why: error.message,
			state,
			next: "Check that the host is up, and that its firewall lets this machine in."
		});
		default: return new Unreachable({
			what: `${where} cannot be reached.`,
			why: error.message,
			state,
			next: "Check the host's address, and the network between this machine and it."
		});
	}
}
/**
* Given the verdict on a host key that is not trusted, return the refusal. An unknown key is the
* user's to pin, so it is a UserMistake; a changed or revoked one may be somebody in between, so the
* host counts as Unreachable.
*/
function hostKeyRefused(verdict, entries, address, key) {
	const where = printAddress(address);
	const offered = `${keyTypeOf(key)} ${fingerprint(key)}`;
	const line = knownHostsLine(address, key);
	const compare = "compare it with what `for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $key; done` prints on the host itself";
	switch (verdict) {
		case "unknown": return new UserMistake({
			what: `The host key of ${where} is not in known-hosts: it offered ${offered}.`,
			why: namesCertAuthority(entries, address) ? "A @cert-authority line names this host, and host certificates are not supported: its plain key must be pinned." : void 0,
			state: "Nothing was sent to the host.",
			next: `If that is its fingerprint (${compare}), pin it with this line:\n${line}`
		});
		case "changed": return new Unreachable({
			what: `The host key of ${where} has CHANGED: it offered ${offered}, and known-hosts pins another.`,
			why: "The host was installed anew, or somebody stands between it and this machine.",
			state: "Nothing was sent to the host.",
			next: `Find out which (${compare}). Only if the host says the same, replace its lines in known-hosts with:\n${line}`
		});
		case "revoked": return new Unreachable({
			what: `The host key of ${where} is REVOKED: it offered ${offered}, which known-hosts marks @revoked.`,
			why: "The key was declared stolen or retired; whoever answers there still holds it.",
			state: "Nothing was sent to the host.",
			next: "Give the host a new key, and pin that one."
		});
	}
}
/** Given what a server rejected, return what to change on the host. */
function loginRejected(login) {
	const { user, address, offered, accepted, partial } = login;
	const who = `${user}@${printAddress(address)}`;
	if (partial) return new UserMistake({
		what: `The server accepted the key for ${who} and asks for a second factor: ${accepted.join(", ")}.`,
		next: "Give this user a login by key alone (AuthenticationMethods publickey, in a Match User block)."
	});
	return new UserMistake({
		what: `The server did not accept our key for ${who}: ${offered}.`,
		why: accepted.includes("publickey") ? "No such user, the public key is not in its authorized_keys, or the server takes only user certificates (TrustedUserCAKeys), which are not supported." : `The server takes no public keys for this user, only: ${accepted.join(", ") || "nothing"}.`,
		next: "Check the user's name, and add the public key of that fingerprint to ~/.ssh/authorized_keys of that user on the host."
	});
}
/** Given what a server proposed for the key exchange and the handshake's error, return why none was agreed upon. */
function handshakeFailure(address, message, serverKeyExchanges) {
	const where = printAddress(address);
	if (!message.includes("no matching key exchange")) return new Unreachable({
		what: `The SSH connection to ${where} failed.`,
		why: message,
		next: "Check that an SSH server answers at this port, and that it does not shut this machine out (MaxStartups, fail2ban)."
	});
	const postQuantum = /sntrup|mlkem/.test(serverKeyExchanges);
	return new Unreachable({
		what: `${where} insists on a key exchange that is not supported here.`,
		why: `It offers only: ${serverKeyExchanges}.${postQuantum ? " Post-quantum key exchange is not supported." : ""}`,
		state: NOTHING_CHANGED,
		next: "Allow curve25519-sha256 too in KexAlgorithms of its sshd_config."
	});
}
/** Given what a server answered to a request for a forwarded stream (RFC 4254, section 5.1), return what that means. */
function forwardRefused(server, target, error) {
	const what = `${printAddress(server)} did not open a stream to ${printAddress(target)}.`;
	if (error.reason === 1) return new Unreachable({
		what,
		why: "Its SSH server forbids forwarding.",
		next: "Set `AllowTcpForwarding yes` (or `local`) for this user in its sshd_config, check PermitOpen there, and that the key's line in authorized_keys has no `restrict` or `no-port-forwarding` without `port-forwarding`."
	});
	return new Unreachable({
		what,
		why: error.message.replace("(SSH) Channel open failure: ", "")
	});
}
// src/host/socket.ts
/** Node gives up an address of a name after 250 ms when there is a next one; a far host needs more. */
const ADDRESS_ATTEMPT_MS = 2e3;
/**
* Given an address, return a connected socket without Nagle's algorithm, which would double each
* exchange. Throws Unreachable when it does not connect within `timeoutSeconds`, Cancelled when the
* signal aborts.
*/
function openSocket(address, { signal, timeoutSeconds }) {
	const { promise, resolve, reject } = Promise.withResolvers();
	const socket = connect({
		...address,
		noDelay: true,
		autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS
	});
	const giveUp = (failure) => {
		socket.destroy();
		reject(failure);
	};
	const cancel = () => giveUp(new Cancelled({ what: `Connecting to ${printAddress(address)} was cancelled.` }));
	const timer = setTimeout(() => {
		const error = /* @__PURE__ */ new Error(`No answer within ${timeoutSeconds} s.`);
		giveUp(socketFailure(address, Object.assign(error, { code: "ETIMEDOUT" })));
	}, timeoutSeconds * 1e3);
	signal?.addEventListener("abort", cancel);
	if (signal?.aborted) cancel();
	socket.once("connect", () => resolve(socket));
	socket.on("error", (error) => reject(socketFailure(address, error)));
	return promise.finally(() => {
		clearTimeout(timer);
		signal?.removeEventListener("abort", cancel);
	});
}
export { loginRejected as a, judgeHostKey as c, pinnedKeyTypes as d, signatureAlgorithms as f, hostKeyRefused as i, keyTypeOf as l, ForwardedStream as m, forwardRefused as n, printAddress as o, attend as p, handshakeFailure as r, fingerprint as s, openSocket as t, parseKnownHosts as u };
