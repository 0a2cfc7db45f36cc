import { formatDuration } from "../words/duration.ts";
import type { Deployment } from "./deployment.ts";

/** For people. Passwords are never among the lines. */
export function describe(deployment: Deployment): readonly string[] {
  const { database, backups, filestore, policy } = deployment;
  const { retention } = backups;
  return [
    `Project    ${deployment.project} in ${deployment.directory}, ${deployment.cores} cores`,
    ...clockOf(deployment),
    ...deployment.services.map(
      (service, index) =>
        `${index === 0 ? "Services   " : "           "}${service.name}: ${service.image}, ${service.state}`,
    ),
    `Database   ${database.name} at ${database.address.host}:${database.address.port}`,
    `Policy     ${policy}: data owned by ${database.owner.name}, databases made by ${database.admin.name}`,
    `Backups    ${backups.directory} in ${backups.container} (volume ${backups.volume})`,
    filestore
      ? `Filestore  ${filestore.directory} in ${filestore.container} (volume ${filestore.volume})`
      : "Filestore  not found on a volume of the Odoo service",
    `Schedule   ${backups.schedule}`,
    `Retention  ${retention.days} daily, ${retention.weeks} weekly, ${retention.months} monthly`,
  ];
}

/** Stamps and ages come from the host's clock, so a wrong clock is worth a line. */
function clockOf({ clockSkewSeconds }: Deployment): string[] {
  const seconds = Math.round(clockSkewSeconds);
  if (Math.abs(seconds) < 60) return [];
  const direction = seconds > 0 ? "ahead of" : "behind";
  return [`Clock      ${formatDuration(Math.abs(seconds))} ${direction} this machine's`];
}
