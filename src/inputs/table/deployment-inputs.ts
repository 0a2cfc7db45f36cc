import { policy } from "../parse/choices.ts";
import { absolutePath, databaseName, filePath, postgresName, serviceName } from "../parse/names.ts";
import { secretText } from "../parse/texts.ts";
import { EVERY, type Inputs } from "./input.ts";

/** Where the deployment is, and what overrides its discovery. */
export const DEPLOYMENT_INPUTS = {
  "project-directory": {
    description: "Folder on the host that holds the Compose file.",
    parse: absolutePath,
    as: "directory",
    absent: "",
    required: "deployment",
    example: "/opt/openspp/docker",
    verbs: EVERY,
  },
  "compose-file": {
    description: "Compose file, relative to the project folder.",
    parse: filePath,
    default: "docker-compose.production.yml",
    verbs: EVERY,
  },
  "env-file": {
    description: "File with the deployment's variables, relative to the project folder.",
    parse: filePath,
    default: ".env.production",
    verbs: EVERY,
  },
  "database-service": {
    description: "Compose service that runs PostgreSQL.",
    parse: serviceName,
    default: "db",
    verbs: EVERY,
  },
  "backup-service": {
    description: "Compose service that mounts the backup volume.",
    parse: serviceName,
    default: "backup",
    verbs: EVERY,
  },
  "odoo-service": {
    description: "Compose service that runs Odoo, whose volume holds the filestore.",
    parse: serviceName,
    default: "odoo",
    verbs: EVERY,
  },
  database: {
    description: "Production database. Default: the deployment's own.",
    parse: databaseName,
    example: "openspp",
    verbs: EVERY,
  },
  "database-user": {
    description: "Role that Odoo connects as. Default: the deployment's own.",
    parse: postgresName,
    example: "odoo",
    verbs: EVERY,
  },
  "database-password": {
    description: "Password of that role. Default: the deployment's own.",
    parse: secretText,
    secret: true,
    verbs: EVERY,
  },
  "admin-user": {
    description: "Role that creates and drops databases. Default: the deployment's own.",
    parse: postgresName,
    example: "admin",
    verbs: EVERY,
  },
  "admin-password": {
    description: "Password of that role. Default: the deployment's own.",
    parse: secretText,
    secret: true,
    verbs: EVERY,
  },
  policy: {
    description:
      "Database policy of the guide: `strict` (an admin role creates and drops), `flexible` (the Odoo role does), or `auto` to discover it.",
    parse: policy,
    default: "auto",
    verbs: EVERY,
  },
  "backup-directory": {
    description:
      "Where the backup volume is mounted in the backup service, when it cannot be discovered.",
    parse: absolutePath,
    example: "/backups",
    verbs: EVERY,
  },
  "filestore-directory": {
    description:
      "Where the Odoo service has the filestores of all databases, when it is not Odoo's default.",
    parse: absolutePath,
    example: "/var/lib/odoo/filestore",
    verbs: EVERY,
  },
} as const satisfies Inputs;
