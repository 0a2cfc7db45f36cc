import { writeFileSync } from "node:fs";
import * as z from "zod/mini";
import { reportSchema } from "../src/report/report-schema.ts";

export const SCHEMA = "schema/report.schema.json";

/**
 * Return the report's JSON Schema as it is published. What it does not name is allowed: a later version may
 * add fields, and who validates with an earlier schema need not mind.
 */
export function publishedSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, {
    io: "input",
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  const $id = `https://raw.githubusercontent.com/OpenSPP/openspp-backup-actions/main/${SCHEMA}`;
  return { $schema, $id, title: "Report of openspp-backup", ...rest };
}

if (import.meta.main) writeFileSync(SCHEMA, `${JSON.stringify(publishedSchema(), null, 2)}\n`);
