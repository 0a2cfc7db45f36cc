import { Secret } from "../../secret.ts";
import { Refused, shown } from "./refused.ts";

/** The environment variables that replace rclone's configuration file. */
export type RcloneConfig = Readonly<Record<string, Secret>>;

/** Keys whose values are not secret. rclone's own messages name them. */
const COMMON_KEYS: ReadonlySet<string> = new Set([
  "type",
  "provider",
  "region",
  "location_constraint",
  "acl",
  "storage_class",
  "remote",
  "host",
  "endpoint",
  "filename_encryption",
]);

/**
 * An rclone.conf as environment variables (rclone manual, "Config file" of "Environment
 * Variables"), so that no file is written. The refusal quotes nothing from it but a remote's name.
 */
export function rcloneConfig(text: string): RcloneConfig {
  const variables: Record<string, Secret> = {};
  let section: string | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "RCLONE_ENCRYPT_V0:") {
      throw new Refused("is encrypted: give what `rclone config show` prints");
    }
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    const name = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (name !== undefined) {
      section = sectionName(name);
      continue;
    }
    const [, key, value] = /^\s*([A-Za-z0-9_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined) {
      throw new Refused(`has a line ${index + 1} that is neither [remote] nor key = value`);
    }
    if (section === undefined)
      throw new Refused(`has a line ${index + 1} before the first [remote]`);
    const common = COMMON_KEYS.has(key.toLowerCase()) || /^(?:true|false|\d+)$/.test(value);
    variables[variableOf(section, key)] = new Secret(value, { common });
  }
  if (section === undefined) throw new Refused("holds no [remote]");
  return variables;
}

/** A remote's type, for example `crypt`. Undefined when the configuration does not have the remote. */
export function typeIn(config: RcloneConfig, remote: string): string | undefined {
  return config[variableOf(remote, "type")]?.reveal();
}

function sectionName(name: string): string {
  if (/^[A-Za-z0-9_]+$/.test(name)) return name;
  throw new Refused(
    `names a remote ${shown(name)}, but rclone takes one from its environment only by letters, digits and _`,
  );
}

function variableOf(remote: string, key: string): string {
  return `RCLONE_CONFIG_${remote}_${key}`.toUpperCase();
}
