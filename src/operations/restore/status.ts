import type { SideDatabase } from "../../backups/side-database.ts";
import { formatBytes } from "../../report/bytes.ts";
import { formatMoment } from "../../report/moment.ts";
import type { Settings } from "../../settings.ts";
import type { Effects } from "../effects.ts";
import { type ServerRun, withServer } from "./on-server.ts";
import { notServing } from "./settle.ts";

/** Given the settings, return what earlier restores left and how production stands, a sentence each. Nothing is changed. */
export function restoreStatus(settings: Settings, effects: Effects): Promise<readonly string[]> {
  return withServer(settings, effects, async (run) => statusOf(run));
}

/** Given a run, return what restores left beside production and how production stands, a sentence each. */
export function statusOf(
  run: Pick<ServerRun, "production" | "beside" | "deployment" | "settings">,
): readonly string[] {
  const { production, beside, deployment, settings } = run;
  const { name } = deployment.database;
  const ill = notServing(deployment, settings.restore.services);
  return [
    production === null
      ? `There is no database ${name}.${dropped(beside)}`
      : `${name} is there, ${formatBytes(production.bytes)}.`,
    ill.length === 0 ? "Its services run." : `${ill.join(", ")}.`,
    ...beside.map(sentenceOf),
    ...(beside.length === 0 ? ["No restore left anything beside it."] : []),
  ];
}

function dropped(beside: readonly SideDatabase[]): string {
  const replacing = beside.find(
    ({ mark }) => mark.is === "incoming" && mark.replaces !== undefined,
  );
  if (replacing?.mark.is !== "incoming") return " Restore a backup: openspp-backup restore";
  const { backup, replaces } = replacing.mark;
  const safety = replaces ? ` As it was, it is in the backup ${replaces}.` : "";
  return ` It was dropped for a restore of ${backup} that did not end.${safety} Restore one of them: openspp-backup restore --strategy replace`;
}

function sentenceOf({ name, mark, bytes }: SideDatabase): string {
  const size = formatBytes(bytes);
  switch (mark.is) {
    case "incoming":
      return `${name} (${size}): a restore of ${mark.backup}, begun ${formatMoment(mark.since)}, that did not end; it never was production. The next run drops it.`;
    case "former": {
      const until = `Kept until ${mark.until.slice(0, 10)}; it comes back by: openspp-backup restore --undo`;
      const how = mark.confirmed
        ? `${mark.of} as it was until ${formatMoment(mark.since)}.`
        : `${mark.of} as it was until ${formatMoment(mark.since)}. The restore of ${mark.backup} took its place and was cut off before the services were seen to be healthy; the next run confirms it when they are.`;
      return `${name} (${size}): ${how} ${until}`;
    }
    case "copy":
      return `${name} (${size}): ${mark.backup}, to look at. Kept until ${mark.until.slice(0, 10)}.`;
  }
}
