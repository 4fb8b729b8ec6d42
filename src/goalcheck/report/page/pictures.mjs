// Pictures: where in the sheet faults sit, how the money is spread over units and sources, which families of faults.

import { element, section, shape } from "./dom.mjs";
import { SEVERITIES, say } from "./words.mjs";
import { rowPlace } from "./place.mjs";
import { money } from "./text.mjs";
import { columnsOf, letters } from "./columns.mjs";

const BINS = 90;
const SHOWN = 14; // bars of amounts
const PATTERNS = 4;

export function pictures(model, goToRow) {
  const made = [where(model, goToRow), families(model), amounts(model)].filter(Boolean);
  return made.length
    ? section(`${model.id}-pictures`, say("pictures"), element("div", { class: "pictures" }, made))
    : null;
}

function figure(title, about, ...children) {
  return element(
    "figure",
    { class: "picture" },
    element("figcaption", {}, element("h3", {}, title), about ? element("p", {}, about) : null),
    ...children,
  );
}

/** A strip: rows from left to right, columns from top to bottom; the graver, the taller and the darker. */
function where(model, goToRow) {
  if (!model.findings.length) return null;
  const found = new Set(model.findings.map((finding) => finding.at));
  const tables = model.tables.filter((table) => !table.passed_over || table.rows.some((row) => found.has(row.at)));
  const rows = tables.flatMap((table) => table.rows);
  const turn = new Map(rows.map((row, at) => [row.at, at]));
  const bins = Math.min(BINS, rows.length);
  const perBin = rows.length / bins;
  const columns = Math.min(Math.max(...tables.map((table) => columnsOf(model, table))), 16);
  const worst = new Map();
  for (const finding of model.findings) {
    const row = model.rows[finding.at];
    const column = Math.min(model.cell(row, finding.offset), columns - 1);
    const key = `${Math.floor(turn.get(finding.at) / perBin)}:${column}`;
    worst.set(key, Math.min(worst.get(key) ?? 2, finding.rank));
  }
  const high = 18;
  const marks = [...worst].map(([key, rank]) => {
    const [bin, column] = key.split(":").map(Number);
    const tall = [16, 10, 4][rank];
    return shape("rect", {
      class: SEVERITIES[rank],
      x: `${(100 * bin) / bins}%`,
      width: `${Math.max(82 / bins, 0.5)}%`,
      y: column * high + high - 1 - tall,
      height: tall,
    });
  });
  const lines = Array.from({ length: columns + 1 }, (_, at) =>
    shape("line", { class: "axis", x1: 0, x2: "100%", y1: at * high, y2: at * high }),
  );
  const names = columnNames(model, columns);
  const strip = shape(
    "svg",
    {
      class: "strip",
      role: "img",
      "aria-label": say("where-label", { number: model.findings.length, rows: rows.length }),
      width: "100%",
      height: columns * high,
    },
    lines,
    marks,
  );
  strip.addEventListener("click", (event) => {
    const box = strip.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * rows.length);
    goToRow(rows[Math.max(Math.min(at, rows.length - 1), 0)].at);
  });
  return figure(
    say("where-title"),
    say("where-about"),
    element(
      "div",
      { class: "strip-frame" },
      element(
        "div",
        { class: "strip-names", lang: "zh-CN" },
        names.map((name) => element("span", {}, name)),
      ),
      strip,
      element("span", {}),
      element(
        "div",
        { class: "strip-ends" },
        element("span", {}, end(model, tables, rows.find(isCounted) ?? rows[0])),
        element("span", {}, end(model, tables, rows.findLast(isCounted) ?? rows.at(-1))),
      ),
    ),
    legend(SEVERITIES.map((severity) => [severity, say(severity)])),
  );
}

/** Where the strip begins or ends: the row, with its page or table where rows are counted anew in each. */
function end(model, tables, row) {
  if (!isCounted(row)) return "";
  const place = rowPlace(row.n);
  const table = tables.find(({ rows }) => rows[0].at <= row.at && row.at <= rows.at(-1).at);
  if (model.findings.some((finding) => finding.origin?.kind === "page") && row.p !== undefined)
    return say("place-page", { place, page: row.p });
  const name = table.sheet ?? (table.number !== undefined ? say("place-table", { number: table.number }) : undefined);
  return tables.length > 1 && name !== undefined ? say("place-in-table", { table: name, place }) : place;
}

function isCounted(row) {
  return row.n !== null;
}

