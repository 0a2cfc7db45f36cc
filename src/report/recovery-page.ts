import { formatMoment } from "../words/moment.ts";

/** A restore by hand, for a person. Every line can be pasted into a shell on the host. */
export interface Recovery {
  readonly host: string;
  readonly project: string;
  readonly directory: string;
  readonly database: string;
  readonly policy: string;
  /** The backup that was restored when this was written. */
  readonly backup: string;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
  /** Each variable, the command that prints its value, and the role whose password it is. */
  readonly passwords: readonly (readonly [variable: string, command: string, role: string])[];
  /** Each sets a variable to the settings of one role's sessions. */
  readonly settings: readonly string[];
  /** Lists the backups. */
  readonly list: string;
  /** Chooses the backup that all further lines restore. */
  readonly choose: string;
  /** Chooses the filestore that belongs to it, when backups hold one. */
  readonly chooseFilestore?: string;
  readonly steps: readonly RecoveryStep[];
  readonly back: RecoveryStep;
}

export interface RecoveryStep {
  readonly title: string;
  readonly text: string;
  readonly lines: string;
  /** The step is left out, unless its text says that it is needed. */
  readonly ifNeeded?: true;
}

/**
 * The text of RECOVERY.md. Lines to paste are in blocks marked `bash`. Lines that only some need are in one
 * marked `shell`. The way back is in one marked `sh`.
 */
export function renderRecovery(recovery: Recovery): string {
  const { host, project, directory, database, policy, backup, writtenAt } = recovery;
  const passwords = recovery.passwords.map(
    ([variable, command, role]) => `export ${variable}="$(${command})"  # of the role ${role}`,
  );
  const steps = recovery.steps.map(
    (step, index) =>
      `## ${index + 3}. ${step.title}\n\n${described(step, step.ifNeeded ? "shell" : "bash")}`,
  );
  const filestore =
    recovery.chooseFilestore === undefined
      ? ""
      : `
Its filestore has the same date and time in its name, and must be of the same kind as this one:

\`\`\`bash
${recovery.chooseFilestore}
\`\`\`
`;
  return `# Recovery of ${database} by hand

Written ${formatMoment(writtenAt)} for the project ${project} in ${directory} on ${host}, database policy ${policy}, by a
restore of ${backup} that succeeded. It needs only a shell on that host, Docker, and a backup. It needs neither GitHub nor
the project that wrote it.

Log in to the host as a user who may run \`docker\`, with a Bash or POSIX shell, and paste one block after the other. **Stop at
the first error, and read it.** Until the services are stopped, production keeps running.

## 1. The passwords

They go into two variables of your shell, and from there into no command line and no file.

\`\`\`bash
${passwords.join("\n")}
\`\`\`

When that prints nothing, look for them in the deployment's \`.env.production\`.

With these settings, no time limit, read-only default or other setting of the server or a role stops what follows:

\`\`\`bash
${recovery.settings.join("\n")}
\`\`\`

## 2. Choose a backup

\`\`\`bash
${recovery.list}
\`\`\`

The second-last word of this line is the backup to restore. Put another one's path there, if you want that.

\`\`\`bash
${recovery.choose}
\`\`\`
${filestore}
${steps.join("\n\n")}

## ${recovery.steps.length + 3}. ${recovery.back.title}

${described(recovery.back, "sh")}
`;
}

function described({ text, lines }: RecoveryStep, language: "bash" | "shell" | "sh"): string {
  const block = `\`\`\`${language}\n${lines}\n\`\`\``;
  return text === "" ? block : `${text}\n\n${block}`;
}
