import type { Address } from "../host/host.ts";
import type { Secret } from "../secret.ts";

/**
 * What is needed to find a deployment's backups. It can be discovered even when the database server is
 * down.
 */
export interface BackupSite {
  readonly project: string;
  readonly directory: string;
  readonly database: Pick<Database, "name">;
  readonly policy: Policy;
  readonly backups: BackupVolume;
  readonly cores: number;
  /** Seconds by which the host's clock is ahead of ours. */
  readonly clockSkewSeconds: number;
}

/** What is on the host, as `docker compose config` and the running containers say. Inputs override both. */
export interface Deployment extends BackupSite {
  readonly services: readonly Service[];
  readonly database: Database;
  /** Odoo's attachments; absent when no container of the Odoo service has them on a volume. */
  readonly filestore?: Filestore;
  /** How many of our throwaway containers were there at discovery. */
  readonly leftoverContainers: number;
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
  /** In Docker's words: `running (healthy)`, `exited (0)`, `not created`. */
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
  /** The role that Odoo connects as and that owns the data. */
  readonly owner: Role;
  /** The role that creates and drops databases and adds extensions. In the flexible policy it is the owner. */
  readonly admin: Role;
}

export interface Role {
  readonly name: string;
  readonly password: Secret;
  /** Set for the admin role, which must be one: its connections set what only a superuser may set. */
  readonly superuser?: true;
}

/**
 * Who may do what, from the guide's "Recovery Procedures". Strict (Option A): an admin role creates, drops
 * and adds extensions. Flexible (Option B): the Odoo role does it all.
 */
export type Policy = "strict" | "flexible";

/** Odoo's filestore. Throwaway containers read and write it, so that this works while Odoo is stopped, too. */
export interface Filestore {
  /** The container of the Odoo service, running or not, whose volumes hold it. */
  readonly container: string;
  /** The directory in that container that holds the filestores, each in a folder of its database's name. */
  readonly directory: string;
  readonly volume: string;
}

export interface BackupVolume {
  /** The container that mounts the volume and has PostgreSQL's tools. */
  readonly container: string;
  /** The id of its image, from which throwaway containers are made. */
  readonly image: string;
  /** The backup directory in that container, on the volume. */
  readonly directory: string;
  readonly volume: string;
  /** That folder's path on the host. The SSH user often may not read it: Docker's folders belong to root. */
  readonly hostPath: string;
  /** Cron format, as in `BACKUP_SCHEDULE`. */
  readonly schedule: string;
  readonly retention: { readonly days: number; readonly weeks: number; readonly months: number };
}
