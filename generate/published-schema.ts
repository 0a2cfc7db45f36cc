import * as z from "zod/mini";
import { reportSchema } from "../src/report/report-schema.ts";

export const SCHEMA = "schema/report.schema.json";

/** What the schema does not name is allowed: a later version may add fields, and who validates with an earlier one need not mind. */
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
