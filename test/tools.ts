import { delimiter } from "node:path";
import { execa } from "execa";
import { need } from "./packages.ts";

/**
 * Puts the pinned tools that check workflows before everything else on the PATH of the tests, and installs those
 * that are missing, an SSH server too. Where they cannot be installed, each test that needs one fails and says so.
 */
export default async function setup(): Promise<void> {
  await need(["sshd", "ssh", "ssh-keygen"]).catch((error: Error) => console.error(error.message));
  const { exitCode, stdout } = await execa("bash", [".ci/tools"], {
    reject: false,
    stderr: "inherit",
  });
  if (exitCode === 0) process.env.PATH = [stdout, process.env.PATH].join(delimiter);
}
