// Where something stands, in the words of people: row, entry and page, or the cell of the file that it came from.

import { listed, say } from "./words.mjs";

/** The place of a finding, with the number of its entry or, where a row is a project, the name of its column. */
export function placeOf(finding, withColumn) {
  const within = [finding.origin ? cell(finding.origin) : rowPlace(finding.row)];
  if (finding.indicator !== undefined) within.push(say("place-entries", { entries: finding.indicator, number: 1 }));
  else if (withColumn && !finding.origin && COLUMNS.has(finding.field)) within.push(say(finding.field));
  const [rows, items] = within;
  const place = items === undefined ? rows : say("place-items", { rows, items });
  return finding.origin || finding.page === undefined ? place : say("place-page", { place, page: finding.page });
}

export const COLUMNS = new Set(["total", "appropriation", "special_account", "other", "goal", "name"]);

export function rowPlace(number) {
  return say("place-rows", { rows: number, number: 1 });
}

/** `Sheet1!G18`, or the row and the column of a table, or the row on a page. */
function cell(origin) {
  if (origin.kind === "cell") return say("place-sheet-cell", { table: origin.sheet, place: origin.cell });
  if (origin.kind === "table") {
    const place = say("place-row-column", { row: origin.row, column: origin.column });
    return say("place-in-table", { table: say("place-table", { number: origin.table }), place });
  }
  const page = origin.is_shared
    ? say("place-on-page-of-table", { page: origin.page, number: origin.table })
    : say("place-on-page", { page: origin.page });
  return typeof origin.row === "number" ? say("place-in-table", { table: page, place: rowPlace(origin.row) }) : page;
}

/** What stands at other places that a finding speaks of, the first few of them. */
export function relatedPlaces(model, finding) {
  const told = [
    ...new Set(
      (finding.related ?? []).slice(0, MOST).map((one) => {
        const text = model.text.slice(one.offset, one.end_offset).replace(/\s+/g, " ").trim();
        const said =
          text.length > 1
            ? say("related-text", { said: one.message, text: text.length > 24 ? `${text.slice(0, 24)}\u2026` : text })
            : one.message;
        return say("related", { place: one.origin ? cell(one.origin) : rowPlace(one.row), said });
      }),
    ),
  ];
  const left = (finding.related?.length ?? 0) - MOST;
  return told.length ? listed(left > 0 ? [...told, say("more", { number: left })] : told) : "";
}

const MOST = 5;
