const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** In decimal units with at most one decimal: `88 MB`, `1.4 GB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (unit < UNITS.length - 1 && Number(shortened(amount)) >= 1000) {
    amount /= 1000;
    unit += 1;
  }
  return `${shortened(amount)} ${UNITS[unit]}`;
}

function shortened(amount: number): string {
  return amount < 9.95 ? amount.toFixed(1).replace(".0", "") : amount.toFixed(0);
}
