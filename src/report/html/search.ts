/** The page's one script. Without it, everything is there; with it, the tables can be searched by name. */
export const SEARCH = `
const field = document.querySelector("#search");
if (field) {
  const rows = [...document.querySelectorAll(".tables tbody tr")];
  const names = rows.map((row) => row.cells[0].textContent.toLowerCase());
  const found = document.querySelector(".tables output");
  field.closest(".search").hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\\s+/);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => names[index].includes(word));
      if (!row.hidden) shown += 1;
    });
    found.value = field.value === "" ? "" : shown + " of " + rows.length;
  });
}
`;
