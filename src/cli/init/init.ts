import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../clock.ts";
import { program } from "../../commands/command.ts";
import { withHost } from "../../entry.ts";
import { Failure, UserMistake } from "../../failure.ts";
import { readSettings } from "../../inputs/read-settings.ts";
import type { InputSource } from "../../inputs/read-values.ts";
import type { HostSettings } from "../../inputs/settings.ts";
import type { InputName } from "../../inputs/table.ts";
import type { Effects } from "../../operations/effects.ts";
import { isGood, VERBS } from "../../operations/verbs.ts";
import { Secret } from "../../secret.ts";
import { type CliOptions, cliInputs } from "../options.ts";
import { renderListing } from "../render-listing.ts";
import { renderReport } from "../render-result.ts";
import { TerminalLog } from "../terminal-log.ts";
import { type Asker, nobody, person } from "./asker.ts";
import { pinnedHostKey } from "./host-key.ts";
import { hostInstructions } from "./instructions.ts";
import { makeKeyFile, OWN_KEY, readKeyFile } from "./key-file.ts";
import { ghArguments, ghLines, repositorySettings } from "./repository-settings.ts";
import { callingWorkflow, WORKFLOWS } from "./workflows.ts";

interface Setup {
  readonly given: CliOptions;
  readonly asker: Asker;
  readonly project: string;
  readonly signal: AbortSignal;
}

/**
 * Sets up a deployment: a key, the host's key, the connection, the workflows, the repository's
 * settings, a first backup and a first drill. Returns the exit code.
 */
export async function init(
  given: CliOptions,
  project: string,
  signal: AbortSignal,
): Promise<number> {
  const asker = process.stdin.isTTY && process.stderr.isTTY ? person(signal) : nobody;
  const setup = { given, asker, project, signal };
  const { settings, keyFile } = await reach(setup);
  await writeWorkflows(setup, settings);
  await setRepository(setup, settings, keyFile);
  return given.firstRun === false ? 0 : firstRun(setup, settings);
}

/** Asks for what is missing, until the deployment answers. */
async function reach(setup: Setup): Promise<{ settings: HostSettings; keyFile?: string }> {
  const { given, asker } = setup;
  const source = cliInputs(given);
  const ask = async (name: InputName, question: string, suggestion?: string) =>
    source.read(name) ?? asker.text(question, source.call(name), suggestion);
  const answers: Partial<Record<InputName, string>> = {
    "ssh-host": await ask("ssh-host", "Name or address of the deployment's host?"),
    "ssh-user": await ask("ssh-user", "User on that host for backups?", "openspp-backup"),
    "project-directory": await ask(
      "project-directory",
      "Folder on that host that holds the Compose file?",
      "/opt/openspp/docker",
    ),
  };
  const { key, keyFile } = await keyFor(setup, answers);
  const known = given.sshKnownHosts ?? given.sshKnownHostsFile;
  answers["ssh-key"] = key;
  answers["ssh-known-hosts"] =
    known === undefined
      ? await pinnedHostKey(given, asker, await readSettings(over(source, answers, "unpinned")))
      : source.read("ssh-known-hosts");
  const settings = await readSettings(over(source, answers));
  await tryUntilReached(setup, settings);
  return { settings, keyFile };
}

function over(
  source: InputSource,
  answers: Partial<Record<InputName, string>>,
  knownHosts?: string,
): InputSource {
  const unpinned = (name: InputName) => (name === "ssh-known-hosts" ? knownHosts : undefined);
  return { ...source, read: (name) => answers[name] ?? unpinned(name) ?? source.read(name) };
}

/** The key that was given, or one that is made here. A new one must then be allowed on the host. */
async function keyFor(
  { given, asker }: Setup,
  answers: Partial<Record<InputName, string>>,
): Promise<{ key: string | undefined; keyFile?: string }> {
  if (given.sshKeyFile !== undefined || process.env.OPENSPP_SSH_KEY) {
    const keyFile = typeof given.sshKeyFile === "string" ? given.sshKeyFile : undefined;
    return { key: cliInputs(given).read("ssh-key"), ...(keyFile && { keyFile }) };
  }
  const keyFile = typeof given.newKey === "string" ? given.newKey : OWN_KEY;
  const found = await readKeyFile(keyFile);
  const key = found ?? (await makeKeyFile(keyFile));
  say(`${found ? "The key is" : "Made a key:"} ${keyFile}, its public half ${keyFile}.pub.\n`);
  const publicKey = await readFile(`${keyFile}.pub`, "utf8");
  const { "ssh-user": user = "", "project-directory": directory = "" } = answers;
  say(hostInstructions(user, directory, publicKey));
  if (given.yes !== true && !(await asker.agree("Is that done?", "--yes"))) throw notYet(keyFile);
  return { key, keyFile };
}

