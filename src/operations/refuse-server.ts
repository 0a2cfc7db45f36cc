import type { ServerFacts } from "../checks/server-facts.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { UserMistake } from "../failure.ts";

/** PostgreSQL 18 brought `pg_get_sequence_data`, which proves sequences. OpenSPP 2 deploys that version. */
const OLDEST_SERVER = 180_000;

/** Throws UserMistake for a server that is too old, and for an admin role that is no superuser. */
export function refuseServer(facts: ServerFacts, { database }: Deployment): void {
  if (facts.number < OLDEST_SERVER) {
    throw new UserMistake({
      what: `The server runs PostgreSQL ${facts.version}; this project needs 18 or newer.`,
      state: "Nothing was changed.",
      next: "OpenSPP 2's production compose file runs postgis/postgis:18-3.6-alpine.",
    });
  }
  if (!facts.superuser) {
    throw new UserMistake({
      what: `The role \`${database.admin.name}\` does not have the rights to back up and restore this database.`,
      why: "It is no superuser, so it can neither read the extensions' schemas nor create PostGIS in another database.",
      state: "Nothing was changed.",
      next: "Name the role that the database was created with (`POSTGRES_USER` of the `db` service) with `admin-user`.",
    });
  }
}
