import { quote } from "../../commands/shell.ts";
import type { Connection, HostSettings } from "../../inputs/settings.ts";
import { INPUTS, type InputName } from "../../inputs/table.ts";
import type { Secret } from "../../secret.ts";
import { variableOf } from "../options.ts";

/** A setting of a repository on GitHub that the workflows of this project read. */
export interface RepositorySetting {
  readonly kind: "environment" | "secret" | "variable";
  readonly name: string;
  readonly value?: string | Secret;
  /** The environment of a secret. Only a workflow that names this environment gets it. */
  readonly environment?: string;
}

/**
 * The first is for backups, drills and messages to the team. The second is for the restore, and its
 * reviewers guard it.
 */
export const ENVIRONMENTS = ["openspp", "openspp-restore"] as const;

/**
 * In the order in which they must be set. The workflows start when OPENSPP_SSH_HOST is set, so it
 * comes last.
 */
export function repositorySettings({ connection, deployment }: HostSettings): RepositorySetting[] {
  const { host, port, user, knownHosts, jump } = connection;
  const given: readonly (readonly [InputName, string | undefined])[] = [
    ["ssh-port", String(port)],
    ["ssh-user", user],
    ["ssh-known-hosts", knownHosts],
    ["ssh-jump", jump && `${jump.user}@${jump.host}:${jump.port}`],
    ["project-directory", deployment.directory],
    ["ssh-host", host],
  ];
  return [
    ...ENVIRONMENTS.map((name) => ({ kind: "environment" as const, name })),
    ...ENVIRONMENTS.flatMap((environment) => secretsIn(environment, connection)),
    ...given.flatMap(([name, value]) =>
      value && value !== INPUTS[name].default
        ? [{ kind: "variable" as const, name: variableOf(name), value: value.trim() }]
        : [],
    ),
  ];
}

function secretsIn(environment: string, { key, passphrase }: Connection): RepositorySetting[] {
  const given: readonly (readonly [InputName, Secret | undefined])[] = [
    ["ssh-key", key],
    ["ssh-key-passphrase", passphrase],
  ];
  return given.flatMap(([name, value]) =>
    value ? [{ kind: "secret" as const, name: variableOf(name), value, environment }] : [],
  );
}

/** The argv of `gh`. A secret's value is its standard input. `repository` is `owner/name`. */
export function ghArguments(
  { kind, name, value, environment = "" }: RepositorySetting,
  repository: string,
): readonly string[] {
  switch (kind) {
    case "environment":
      return [
        "gh",
        "api",
        "--silent",
        "--method",
        "PUT",
        `repos/${repository}/environments/${name}`,
      ];
    case "secret":
      return ["gh", "secret", "set", name, "--env", environment, "--repo", repository];
    case "variable":
      return ["gh", "variable", "set", name, "--body", String(value), "--repo", repository];
  }
}

export function ghLines(
  settings: readonly RepositorySetting[],
  repository: string,
  keyFile: string | undefined,
): readonly string[] {
  return settings.map((setting) => {
    const line = ghArguments(setting, repository).map(quote).join(" ");
    const file = setting.name === variableOf("ssh-key") ? keyFile : undefined;
    return file === undefined ? line : `${line} < ${quote(file)}`;
  });
}
