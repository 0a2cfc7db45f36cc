/** Given a whole number, return it with its thousands apart: `1,234,567`. */
export function formatCount(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Given a number and what is counted, return both: `1 table`, `2,500 tables`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}
