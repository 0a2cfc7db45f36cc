/** For a message that many things could fill: five of them, and a sign that there are more. */
export function firstFew(shown: readonly string[]): string {
  return `${shown.slice(0, 5).join("; ")}${shown.length > 5 ? "; …" : ""}`;
}
