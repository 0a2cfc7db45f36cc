import { Command } from "commander";
import packageFile from "../../package.json" with { type: "json" };
import type { Verb } from "../inputs/table.ts";
import { VERBS } from "../operations/verbs.ts";
import { type CliOptions, optionsOf } from "./options.ts";
import { reportOptions } from "./report-files.ts";

const EXIT_CODES = `
Exit codes:
  0    done, and proven; of a monitor: nothing critical, perhaps warnings
  1    a check failed or could not run, or a tool failed on the deployment
  2    an option, a secret or the deployment's configuration is wrong; nothing was done
  3    the host or the database cannot be reached, or was lost on the way
  70   a bug in this project
  130  cancelled`;

const EXAMPLES = `
Examples:
  export OPENSPP_SSH_HOST=vps.example.org OPENSPP_SSH_USER=backup OPENSPP_PROJECT_DIRECTORY=/opt/openspp/docker
  openspp-backup list --ssh-key-file ~/.ssh/id_ed25519
  openspp-backup backup --compression zstd:3
  openspp-backup drill --backup random --rto 30m --report drill.json --html drill.html
  openspp-backup cycle --json | jq .verdict
  openspp-backup report --from drills/*.json --html drills.html --badges badges

Every option may also be given in the environment, as the name in brackets. Without a key, the SSH agent is asked.`;

/** What each command does: those on a deployment, `report`, which only reads files, and `init`. */
export interface Handlers {
  readonly perform: (verb: Verb, given: CliOptions) => Promise<void>;
  readonly showReport: (files: readonly string[], given: CliOptions) => Promise<void>;
  readonly init: (given: CliOptions) => Promise<void>;
}

export function buildProgram({ perform, showReport, init }: Handlers): Command {
  const program = new Command("openspp-backup")
    .description("Back up an OpenSPP deployment over SSH, and prove the backup by restoring it.")
    .version(packageFile.version)
    .addHelpText("after", EXAMPLES + EXIT_CODES);
  for (const verb of Object.keys(VERBS) as Verb[]) {
    const { about, reports } = VERBS[verb];
    const command = program.command(verb).description(about).allowExcessArguments(false);
    for (const option of optionsOf(verb)) command.addOption(option);
    if (verb !== "sweep")
      command.option("--json", "print only the result, as JSON, on standard output");
    if (reports) for (const option of reportOptions()) command.addOption(option);
    command
      .option("--quiet", "no progress on standard error, only warnings")
      .option("--debug", "more on standard error, and stack traces")
      .addHelpText("after", EXIT_CODES)
      .action((given: CliOptions) => perform(verb, given));
  }
  const command = program
    .command("report")
    .description("show a report again: the newest of those named, the others are its past")
    .allowExcessArguments(false)
    .requiredOption("--from <files...>", "reports as `--report` wrote them")
    .option("--json", "print only the report, as JSON, on standard output")
    .option("--debug", "stack traces")
    .addHelpText("after", EXIT_CODES)
    .action(({ from, ...given }: CliOptions & { from: readonly string[] }) =>
      showReport(from, given),
    );
  for (const option of reportOptions()) command.addOption(option);
  addInit(program, init);
  return program;
}

/**
 * `init` connects as every other command does, so it takes the same options. It asks for what is
 * missing.
 */
function addInit(program: Command, init: Handlers["init"]): void {
  const command = program
    .command("init")
    .description(
      "set up the backups of a deployment: key, connection, workflows, first backup and drill",
    )
    .allowExcessArguments(false);
  for (const option of optionsOf("list")) command.addOption(option);
  command
    .option(
      "--new-key <path>",
      "where to make a key, or find the one made before (default: ~/.ssh/openspp-backup-key)",
    )
    .option("--fingerprint <fingerprint>", "the host key's, as the host itself says: SHA256:…")
    .option("--workflows <folder>", "where to write the workflows", ".github/workflows")
    .option(
      "--commit <sha>",
      "commit of this project that they call (default: the commit of this program)",
    )
    .option("--repository <name>", "your repository on GitHub, as owner/name")
    .option("--gh", "set its secrets and variables by `gh`, instead of printing how")
    .option("--no-first-run", "no first backup and drill")
    .option("--yes", "the key is installed on the host: go on without asking")
    .option("--quiet", "no progress on standard error, only warnings")
    .option("--debug", "more on standard error, and stack traces")
    .addHelpText("after", EXIT_CODES)
    .action((given: CliOptions) => init(given));
}
