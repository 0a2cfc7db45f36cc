import { hostName, jumpHost, port, userName } from "../parse/addresses.ts";
import { secretText, text } from "../parse/texts.ts";
import { EVERY, type Inputs } from "./input.ts";

/** How the deployment's host is reached. */
export const CONNECTION_INPUTS = {
  "ssh-host": {
    description: "Name or address of the deployment's host.",
    parse: hostName,
    as: "host",
    required: "host",
    example: "vps.example.org",
    verbs: EVERY,
  },
  "ssh-port": {
    description: "Port of its SSH server.",
    parse: port,
    as: "port",
    default: "22",
    verbs: EVERY,
  },
  "ssh-user": {
    description: "User on the host who may run `docker`.",
    parse: userName,
    as: "user",
    required: "host",
    example: "backup",
    verbs: EVERY,
  },
  "ssh-key": {
    description:
      "Private key of that user, in OpenSSH or PEM format. Without it, the agent at SSH_AUTH_SOCK is asked.",
    parse: secretText,
    as: "key",
    example: "-----BEGIN OPENSSH PRIVATE KEY-----…",
    secret: true,
    multiline: true,
    verbs: EVERY,
  },
  "ssh-key-passphrase": {
    description: "Passphrase of the private key, when it has one.",
    parse: secretText,
    as: "passphrase",
    secret: true,
    verbs: EVERY,
  },
  "ssh-known-hosts": {
    description:
      "The host's public keys, as `ssh-keyscan` prints them. The host key is always checked.",
    parse: text,
    as: "knownHosts",
    required: "host",
    example: "vps.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…",
    multiline: true,
    verbs: EVERY,
  },
  "ssh-jump": {
    description:
      "Host to go through first, as `user@host:port`. Its key must be in `ssh-known-hosts` too.",
    parse: jumpHost,
    as: "jump",
    example: "jump@gate.example.org:22",
    verbs: EVERY,
  },
} as const satisfies Inputs;
