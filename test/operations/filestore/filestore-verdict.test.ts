import { describe, expect, test } from "vitest";
import {
  compareFilestore,
  type FilestoreFindings,
  type FilestoreRead,
  idsOf,
} from "../../../src/operations/filestore/filestore-verdict.ts";

const NAME = "openspp_filestore_20260115_020000.tar.gz";
const found: FilestoreFindings = {
  attachments: 20_000,
  files: 18_001,
  bytes: 80_000_000,
  digest: "d".repeat(64),
  unnamed: 1,
  other: 0,
  vanished: 0,
  irregular: 0,
  outside: 0,
  broken: [],
  wrong: {},
};
const expected = {
  file: NAME,
  kind: "tar.gz",
  files: 18_001,
  bytes: 80_000_000,
  digest: "d".repeat(64),
} as const;
const read: FilestoreRead = {
  ...({ check: "filestore", name: NAME, hashed: "all", next: "Look." } as const),
  expected,
};
const messageOf = (changes: Partial<FilestoreFindings>, of: Partial<FilestoreRead> = {}) => {
  const { name, status, message, next } = compareFilestore(
    { ...found, ...changes },
    { ...read, ...of },
  );
  expect({ name, status, next }).toEqual({ name: "filestore", status: "failed", next: "Look." });
  return message;
};

test("every file is there, and is what its name and its row say", () => {
  expect(compareFilestore(found, read)).toEqual({
    name: "filestore",
    status: "passed",
    message: `${NAME} holds the file of each of 20,000 attachments, and its SHA-1 is its name and the row's checksum: 18,001 files, 80 MB, 1 of them named by no attachment.`,
  });
});

test("of a pool, what was not hashed is not called hashed", () => {
  expect(compareFilestore(found, { ...read, hashed: "new" }).message).toBe(
    `${NAME} holds the file of each of 20,000 attachments, named by the row's checksum and of its size: 18,001 files, 80 MB, 1 of them named by no attachment. Those new to the pool were hashed, and a drill hashes all.`,
  );
});

test("files that no attachment names are counted, not failed; without a manifest, too", () => {
  const others = { unnamed: 500, other: 3 };
  const { status, message } = compareFilestore(
    { ...found, ...others },
    { ...read, expected: undefined },
  );
  expect(status).toBe("passed");
  expect(message).toMatch(
    /: 18,001 files, 80 MB, 500 of them named by no attachment, and 3 more files that are not named by content\.$/,
  );
});

test("files that vanished and that no attachment names are counted, not failed", () => {
  const { status, message } = compareFilestore({ ...found, vanished: 2 }, read);
  expect(status).toBe("passed");
  expect(message).toMatch(
    /: 18,001 files, 80 MB, 1 of them named by no attachment, without 2 files that nothing names and that vanished meanwhile\.$/,
  );
});

test("a database whose attachments are all in rows needs no file", () => {
  const none = { attachments: 0, files: 0, bytes: 0, unnamed: 0 };
  expect(compareFilestore({ ...found, ...none }, { ...read, expected: undefined }).message).toBe(
    `No attachment names a file. ${NAME} holds 0 files, 0 B.`,
  );
});

describe("what is wrong is told with the attachments' ids", () => {
  test.each<[string, FilestoreFindings["wrong"], string]>([
    [
      "one that is missing",
      { missing: { count: 1, ids: [7] } },
      "the file of 1 attachment is missing (id 7)",
    ],
    [
      "many that are missing",
      { missing: { count: 1_500, ids: [1, 2, 3] } },
      "the files of 1,500 attachments are missing (ids 1, 2, 3 and 1,497 more)",
    ],
    [
      "one that vanished, told from one that was missing",
      { missing: { count: 1, ids: [7] }, vanished: { count: 1, ids: [8] } },
      "the file of 1 attachment is missing (id 7); the file of 1 attachment vanished while it was read (id 8)",
    ],
    [
      "a link",
      { irregular: { count: 2, ids: [4, 9] } },
      "the files of 2 attachments are links, or something else that is no file (ids 4, 9)",
    ],
    [
      "one wrong byte",
      { damaged: { count: 2, ids: [4, 9] } },
      "the files of 2 attachments have another content than their names say (ids 4, 9)",
    ],
    [
      "another checksum in the row",
      { mismatched: { count: 1, ids: [4] } },
      "the file of 1 attachment has another content than its row's checksum says (id 4)",
    ],
    [
      "another size in the row",
      { missized: { count: 2, ids: [4, 9] } },
      "the files of 2 attachments have another size than their rows say (ids 4, 9)",
    ],
    [
      "a path with ..",
      { misnamed: { count: 1, ids: [4] } },
      "the file of 1 attachment is not named by its content (id 4)",
    ],
  ])("%s", (_, wrong, message) => {
    expect(messageOf({ wrong })).toBe(`${NAME}: ${message}.`);
  });
});

describe("what is wrong with the archive itself", () => {
  test("it was cut short, and why", () => {
    const why = "gzip: unexpected end of file";
    expect(messageOf({ broken: ["gzip"] }, { why })).toBe(
      `${NAME}: it cannot be read to its end (gzip: unexpected end of file).`,
    );
    expect(messageOf({ broken: ["tar"] })).toBe(`${NAME}: it cannot be read to its end.`);
  });

  test("it holds links and names that lead out of it, although no attachment names them", () => {
    expect(messageOf({ irregular: 1, outside: 2 })).toBe(
      `${NAME}: it holds 1 link or device; it holds 2 names that would lead out of the filestore.`,
    );
  });

  test("its manifest says more files, more bytes or other ones", () => {
    expect(messageOf({ files: 18_000 })).toBe(
      `${NAME}: it holds 18,000 files with 80,000,000 bytes, and its manifest says 18,001 with 80,000,000.`,
    );
    expect(messageOf({ bytes: 1 })).toContain("18,001 files with 1 bytes, and its manifest says");
    expect(messageOf({ digest: "e".repeat(64) })).toBe(
      `${NAME}: its files are not those that its manifest says.`,
    );
  });
});

test("ids are shown as far as they are known", () => {
  expect(idsOf({ count: 3, ids: [1, 2, 3] })).toBe("1, 2, 3");
  expect(idsOf({ count: 4, ids: [1, 2, 3] })).toBe("1, 2, 3 and 1 more");
});
