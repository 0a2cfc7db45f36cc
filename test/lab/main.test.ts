import { execa } from "execa";
import { afterAll, expect, test } from "vitest";
import { openLab } from "./lab.ts";

const NAME = `cli-${process.pid}`;

function lab(verb: string, ...args: string[]) {
  const main = new URL("main.ts", import.meta.url).pathname;
  return execa(process.execPath, [main, verb, "--name", NAME, ...args], { reject: false });
}

afterAll(async () => {
  await (await openLab(NAME))?.down();
});

test("a lab's life at the command line", async () => {
  const absent = await lab("env");
  expect(absent.exitCode).toBe(2);
  expect(absent.stderr).toContain(`No lab named ${NAME} is up.`);
  expect(absent.stderr).toContain(`npm run lab -- up --name ${NAME}`);

  expect((await lab("up")).stderr).toContain(`lab: ${NAME} is up (flexible)`);
  expect((await lab("up")).stderr).toBe(`lab: ${NAME} is already up (flexible)`);
  const other = await lab("up", "--policy", "strict");
  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain(`The lab ${NAME} is up under the flexible policy.`);
  expect((await lab("status")).stdout).toMatch(/queue-worker .* Up /);

  const env = JSON.parse((await lab("env", "--json")).stdout);
  const exported = await execa("sh", ["-c", `${(await lab("env")).stdout}\nenv -0`], {
    extendEnv: false,
    env: { PATH: process.env.PATH },
  });
  const variables = exported.stdout.split("\0").map((one) => one.split(/=(.*)/s).slice(0, 2));
  expect(Object.fromEntries(variables)).toMatchObject(env);

  await lab("seed", "--registrants", "50", "--tables", "1");
  const count =
    'docker exec "$1" psql -U odoo -At openspp -c "SELECT count(*) > 50 FROM res_partner" -c "SELECT count(*) FROM ir_attachment WHERE url IS NULL"';
  const db = (await openLab(NAME))?.container("db") as string;
  expect((await lab("exec", "--", "sh", "-c", count, "sh", db)).stdout).toBe("t\n20000");
  expect((await lab("exec", "--", "sh", "-c", "exit 7")).exitCode).toBe(7);
  expect((await lab("exec", "--", "no-such-program")).exitCode).toBe(127);

  expect((await lab("down")).exitCode).toBe(0);
  expect(await openLab(NAME)).toBeUndefined();
  expect((await lab("down")).exitCode).toBe(0);
});

test.each([
  [["up", "--name", "Not/this"], "cannot be named"],
  [["up", "--name", "x", "--directory", "/etc"], "The project directory /etc exists already."],
  [["up", "--policy", "none"], "Allowed choices are strict, flexible"],
  [["seed", "--registrants", "many"], "A whole number is needed."],
])("a mistake is answered with a sentence: %j", async (args, sentence) => {
  const main = new URL("main.ts", import.meta.url).pathname;
  const { exitCode, stderr } = await execa(process.execPath, [main, ...args], { reject: false });
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/^\s+at /m);
});
