import type { Manifest } from "../backups/manifest.ts";
import { UserMistake } from "../failure.ts";

/** What a server that the user gave says of itself, as far as a restore there depends on it. */
export interface GivenServerFacts {
  readonly version: string;
  /** As server_version_num: 180006. */
  readonly number: number;
  readonly superuser: boolean;
  readonly databases: readonly string[];
  readonly roles: readonly string[];
  /** Those that it can create. */
  readonly extensions: readonly string[];
  /** `name version` of each version that it can create. */
  readonly installable: readonly string[];
}

/** One row, one JSON value. */
export const GIVEN_SERVER_QUERY = `
SELECT json_build_object('version', current_setting('server_version'), 'number', current_setting('server_version_num')::int,
  'superuser', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
  'databases', (SELECT json_agg(datname) FROM pg_database),
  'roles', (SELECT json_agg(rolname) FROM pg_roles),
  'extensions', (SELECT json_agg(name) FROM pg_available_extensions),
  'installable', (SELECT json_agg(name || ' ' || version) FROM pg_available_extension_versions)) AS facts`;

/** Given how messages call a server, what it says of itself and a backup, throw UserMistake with the reason unless the one can take the other. */
export function refuseGivenServer(
  server: string,
  facts: GivenServerFacts,
  { manifest, database }: { readonly manifest: Manifest; readonly database: string },
): void {
  const { file } = manifest.dump;
  const state = "Nothing was changed there.";
  if (facts.databases.includes(database)) {
    throw new UserMistake({
      what: `${server} holds a database \`${database}\`: it may be production.`,
      why: "A drill uses a given server only where no database has the name of the backup's.",
      state,
      next: "Give a server that holds nothing, for example a `services:` container of the job.",
    });
  }
  if (!facts.superuser) {
    throw new UserMistake({
      what: `${server} is reached as a user who is no superuser, and can create neither PostGIS nor what belongs to other roles.`,
      state,
      next: "Give its superuser, `postgres` in most images.",
    });
  }
  const major = (number: number) => Math.floor(number / 10_000);
  if (major(facts.number) !== major(manifest.server.number)) {
    throw new UserMistake({
      what: `${server} runs PostgreSQL ${facts.version}, and ${file} was dumped from ${manifest.server.version}.`,
      why: "On another major version a restore proves neither this backup nor the day it is needed.",
      state,
      next: `Give a server of version ${major(manifest.server.number)}, or none: a container of that version is started then.`,
    });
  }
  const missing = manifest.extensions.filter(({ name }) => !facts.extensions.includes(name));
  if (missing.length > 0) {
    throw new UserMistake({
      what: `${server} cannot create ${missing.map(({ name }) => `\`${name}\``).join(", ")}, which ${file} needs.`,
      state,
      next: "Give a server that has PostGIS, such as one of the image postgis/postgis.",
    });
  }
}
