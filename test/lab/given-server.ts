import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { Failed } from "../../src/failure.ts";
import type { Lab } from "./lab.ts";
import { freePort } from "./sshd.ts";

/** A PostgreSQL server at a loopback port of this machine, as a `services:` container of a job with its port published. */
export interface GivenServer extends AsyncDisposable {
  /** As the input `runner-server` takes it. */
  readonly url: string;
  readonly password: string;
  connect(database?: string): Promise<pg.Client>;
}

const PASSWORD = "given p'a\"ss";

/** Given a lab, start such a server of the lab's image; it is of nobody's deployment. */
export async function startGivenServer(lab: Lab): Promise<GivenServer> {
  const image = await lab.docker("inspect", "-f", "{{.Config.Image}}", lab.container("db"));
  const name = `${lab.project}-given`;
  const port = await freePort();
  // The lab's own engine publishes no ports: the server shares the machine's addresses instead.
  await lab.docker(
    ...["run", "--detach", "--rm", "--name", name, "--network", "host", "--shm-size", "256m"],
    ...["--env", `POSTGRES_PASSWORD=${PASSWORD}`],
    ...["--env", "POSTGRES_INITDB_ARGS=--auth-host=scram-sha-256", image],
    ...["postgres", "-c", `port=${port}`, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
  );
  const connect = async (database = "postgres") => {
    const own = { host: "127.0.0.1", port, user: "postgres", password: PASSWORD };
    const client = new pg.Client({ ...own, database });
    await client.connect();
    return client;
  };
  await untilServing(connect);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}`,
    password: PASSWORD,
    connect,
    [Symbol.asyncDispose]: async () => {
      await lab.docker("rm", "--force", "--volumes", name);
    },
  };
}

async function untilServing(connect: () => Promise<pg.Client>): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await (await connect()).end();
      return;
    } catch (error) {
      if (Date.now() < deadline) {
        await sleep(200);
        continue;
      }
      throw new Failed({
        what: "The lab's given server did not start.",
        why: (error as Error).message,
      });
    }
  }
}
