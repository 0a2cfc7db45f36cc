import * as values from "../values.ts";
import { EVERY, type Input, text } from "./input.ts";

/** How the deployment's host is reached. */
export const CONNECTION_INPUTS = {
  "ssh-host": {
    description: "Name or address of the deployment's host.",
    parse: values.hostName,
    required: "host",
    example: "vps.example.org",
    verbs: EVERY,
  },
  "ssh-port": {
    description: "Port of its SSH server.",
    parse: values.port,
    default: "22",
    verbs: EVERY,
  },
  "ssh-user": {
    description: "User on the host who may run `docker`.",
    parse: values.userName,
    required: "host",
    example: "backup",
    verbs: EVERY,
  },
  "ssh-key": {
    description:
      "Private key of that user, in OpenSSH or PEM format. Without it, the agent at SSH_AUTH_SOCK is asked.",
    parse: text,
    example: "-----BEGIN OPENSSH PRIVATE KEY-----…",
    secret: true,
    multiline: true,
    verbs: EVERY,
  },
  "ssh-key-passphrase": {
    description: "Passphrase of the private key, when it has one.",
    parse: text,
    secret: true,
    verbs: EVERY,
  },
  "ssh-known-hosts": {
    description:
      "The host's public keys, as `ssh-keyscan` prints them. The host key is always checked.",
    parse: text,
    required: "host",
    example: "vps.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…",
    multiline: true,
    verbs: EVERY,
  },
  "ssh-jump": {
    description:
      "Host to go through first, as `user@host:port`. Its key must be in `ssh-known-hosts` too.",
    parse: values.jumpHost,
    example: "jump@gate.example.org:22",
    verbs: EVERY,
  },
} as const satisfies Record<string, Input>;
