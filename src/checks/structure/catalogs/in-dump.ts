import { identityOf } from "../catalog.ts";

/** SQL that is true for a table, view, sequence, index or composite type that a dump holds. */
export const IN_DUMP = (oid: string) => `${oid} IN (SELECT r.oid FROM relation r)`;

/** SQL: the role that owns a relation. */
export const OWNER_OF = (relation: string) =>
  `SELECT c.relowner::regrole FROM pg_class c WHERE c.oid = ${relation}`;

export const NAME_OF = (relation: string) => identityOf("pg_class", relation);

/** The table in which an expression is parsed again. It is empty, temporary, and rolled back. */
export const PRINT_TABLE = "pg_temp.openspp_print_again";

/** SQL: the statement that makes PRINT_TABLE with the columns of a relation. */
export const likeTable = (relation: string, more = "") =>
  `format('CREATE TEMPORARY TABLE openspp_print_again (LIKE %s)${more}', ${relation}::regclass)`;

/** Reasons why a column is not compared. */
export const NUMBER = "the number of the object in this database";
export const DERIVED = "follows from other columns that are compared";
export const STORAGE =
  "tells how and where PostgreSQL stores it, which each database decides by itself";
export const IN_DEFINITION = "printed with the definition";

/** SQL: a condition for a catalog's row of PRINT_TABLE. */
export const madeIn = (column: string) => `'o.${column} = ''${PRINT_TABLE}''::regclass'`;

/**
 * Tables whose foreign keys are not enforced. A dump does not keep this: where the source has it, a restored
 * table may lack it.
 */
export const DISABLED_KEYS = "disabled foreign keys of";
