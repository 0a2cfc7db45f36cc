import type { ListedFilestore } from "../../backups/listing.ts";
import { planRestore, planTables, selectById, selectByLine } from "../../backups/restore-plan.ts";
import { relationsOfExtensions } from "../../backups/table-of-contents.ts";
import { applyProperties, type DatabaseProperties } from "../../checks/database-properties.ts";
import type { ServerFacts } from "../../checks/server.ts";
import { type Command, inContainer, program } from "../../commands/command.ts";
import {
  allowConnections,
  createDatabase,
  dropDatabase,
  endSessions,
  exchangeStatements,
} from "../../commands/databases.ts";
import { composeByHand } from "../../commands/docker.ts";
import { checkFolder } from "../../commands/filestore/restore.ts";
import { pgRestoreList, psql } from "../../commands/postgres.ts";
import { awaitHealthy, startContainers, stopContainers } from "../../commands/services.ts";
import { MAINTENANCE_DATABASE } from "../../database/lock.ts";
import { besideBackups } from "../filestore/container.ts";
import { exchangeCommand, type FilestoreExchange, stagingCommand } from "../filestore/restore.ts";
import type { Archive } from "../proof/archive.ts";
import { extensionsToCreate } from "../proof/create-extensions.ts";
import { restoreCommand } from "../proof/restore-archive.ts";
import type { Run } from "../run.ts";
import type { Containers } from "./services.ts";

/** One step of a restore, as commands that a person could give. */
export interface Step {
  readonly title: string;
  readonly text: string;
  readonly commands: readonly Command[];
  /** Whether it is needed only where its text says so. */
  readonly ifNeeded?: true;
}

/** What a restore is planned from. */
export interface Planned {
  readonly run: Run;
  readonly archive: Archive;
  /** Null when there is no production database. */
  readonly production: DatabaseProperties | null;
  readonly containers: Containers;
  readonly incoming: string;
  readonly former: string;
  /** What has production's name while it is dropped. */
  readonly vacant: string;
  readonly strategy: "swap" | "replace" | "copy";
  /** The filestore that comes with it. */
  readonly filestore?: { readonly listed: ListedFilestore; readonly names: FilestoreExchange };
  /** The only tables to restore; all of them without any. */
  readonly tables?: readonly string[];
  readonly healthyWithinSeconds: number;
  /** Where the archive is, in the backup container. */
  readonly path: string;
  /** Whether the steps are for this very archive, or for any of this deployment. */
  readonly picks: "this archive" | "any archive";
}

/** Given what a restore is planned from, return its steps in order: by the builders that the restore itself uses. */
export function restoreSteps(planned: Planned): readonly Step[] {
  const { production, strategy, picks } = planned;
  const restored = [create(planned), fill(planned), prove(planned), ...stage(planned)];
  const dressed = production ? [dress(planned)] : [];
  const live = [exchange(planned), start(planned)];
  if (strategy === "copy") return [look(planned), ...restored];
  if (strategy === "replace" && production) {
    const [created, ...filled] = restored as [Step, ...Step[]];
    const first = [look(planned), SAFETY, created, stop(planned), dropProduction(planned)];
    return [...first, ...filled, ...dressed, ...live];
  }
  const vacancy = picks === "any archive" ? [fillVacancy(planned)] : [];
  return [look(planned), ...restored, ...dressed, stop(planned), ...vacancy, ...live];
}

/** Given the same, return the step that takes the exchange back. */
export function wayBack({
  run,
  containers,
  incoming,
  former,
  production,
  filestore,
}: Planned): Step {
  const { name } = run.deployment.database;
  const back = filestore && { next: filestore.names.aside, aside: filestore.names.next };
  return {
    title: "The way back",
    text: `For as long as ${former} is there, this brings it back. What was restored is ${incoming} again.`,
    commands: [
      stopContainers(containers),
      ...(back ? [exchangeCommand(run, back)] : []),
      onServer(run, [
        endSessions(name),
        ...exchangeStatements({
          ...{ production: name, incoming: former, comment: production?.comment ?? null },
          aside: { name: incoming, comment: null },
        }),
      ]),
      startContainers(containers),
    ],
  };
}

function look({ run, path }: Planned): Step {
  const { container } = run.deployment.backups;
  return {
    title: "Look at the backup",
    text: "The SHA-256 must be the one in the manifest beside the dump, and the list must be printed to its end.",
    commands: [
      inContainer(container, program(["sha256sum", path])),
      inContainer(container, pgRestoreList(path)),
    ],
  };
}

const SAFETY: Step = {
  title: "Take a safety backup, unless it is declined",
  text: "",
  commands: [program(["openspp-backup", "backup"])],
};

function create({ run, archive, incoming, production }: Planned): Step {
  const { owner } = run.deployment.database;
  const statement = createDatabase({
    ...{ name: incoming, owner: owner.name, locale: archive.manifest?.locale ?? run.facts },
    ...(production && { tablespace: production.tablespace }),
  });
  return {
    title: "Create an empty database beside production",
    text: "It gets production's name only once it is whole.",
    commands: [onServer(run, [statement])],
  };
}

