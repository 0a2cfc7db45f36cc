import { UserMistake } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";
import { counted } from "../../words/count.ts";
import { APPLICATION } from "../application.ts";
import type { Effects } from "../effects.ts";
import { withSession } from "../sessions.ts";
import { endSessionsQuery } from "./findings/database-server.ts";
import type { WatchedDeployment } from "./watched-deployment.ts";

/**
 * Ends every session on the production database except our own, when the user gave the database's
 * name: the guide's "Force disconnect all users". Throws UserMistake for another name.
 */
export async function endSessions(
  { monitor: { endSessions } }: Settings,
  { host, journal }: Effects,
  { database, server }: WatchedDeployment,
): Promise<void> {
  if (endSessions === undefined) return;
  if (endSessions !== database) {
    throw new UserMistake({
      what: `\`end-sessions\` names \`${endSessions}\`, and the production database is \`${database}\`.`,
      state: "Nobody was disconnected.",
      next: `To disconnect everybody from production: --end-sessions ${database}`,
    });
  }
  if (server instanceof UserMistake) return;
  const options = {
    role: server.admin,
    name: server.name,
    applicationName: `${APPLICATION} monitor`,
  };
  const ended = await withSession({ host, deployment: { database: server } }, options, (session) =>
    session.value<string>(endSessionsQuery(APPLICATION)),
  );
  journal.log.warning(
    `Ended ${counted(Number(ended), "session")} on ${database}. Clients that reconnect by themselves, as Odoo does, are back at once: stop them first.`,
  );
}