function notYet(keyFile: string): UserMistake {
  return new UserMistake({
    what: "The host does not know the key yet.",
    state: `The key is in ${keyFile}; nothing else was changed.`,
    next: "Do that on the host, then run init again: it goes on with this key.",
  });
}

/** Somebody at a terminal can mend what is wrong and try again. */
async function tryUntilReached(setup: Setup, settings: HostSettings): Promise<void> {
  for (;;) {
    try {
      const { listed } = await onHost(setup, settings, (effects) =>
        VERBS.list.perform(settings, effects),
      );
      say(`Connected. ${renderListing(listed, systemClock.now())}`);
      return;
    } catch (error) {
      if (!(error instanceof Failure) || setup.asker === nobody) throw error;
      process.stderr.write(`${error.message}\n\n`);
      if (!(await setup.asker.agree("Try again?", ""))) throw error;
    }
  }
}

/** Existing workflows are left alone: this repository may be made from the project's template. */
async function writeWorkflows(setup: Setup, settings: HostSettings): Promise<void> {
  const { given, project } = setup;
  const folder = typeof given.workflows === "string" ? given.workflows : ".github/workflows";
  const pin = { commit: await commitOf(setup, settings), version: await versionOf(project) };
  await mkdir(folder, { recursive: true });
  for (const file of WORKFLOWS) {
    const path = join(folder, file);
    const text = await readFile(join(project, ".github/workflows", file), "utf8");
    try {
      await writeFile(path, callingWorkflow(text, file, pin), { flag: "wx" });
      say(`Wrote ${path}.\n`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      say(`Left ${path} as it is.\n`);
    }
  }
}

/** The called workflows are pinned to the commit of this very program, because it was tried just now. */
async function commitOf(setup: Setup, settings: HostSettings): Promise<string> {
  if (typeof setup.given.commit === "string") return setup.given.commit;
  const argv = ["git", "-C", setup.project, "rev-parse", "HEAD"];
  const asked = onHost(setup, settings, ({ runner }) => runner.run(program(argv)));
  const commit = await asked.then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  return (
    commit ??
    setup.asker.text("This is no clone: which commit of the project shall be called?", "--commit")
  );
}

async function versionOf(project: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
  return String(version);
}

async function setRepository(
  setup: Setup,
  settings: HostSettings,
  keyFile?: string,
): Promise<void> {
  const { given, asker } = setup;
  const repository = String(
    given.repository ??
      (await asker.text("Your repository on GitHub, as owner/name?", "--repository")),
  );
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new UserMistake({
      what: `--repository is ${JSON.stringify(repository)}, which is not of the form owner/name.`,
      next: "write for example --repository ministry/openspp-operations",
    });
  }
  const wanted = repositorySettings(settings);
  if (given.gh === true) {
    await onHost(setup, settings, async ({ runner }) => {
      for (const setting of wanted) {
        const input = setting.value instanceof Secret ? setting.value.reveal() : "";
        await runner.run(program(ghArguments(setting, repository), { input }));
        say(`Set the ${setting.kind} ${setting.name}.\n`);
      }
    });
  } else {
    const lines = ghLines(wanted, repository, keyFile).map((line) => `  ${line}\n`);
    say(`\nSet this in ${repository}, by gh or on its page of settings:\n\n${lines.join("")}`);
  }
  say(
    `\nGive the environment openspp-restore required reviewers: https://github.com/${repository}/settings/environments\nCommit the workflows and push them.\n\n`,
  );
}

/** A first backup and its drill, from here. A workflow does the same every night and every quarter. */
async function firstRun(setup: Setup, settings: HostSettings): Promise<number> {
  const { asker, given } = setup;
  const willing =
    given.yes === true || (await asker.agree("Take a first backup and drill it?", "--yes"));
  if (!willing) return 0;
  for (const verb of ["backup", "drill"] as const) {
    const entry = VERBS[verb];
    const done = await onHost(setup, settings, (effects) => entry.perform(settings, effects));
    say(`${renderReport(done.report, false)}\n`);
    if (!isGood(done)) return 1;
  }
  return 0;
}

function onHost<Result>(
  { given, signal }: Setup,
  settings: HostSettings,
  work: (effects: Effects) => Promise<Result>,
): Promise<Result> {
  const log = new TerminalLog(process.stderr, {
    clock: systemClock,
    quiet: given.quiet === true,
    debug: given.debug === true,
  });
  return withHost(settings.connection, log, signal, work);
}

function say(text: string): void {
  process.stdout.write(text);
}
