import { endSessionsQuery } from "../../checks/monitor/server.ts";
import { Session } from "../../database/session.ts";
import type { Watched } from "../../deployment/watched.ts";
import { UserMistake } from "../../failure.ts";
import { counted } from "../../report/count.ts";
import type { Settings } from "../../settings.ts";
import { APPLICATION } from "../application.ts";
import type { Effects } from "../effects.ts";

/**
 * Given the settings, end every session on the production database but ours, when the user asked for it by the
 * database's name: the guide's "Force disconnect all users". Throws UserMistake for another name.
 */
export async function endSessions(
  { monitor: { endSessionsOf } }: Settings,
  { host, journal }: Effects,
  { database, server }: Watched,
): Promise<void> {
  if (endSessionsOf === undefined) return;
  if (endSessionsOf !== database) {
    throw new UserMistake({
      what: `\`end-sessions\` names \`${endSessionsOf}\`, and the production database is \`${database}\`.`,
      state: "Nobody was disconnected.",
      next: `To disconnect everybody from production: --end-sessions ${database}`,
    });
  }
  if (server instanceof UserMistake) return;
  const session = await Session.open(host, server, {
    role: server.admin,
    name: server.name,
    applicationName: `${APPLICATION} monitor`,
  });
  try {
    const ended = await session.value<string>(endSessionsQuery(APPLICATION));
    journal.log.warning(
      `Ended ${counted(Number(ended), "session")} on ${database}. Clients that reconnect by themselves, as Odoo does, are back at once: stop them first.`,
    );
  } finally {
    session.close();
  }
}
