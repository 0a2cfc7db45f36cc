/**
 * The script of the history's page. It shows how old things are when somebody looks, not when the page was
 * made.
 */
export const AGES = `
const DAY = 86400;
const units = [[365 * DAY, "year"], [30 * DAY, "month"], [DAY, "day"], [3600, "hour"], [60, "minute"]];
const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });

function show() {
  for (const standing of document.querySelectorAll("[data-good]")) {
    const age = (Date.now() - Date.parse(standing.dataset.good)) / 1000;
    const [size, unit] = units.find(([size]) => age >= size) ?? [60, "minute"];
    standing.querySelector(".age").textContent = words.format(-Math.floor(Math.max(0, age) / size), unit);
    standing.classList.toggle("late", age > Number(standing.dataset.late));
    if (age > Number(standing.dataset.lost)) standing.classList.add("lost");
  }
}

show();
setInterval(show, 60000);
`;
