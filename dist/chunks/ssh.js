import { i as __toESM } from "./rolldown-runtime.js";
import { t as require_lib } from "./lib.js";
import { a as UserMistake, i as Unreachable, o as reasonOf, r as Failure, t as Cancelled } from "./failure.js";
import { c as signatureAlgorithms, n as judgeHostKey, o as parseKnownHosts, r as keyTypeOf, s as pinnedKeyTypes, t as fingerprint } from "./known-hosts.js";
import { i as script, n as print } from "./shell.js";
import { n as retry, t as doubling } from "./retry.js";
import { n as ForwardedStream, t as attend } from "./process.js";
import { a as loginRejected, i as hostKeyRefused, n as forwardRefused, o as printAddress, r as handshakeFailure, t as openSocket } from "./socket.js";
import { promisify } from "node:util";
import { createPrivateKey } from "node:crypto";
import { setImmediate } from "node:timers/promises";
// src/host/private-key.ts
var import_lib = /* @__PURE__ */ __toESM(require_lib(), 1);
/**
* Mends what secret stores and clipboards do to a key. Removes a byte order mark, makes all line ends `
* ` (also a typed `
* `, or lines joined by spaces), and ends with a line break.
*/
function normalisePrivateKey(text) {
	const lines = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").replaceAll("\\n", "\n").trim();
	const joined = /^(-----BEGIN [A-Z ]+-----) +([^\n]+?) +(-----END [A-Z ]+-----)$/.exec(lines);
	if (joined === null) return `${lines}\n`;
	const [, begin, body, end] = joined;
	return `${begin}\n${body?.replaceAll(/ +/g, "\n")}\n${end}\n`;
}
/** ssh2 does not read PKCS#8. */
function isPkcs8(text) {
	return /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text);
}
/** From PKCS#8 (RSA or EC) to the older PEM form, unencrypted. Throws UserMistake. */
function fromPkcs8(text, passphrase) {
	if (text.startsWith("-----BEGIN ENCRYPTED") && !passphrase) throw passphraseMissing();
	try {
		const key = createPrivateKey({
			key: text,
			passphrase
		});
		const type = key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1";
		return key.export({
			format: "pem",
			type
		}).toString();
	} catch (error) {
		throw keyUnreadable(reasonOf(error), passphrase);
	}
}
function passphraseMissing() {
	return new UserMistake({
		what: "The SSH key is encrypted, and no passphrase was given.",
		next: "Give its passphrase too."
	});
}
function passphraseWrong(why) {
	return new UserMistake({
		what: "The passphrase does not open the SSH key.",
		why,
		next: "Try it with: ssh-keygen -y -f KEYFILE"
	});
}
function keyUnreadable(why, passphrase) {
	if (/no passphrase given/.test(why)) return passphraseMissing();
	if (passphrase && /passphrase|bad decrypt|interrupted or cancelled/i.test(why)) return passphraseWrong(why);
	return new UserMistake({
		what: "The SSH key cannot be read.",
		why,
		next: "Give the whole text of the private key file, from -----BEGIN to -----END; `ssh-keygen -p -f KEYFILE` writes it again in OpenSSH's own format."
	});
}
function notPrivate(type) {
	return new UserMistake({
		what: `The SSH key is a public one (${type}).`,
		next: type.includes("-cert-") ? "User certificates are not supported: give the private key, and add its public key to authorized_keys." : "Give the private key: the file of the same name without .pub."
	});
}
// src/host/slots.ts
/** A number of places, taken and given back; who finds none free waits in line. */
var Slots = class {
	#limit;
	#taken = 0;
	#waiting = [];
	constructor(limit) {
		this.#limit = limit;
	}
	/** Resolves once a place is ours. */
	async take() {
		if (this.#taken >= this.#limit) return new Promise((resolve) => this.#waiting.push(resolve));
		this.#taken += 1;
	}
	giveBack() {
		const next = this.#waiting.shift();
		if (next) next();
		else this.#taken -= 1;
	}
};
// src/host/remote-host.ts
/** The server opens no further session channel on this connection (MaxSessions). */
var ChannelRefused = class extends Error {};
/** OpenSSH allows 10 sessions on a connection by default (MaxSessions); forwarded streams are not counted. */
const SESSIONS = 8;
/** A server takes no command at all if it refuses one after this long without any of our commands running. */
const REFUSED_SECONDS = 2;
/** The deployment's host, over SSH. Commands beyond what the server takes at once wait in line. */
var RemoteHost = class {
	name;
	#session;
	#clock;
	#slots = new Slots(SESSIONS);
	#running = 0;
	/** When a command last started or ended, by the clock. */
	#lastRan = Number.NEGATIVE_INFINITY;
	constructor(session, clock) {
		this.name = session.name;
		this.#session = session;
		this.#clock = clock;
	}
	async run(command, options = {}) {
		const { signal } = options;
		const what = script(command);
		await unlessAborted(this.#slots.take(), command, signal, () => this.#slots.giveBack());
		try {
			const process = await unlessAborted(this.#start(what.line, signal), command, signal, (late) => late.terminate());
			this.#count(1);
			try {
				return await attend(process, command, what, options, this.#clock);
			} finally {
				this.#count(-1);
			}
		} finally {
			this.#slots.giveBack();
		}
	}
	/**
	* Asks again when the server has no session to spare. It may allow fewer than we think, and it counts a
	* command for a moment after its end.
	*/
	async #start(line, signal) {
		const asked = this.#clock.seconds();
		const idleSeconds = () => this.#clock.seconds() - Math.max(asked, this.#lastRan);
		return retry(() => this.#session.start(line), {
			pauses: doubling(.02, .25),
			mayPass: (error) => error instanceof ChannelRefused && (this.#running > 0 || idleSeconds() <= REFUSED_SECONDS),
			signal
		}).catch((error) => {
			throw error instanceof ChannelRefused ? refusedAll(this.name, error) : error;
		});
	}
	#count(started) {
		this.#running += started;
		this.#lastRan = this.#clock.seconds();
	}
	forward(address) {
		return this.#session.forward(address);
	}
	close() {
		return this.#session.close();
	}
};
/**
* Waits for a step before a command's start. When the signal aborts first, `late` undoes the step if it
* still succeeds.
*/
async function unlessAborted(step, command, signal, late) {
	const aborted = Promise.withResolvers();
	const abort = () => {
		const what = `\`${print(command)}\` was cancelled.`;
		aborted.reject(new Cancelled({
			what,
			state: "It had not started."
		}));
		step.then(late, () => {});
	};
	signal?.addEventListener("abort", abort);
	if (signal?.aborted) abort();
	try {
		return await Promise.race([aborted.promise, step]);
	} finally {
		signal?.removeEventListener("abort", abort);
	}
}
function refusedAll(name, { message }) {
	return new Unreachable({
		what: `${name} accepted the login and runs no command.`,
		why: message,
		next: "Check MaxSessions in its sshd_config: it must be 1 or more."
	});
}
// src/host/ssh-connection.ts
/** A logged-in connection: commands and streams are channels on it, and all of them end when it is lost. */
var SshConnection = class {
	name;
	#client;
	#address;
	#jumpHost;
	#losing = /* @__PURE__ */ new Set();
	#lost;
	#closing = false;
	/** `jumpHost` is the jump host's session that carries this one; it is closed with it. */
	constructor(client, name, address, jumpHost) {
		this.name = name;
		this.#client = client;
		this.#address = address;
		this.#jumpHost = jumpHost;
		client.on("error", (error) => this.#lose(error.message));
		client.on("close", () => this.#lose("The connection was closed."));
	}
	start(line) {
		return this.#open((resolve, reject) => {
			this.#client.exec(line, (error, channel) => {
				if (!error) return resolve(this.#process(channel));
				if ("reason" in error) return reject(new ChannelRefused(plain(error)));
				reject(new Unreachable({
					what: `${this.name} refused to run a command.`,
					why: plain(error)
				}));
			});
		});
	}
	forward({ host, port }) {
		return this.#open((resolve, reject) => {
			this.#client.forwardOut("127.0.0.1", 0, host, port, (error, channel) => {
				if (!error) return resolve(this.#stream(channel));
				reject(forwardRefused(this.#address, {
					host,
					port
				}, error));
			});
		});
	}
	/** Says goodbye without waiting for the answer: with a slow line, the caller would wait too. */
	async close() {
		this.#closing = true;
		if (!this.#lost) {
			this.#client.end();
			await setImmediate();
			this.#client.destroy();
		}
		await this.#jumpHost?.close();
	}
	/** Settles with the server's answer; rejects when the connection is lost before it arrives. */
	async #open(ask) {
		if (this.#lost) throw this.#lost;
		const { promise, resolve, reject } = Promise.withResolvers();
		this.#losing.add(reject);
		try {
			ask(resolve, reject);
			return await promise;
		} catch (error) {
			throw error instanceof Failure || error instanceof ChannelRefused ? error : this.#failure(error);
		} finally {
			this.#losing.delete(reject);
		}
	}
	/** Listens from the first moment: a short command's exit can come in the same packet as its start. */
	#process(channel) {
		const exited = Promise.withResolvers();
		const lose = (failure) => exited.reject(failure);
		this.#losing.add(lose);
		channel.on("exit", (code, signal) => {
			exited.resolve(code ?? signal ?? "an unknown signal");
		});
		const closed = [channel, channel.stderr].map((stream) => new Promise((over) => stream.once("close", over)));
		const closing = Promise.all(closed).then(() => {
			this.#losing.delete(lose);
			const silent = /* @__PURE__ */ new Error("The server closed the channel without an exit code.");
			exited.reject(this.#lost ?? this.#failure(silent));
			return exited.promise;
		});
		const ended = Promise.race([closing, exited.promise.then(() => closing)]);
		ended.catch(() => {});
		return {
			stdin: channel.stdin,
			stdout: channel,
			stderr: channel.stderr,
			exited: exited.promise,
			ended,
			terminate: () => {
				channel.signal("TERM");
				channel.close();
			}
		};
	}
	#stream(channel) {
		const stream = new ForwardedStream(channel);
		const lose = (failure) => stream.destroy(this.#closing ? void 0 : failure);
		this.#losing.add(lose);
		stream.once("close", () => this.#losing.delete(lose));
		return stream;
	}
	#lose(why) {
		if (this.#lost) return;
		this.#lost = this.#failure(new Error(why));
		for (const lose of this.#losing) lose(this.#lost);
		this.#losing.clear();
		this.#client.destroy();
	}
	#failure(error) {
		return new Unreachable({
			what: `The SSH connection to ${this.name} was lost.`,
			why: plain(error),
			next: "Check the network and the host, then run again."
		});
	}
};
function plain({ message }) {
	return message.replace("(SSH) Channel open failure: ", "");
}
/** ssh2's names of the host key algorithms, without those that sign with SHA-1. */
const HOST_KEY_ALGORITHMS = [
	"ssh-ed25519",
	"ecdsa-sha2-nistp256",
	"ecdsa-sha2-nistp384",
	"ecdsa-sha2-nistp521",
	"rsa-sha2-512",
	"rsa-sha2-256"
];
/**
* The host key is always checked against `knownHosts`, the jump host's too. Throws UserMistake for a wrong
* key, passphrase, user or host key. Throws Unreachable for a host that cannot be reached or may be another
* one (a changed or revoked host key). Throws Cancelled when the signal aborts.
*/
async function connect(connection, options) {
	const identity = await readIdentity(connection);
	const knownHosts = parseKnownHosts(connection.knownHosts);
	const login = ({ host, port, user }) => ({
		user,
		address: {
			host: host.replace(/^\[(.*)\]$/, "$1"),
			port
		},
		identity,
		knownHosts
	});
	const timing = {
		...options,
		timeoutSeconds: options.timeoutSeconds ?? 20
	};
	const target = login(connection);
	if (!connection.jump) return new RemoteHost(await logIn(target, () => openSocket(target.address, timing), options), options.clock);
	const jumpLogin = login(connection.jump);
	const jump = await logIn(jumpLogin, () => openSocket(jumpLogin.address, timing), options);
	try {
		return new RemoteHost(await logIn(target, () => jump.forward(target.address), options, jump), options.clock);
	} catch (error) {
		await jump.close();
		throw error;
	}
}
/** First asks the server for a key of the types that are pinned for it. */
async function logIn(login, transport, options, beneath) {
	const started = options.clock.seconds();
	const pinned = signatureAlgorithms(pinnedKeyTypes(login.knownHosts, login.address));
	const wanted = HOST_KEY_ALGORITHMS.filter((algorithm) => pinned.includes(algorithm));
	const client = await shakeHands(login, await transport(), wanted, options).catch(async (error) => {
		if (!(error instanceof NoPinnedKeyType)) throw error;
		return shakeHands(login, await transport(), [], options);
	});
	const name = `${login.user}@${printAddress(login.address)}`;
	options.log?.debug(`Logged in to ${name} in ${(options.clock.seconds() - started).toFixed(2)} s.`);
	return new SshConnection(client, name, login.address, beneath);
}
/** The server has no host key of a type that is pinned for it. */
var NoPinnedKeyType = class extends Error {};
function shakeHands({ user, address, identity, knownHosts }, transport, hostKeyAlgorithms, { signal, log, keepaliveSeconds = 5, timeoutSeconds = 20 }) {
	const { promise, resolve, reject } = Promise.withResolvers();
	const client = new import_lib.default.Client();
	const where = printAddress(address);
	let refusal;
	let serverKeyExchanges = "";
	const fail = (error) => {
		reject(refusal ?? error);
		transport.destroy();
	};
	const cancel = () => fail(new Cancelled({ what: `Connecting to ${where} was cancelled.` }));
	const explain = (error) => {
		if (error instanceof Failure) return error;
		if (error.message.includes("no matching host key format")) return new NoPinnedKeyType();
		if (error.level === "client-timeout") return new Unreachable({ what: `${where} did not complete the SSH login in ${timeoutSeconds} s.` });
		return handshakeFailure(address, error.message, serverKeyExchanges);
	};
	let offered = false;
	const offerOnce = (accepted, partial) => {
		if (!offered) {
			offered = true;
			return identity.method(user);
		}
		const methods = accepted ?? ["publickey"];
		refusal = loginRejected({
			user,
			address,
			offered: identity.description,
			accepted: methods,
			partial
		});
		return false;
	};
	client.on("error", (error) => fail(explain(error)));
	client.once("close", () => fail(explain(/* @__PURE__ */ new Error("The server closed the connection."))));
	client.once("ready", () => resolve(client));
	signal?.addEventListener("abort", cancel);
	if (signal?.aborted) cancel();
	else client.connect({
		sock: transport,
		username: user,
		authHandler: offerOnce,
		algorithms: { serverHostKey: [...hostKeyAlgorithms.length > 0 ? hostKeyAlgorithms : HOST_KEY_ALGORITHMS] },
		hostVerifier: (key) => {
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
		readyTimeout: timeoutSeconds * 1e3,
		keepaliveInterval: keepaliveSeconds * 1e3,
		keepaliveCountMax: 3
	});
	return promise.finally(() => signal?.removeEventListener("abort", cancel));
}
async function readIdentity({ key, passphrase, agent }) {
	if (key) return readKey(key.reveal(), passphrase?.reveal());
	if (agent) return readAgent(agent);
	throw new UserMistake({
		what: "There is no SSH key to log in with.",
		next: "Give a private key, or start an agent (SSH_AUTH_SOCK)."
	});
}
function readKey(text, passphrase) {
	const normalised = normalisePrivateKey(text);
	const key = import_lib.default.utils.parseKey(isPkcs8(normalised) ? fromPkcs8(normalised, passphrase) : normalised, passphrase);
	if (key instanceof Error) throw keyUnreadable(key.message, passphrase);
	if (!key.isPrivateKey()) throw notPrivate(key.type);
	return {
		description: `${key.type} ${fingerprint(key.getPublicSSH())}`,
		method: (username) => ({
			type: "publickey",
			username,
			key
		})
	};
}
async function readAgent(socket) {
	const agent = import_lib.default.createAgent(socket);
	const keys = await promisify(agent.getIdentities.bind(agent))().catch((error) => {
		throw new UserMistake({
			what: `The SSH agent at ${socket} cannot be asked.`,
			why: error.message
		});
	});
	if (!keys || keys.length === 0) throw new UserMistake({
		what: `The SSH agent at ${socket} holds no key.`,
		next: "Add one: ssh-add KEYFILE"
	});
	const describe = (key) => {
		const parsed = import_lib.default.utils.parseKey(key);
		return parsed instanceof Error ? parsed.message : `${parsed.type} ${fingerprint(parsed.getPublicSSH())}`;
	};
	return {
		description: `the agent's ${keys.map(describe).join(", ")}`,
		method: (username) => ({
			type: "agent",
			username,
			agent
		})
	};
}
export { connect };
