// The sheet drawn again as the table that it is, faults marked where they stand, and below each row what is said of it.

import { element } from "./dom.mjs";
import { listed, say } from "./words.mjs";
import { counted } from "./model.mjs";
import { LongList, runs } from "./lazy.mjs";
import { note } from "./note.mjs";
import { cellContent } from "./cell.mjs";
import { columnsOf, letters, widths } from "./columns.mjs";
import { rowPlace } from "./place.mjs";
import { width } from "./text.mjs";

const LINES = new Set(["title", "head", "note", "footer"]); // what is no row of the table
const STRETCHED = new Set(["head", "form", "project"]); // where a long text may take the empty cells behind it
const TOGETHER = 20; // rows that are drawn together
const HEIGHT = 90;
const AMOUNT = /^[\s\d.,%\uff0c\uff0e-]+$/;

export class SheetView {
  constructor(model, isChosen) {
    this.model = model;
    this.isChosen = isChosen;
    this.lists = [];
    this.folds = new Map(); // by row: what draws its folded notes
    this.element = element(
      "div",
      { class: "sheet", lang: "zh-CN" },
      model.tables.map((table) => this.#table(table)),
    );
  }

  /** Draw the row `at`, so that one can go to what stands in it; what is folded below it as well. */
  reveal(at) {
    for (const list of this.lists) {
      const group = list.groups.findIndex((one) => one.rows.some((row) => row.at === at));
      if (group >= 0) list.reveal(group);
    }
    this.folds.get(at)?.();
  }

  refresh() {
    this.lists.forEach((list) => list.refresh());
  }

  drawAll() {
    return this.lists.map((list) => list.drawAll()).every(Boolean);
  }

  close() {
    this.lists.forEach((list) => list.close());
  }

  #table(table) {
    const columns = columnsOf(this.model, table);
    const name =
      table.sheet ?? (table.number === undefined ? say("the-sheet") : say("table-number", { number: table.number }));
    const named = table.sheet !== undefined;
    const labels = labelsByRow(this.model, table);
    const home = element("table", {
      "aria-label": say("redrawn", { name }),
      role: "table",
      class: hasForms(table) ? "form" : null,
    });
    const view = { table, columns, labels, merges: mergedCells(table), isForm: hasForms(table) };
    const groups = runs(table.rows, TOGETHER).map((rows) => ({
      rows,
      size: rows.length + rows.reduce((sum, row) => sum + row.findings.length, 0),
      element: element("tbody", { role: "rowgroup" }),
      content: () => rows.flatMap((row) => this.#row(row, view)),
      empty: (height) => {
        const gap = element("td", { colspan: columns + 1 });
        gap.style.height = `${height}px`;
        return [element("tr", {}, gap)];
      },
    }));
    const list = new LongList(home, groups, HEIGHT);
    this.lists.push(list);
    home.prepend(columnWidths(this.model, table, columns), ...(named ? [letterRow(columns)] : []));
    const title = table.sheet ?? (this.model.tables.length > 1 && table.number !== undefined ? name : null);
    return element(
      "div",
      { class: "one-table" },
      title === null ? null : element("h3", {}, table.sheet === undefined ? title : say("worksheet", { name: title })),
      table.passed_over ? element("p", { class: "aside" }, say("passed-over")) : null,
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("redrawn", { name }) }, home),
    );
  }

  #row(row, view) {
    const made = [];
    const { table } = view;
    const before = table.rows[row.at - table.rows[0].at - 1];
    if (row.p !== undefined && row.p !== before?.p) made.push(pageLine(row.p, view.columns));
    const found = row.findings.filter(this.isChosen);
    if (!isLeftOut(this.model, row)) made.push(this.#cells(row, found, view));
    if (found.length) made.push(this.#notes(row, found, view.columns));
    return made;
  }

  #cells(row, found, view) {
    const head = element(
      "th",
      { class: "row-number", scope: "row", role: "rowheader", "data-said": row.n === null ? "" : rowPlace(row.n) },
      row.n ?? "",
    );
    const attributes = { class: `k-${row.k}`, role: "row", id: `${this.model.id}-r${row.at}`, tabindex: -1 };
    const filled = cells(row).filter((cell) => this.#isFilled(cell, found));
    if (isLine(row, filled, view)) {
      const content = filled.map((cell) => element("span", {}, cellContent(this.model, row, cell, found)));
      return element(
        "tr",
        attributes,
        head,
        element("td", { colspan: view.columns, role: "cell", class: "line" }, content),
      );
    }
    const last = filled.at(-1)?.column ?? 0;
    const made = [];
    for (const cell of cells(row).filter(({ column }) => column < view.columns)) {
      const merge = view.merges.get(`${row.at}:${cell.column}`);
      const isStretched = !merge && cell.column === last && view.isForm && STRETCHED.has(row.k) && this.#isLong(cell);
      const span = isStretched
        ? { rows: 1, columns: view.columns - cell.column }
        : this.#span(row, cell.column, merge, view);
      if (span !== null) made.push(this.#cell(row, cell, found, span, view));
      if (isStretched) return element("tr", attributes, head, made);
    }
    const missing = view.columns - cells(row).length;
    if (missing > 0) made.push(element("td", { colspan: missing, role: "cell", class: "blank", "data-label": "" }));
    return element("tr", attributes, head, made);
  }

  #cell(row, cell, found, span, view) {
    const text = this.model.text.slice(cell.start, cell.end);
    const isHead = row.k === "header";
    return element(
      isHead ? "th" : "td",
      {
        role: isHead ? "columnheader" : "cell",
        scope: isHead ? "col" : null,
        rowspan: span.rows > 1 ? span.rows : null,
        colspan: span.columns > 1 ? span.columns : null,
        class:
          [
            text.trim() ? "" : "blank",
            AMOUNT.test(text) && width(text) < 24 ? "amount" : "",
            span.goesOn ? "goes-on" : "",
          ]
            .join(" ")
            .trim() || null,
        "data-label": isHead ? null : (view.labels.get(row.at)?.[cell.column] ?? ""),
      },
      cellContent(this.model, row, cell, found),
    );
  }

  #isFilled(cell, found) {
    return (
      this.model.text.slice(cell.start, cell.end).trim() !== "" ||
      found.some((one) => one.offset >= cell.start && one.offset <= cell.end)
    );
  }

  #isLong(cell) {
    return width(this.model.text.slice(cell.start, cell.end)) > 24;
  }

  /**
   * The size of the cell of `row` in `column`, null where another covers it. A merged cell is cut where something stands
   * between its rows: notes, the beginning of a page.
   */
  #span(row, column, merge, view) {
    if (merge === undefined) return { rows: 1, columns: 1 };
    if (column !== merge.column) return null;
    const goesOn = row.at > merge.top;
    if (goesOn && !this.#isCut(row.at - 1, view)) return null;
    let rows = 0;
    for (let at = row.at; at <= merge.bottom; at += 1) {
      rows += isLeftOut(this.model, this.model.rows[at]) ? 0 : 1;
      if (this.#isCut(at, view)) break;
    }
    return { rows, columns: merge.columns, goesOn };
  }

  #isCut(at, view) {
    const [row, next] = [this.model.rows[at], this.model.rows[at + 1]];
    const isLast = (at - view.table.rows[0].at) % TOGETHER === TOGETHER - 1;
    return (
      isLast || next === undefined || (next.p !== undefined && next.p !== row.p) || row.findings.some(this.isChosen)
    );
  }

  #notes(row, found, columns) {
    const heavy = found.filter((finding) => finding.severity !== "info");
    const light = found.filter((finding) => finding.severity === "info");
    return element(
      "tr",
      { class: "notes", role: "row" },
      element(
        "td",
        { colspan: columns + 1, role: "cell" },
        heavy.length
          ? element(
              "ol",
              {},
              heavy.map((finding) => note(this.model, finding, "n")),
            )
          : null,
        light.length ? this.#folded(row, light) : null,
      ),
    );
  }

  /** What may be changed is folded up: its number and kinds are told. */
  #folded(row, light) {
    const kinds = [...counted(light, (finding) => finding.title)].map(([title, number]) =>
      say("option", { name: title, number }),
    );
    const home = element("ol");
    const summary = element(
      "summary",
      {},
      element("span", { class: "tag" }, say("info")),
      " ",
      say("folded", { number: light.length, kinds: listed(kinds) }),
    );
    const fold = element("details", { class: "info" }, summary, home);
    const fill = () => {
      if (!home.firstChild) home.append(...light.map((finding) => note(this.model, finding, "n")));
    };
    fold.addEventListener("toggle", fill);
    this.folds.set(row.at, fill);
    return fold;
  }
}

