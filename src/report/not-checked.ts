import type { Report } from "./report-schema.ts";

/** Given a report, return what it does not prove, each a sentence in which backticks mark names; a green report says so too. */
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
