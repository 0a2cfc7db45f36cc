import { a as UserMistake, i as Unreachable, t as Cancelled } from "./failure.js";
import { a as namesCertAuthority, i as knownHostsLine, r as keyTypeOf, t as fingerprint } from "./known-hosts.js";
import { connect } from "node:net";
// src/host/ssh-failures.ts
const NOTHING_CHANGED = "Nothing was changed.";
/** As messages write it: `vps.example.org:22`, `[2001:db8::1]:22`. */
function printAddress({ host, port }) {
	return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
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
* An unknown key is the user's to pin, so it is a UserMistake. A changed or revoked one may come from an
* attacker in between, so the host counts as Unreachable.
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
			why: "The host was installed again, or somebody is between it and this machine.",
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
/** `reason` is the code of RFC 4254, section 5.1. */
function forwardRefused(server, target, error) {
	const what = `${printAddress(server)} did not open a stream to ${printAddress(target)}.`;
	if (error.reason === 1) return new Unreachable({
		what,
		why: "Its SSH server forbids forwarding.",
		next: "Set `AllowTcpForwarding yes` (or `local`) for this user in its sshd_config, and check PermitOpen there. The key's line in authorized_keys must not have `restrict` or `no-port-forwarding` without `port-forwarding`."
	});
	return new Unreachable({
		what,
		why: error.message.replace("(SSH) Channel open failure: ", "")
	});
}
// src/host/socket.ts
/** Node gives up one address of a name after 250 ms when there is another. A far host needs longer. */
const ADDRESS_ATTEMPT_MS = 2e3;
/**
* Without Nagle's algorithm, which would double the time of each exchange. Throws Unreachable when it does
* not connect within `timeoutSeconds`, Cancelled when the signal aborts.
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
export { loginRejected as a, hostKeyRefused as i, forwardRefused as n, printAddress as o, handshakeFailure as r, openSocket as t };
