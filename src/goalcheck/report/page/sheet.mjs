// The sheet drawn again as the table that it is, faults marked where they stand, and below each row what is said of it.

import { element } from "./dom.mjs";
import { say } from "./words.mjs";
import { counted } from "./model.mjs";
import { LongList, runs } from "./lazy.mjs";
import { note } from "./note.mjs";
import { cellContent } from "./cell.mjs";
import { columnsOf, letters, widths } from "./columns.mjs";
import { width } from "./text.mjs";

const LINES = new Set(["title", "head", "note", "footer"]); // what is no row of the table
const TOGETHER = 20; // rows that are drawn together
const HEIGHT = 90;
const AMOUNT = /^[\s\d.,%\uff0c\uff0e-]+$/;

export class SheetView {
  constructor(model, isChosen) {
    this.model = model;
    this.isChosen = isChosen;
    this.lists = [];
    this.element = element("div", { class: "sheet", lang: "zh-CN" }, model.tables.map((table) => this.#table(table)));
  }

  /** Draw the row `at`, so that one can go to what stands in it. */
  reveal(at) {
    for (const list of this.lists) {
      const group = list.groups.findIndex((one) => one.rows.some((row) => row.at === at));
      if (group >= 0) list.reveal(group);
    }
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
    const name = table.sheet ?? (table.number === undefined ? say("the-sheet") : say("table-number", { number: table.number }));
    const named = table.sheet !== undefined;
    const covered = coveredCells(table);
    const labels = labelsByRow(this.model, table);
    const home = element(
      "table", { "aria-label": say("redrawn", { name }), role: "table", class: isForm(table) ? "form" : null },
    );
    const view = { table, columns, covered, labels, named };
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
      "div", { class: "one-table" },
      title === null ? null : element("h3", {}, table.sheet === undefined ? title : say("worksheet", { name: title })),
      table.passed_over ? element("p", { class: "aside" }, say("passed-over")) : null,
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("redrawn", { name }) }, home),
    );
  }

  #row(row, view) {
    const made = [];
    const { model } = this;
    const before = view.table.rows[row.at - view.table.rows[0].at - 1];
    if (row.p !== undefined && row.p !== before?.p) made.push(pageLine(row.p, view.columns));
    const found = row.findings.filter(this.isChosen);
    const drawn = row.k !== "other" || !isBlank(model, row) ? this.#cells(row, found, view) : null;
    if (drawn !== null) made.push(drawn);
    if (found.length) made.push(this.#notes(row, found, view.columns));
    return made;
  }

  #cells(row, found, view) {
    const head = element("th", { class: "row-number", scope: "row", role: "rowheader" }, row.n);
    const filled = cells(row).filter((cell) => this.model.text.slice(cell.start, cell.end).trim() || found.some((one) => one.offset >= cell.start && one.offset <= cell.end));
    const content = (cell) => cellContent(this.model, row, cell, found);
    const attributes = { class: `k-${row.k}`, role: "row", id: `${this.model.id}-r${row.at}`, tabindex: -1 };
    if (LINES.has(row.k) && filled.length < 4) {
      const line = element("td", { colspan: view.columns, role: "cell", class: "line" }, filled.map((cell) => element("span", {}, content(cell))));
      return element("tr", attributes, head, line);
    }
    const made = cells(row).filter((cell) => cell.column < view.columns && view.covered.get(`${row.at}:${cell.column}`) !== "inner").map((cell) => {
      const span = view.covered.get(`${row.at}:${cell.column}`);
      const text = this.model.text.slice(cell.start, cell.end);
      const isHead = row.k === "header";
      return element(
        isHead ? "th" : "td",
        {
          role: isHead ? "columnheader" : "cell",
          scope: isHead ? "col" : null,
          rowspan: span?.rows > 1 ? span.rows : null,
          colspan: span?.columns > 1 ? span.columns : null,
          class: text.trim() === "" ? "blank" : AMOUNT.test(text) && width(text) < 24 ? "amount" : null,
          "data-label": isHead ? null : view.labels.get(row.at)?.[cell.column] ?? "",
        },
        content(cell),
      );
    });
    const last = made.length;
    if (last < view.columns && !view.table.merged.length) {
      made.push(element("td", { colspan: view.columns - last, role: "cell", class: "blank", "data-label": "" }));
    }
    return element("tr", attributes, head, made);
  }

  #notes(row, found, columns) {
    const heavy = found.filter((finding) => finding.severity !== "info");
    const light = found.filter((finding) => finding.severity === "info");
    return element(
      "tr", { class: "notes", role: "row" },
      element(
        "td", { colspan: columns + 1, role: "cell" },
        heavy.length ? element("ol", {}, heavy.map((finding) => note(this.model, finding, "n"))) : null,
        light.length ? this.#folded(light, !heavy.length) : null,
      ),
    );
  }

  /** What may be changed is folded up: its number and kinds are told. */
  #folded(light) {
    const kinds = [...counted(light, (finding) => finding.title)].map(([title, number]) => say("option", { name: title, number }));
    return element(
      "details", { class: "info" },
      element("summary", {}, element("span", { class: "tag" }, say("info")), " ", say("folded", { number: light.length, kinds: kinds.join(say("list-separator")) })),
      element("ol", {}, light.map((finding) => note(this.model, finding, "n"))),
    );
  }
}

function cells(row) {
  const made = [];
  for (let at = 0; at < row.c.length; at += 2) {
    made.push({ column: at / 2, start: row.c[at], end: row.c[at + 1], quoted: row.q?.includes(at / 2) ?? false });
  }
  return made;
}

function isBlank(model, row) {
  return cells(row).every((cell) => !model.text.slice(cell.start, cell.end).trim());
}

function isForm(table) {
  return table.rows.some((row) => row.k === "form" || row.k === "indicator") && !table.rows.some((row) => row.k === "total");
}

function pageLine(page, columns) {
  return element(
    "tr", { class: "page", role: "row" },
    element("td", { colspan: columns + 1, role: "cell" }, say("page", { number: page })),
  );
}

function columnWidths(model, table, columns) {
  return element("colgroup", {}, element("col", { class: "numbers" }), widths(model, table, columns).map((share) => {
    const made = element("col");
    made.style.width = `${share}%`;
    return made;
  }));
}

function letterRow(columns) {
  const heads = Array.from({ length: columns }, (_, at) => element("th", { scope: "col", role: "columnheader" }, letters(at + 1)));
  return element("thead", { role: "rowgroup", class: "letters" }, element("tr", { role: "row" }, element("td", { role: "cell" }), heads));
}

/** Which cells are merged: the first of them with its size, the others by the word that says so. */
function coveredCells(table) {
  const covered = new Map();
  for (const [row, column, rows, columns] of table.merged) {
    for (let down = 0; down < rows; down += 1) {
      for (let right = 0; right < columns; right += 1) {
        const at = table.rows[row + down]?.at;
        covered.set(`${at}:${column + right}`, down || right ? "inner" : { rows, columns });
      }
    }
  }
  return covered;
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
