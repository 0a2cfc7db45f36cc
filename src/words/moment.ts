/** Given a moment in ISO 8601, UTC, return it as people read it: `2026-01-15 02:00:00 UTC`. */
export function formatMoment(iso: string): string {
  return iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}
