// The columns of a table that is drawn again: how many there are, what a spreadsheet calls them, how wide each is.

import { width } from "./text.mjs";

const LINES = new Set(["title", "head", "note", "footer"]);

/** How many columns hold anything. */
export function columnsOf(model, table) {
  let most = 1;
  for (const row of table.rows) {
    if (LINES.has(row.k)) continue;
    for (let at = row.c.length - 2; at >= 2 * most; at -= 2) {
      if (model.text.slice(row.c[at], row.c[at + 1]).trim()) {
        most = at / 2 + 1;
        break;
      }
    }
  }
  for (const [, column, , columns] of table.merged) most = Math.max(most, column + columns);
  return most;
}

/** G of column 7. */
export function letters(number) {
  let said = "";
  for (let left = number; left > 0; left = Math.floor((left - 1) / 26)) {
    said = String.fromCharCode(65 + ((left - 1) % 26)) + said;
  }
  return said;
}

/** The share of each column in hundredths: more where more is written, but long texts do not crowd out the others. */
export function widths(model, table, columns) {
  const sums = Array.from({ length: columns }, () => ({ sum: 0, number: 0, most: 0 }));
  for (const row of table.rows) {
    if (LINES.has(row.k)) continue;
    for (let at = 0; at < row.c.length && at / 2 < columns; at += 2) {
      const size = width(model.text.slice(row.c[at], row.c[at + 1]).trim());
      if (!size) continue;
      const column = sums[at / 2];
      column.sum += size;
      column.number += 1;
      if (row.k !== "header") column.most = Math.max(column.most, size);
    }
  }
  const shares = sums.map(({ sum, number, most }) => {
    const usual = number ? sum / number : 2;
    return Math.min(Math.max(5 + usual ** 0.62, Math.min(most, 12) * 0.85), 42);
  });
  const whole = shares.reduce((one, other) => one + other, 0);
  return shares.map((share) => Math.round((1000 * share) / whole) / 10);
}
