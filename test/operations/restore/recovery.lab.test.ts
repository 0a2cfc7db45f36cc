import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../../../src/deployment/deployment.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import { restore } from "../../../src/operations/restore/restore.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { inOdoo, pathOfAttachment } from "../filestore/planted.ts";
import { onLab } from "../on-lab.ts";
import {
  dropBeside,
  markLive,
  production,
  SERVING,
  serviceStates,
  sql,
  unmarkLive,
} from "./on-production.ts";
import { NO_PECULIARITIES, PECULIARITIES, rightsOf } from "./rights.ts";

/** A file whose content is `new`, in the only backup that is younger than RECOVERY.md. */
const NEW = "00/c2a6b03f190dfb2b4aa91f8af8d477a9bc3401dc";

/** What is to be pasted, of a text in Markdown: by all, by those who lost production, and what takes it back. */
const blocks = (text: string, ...languages: ("bash" | "shell" | "sh")[]) =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, one]) => (languages as string[]).includes(String(one)))
    .map(([, , block]) => block)
    .join("\n");

describe.each<[Policy, string]>([
  ["strict", "tar.gz"],
  ["flexible", "incremental"],
])("RECOVERY.md under the %s policy, the filestore kept as %s", (policy, filestore) => {
  let lab: Lab;
  let text: string;

  beforeAll(async () => {
    lab = await sharedLab(policy);
    await unmarkLive(lab);
    await sql(lab, PECULIARITIES);
    await onLab(lab, backup, { filestore });
    text = String((await onLab(lab, drill)).recovery);
  });

  afterAll(async () => {
    await dropBeside(lab);
    await unmarkLive(lab);
    await sql(lab, NO_PECULIARITIES);
  });

  test("names no secret, and needs neither this project nor GitHub", () => {
    expect(text).not.toContain(lab.database.password);
    expect(text).not.toMatch(/openspp-backup |REDACTED/);
  });

  test("pasted into a shell, it brings a later backup back, its filestore too; its way back takes that back", async () => {
    const path = await pathOfAttachment(lab, 4);
    await inOdoo(
      lab,
      `mkdir -p openspp/00 && printf new > openspp/${NEW} && chown -R 101:101 openspp/00`,
    );
    const later = (await onLab(lab, backup, { filestore })).backup.name;
    const files = await filesOf("openspp");
    await inOdoo(lab, `rm openspp/${path} openspp/${NEW}`);
    const damaged = await filesOf("openspp");
    const { partners } = await production(lab);
    const before = await rightsOf(lab);
    await markLive(lab);
    const chosen = text.replace(
      /\/backups\/daily\/openspp_\d+_\d+\.dump(?= )/,
      `/backups/daily/${later}`,
    );
    const [, suffix] = /FILESTORE=\S+(\.tar\.gz|\.sha1)$/m.exec(text) ?? [];
    const laterFilestore = `/backups/daily/${later.replace("openspp_", "openspp_filestore_").replace(".dump", String(suffix))}`;
    await paste(blocks(chosen.replace(/FILESTORE=\S+/, `FILESTORE=${laterFilestore}`), "bash"));
    expect(await filesOf("openspp")).toBe(files);
    expect(await filesOf(".openspp_before_by_hand")).toBe(damaged);
    expect(await production(lab)).toEqual({ live: false, partners });
    expect(await rightsOf(lab)).toEqual(before);
    expect(await serviceStates(lab)).toEqual(SERVING);

    const backAgain = [blocks(text, "bash").split("\n").slice(0, 2).join("\n"), blocks(text, "sh")];
    await paste(backAgain.join("\n"));
    expect((await production(lab)).live).toBe(true);
    expect(await filesOf("openspp")).toBe(damaged);
    expect(await filesOf(".openspp_restore_by_hand")).toBe(files);
    await inOdoo(lab, `rm -r openspp && mv .openspp_restore_by_hand openspp && rm openspp/${NEW}`);
  });

  test("pasted where production is gone, it brings it back all the same", async () => {
    const before = { ...(await production(lab)), rights: await rightsOf(lab) };
    await dropBeside(lab);
    await inOdoo(lab, "rm -rf .openspp_before_by_hand .openspp_restore_by_hand");
    const admin = await lab.connect(lab.database.admin, "postgres");
    await admin.query("DROP DATABASE openspp WITH (FORCE)");
    await admin.end();
    await paste(blocks(text, "bash", "shell"));
    expect({ ...(await production(lab)), rights: await rightsOf(lab) }).toEqual({
      ...before,
      live: false,
    });
    expect(await serviceStates(lab)).toEqual(SERVING);
  });

  /** Owners, modes and SHA-1 of every file of a filestore. */
  const filesOf = (folder: string) =>
    inOdoo(
      lab,
      `cd ${folder} && find . ! -path './checklist*' -exec stat -c '%n %u:%g %a' {} + | sort && find . -type f ! -path './checklist/*' -exec sha1sum {} + | sort`,
    );

  const paste = (script: string) => lab.exec(["bash", "-e"], { input: script });

  test("a dry run prints every command, shows no password and changes nothing", async () => {
    await markLive(lab);
    const report = await onLab(lab, restore, { "dry-run": "true" });
    const plan = String(report.restore?.plan);
    expect(report.verdict).toBe("passed");
    expect(plan.match(/^# .*/gm)).toEqual([
      "# The settings of each session",
      "# Look at the backup",
      "# Create an empty database next to production",
      "# Restore into it",
      "# Look at what was restored",
      "# Restore the filestore next to the live one",
      "# Give it what production has apart from its content",
      "# Stop the services",
      "# Exchange the names",
      "# Start the services, and wait until they are healthy",
    ]);
    expect(plan).toContain("PGPASSWORD=[REDACTED]");
    expect(plan).not.toContain(lab.database.password);
    expect((await production(lab)).live).toBe(true);
  });
});
