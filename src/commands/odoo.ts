import { type InContainer, inContainer, program } from "./command.ts";
import { type ClientConnection, connectionEnv } from "./postgres.ts";

/** Exit code of `neutralizeDatabase` when the container has no Odoo (EX_UNAVAILABLE of sysexits.h). */
export const NO_ODOO_EXIT = 69;

/**
 * Given Odoo's container and a connection, return Odoo's own command that switches off mail servers, scheduled jobs and
 * payment providers of a database (Odoo manual, "neutralize"). Its configuration file has the last word on the server.
 */
export function neutralizeDatabase(container: string, connection: ClientConnection): InContainer {
  const script = `odoo=$(command -v odoo || command -v odoo-bin) || exit ${NO_ODOO_EXIT}; exec "$odoo" neutralize "$@"`;
  return inContainer(
    container,
    program(["sh", "-c", script, "neutralize", `--database=${connection.database}`], {
      env: connectionEnv(connection),
    }),
  );
}