function fill({ run, archive, incoming, path, picks, tables = [] }: Planned): Step {
  const { contents, backup, manifest } = archive;
  const facts: ServerFacts = {
    ...run.facts,
    extensionRelations: [...relationsOfExtensions(contents)],
  };
  const { statements, schemas } = extensionsToCreate(
    { manifest, contents },
    facts,
    run.deployment.database,
  );
  const extensions = {
    relations: new Set(facts.extensionRelations),
    schemas: new Set(schemas),
  };
  const plan =
    tables.length > 0
      ? planTables(contents, tables, extensions)
      : planRestore(contents, extensions);
  const selection = picks === "this archive" ? selectById(plan) : selectByLine(plan, contents);
  return {
    title: "Restore into it",
    text: "First the extensions, and what of them is the user's own, as the role that may create them; then all data as its owner; last what only a superuser may create. Each ends without an error, or the restore is not whole.",
    commands: [
      restoreCommand(
        run,
        { ...archive, backup: { ...backup, path } },
        { name: incoming },
        selection,
        statements,
      ),
    ],
  };
}

function prove({ run, incoming }: Planned): Step {
  return {
    title: "Look at what was restored",
    text: "The number of partners must be the one that you expect.",
    commands: [
      inDatabase(run, incoming, [
        "ANALYZE",
        "SELECT count(*) AS partners FROM public.res_partner",
        "SELECT PostGIS_Version()",
      ]),
    ],
  };
}

function stage({ run, archive, filestore }: Planned): readonly Step[] {
  const at = run.deployment.filestore;
  if (!filestore || !at) return [];
  const { listed, names } = filestore;
  const look = checkFolder(at.directory, names.next);
  const access = { backups: "read", filestore: { at, may: "read" } } as const;
  return [
    {
      title: "Restore the filestore beside the live one",
      text: "It ends with the number of its files, each of which has the content that its name says.",
      commands: [
        stagingCommand(run, archive, listed, names.next),
        besideBackups(run.deployment, access, look),
      ],
    },
  ];
}

function dress({ run, incoming, production }: Planned): Step {
  return {
    title: "Give it what production has beside its content",
    text: "Owner, rights, settings, connection limit.",
    commands: [onServer(run, production ? applyProperties(incoming, production) : [])],
  };
}

function stop({ containers }: Planned): Step {
  return {
    title: "Stop the services",
    text: "From here on nobody can work, until they are started again.",
    commands: [stopContainers(containers)],
  };
}

function dropProduction({ run, former, vacant }: Planned): Step {
  const { name, admin } = run.deployment.database;
  return {
    title: "Drop production",
    text: `There is no way back from this but a backup. An empty database that nobody can connect to takes its name, so that no Odoo makes itself one meanwhile.`,
    commands: [
      onServer(run, [createDatabase({ name: vacant, owner: admin.name, locale: run.facts })]),
      onServer(run, [
        allowConnections(vacant, false),
        endSessions(name),
        ...exchangeStatements({
          ...{ production: name, incoming: vacant, comment: null },
          aside: { name: former, comment: null },
        }),
        dropDatabase(former),
      ]),
    ],
  };
}

/** Who restores by hand may have lost the database that the names are exchanged with. */
function fillVacancy({ run }: Planned): Step {
  const { name, admin } = run.deployment.database;
  return {
    title: `Only if there is no database ${name} any more`,
    text: "An empty one takes its place, for the next step to exchange with. Where production is still there, this is refused, and nothing is lost by it.",
    commands: [onServer(run, [createDatabase({ name, owner: admin.name, locale: run.facts })])],
    ifNeeded: true,
  };
}

function exchange({
  run,
  incoming,
  former,
  vacant,
  production,
  strategy,
  filestore,
}: Planned): Step {
  const { name } = run.deployment.database;
  const aside = strategy === "replace" ? vacant : former;
  const swap = production && strategy === "swap";
  return {
    title: swap ? "Exchange the names" : "Give it production's name",
    text: swap
      ? `In one transaction: production is wholly the one or wholly the other. The former one stays as ${former}.`
      : "",
    commands: [
      onServer(run, [
        endSessions(name),
        endSessions(incoming),
        ...exchangeStatements({
          ...{ production: name, incoming, comment: production?.comment ?? null },
          ...(production && { aside: { name: aside, comment: null } }),
        }),
        ...(production && !swap ? [dropDatabase(vacant)] : []),
      ]),
      ...(filestore ? [exchangeCommand(run, filestore.names)] : []),
    ],
  };
}

function start({ run, containers, healthyWithinSeconds }: Planned): Step {
  const { directory, composeFile, envFile } = run.settings.deployment;
  return {
    title: "Start the services, and wait until they are healthy",
    text: "",
    commands: [
      startContainers(containers),
      awaitHealthy(containers, healthyWithinSeconds),
      composeByHand({ directory, composeFile, envFile }, "ps"),
    ],
  };
}

function onServer(run: Run, statements: readonly string[]): Command {
  return inDatabase(run, MAINTENANCE_DATABASE, statements);
}

function inDatabase(
  { deployment, applicationName }: Run,
  database: string,
  statements: readonly string[],
): Command {
  const { innerHost: host, innerPort: port, admin } = deployment.database;
  const connection = { host, port, role: admin, database, applicationName };
  return inContainer(deployment.backups.container, psql(connection, statements));
}
