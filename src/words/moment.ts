/** From ISO 8601 in UTC to `2026-01-15 02:00:00 UTC`. */
export function formatMoment(iso: string): string {
  return iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}
