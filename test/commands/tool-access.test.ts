import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { program } from "../../src/commands/command.ts";
import { print } from "../../src/commands/shell.ts";
import {
  isOlder,
  lookForTool,
  NO_TOOL,
  parseToolAccess,
  withEveryFileReadable,
} from "../../src/commands/tool-access.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "access-"));
  await writeFile(join(folder, "file"), "");
});

afterAll(() => rm(folder, { recursive: true }));

async function look(tool: string[], where: string) {
  const [file = "", ...args] = lookForTool(program(tool), where).argv;
  return execa(file, args, { reject: false });
}

test("tells the tool's version, who the user is, and whether they may read the folder", async () => {
  const { stdout } = await look(["echo", "rclone v1.76.0-DEV"], folder);
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  expect(parseToolAccess(stdout)).toEqual({ version: "1.76.0", uid, gid, readable: true });
});

test("a folder that cannot be entered, or is not there, cannot be read", async () => {
  const { stdout } = await look(["echo", "1.2"], join(folder, "absent"));
  expect(parseToolAccess(stdout).readable).toBe(false);
});

test("a missing tool has an exit code of its own", async () => {
  expect((await look(["no-such-tool"], folder)).exitCode).toBe(NO_TOOL);
});

test.each([
  ["1.60.1", "1.63", true],
  ["1.63.0", "1.63", false],
  ["1.9", "1.63", true],
  ["2.0", "1.63", false],
  ["3.1.3", "3.1", false],
  ["", "1.63", true],
])("%s is older than %s: %s", (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});

test("a container lends the one right more, and lets nothing be changed", () => {
  const command = withEveryFileReadable(program(["rclone", "x"]), "sha256:7", {
    uid: 998,
    gid: 997,
  });
  expect(print(command)).toBe(
    "docker run --rm --pull never --entrypoint '' --network host --user 0:0 --env HOME --env PATH " +
      "--cap-drop ALL --cap-add SYS_CHROOT --cap-add SETUID --cap-add SETGID --cap-add SETPCAP --cap-add DAC_READ_SEARCH " +
      "--volume /:/host:ro sha256:7 /usr/sbin/chroot /host setpriv --reuid=998 --regid=997 --clear-groups " +
      "--inh-caps=+dac_read_search --ambient-caps=+dac_read_search rclone x",
  );
});
