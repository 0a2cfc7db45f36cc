import { type InContainer, inContainer, program } from "./command.ts";
import { type ClientConnection, connectionEnv } from "./postgres.ts";

/** Exit code of `neutralizeDatabase` when the container has no Odoo (EX_UNAVAILABLE of sysexits.h). */
export const NO_ODOO_EXIT = 69;

/**
 * Odoo's own command that switches off a database's mail servers, scheduled jobs and payment
 * providers (Odoo manual, "neutralize"). Odoo's configuration file overrides the server of
 * `connection`.
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
