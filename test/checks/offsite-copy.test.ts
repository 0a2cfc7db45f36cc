import { expect, test } from "vitest";
import { judgeCopy, type SyncState } from "../../src/checks/offsite-copy.ts";

const DONE: SyncState = {
  remote: "offsite:x",
  here: 3,
  missing: [],
  missingInPool: 0,
  conflicts: [],
  unfinished: [],
  copied: 1,
  bytes: 88_100_000,
};

test("every backup stands there: green, with what was copied", () => {
  expect(judgeCopy(DONE)).toEqual({
    name: "offsite-copy",
    status: "passed",
    message: "All 3 backups of the volume are on `offsite:x`. 1 backup was copied now (88 MB).",
  });
});

test("what may still be written is named", () => {
  const { status, message } = judgeCopy({ ...DONE, copied: 0, unfinished: ["daily/a.dump"] });
  expect(status).toBe("passed");
  expect(message).toBe(
    "All 3 backups of the volume are on `offsite:x`. Nothing was copied. Left out, since it may still be written: daily/a.dump.",
  );
});

test("a copy that stopped says at what, why, and what is not there", () => {
  const stopped = { at: "daily/b.dump", why: "No space left on device (28)." };
  const check = judgeCopy({ ...DONE, stopped, missing: ["daily/b.dump", "daily/a.dump"] });
  expect(check).toMatchObject({
    status: "failed",
    message:
      "Copying daily/b.dump to `offsite:x` failed: No space left on device (28). Of 3 backups, 2 are not off-site: daily/b.dump, daily/a.dump. 1 backup was copied now (88 MB).",
  });
  expect(check.next).toMatch(/^Check the remote/);
});

test("another size there is red, and says that nothing is overwritten", () => {
  const conflicts = [{ path: "daily/a.dump", here: 2000, there: 1000 }];
  const check = judgeCopy({ ...DONE, conflicts });
  expect(check.message).toBe("daily/a.dump has 1,000 bytes on `offsite:x` and 2,000 here.");
  expect(check.next).toMatch(/never overwritten/);
});

test("a backup that is not there although no tool complained is red", () => {
  const check = judgeCopy({ ...DONE, missing: ["daily/a.dump"] });
  expect(check).toMatchObject({ status: "failed" });
  expect(check.message).toContain("1 is not off-site: daily/a.dump");
});

test("a pool that is not whole is red", () => {
  expect(judgeCopy({ ...DONE, missingInPool: 2 })).toMatchObject({ status: "failed" });
});
