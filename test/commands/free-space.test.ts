import { expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { columnsIn, freeBytesIn, freeSpace, makeFolder } from "../../src/commands/free-space.ts";
import { print } from "../../src/commands/shell.ts";
import { LocalHost } from "../../src/host/local.ts";

test("asks df", () => {
  expect(print(freeSpace("/backups"))).toBe("df -P -k /backups");
  expect(print(makeFolder("/b/daily"))).toBe("mkdir -p /b/daily && df -P -k /b/daily");
});

test.each([
  ["a device", "/dev/sda1  100000 40000 60000 40% /", { total: 100_000, free: 60_000 }],
  ["a device with spaces", "//nas/my share 10 4 6 40% /mnt", { total: 10, free: 6 }],
  ["a disk past its reserve", "/dev/sda1 100 100 -5 105% /", { total: 100, free: -5 }],
  ["no such line", "df: /gone: No such file or directory", undefined],
  ["nothing", "", undefined],
])("reads the last line: %s", (_, line, expected) => {
  const heading = "Filesystem 1024-blocks Used Available Capacity Mounted on";
  expect(columnsIn(`${heading}\n${line}\n`)).toEqual(expected);
});

test("reads what this machine's df says, in bytes", async () => {
  const { stdout } = await new LocalHost(systemClock).run(freeSpace("/"));
  expect(freeBytesIn(stdout)).toBeGreaterThan(0);
  expect(freeBytesIn("nothing")).toBe(0);
});
