import pg from "pg";
import {
  COMPARING_SETTINGS,
  connectionOptions,
  SUPERUSER_SETTINGS,
} from "../checks/session-settings.ts";
import type { Database, Role } from "../deployment/deployment.ts";
import { Failed, reasonOf, Unreachable, UserMistake } from "../failure.ts";
import type { Host } from "../host/host.ts";

export interface SessionOptions {
  readonly role: Role;
  /** The database to connect to. */
  readonly name: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Return values as the server prints them, instead of as numbers, booleans, dates and objects. */
  readonly asText?: true;
}

/** The server refused settings that only a superuser may set. */
class NoSuperuser extends UserMistake {}

/** The database to connect to does not exist, or lets nobody in. */
export class NoSuchDatabase extends UserMistake {}

type Row = Record<string, unknown>;

/** A statement that the server refused. Its detail is left out: it may quote rows. */
export class ServerError extends Failed {
  /** SQLSTATE. */
  readonly code: string;

  constructor(error: pg.DatabaseError) {
    super(
      {
        what: "The database refused a statement.",
        why: `${error.message} (SQLSTATE ${error.code})`,
      },
      { cause: error },
    );
    this.code = error.code ?? "";
  }
}

/**
 * One connection to the deployment's PostgreSQL, through the host's tunnel. A batch of statements takes one
 * round trip.
 */
export class Session {
  readonly #client: pg.Client;
  readonly #where: string;
  #lost?: Error;
  #previous: Promise<unknown> = Promise.resolve();

  private constructor(client: pg.Client, where: string) {
    this.#client = client;
    this.#where = where;
    client.on("error", (error) => {
      this.#lost = error;
    });
  }

  /** Throws Unreachable or UserMistake. */
  static async open(host: Host, database: Database, options: SessionOptions): Promise<Session> {
    const settings = { ...COMPARING_SETTINGS, ...options.settings };
    const { role } = options;
    if (!role.superuser) return Session.#connect(host, database, { ...options, settings });
    try {
      const all = { ...SUPERUSER_SETTINGS, ...settings };
      return await Session.#connect(host, database, { ...options, settings: all });
    } catch (error) {
      if (!(error instanceof NoSuperuser)) throw error;
      // Whoever uses the session says what a role without these rights cannot do.
      return Session.#connect(host, database, { ...options, settings });
    }
  }

  static async #connect(
    host: Host,
    database: Database,
    options: SessionOptions & { readonly settings: Readonly<Record<string, string>> },
  ): Promise<Session> {
    const stream = await host.forward(database.address);
    const client = new pg.Client({
      // pg calls this once, and takes the open stream for its socket.
      stream: () => stream,
      user: options.role.name,
      password: options.role.password.reveal(),
      database: options.name,
      application_name: options.applicationName,
      options: connectionOptions(options.settings),
      ...(options.asText && { types: { getTypeParser: () => String } }),
    });
    const session = new Session(client, `${database.name} on ${host.name}`);
    try {
      await client.connect();
    } catch (error) {
      stream.destroy();
      throw connectTrouble(error, options, host);
    }
    return session;
  }

  /** One round trip, after the batches that were asked for before. Returns the rows of each statement. */
  batch(statements: readonly string[]): Promise<readonly (readonly Row[])[]> {
    const answer = this.#previous.then(() => this.#query(statements));
    this.#previous = answer.catch(() => {});
    return answer;
  }

  async #query(statements: readonly string[]): Promise<readonly (readonly Row[])[]> {
    if (this.#lost) throw this.#lostTrouble(this.#lost);
    try {
      const results: unknown = await this.#client.query(statements.join(";\n"));
      return (Array.isArray(results) ? results : [results]).map(
        ({ rows }: pg.QueryResult<Row>) => rows,
      );
    } catch (error) {
      if (error instanceof pg.DatabaseError && !this.#lost) throw new ServerError(error);
      throw this.#lostTrouble(error as Error);
    }
  }

  /** For a statement that answers one row with one value. */
  async value<T>(statement: string): Promise<T> {
    const [rows] = await this.batch([statement]);
    return firstValue(rows ?? []) as T;
  }

  /** For statements that each answer one row with one value, in the order of the type. One round trip. */
  async values<T extends readonly unknown[]>(
    statements: { readonly [Place in keyof T]: string },
  ): Promise<T> {
    const answers: readonly unknown[] = (await this.batch([...statements])).map(firstValue);
    return answers as T;
  }

  /** Calls back once when the connection is lost. */
  onLost(callback: (error: Unreachable) => void): void {
    this.#client.on("error", (error) => callback(this.#lostTrouble(error)));
  }

  /** Says goodbye without waiting for an answer: with a slow line, the next step would wait, too. */
  close(): void {
    this.#client.end().catch(() => {});
  }

  #lostTrouble(error: Error): Unreachable {
    return new Unreachable({
      what: `The connection to the database ${this.#where} was lost.`,
      why: error.message,
      state: "Production was only read. What this run left unfinished is removed by the next run.",
      next: "See whether the `db` service restarted: docker compose logs db",
    });
  }
}

