import { expect, test } from "vitest";
import type { Deployment } from "../../../src/deployment/deployment.ts";
import { UserMistake } from "../../../src/failure.ts";
import { stoppedOrUnhealthy } from "../../../src/operations/restore/resolve-interrupted.ts";
import { chooseContainers } from "../../../src/operations/restore/stop-services.ts";

const service = (name: string, address: string, state = "running") => ({
  ...{ name, image: "x", state, addresses: [address] },
  ...(state !== "not created" && { created: `p-${name}-1` }),
});

const deployment = (...services: ReturnType<typeof service>[]) =>
  ({
    project: "p",
    services,
    database: { container: "p-db-1" },
    backups: { container: "p-backup-1" },
  }) as unknown as Deployment;

const USUAL = [
  service("db", "10.0.0.2"),
  service("backup", "10.0.0.3"),
  service("odoo", "10.0.0.4", "restarting"),
  service("queue-worker", "10.0.0.5", "exited (0)"),
  service("metabase", "10.0.0.6"),
];

test("the services that are named, whether they run or not, and whoever else has a session", () => {
  const named = ["odoo", "queue-worker"];
  expect(chooseContainers(deployment(...USUAL), named, [])).toEqual([
    "p-odoo-1",
    "p-queue-worker-1",
  ]);
  expect(chooseContainers(deployment(...USUAL), named, ["10.0.0.6", "10.0.0.3"])).toEqual([
    "p-odoo-1",
    "p-queue-worker-1",
    "p-metabase-1",
  ]);
});

test("none of them there is a mistake, told with what is there", () => {
  expect(() => chooseContainers(deployment(...USUAL), ["web"], [])).toThrow(UserMistake);
  expect(() => chooseContainers(deployment(...USUAL), ["web"], [])).toThrow(
    "None of the services web has a container in the project `p`.\nWhy: Its services are db, backup, odoo, queue-worker, metabase.",
  );
});

test("a service with a health check serves once it is healthy", () => {
  const services = [
    service("odoo", "", "running (starting)"),
    service("queue-worker", "", "running"),
    service("later", "", "not created"),
  ];
  const names = ["odoo", "queue-worker", "later"];
  expect(stoppedOrUnhealthy({ services }, names)).toEqual(["odoo is running (starting)"]);
});
