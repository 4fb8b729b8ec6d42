// Every sum with its terms, the interval in which rounding lets it lie, and what is left over; wrong ones are drawn.

import { button, element, section, shape, table } from "./dom.mjs";
import { LongList, runs } from "./lazy.mjs";
import { say } from "./words.mjs";
import { COLUMNS, rowPlace } from "./place.mjs";
import { money } from "./text.mjs";
import { openRule } from "./rules.mjs";

const lists = []; // of the file that is open
const ORDER = ["wrong", "unsourced", "unjudged", "rounded", "exact"];

export function sumsSection(model) {
  lists.forEach((list) => list.close());
  lists.length = 0;
  const sums = model.details.sums ?? [];
  if (!sums.length) return null;
  const by = new Map(ORDER.map((verdict) => [verdict, sums.filter((sum) => sum.verdict === verdict)]));
  const counts = ORDER.filter((verdict) => by.get(verdict).length).map((verdict) =>
    element("li", { class: `v-${verdict}` }, say(`sums-${verdict}`, { number: by.get(verdict).length })),
  );
  return section(
    `${model.id}-sums`,
    say("sums"),
    element("p", { class: "aside" }, say("sums-note")),
    element("ul", { class: "sum-counts" }, counts),
    long(by.get("wrong"), (sum) => wrong(model, sum), 420, 10),
    long(
      ["unsourced", "unjudged", "rounded"].flatMap((verdict) => by.get(verdict)),
      (sum) => folded(model, sum),
      60,
    ),
    by.get("exact").length ? exact(model, by.get("exact")) : null,
  );
}

/** A list of sums, drawn as it comes into sight where it is long. */
function long(sums, draw, height, size = 40) {
  const home = element("div");
  const groups = runs(sums, size).map((part) => ({
    size: part.length,
    element: element("div"),
    content: () => part.map(draw),
  }));
  lists.push(new LongList(home, groups, height, 2 * size));
  return home;
}

/** Draw all for paper; whether that is all there is. */
export function drawAllSums() {
  return lists.map((list) => list.drawAll()).every(Boolean);
}

function wrong(model, sum) {
  return element(
    "article",
    { class: "sum v-wrong" },
    element("h3", {}, sum.message),
    drawing(sum),
    terms(model, sum),
    element("p", {}, interval(sum), " ", rule(sum)),
  );
}

function rule(sum) {
  return sum.rule ? button(sum.rule, () => openRule(sum.rule), { class: "rule", "aria-haspopup": "dialog" }) : null;
}

function folded(model, sum) {
  const made = element("details", { class: `sum v-${sum.verdict}` }, element("summary", {}, sum.message));
  made.addEventListener("toggle", () => {
    if (made.open && made.children.length === 1)
      made.append(terms(model, sum), element("p", {}, interval(sum), " ", rule(sum)));
  });
  return made;
}

function exact(model, sums) {
  const made = element(
    "details",
    { class: "sum v-exact" },
    element("summary", {}, say("sums-exact", { number: sums.length })),
  );
  made.addEventListener("toggle", () => {
    if (made.open && made.children.length === 1) made.append(long(sums, (sum) => folded(model, sum), 40));
  });
  return made;
}

function terms(model, sum) {
  const rows = sum.terms.map((term, at) => [
    sum.kind === "sources" ? columnName(model, term.column) : `${rowPlace(term.row.number)} ${term.row.name}`,
    element("span", { class: "figure" }, term.value === undefined ? term.text : money(term.value, sum.decimals)),
    at === sum.suspect ? say("look-here") : "",
  ]);
  if (sum.sum !== undefined)
    rows.push([element("b", {}, say("adds-up")), element("b", { class: "figure" }, money(sum.sum, sum.decimals)), ""]);
  const made = table(say("terms-of", { name: sum.message }), [say("term"), say("amount"), say("remark")], rows, {
    class: "terms",
  });
  return element(
    "div",
    {},
    made,
    sum.blank_terms ? element("p", { class: "aside" }, say("blank-terms", { number: sum.blank_terms })) : null,
  );
}