/** For a statement that answers one row with one value. */
export function firstValue(rows: readonly Row[]): unknown {
  const [row] = rows;
  return row === undefined ? undefined : Object.values(row)[0];
}

/** SQLSTATE classes from the PostgreSQL manual, "Error Codes". */
const INVALID_AUTHORIZATION = "28";
const INVALID_CATALOG_NAME = "3D000";
/** The answer of a database that allows no connections (`datallowconn`). */
const NOT_IN_PREREQUISITE_STATE = "55000";
const TOO_MANY_CONNECTIONS = "53300";
const INSUFFICIENT_PRIVILEGE = "42501";
/** Of a setting that the server does not know. */
const UNDEFINED_OBJECT = "42704";
/** The server's words for a setting that this role may not set, in any language: the name of one of them is quoted. */
const REFUSED_SETTING = new RegExp(`"(?:${Object.keys(SUPERUSER_SETTINGS).join("|")})"`);

function connectTrouble(error: unknown, { role, name }: SessionOptions, host: Host): Error {
  const state = "Nothing was changed.";
  const why = reasonOf(error);
  const code = error instanceof pg.DatabaseError ? (error.code ?? "") : "";
  if (code.startsWith(INVALID_AUTHORIZATION)) {
    return new UserMistake({
      what: `The database refused the role \`${role.name}\`.`,
      why,
      state,
      next: "Hand in the right password as the secret `admin-password` (or `database-password`).",
    });
  }
  if (code === INSUFFICIENT_PRIVILEGE && REFUSED_SETTING.test(why)) {
    return new NoSuperuser({ what: `The role \`${role.name}\` is no superuser.`, why, state });
  }
  if (code === UNDEFINED_OBJECT) {
    return new UserMistake({
      what: "The server is too old: it lacks a setting that PostgreSQL 18 has.",
      why,
      state,
      next: "OpenSPP 2's production compose file runs postgis/postgis:18-3.6-alpine.",
    });
  }
  if (code === INVALID_CATALOG_NAME) {
    return new NoSuchDatabase({
      what: `There is no database \`${name}\` on the server.`,
      why,
      state,
      next: "Name the right one with `database`.",
    });
  }
  if (code === NOT_IN_PREREQUISITE_STATE) {
    return new NoSuchDatabase({
      what: `The database \`${name}\` lets nobody in.`,
      why,
      state,
      next: "See what a restore left: openspp-backup restore --status",
    });
  }
  if (code === TOO_MANY_CONNECTIONS) {
    return new Unreachable({
      what: "The database takes no more connections.",
      why,
      state,
      next: "Raise `max_connections`, lower `jobs`, or find who holds them: SELECT * FROM pg_stat_activity",
    });
  }
  return new Unreachable({
    what: `PostgreSQL cannot be reached through ${host.name}.`,
    why,
    state,
    next: "See whether the `db` service is healthy: docker compose ps db",
  });
}
