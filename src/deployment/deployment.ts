import type { Address } from "../host/host.ts";
import type { Secret } from "../secret.ts";

/** What the backups of a deployment need to be found, which can be told although its database server is down. */
export interface BackupSite {
  readonly project: string;
  readonly directory: string;
  readonly database: Pick<Database, "name">;
  readonly policy: Policy;
  readonly backups: BackupVolume;
  readonly cores: number;
  /** How many seconds the host's clock is ahead of ours. */
  readonly clockSkewSeconds: number;
}

/** What stands on the host, as `docker compose config` and the running containers say, inputs having the last word. */
export interface Deployment extends BackupSite {
  readonly services: readonly Service[];
  readonly database: Database;
  /** Where Odoo keeps its attachments; absent when no container of the Odoo service has them on a volume. */
  readonly filestore?: Filestore;
  /** How many throwaway containers of ours stood there when it was discovered. */
  readonly strays: number;
}

export interface Service {
  readonly name: string;
  readonly image: string;
  /** The container's name; absent when none runs. */
  readonly container?: string;
  /** The container's name, whether it runs or not; absent when there is none. */
  readonly created?: string;
  /** The container's addresses on its networks. */
  readonly addresses: readonly string[];
  /** Docker's words: `running (healthy)`, `exited (0)`, `not created`. */
  readonly state: string;
}

export interface Database {
  readonly name: string;
  /** The container that the server runs in. */
  readonly container: string;
  /** Where the host reaches the server: the `db` container's address. */
  readonly address: Address;
  /** Where the `backup` container reaches it. */
  readonly innerHost: string;
  readonly innerPort: number;
  /** The role that Odoo connects as, which owns the data. */
  readonly owner: Role;
  /** The role that creates, drops and adds extensions; the same as the owner in the flexible policy. */
  readonly admin: Role;
}

export interface Role {
  readonly name: string;
  readonly password: Secret;
}

/**
 * Who may do what, from the guide's "Recovery Procedures": strict (Option A), where an admin role
 * creates, drops and adds extensions; flexible (Option B), where the Odoo role does it all.
 */
export type Policy = "strict" | "flexible";

/** Odoo's filestore, which is read and written in throwaway containers: that works while Odoo is stopped, too. */
export interface Filestore {
  /** The container of the Odoo service, running or not, whose volumes hold it. */
  readonly container: string;
  /** Where the filestores of all databases stand there, each in a folder of its database's name. */
  readonly directory: string;
  readonly volume: string;
}

export interface BackupVolume {
  /** The container that mounts the volume and has PostgreSQL's tools. */
  readonly container: string;
  /** The id of its image, which throwaway containers are made of. */
  readonly image: string;
  /** Where the volume is mounted there. */
  readonly directory: string;
  readonly volume: string;
  /** Where the host has that folder. The SSH user may often not read it: Docker's folders are root's. */
  readonly hostPath: string;
  /** Cron format, as `BACKUP_SCHEDULE` says it. */
  readonly schedule: string;
  readonly retention: { readonly days: number; readonly weeks: number; readonly months: number };
}
