import { parse } from "yaml";

/** The repository whose workflows a deployment's repository calls. */
export const PROJECT = "OpenSPP/openspp-backup-actions";

export const WORKFLOWS = ["backup.yml", "drill.yml", "restore.yml", "monitor.yml"] as const;
export type WorkflowFile = (typeof WORKFLOWS)[number];

/** The parts of a workflow that the calling one must repeat. */
interface CalledWorkflow {
  readonly name: string;
  readonly on: {
    readonly workflow_call: { readonly inputs?: object; readonly secrets?: object };
  };
  readonly jobs: Readonly<Record<string, { readonly permissions?: Record<string, string> }>>;
}

/**
 * The workflow in a deployment's own repository that calls one of this project. The same events
 * start it, and it has the same inputs, and the permissions that its jobs need. `text` is the
 * called workflow's, and `pin` its commit.
 */
export function callingWorkflow(
  text: string,
  file: WorkflowFile,
  pin: { readonly commit: string; readonly version: string },
): string {
  const { name, on, jobs } = parse(text) as CalledWorkflow;
  const { inputs = {}, secrets = {} } = on.workflow_call;
  const permissions = new Map(
    Object.values(jobs)
      .flatMap((job) => Object.entries(job.permissions ?? {}))
      // When two jobs name the same permission, the greater access counts.
      .sort(([, access], [, other]) => access.localeCompare(other)),
  );
  const expression = (what: string) => `\${{ ${what} }}`;
  return [
    `# Written by \`openspp-backup init\`. What it calls: https://github.com/${PROJECT}`,
    `name: ${name}`,
    "",
    triggers(text),
    "permissions: {}",
    "",
    "jobs:",
    `  ${file.replace(".yml", "")}:`,
    `    name: ${name}`,
    "    permissions:",
    ...[...permissions].map(
      ([permission, access]) => `      ${permission}: ${access} # what its jobs ask for`,
    ),
    `    uses: ${PROJECT}/.github/workflows/${file}@${pin.commit} # v${pin.version}`,
    ...block("with", Object.keys(inputs), (input) => expression(`inputs.${input}`)),
    ...block("secrets", Object.keys(secrets), (secret) => expression(`secrets.${secret}`)),
    "",
  ].join("\n");
}

/** The events that start the called workflow, as written there, without the call itself. */
function triggers(text: string): string {
  const events = text.slice(text.indexOf("\non:\n") + 1, text.indexOf("\npermissions:") + 1);
  return events.replace(/^ {2}workflow_call:\n(?: {4,}.*\n)*/m, "");
}

function block(
  key: string,
  names: readonly string[],
  value: (name: string) => string,
): readonly string[] {
  if (names.length === 0) return [];
  return [`    ${key}:`, ...names.map((name) => `      ${name}: ${value(name)}`)];
}