function cells(row) {
  const made = [];
  for (let at = 0; at < row.c.length; at += 2) {
    made.push({ column: at / 2, start: row.c[at], end: row.c[at + 1], quoted: row.q?.includes(at / 2) ?? false });
  }
  return made;
}

/** Whether a row is not drawn: a blank line between others. */
function isLeftOut(model, row) {
  return (row.k === "other" || row.n === null) && cells(row).every((cell) => !model.text.slice(cell.start, cell.end).trim());
}

/** Whether a row is a line over the whole table: a title, a footer, a line of the head. */
function isLine(row, filled, view) {
  if (!LINES.has(row.k)) return false;
  return view.isForm ? filled.length < 2 && (filled[0]?.column ?? 0) === 0 : filled.length < 4;
}

function hasForms(table) {
  return (
    table.rows.some((row) => row.k === "form" || row.k === "indicator") && !table.rows.some((row) => row.k === "total")
  );
}

function pageLine(page, columns) {
  return element(
    "tr",
    { class: "page", role: "row" },
    element("td", { colspan: columns + 1, role: "cell" }, say("page", { number: page })),
  );
}

function columnWidths(model, table, columns) {
  return element(
    "colgroup",
    {},
    element("col", { class: "numbers" }),
    widths(model, table, columns).map((share) => {
      const made = element("col");
      made.style.width = `${share}%`;
      return made;
    }),
  );
}

function letterRow(columns) {
  const heads = Array.from({ length: columns }, (_, at) =>
    element("th", { scope: "col", role: "columnheader" }, letters(at + 1)),
  );
  return element(
    "thead",
    { role: "rowgroup", class: "letters" },
    element("tr", { role: "row" }, element("td", { role: "cell" }), heads),
  );
}

/** The merged cells, each under every cell that is part of it. */
function mergedCells(table) {
  const merges = new Map();
  for (const [row, column, rows, columns] of table.merged) {
    const top = table.rows[row].at;
    const merge = { top, bottom: top + rows - 1, column, columns };
    for (let down = 0; down < rows; down += 1) {
      for (let right = 0; right < columns; right += 1) merges.set(`${top + down}:${column + right}`, merge);
    }
  }
  return merges;
}

/** What the header above each row calls its columns. */
function labelsByRow(model, table) {
  const labels = new Map();
  let names = [];
  let before = null;
  for (const row of table.rows) {
    if (row.k === "header") {
      const own = cells(row).map((cell) => model.text.slice(cell.start, cell.end).replace(/\s+/g, ""));
      names = before === "header" ? own.map((name, at) => name || names[at] || "") : own;
    } else {
      labels.set(row.at, names);
    }
    before = row.k;
  }
  return labels;
}