function columnName(model, key) {
  const known = model.details.amounts?.columns.find((column) => column.key === key)?.label;
  return known ?? (COLUMNS.has(key) ? say(key) : key);
}

function interval(sum) {
  if (sum.low === undefined) return "";
  const figures = {
    low: money(sum.low, sum.decimals),
    number: sum.figures,
    tolerance: money(sum.tolerance, sum.decimals),
  };
  if (sum.high === undefined) return say("allowed-from", figures);
  return say("allowed", {
    ...figures,
    high: money(sum.high, sum.decimals),
    residual: money(sum.residual, sum.decimals),
  });
}

/** What is printed above what the terms add up to, and below both, enlarged, where it may lie. */
function drawing(sum) {
  if (sum.sum === undefined || sum.printed.value === undefined) return null;
  const printed = Number(sum.printed.value);
  const added = Number(sum.sum);
  const values = sum.terms.map((term) => Number(term.value ?? 0));
  if ([printed, added, ...values].some((value) => value < 0)) return null;
  const most = Math.max(printed, added) || 1;
  const at = (value) => `${(100 * value) / most / 1.02}%`;
  const bars = [shape("rect", { class: "printed", x: 0, y: 18, width: at(printed), height: 16 })];
  let from = 0;
  values.forEach((value, number) => {
    if (!value) return;
    bars.push(shape("rect", { class: `term t${number % 2}`, x: at(from), y: 58, width: at(value), height: 16 }));
    from += value;
  });
  const low = Math.min(printed, added);
  bars.push(
    shape("rect", {
      class: "residual",
      x: at(low),
      y: printed > added ? 58 : 18,
      width: at(Math.abs(printed - added)),
      height: 16,
    }),
  );
  const label = say("sum-drawn", {
    printed: money(sum.printed.value, sum.decimals),
    sum: money(sum.sum, sum.decimals),
    residual: money(sum.residual, sum.decimals),
  });
  return element(
    "figure",
    { class: "drawn" },
    shape(
      "svg",
      { role: "img", "aria-label": label, height: 80, width: "100%" },
      shape("text", { x: 0, y: 12 }, `${say("printed")} ${money(sum.printed.value, sum.decimals)}`),
      shape("text", { x: 0, y: 52 }, `${say("adds-up")} ${money(sum.sum, sum.decimals)}`),
      bars,
    ),
    element("figcaption", {}, say("sum-legend", { residual: money(sum.residual.replace("-", ""), sum.decimals) })),
    enlarged(sum, printed, added),
  );
}

function enlarged(sum, printed, added) {
  if (sum.high === undefined) return null;
  const [low, high] = [Number(sum.low), Number(sum.high)];
  const [left, right] = [Math.min(printed, low), Math.max(printed, high)];
  const at = (value) => `${8 + (84 * (value - left)) / (right - left || 1)}%`;
  const ends = printed > added ? ["end", "start"] : ["start", "end"];
  return shape(
    "svg",
    { "aria-hidden": "true", height: 62, width: "100%", class: "enlarged" },
    shape("line", { x1: "2%", x2: "98%", y1: 30, y2: 30, class: "axis" }),
    shape("rect", {
      class: "allowed",
      x: at(low),
      y: 22,
      width: `${Math.max((84 * (high - low)) / (right - left || 1), 0.6)}%`,
      height: 16,
    }),
    shape("circle", { class: "printed", cx: at(printed), cy: 30, r: 6 }),
    shape(
      "text",
      { x: at(printed), y: 14, "text-anchor": ends[0] },
      `${say("printed")} ${money(sum.printed.value, sum.decimals)}`,
    ),
    shape(
      "text",
      { x: at(added), y: 56, "text-anchor": ends[1] },
      say("allowed-short", { low: money(sum.low, sum.decimals), high: money(sum.high, sum.decimals) }),
    ),
  );
}
