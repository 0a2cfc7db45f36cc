import { rm } from "node:fs/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { execa } from "execa";
import { quote } from "../../src/commands/shell.ts";
import type { Policy } from "../../src/deployment/deployment.ts";
import { BUG_EXIT_CODE, Failure, UserMistake } from "../../src/failure.ts";
import { CACHE } from "./cache.ts";
import { type Lab, labNames, openLab, startLab } from "./lab.ts";
import { seedLab } from "./seeding.ts";

const say = (line: string) => process.stderr.write(`lab: ${line}\n`);

/** What a shell answers for a command that it cannot find. */
const COULD_NOT_RUN = 127;

const program = new Command("lab")
  .description("A real deployment host on this machine: OpenSSH, Docker Compose, OpenSPP's stack.")
  .addHelpText("after", `\nWhat is worth keeping between labs lies in ${CACHE}.`);

program.enablePositionalOptions();

const named = (verb: string, description: string) =>
  program
    .command(verb)
    .description(description)
    .option("--name <name>", "which lab; several run side by side", "lab");

named("up", "start a lab; one of that name that is up is left as it is")
  .addOption(
    new Option("--policy <policy>", "who may do what in the database")
      .choices(["strict", "flexible"])
      .default("flexible"),
  )
  .option("--directory <path>", "the deployment's project directory")
  .action(async (options: UpOptions) => {
    const running = await openLab(options.name);
    if (running && (await isServing(running))) {
      requirePolicy(running, options.policy);
      say(`${running.name} is already up (${running.policy})`);
      return;
    }
    if (running) say(`${running.name} does not answer any more: starting it anew`);
    const lab = await startLab({ ...options, say });
    say(
      `${lab.name} is up (${lab.policy}): ${lab.ssh.user}@${lab.ssh.host}:${lab.ssh.port}, ${lab.directory}`,
    );
  });

named("down", "take a lab down; nothing of it stays")
  .option("--all", "every lab that is up")
  .option("--cache", "remove the cached engine, image and plugin too, when no lab is up any more")
  .action(async ({ name, all, cache }) => {
    for (const one of all ? await labNames() : [name]) await (await openLab(one))?.down(say);
    const others = await labNames();
    if (cache && others.length > 0) {
      throw new UserMistake({
        what: "The cache is in use.",
        why: `These labs are up: ${others.join(", ")}.`,
        next: "Take them down first: npm run lab -- down --name NAME",
      });
    }
    if (cache) await rm(CACHE, { recursive: true, force: true });
    say(
      cache
        ? `down, and ${CACHE} is removed`
        : `down; ${CACHE} is kept for the next up (down --cache removes it)`,
    );
  });

named("status", "say which services run").action(async ({ name }) => {
  const lab = await requireLab(name);
  console.log(await lab.compose("ps", "--all"));
});

named("env", "print what the CLI and the actions need to reach the lab")
  .option("--json", "as JSON")
  .action(async ({ name, json }) => {
    const env = await (await requireLab(name)).env();
    const lines = Object.entries(env).map(([key, value]) => `export ${key}=${quote(value)}`);
    console.log(json ? JSON.stringify(env, undefined, 2) : lines.join("\n"));
  });

named("seed", "fill an empty lab with data like OpenSPP's, the same on every run")
  .option("--registrants <n>", "registrants in res_partner", count, 1000)
  .option("--tables <n>", "further tables", count, 0)
  .option("--attachments <n>", "attachments, with their files", count, 20_000)
  .action(async ({ name, ...sizes }) => {
    await seedLab(await requireLab(name), sizes);
  });

named("exec", "run a command with that environment")
  .argument("<command...>")
  .passThroughOptions()
  .action(async ([file, ...args]: [string, ...string[]], { name }) => {
    const env = await (await requireLab(name)).env();
    const result = await execa(file, args, { env, stdio: "inherit", reject: false });
    if (result.exitCode === undefined) say(result.shortMessage ?? "");
    process.exitCode = result.exitCode ?? COULD_NOT_RUN;
  });

interface UpOptions {
  name: string;
  policy: Policy;
  directory?: string;
}

/** Given what stands after an option, return it as a number of things. */
function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A whole number is needed.");
  return Number(text);
}

function requirePolicy(lab: Lab, policy: Policy): void {
  if (lab.policy === policy) return;
  throw new UserMistake({
    what: `The lab ${lab.name} is up under the ${lab.policy} policy.`,
    next: `Take it down first, or start another: npm run lab -- up --policy ${policy} --name ${policy}`,
  });
}

async function requireLab(name: string): Promise<Lab> {
  const lab = await openLab(name);
  if (lab) return lab;
  throw new UserMistake({
    what: `No lab named ${name} is up.`,
    next: `Run: npm run lab -- up --name ${name}`,
  });
}

async function isServing(lab: Lab): Promise<boolean> {
  const answer = await lab.connect().catch(() => undefined);
  await answer?.end();
  return answer !== undefined;
}

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof Failure;
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exitCode = known ? error.exitCode : BUG_EXIT_CODE;
}
