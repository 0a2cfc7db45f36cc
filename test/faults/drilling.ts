import { isDeepStrictEqual } from "node:util";
import type { Client } from "pg";
import { reasonOf } from "../../src/failure.ts";
import { cycle } from "../../src/operations/cycle.ts";
import type { Check } from "../../src/report/check.ts";
import type { Lab } from "../lab/lab.ts";
import { inBackup, onLab } from "../operations/on-lab.ts";
import { withNames } from "./fault.ts";
import type { Variation } from "./variation.ts";

/** A copy of production as it was seeded. */
const PRISTINE = "openspp_pristine";
const DRILLED = "openspp_test";

/** What a variation makes outside of its database begins with this. */
const OWN = "v\\_%";

/** What a variation sets for each session is not meant for those that make it and take it back. */
const UNDISTURBED = Object.entries({
  statement_timeout: "0",
  transaction_timeout: "0",
  lock_timeout: "0",
  idle_session_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  default_transaction_read_only: "off",
  default_transaction_deferrable: "off",
  default_transaction_isolation: "'read committed'",
  client_encoding: "'UTF8'",
  search_path: '"$user", public',
  standard_conforming_strings: "on",
  backslash_quote: "safe_encoding",
  session_replication_role: "origin",
  exit_on_error: "off",
})
  .map(([name, value]) => `SET ${name} = ${value}`)
  .join("; ");

/** Sentences that say what was not green. */
export type Trouble = readonly string[];

/** Whole backups and drills of a lab's production, which is made new for each variation or group of them. */
export class Drilling {
  readonly #lab: Lab;
  readonly #groups = new Map<readonly Variation[], Promise<Trouble>>();

  private constructor(lab: Lab) {
    this.#lab = lab;
  }

  static async start(lab: Lab): Promise<Drilling> {
    const { name } = lab.database;
    const drilling = new Drilling(lab);
    await drilling.#maintain(
      `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      `CREATE DATABASE ${PRISTINE} TEMPLATE ${name} STRATEGY FILE_COPY`,
      `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
    );
    return drilling;
  }

  /**
   * Given a variation and the group that it is drilled in, return what was not green. Where the group is green as a whole, each
   * of it is; else each is drilled by itself.
   */
  async troubleOf(variation: Variation, group: readonly Variation[]): Promise<Trouble> {
    if (group.length === 1) return this.drill([variation]);
    let together = this.#groups.get(group);
    if (!together) {
      together = this.drill(group);
      this.#groups.set(group, together);
    }
    return (await together).length === 0 ? [] : this.drill([variation]);
  }

  /** Given variations of production, make it new with them, take a backup, drill it, and return what was not green. */
  async drill(variations: readonly Variation[]): Promise<Trouble> {
    await this.make(variations);
    const over = new AbortController();
    const meanwhile = this.#keepDoing(
      variations.flatMap((one) => one.meanwhile ?? []),
      over.signal,
    );
    try {
      const { checks } = await onLab(this.#lab, cycle, { "keep-database": "true" });
      const red = checks.filter(({ status }) => status !== "passed").map(sentence);
      return [...red, ...(await this.#lost(variations))];
    } catch (error) {
      return [`no verdict: ${(error as Error).message}`];
    } finally {
      over.abort();
      await meanwhile;
    }
  }

  /** Production as it was seeded, with these variations. */
  async make(variations: readonly Variation[]): Promise<void> {
    await this.renew();
    for (const variation of variations) await this.#vary(variation);
  }

  /** Production as it was seeded, with nothing left of an earlier variation. */
  async renew(): Promise<void> {
    const { name, owner, admin } = this.#lab.database;
    await inBackup(this.#lab, "rm -rf /backups/daily /backups/weekly /backups/monthly");
    const client = await this.#connect("postgres");
    const list = async (sql: string) =>
      (await client.query(sql)).rows.map(({ item }) => item as string);
    try {
      for (const database of [DRILLED, name]) {
        const subscribed = await list(
          `SELECT subname AS item FROM pg_subscription s JOIN pg_database d ON d.oid = subdbid WHERE datname = '${database}'`,
        );
        if (subscribed.length > 0) await this.#unsubscribe(database, subscribed);
        await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      }
      for (const one of await list(
        `SELECT quote_ident(spcname) AS item FROM pg_tablespace WHERE spcname LIKE '${OWN}'`,
      ))
        await client.query(`DROP TABLESPACE ${one}`);
      for (const one of await list(
        `SELECT quote_ident(rolname) AS item FROM pg_roles WHERE rolname LIKE '${OWN}'`,
      ))
        await client.query(`DROP ROLE ${one}`);
      for (const role of new Set([owner, admin]))
        await client.query(`ALTER ROLE ${role} RESET ALL`);
      await client.query(
        `CREATE DATABASE ${name} OWNER ${admin} TEMPLATE ${PRISTINE} STRATEGY FILE_COPY`,
      );
    } finally {
      await client.end();
    }
  }

  /** A database that has a subscription cannot be dropped. */
  async #unsubscribe(database: string, subscriptions: readonly string[]): Promise<void> {
    await this.#with(database, async (client) => {
      for (const one of subscriptions) {
        await client.query(
          `ALTER SUBSCRIPTION ${one} DISABLE; ALTER SUBSCRIPTION ${one} SET (slot_name = NONE); DROP SUBSCRIPTION ${one}`,
        );
      }
    });
  }

  async #vary({ name, sql, by, prepare }: Variation): Promise<void> {
    const { owner, admin, name: database } = this.#lab.database;
    const filled = (text: string) => withNames(text, { owner, admin, database });
    if (prepare !== undefined) {
      const container = this.#lab.container("db");
      await this.#lab.docker("exec", "-u", "0", container, "sh", "-e", "-c", filled(prepare));
    }
    await this.#with(database, async (client) => {
      try {
        if (by === "odoo") await client.query(`SET ROLE ${owner}`);
        await client.query(filled(sql));
      } catch (error) {
        throw new Error(`the variation "${name}" cannot be made: ${reasonOf(error)}`, {
          cause: error,
        });
      }
    });
  }

  /** A sentence for each variation of which the restored database differs, though no check says so. */
  async #lost(variations: readonly Variation[]): Promise<Trouble> {
    const queries = variations.flatMap(({ keeps = [] }) => keeps);
    const answers = (database: string) =>
      this.#with(database, async (client) => {
        const rows: unknown[] = [];
        for (const query of queries) rows.push((await client.query(query)).rows);
        return rows;
      });
    const [before, after] = [await answers(this.#lab.database.name), await answers(DRILLED)];
    return queries
      .filter((_, at) => !isDeepStrictEqual(before[at], after[at]))
      .map((query) => `green, and yet otherwise: ${query}`);
  }

  async #keepDoing(statements: readonly string[], over: AbortSignal): Promise<void> {
    if (statements.length === 0) return;
    await this.#with(this.#lab.database.name, async (client) => {
      while (!over.aborted)
        for (const statement of statements) await client.query(statement).catch(() => {});
    });
  }

  async #maintain(...statements: readonly string[]): Promise<void> {
    await this.#with("postgres", async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  }

  async #with<T>(database: string, work: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.#connect(database);
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async #connect(database: string): Promise<Client> {
    const client = await this.#lab.connect(this.#lab.database.admin, database);
    await client.query(UNDISTURBED);
    return client;
  }
}

function sentence({ name, status, message, next }: Check): string {
  return `${name} ${status}: ${message}${next === undefined ? "" : ` Next: ${next}`}`;
}
