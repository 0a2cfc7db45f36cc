import { i as __toESM } from "./rolldown-runtime.js";
import { t as require_lib } from "./lib.js";
import { i as Unreachable } from "./failure.js";
import { o as printAddress, t as openSocket } from "./socket.js";
// src/host/ssh-setup.ts
var import_lib = /* @__PURE__ */ __toESM(require_lib(), 1);
/** Done once, before a host is trusted: its key is read, for a person to compare, and our own key is made. */
const TIMEOUT_SECONDS = 20;
/** OpenSSH's order of preference. The first that the host has is the one to pin. */
const HOST_KEY_ALGORITHMS = [
	"ssh-ed25519",
	"ecdsa-sha2-nistp256",
	"rsa-sha2-512"
];
/** The public key (the blob of the SSH protocol) that answers at this address. It proves nothing by itself. */
async function readHostKey(address) {
	const transport = await openSocket(address, { timeoutSeconds: TIMEOUT_SECONDS });
	const { promise, resolve, reject } = Promise.withResolvers();
	const client = new import_lib.default.Client();
	const fail = (why) => reject(new Unreachable({
		what: `${printAddress(address)} showed no SSH host key.`,
		why
	}));
	client.on("error", ({ message }) => fail(message));
	client.once("close", () => fail("The server closed the connection."));
	client.connect({
		sock: transport,
		username: "nobody",
		algorithms: { serverHostKey: [...HOST_KEY_ALGORITHMS] },
		hostVerifier: (key) => {
			resolve(key);
			return false;
		},
		readyTimeout: TIMEOUT_SECONDS * 1e3
	});
	return promise.finally(() => transport.destroy());
}
/** An ed25519 key pair: the private half as OpenSSH writes it to a file, the public half as one line. */
function makeKeyPair(comment) {
	const { private: privateKey, public: publicKey } = import_lib.default.utils.generateKeyPairSync("ed25519", { comment });
	return {
		privateKey,
		publicKey
	};
}
export { makeKeyPair, readHostKey };
