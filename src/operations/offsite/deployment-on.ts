import { FETCHED_DIRECTORY } from "../../commands/throwaway-server.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import type { ThrowawayServer } from "./start-throwaway-server.ts";

/**
 * Given a throwaway container that has the fetched copy, the remote that this came from, and the database to restore
 * into, return all that stands there as a deployment: no project, no services, no schedule.
 */
export function deploymentOn(
  { container, cores, folder, image }: ThrowawayServer,
  remote: string,
  target: Pick<Deployment, "database" | "policy">,
): Deployment {
  return {
    ...target,
    project: remote,
    directory: "",
    services: [],
    strays: 0,
    backups: {
      container,
      directory: FETCHED_DIRECTORY,
      volume: folder,
      hostPath: folder,
      image,
      schedule: "",
      retention: { days: 0, weeks: 0, months: 0 },
    },
    cores,
    clockSkewSeconds: 0,
  };
}
