import { Secret } from "../../secret.ts";
import { wholeNumber } from "./quantities.ts";
import { Refused, shown } from "./refused.ts";

export const port = wholeNumber(1, 65_535);

/** A DNS name, an IPv4 or an IPv6 address. The brackets of an IPv6 address are removed. */
export function hostName(text: string): string {
  const address = /^\[(.+)\]$/.exec(text)?.[1] ?? text;
  const valid = address.includes(":")
    ? /^[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]+)?$/.test(address)
    : address === text && /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?$/.test(address);
  if (!valid) throw new Refused(`is ${shown(text)}, which is not the name or address of a host`);
  return address;
}

export function userName(text: string): string {
  if (!/^[^\s-][^\s]{0,254}$/.test(text)) {
    throw new Refused(`is ${shown(text)}, which is not the name of a user`);
  }
  return text;
}

/** `user@host` or `user@host:port`. An IPv6 address is in brackets. */
export function jumpHost(text: string): { host: string; port: number; user: string } {
  const parts = /^([^@]+)@(\[[^\]]+\]|[^:@]+)(?::(\d+))?$/.exec(text);
  if (!parts?.[1] || !parts[2]) {
    throw new Refused(`is ${shown(text)}, which is not of the form user@host:port`);
  }
  return { user: userName(parts[1]), host: hostName(parts[2]), port: port(parts[3] ?? "22") };
}

/** A web service's URL. Whoever knows it may use the service, so the refusal does not show it. */
export function secretUrl(text: string): Secret {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const here = url?.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
  if (url?.protocol !== "https:" && !here) {
    throw new Refused("is not a URL that starts with https://");
  }
  return new Secret(text);
}

/** Where copies of the backups go to. */
export interface Remote {
  readonly tool: "rclone" | "rsync";
  /** In the tool's own format: `offsite:openspp-backups`, `backup@remote.example.org:/backups/openspp`. */
  readonly address: string;
}

const RSYNC_TARGET = /^[^\s@:/-][^\s@:/]*@(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9_.-]*):.+$/;
const RCLONE_REMOTE = /^[A-Za-z0-9_][A-Za-z0-9_.+ -]*:/;

/** An rclone remote (`offsite:folder`) or an rsync target (`user@host:folder`), which has an @ before its first colon. */
export function remote(text: string): Remote {
  const isRsync = RSYNC_TARGET.test(text);
  if (!isRsync && !RCLONE_REMOTE.test(text)) {
    throw new Refused(
      `is ${shown(text)}, which is neither an rclone remote (offsite:openspp-backups) nor an rsync target (user@host:/folder)`,
    );
  }
  if (text.split(/[:/]/).includes("..")) {
    throw new Refused(
      `is ${shown(text)}, but \`..\` may lead elsewhere than it seems: write it out`,
    );
  }
  return { tool: isRsync ? "rsync" : "rclone", address: text };
}
