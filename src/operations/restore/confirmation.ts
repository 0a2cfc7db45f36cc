import { UserMistake } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";

/** `host` is as the user names it. */
export function confirmationOf(database: string, host: string): string {
  return `restore ${database} on ${host}`;
}

export function changesProduction({ restore }: Settings): boolean {
  return restore.undo || !(restore.status || restore.dryRun || restore.strategy === "copy");
}

/**
 * Throws UserMistake unless the confirmation is the exact text. It runs before the deployment is discovered: without the
 * setting `database`, any database name is accepted here.
 */
export function refuseUnconfirmed(settings: Settings): void {
  if (!changesProduction(settings)) return;
  const { deployment, restore } = settings;
  const host = hostOf(settings);
  const given = restore.confirm;
  const named = deployment.database ?? givenDatabase(given, host) ?? "<database>";
  const wanted = confirmationOf(named, host);
  if (given !== wanted) throw unconfirmed(given, wanted);
}

/** `database` is the discovered one. Throws UserMistake unless the confirmation names it. */
export function refuseOtherDatabase(settings: Settings, database: string): void {
  if (!changesProduction(settings)) return;
  const wanted = confirmationOf(database, hostOf(settings));
  const given = settings.restore.confirm;
  if (given !== wanted) throw unconfirmed(given, wanted);
}

/** Only a drill on the runner has none. */
function hostOf({ connection }: Settings): string {
  return connection?.host ?? "<ssh-host>";
}

function givenDatabase(given: string | undefined, host: string): string | undefined {
  const end = ` on ${host}`;
  if (!given?.startsWith("restore ") || !given.endsWith(end)) return undefined;
  return given.slice("restore ".length, -end.length) || undefined;
}

function unconfirmed(given: string | undefined, wanted: string): UserMistake {
  return new UserMistake({
    what:
      given === undefined
        ? "A restore into production needs to be confirmed."
        : `The confirmation is ${JSON.stringify(given)}, and not the text that confirms this restore.`,
    state: "Nothing was changed.",
    next: `If you mean it, write exactly this as \`confirm\`: ${wanted}`,
  });
}
