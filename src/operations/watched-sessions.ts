import { keepAlive, LOCK_SETTINGS } from "../database/lock.ts";
import { Session } from "../database/session.ts";
import type { Database, Role } from "../deployment/deployment.ts";
import type { Host } from "../host/host.ts";
import { APPLICATION } from "./application.ts";

/**
 * Sessions that live as long as the run. They are kept alive. The run is aborted when the server or
 * the connection takes one away.
 */
export class WatchedSessions {
  readonly #host: Host;
  readonly #database: Database;
  readonly #applicationName: string;
  readonly #lost: AbortController;
  readonly #closers: (() => void)[] = [];

  /** Opens nothing yet. `lost` is aborted with the reason when a session is lost. */
  constructor(host: Host, database: Database, applicationName: string, lost: AbortController) {
    this.#host = host;
    this.#database = database;
    this.#applicationName = applicationName;
    this.#lost = lost;
  }

  /** The session is closed at the end of the run at the latest. */
  async open(role: Role, name: string): Promise<Session> {
    const session = await Session.open(this.#host, this.#database, {
      role,
      name,
      applicationName: this.#applicationName,
      settings: LOCK_SETTINGS,
    });
    session.onLost((error) => this.#lost.abort(error));
    const rest = keepAlive(session);
    this.#closers.push(() => {
      rest();
      session.close();
    });
    return session;
  }

  /** Throws the server's error when the role may not log in there. */
  async tryLogin(role: Role, name: string): Promise<void> {
    const options = { role, name, applicationName: `${APPLICATION} login` };
    (await Session.open(this.#host, this.#database, options)).close();
  }

  close(): void {
    for (const close of this.#closers) close();
  }
}