function columnNames(model, columns) {
  const header =
    model.tables.length === 1 && model.details.layout !== "blocks"
      ? model.rows.find((row) => row.k === "header")
      : undefined;
  return Array.from({ length: columns }, (_, at) => {
    const said =
      header === undefined ? "" : model.text.slice(header.c[2 * at], header.c[2 * at + 1]).replace(/\s+/g, "");
    return said || say("column", { name: letters(at + 1) });
  });
}

function legend(items) {
  return element(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    items.map(([name, said]) =>
      element("li", { class: name }, shape("svg", { width: 14, height: 14 }, swatch(name)), said),
    ),
  );
}

function swatch(name) {
  const rank = SEVERITIES.indexOf(name);
  const tall = rank < 0 ? 12 : [14, 9, 4][rank];
  return shape("rect", { class: name, x: 1, y: 14 - tall, width: 12, height: tall });
}

function families(model) {
  const found = new Map();
  for (const finding of model.findings) {
    const rule = model.rules.get(finding.rule);
    const name = rule?.family_title ?? finding.rule;
    const counts = found.get(name) ?? [0, 0, 0];
    counts[finding.rank] += 1;
    found.set(name, counts);
  }
  if (!found.size) return null;
  const rows = [...found].sort(([, one], [, other]) => sum(other) - sum(one));
  const most = Math.max(...rows.map(([, counts]) => sum(counts)));
  return figure(
    say("families-title"),
    null,
    bars(
      rows.map(([name, counts]) => ({
        name,
        parts: counts.map((number, rank) => ({
          size: number / most,
          kind: SEVERITIES[rank],
          said: say("count", { name: say(SEVERITIES[rank]), number }),
          number,
        })),
        total: sum(counts),
      })),
    ),
    legend(SEVERITIES.map((severity) => [severity, say(severity)])),
  );
}

function amounts(model) {
  const { columns, rows, kind } = model.details.amounts ?? { columns: [], rows: [] };
  const shown = rows.filter(
    (row) => Number(row.values.total ?? 0) > 0 || columns.some(({ key }) => Number(row.values[key] ?? 0) > 0),
  );
  if (shown.length < 2) return null;
  const sources = columns.filter(({ key }) => key !== "total" && shown.some((row) => Number(row.values[key] ?? 0)));
  const kinds = sources.length ? sources : columns.slice(0, 1);
  const size = (row) =>
    Math.max(Number(row.values.total ?? 0), sum(sources.map(({ key }) => Number(row.values[key] ?? 0))));
  const sorted = [...shown].sort((one, other) => size(other) - size(one)).slice(0, SHOWN);
  const most = size(sorted[0]) || 1;
  return figure(
    say(`amounts-${kind}`),
    shown.length > SHOWN ? say("largest", { number: SHOWN, all: shown.length }) : null,
    bars(
      sorted.map((row) => ({
        name: row.name,
        parts: kinds.map(({ key, label }, at) => {
          const value = row.values[key] ?? "0";
          return {
            size: Math.max(Number(value), 0) / most,
            kind: `s${at % PATTERNS}`,
            said: say("amount-of", { name: label, amount: money(value) }),
            number: Number(value),
          };
        }),
        total: money(row.values.total ?? "0"),
      })),
      true,
    ),
    legend(kinds.map(({ label }, at) => [`s${at % PATTERNS}`, label])),
  );
}

/** Bars with their names and figures; it is a table to who cannot see them. */
function bars(rows, fromSheet = false) {
  return element(
    "table",
    { class: "bars" },
    element(
      "tbody",
      {},
      rows.map(({ name, parts, total }) => {
        const told = parts.filter((part) => part.number);
        let from = 0;
        const drawn = told.map((part) => {
          const bar = shape(
            "rect",
            { class: part.kind, x: `${100 * from}%`, y: 0, width: `${100 * part.size}%`, height: 14 },
            shape("title", {}, part.said),
          );
          from += part.size;
          return bar;
        });
        return element(
          "tr",
          {},
          element("th", { scope: "row", lang: fromSheet ? "zh-CN" : null }, name),
          element(
            "td",
            { class: "bar" },
            shape(
              "svg",
              {
                width: "100%",
                height: 14,
                role: "img",
                "aria-label": told.map((part) => part.said).join(say("list-separator")),
              },
              drawn,
            ),
          ),
          element("td", { class: "figure" }, total),
        );
      }),
    ),
  );
}

function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}
