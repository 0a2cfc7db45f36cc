import { type DatabaseMark, parseMark } from "../../../../src/backups/extra-databases.ts";
import { UNMARKED_SUFFIX } from "../../../../src/commands/databases.ts";
import {
  type KeptFilestore,
  parseKeptFilestores,
} from "../../../../src/operations/filestore/kept-record.ts";
import type { Lab } from "../../../lab/lab.ts";
import { inBackup } from "../../on-lab.ts";
import { sql } from "../on-production.ts";

/** What a restore left on a deployment, as found there: whatever cut it off. */
export interface Found {
  readonly databases: readonly FoundDatabase[];
  /** Names of production's folders in the one of all filestores. */
  readonly folders: readonly string[];
  readonly records: readonly KeptFilestore[];
}

interface FoundDatabase {
  readonly name: string;
  readonly comment: string | null;
  /** Whether anybody can connect to it. */
  readonly open: boolean;
  /** Whether its dropping has begun (`datconnlimit`, catalogue pg_database). */
  readonly broken: boolean;
}

const DATABASES = `
SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment, datallowconn AS open, datconnlimit = -2 AS broken
FROM pg_database WHERE datname ~ '^openspp(_|$)' ORDER BY 1`;

/** Folders are listed by what reaches them. */
export async function foundOn(lab: Lab, list: (line: string) => Promise<string>): Promise<Found> {
  const [databases, folders, records] = await Promise.all([
    sql(lab, DATABASES, "postgres") as unknown as Promise<FoundDatabase[]>,
    list("ls -A"),
    inBackup(lab, "cat /backups/.openspp-backup/filestore-*.json 2> /dev/null || true"),
  ]);
  return {
    databases,
    folders: folders.split("\n").filter((name) => /^(openspp$|\.openspp_)/.test(name)),
    records: parseKeptFilestores(records, "openspp"),
  };
}

/** The same of a lab on which a restore was really cut off. */
export function leftOn(lab: Lab): Promise<Found> {
  return foundOn(lab, (line) => inFilestores(lab, line));
}

/** Runs a line for a shell in the folder of all filestores, in a container of its own: Odoo's may be stopped. */
export async function inFilestores(lab: Lab, line: string): Promise<string> {
  const image = await lab.docker("inspect", "--format", "{{.Image}}", lab.container("backup"));
  const shell = ["sh", "-c", `cd /var/lib/odoo/filestore && ${line}`];
  const volumes = `--volumes-from=${lab.container("odoo")}`;
  return lab.docker("run", "--rm", "--entrypoint", "", volumes, image, ...shell);
}

/** The same in words, without stamps and without what was there before: `production | databases | folders | records`. */
export function inWords({ databases, folders, records }: Found, before?: Found): string {
  const known = new Set([
    ...(before?.databases ?? []).map(({ name }) => name),
    ...(before?.folders ?? []),
    ...(before?.records ?? []).map(({ aside }) => aside),
  ]);
  const production = databases.find(({ name }) => name === "openspp");
  return cutLeaves(
    production === undefined ? "gone" : (markWords(production) ?? "serves"),
    databases
      .filter(({ name }) => name !== "openspp" && !known.has(name))
      .map((one) => `${kindOf(one.name)} ${markWords(one) ?? "unmarked"}`),
    folders.filter((name) => name === "openspp" || !known.has(name)).map(kindOf),
    records.filter(({ aside }) => !known.has(aside)).map(recordWords),
  );
}

/** The words for what a cut leaves: of production, the databases and the folders next to it, and the records of filestores. */
export function cutLeaves(
  production: string,
  databases: readonly string[],
  folders: readonly string[],
  records: readonly string[] = [],
): string {
  const words = [databases, folders, records].map((all) => all.toSorted().join(", ") || "none");
  return [production, ...words].join(" | ");
}

/** `.openspp_restore_20260401_020304.part` is a `restore.part`; `openspp` itself is live. */
function kindOf(name: string): string {
  if (name === "openspp") return "live";
  const stem = name.replace(UNMARKED_SUFFIX, "");
  return /^\.?openspp_([a-z]+)_\d{8}_\d{6}(.*)$/.exec(stem)?.slice(1).join("") ?? name;
}

function markWords({ name, comment, open, broken }: FoundDatabase): string | undefined {
  // It may carry its mark already, but is ours by its name alone.
  if (name.endsWith(UNMARKED_SUFFIX)) return undefined;
  const mark = parseMark(comment);
  if (mark === undefined) return undefined;
  return [...wordsOf(mark), !open && "closed", broken && "broken"].filter(Boolean).join(" ");
}

function wordsOf(mark: DatabaseMark): readonly (string | false)[] {
  const set = Object.entries(mark).flatMap(([flag, value]) => (value === true ? [flag] : []));
  const names = "stopped" in mark && mark.stopped !== undefined && "names-services";
  const filestore = "filestore" in mark && mark.filestore !== undefined && "names-filestore";
  return [mark.is, ...set.toSorted(), names, filestore];
}

function recordWords({ state, alone, stopped }: KeptFilestore): string {
  return [state, alone && "alone", stopped && "names-services"].filter(Boolean).join(" ");
}
