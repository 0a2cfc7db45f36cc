import type { Report } from "./report-schema.ts";

/** What the report does not prove, even when it is green. Backticks mark names. */
export function notChecked({ checks, backup }: Report): readonly string[] {
  return [
    ...checks
      .filter(({ switchedOff }) => switchedOff)
      .map(({ name, message }) => `${name}: ${message}`),
    ...(backup && !backup.manifest
      ? ["The content of each table: this backup has no manifest, only row counts can be compared."]
      : []),
  ];
}
