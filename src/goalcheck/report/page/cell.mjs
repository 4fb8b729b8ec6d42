// What stands in a cell: its text cut where faults and the parts of packed entries begin and end.

import { element } from "./dom.mjs";
import { say } from "./words.mjs";
import { place } from "./model.mjs";

/** The nodes of one cell. `found` are the findings of its row that are shown. */
export function cellContent(model, row, cell, found) {
  const own = found.filter(
    (finding) =>
      model.cell(row, finding.offset) === cell.column ||
      (finding.offset < cell.start && finding.end_offset > cell.start && finding.end_offset <= cell.end),
  );
  const start = cell.start;
  const end = Math.max(cell.end, start);
  const entries = entriesWithin(model, start, end);
  const pieces = cut(start, end, own, entries);
  const made = [];
  let home = made;
  let entry = null;
  for (const piece of pieces) {
    if (piece.entry !== entry) {
      entry = piece.entry;
      home = made;
      if (entry !== null) {
        const block = element("span", { class: "entry" });
        made.push(block);
        home = block;
      }
    }
    const nodes = drawn(model, piece, cell.quoted);
    if (home === made) made.push(...nodes);
    else home.append(...nodes);
  }
  return made;
}

function entriesWithin(model, start, end) {
  const made = [];
  for (let at = Math.max(place(model.entryStarts, start), 0); at < model.entries.length; at += 1) {
    const entry = model.entries[at];
    if (entry[0] >= end) break;
    if (entry[0] >= start && entry[1] <= end) made.push(entry);
  }
  return made;
}

/**
 * The cell cut into pieces, in order: each lies wholly in a part, in an entry and in the findings that it is marked
 * by. A piece is empty where something is missing.
 */
export function cut(start, end, findings, entries) {
  const edges = new Set([start, end]);
  const points = new Map();
  for (const finding of findings) {
    const from = Math.min(Math.max(finding.offset, start), end);
    const to = Math.min(Math.max(finding.end_offset, from), end);
    edges.add(from).add(to);
    if (from === to) points.set(from, [...(points.get(from) ?? []), finding]);
  }
  const parts = [];
  for (const [from, to, , ...named] of entries) {
    edges.add(from).add(to);
    for (let at = 0; at < named.length; at += 3) {
      parts.push({ name: named[at], start: named[at + 1], end: named[at + 2] });
      edges.add(named[at + 1]).add(named[at + 2]);
    }
  }
  const sorted = [...edges].filter((edge) => edge >= start && edge <= end).sort((one, other) => one - other);
  const made = [];
  const last = new Map();
  sorted.forEach((from, at) => {
    const to = sorted[at + 1];
    const inside = (span) => span[0] <= from && from < span[1];
    const around = entries.find((span) => inside(span) || (from === span[1] && points.has(from)));
    if (points.has(from))
      made.push({
        start: from,
        end: from,
        entry: around ?? null,
        part: null,
        marks: points.get(from),
        ending: points.get(from),
      });
    if (to === undefined) return;
    const piece = {
      start: from,
      end: to,
      entry: entries.find(inside) ?? null,
      part: parts.find((one) => one.start <= from && to <= one.end)?.name ?? null,
      marks: findings.filter((finding) => finding.offset <= from && to <= finding.end_offset),
      ending: [],
    };
    piece.marks.forEach((finding) => last.set(finding, piece));
    made.push(piece);
  });
  last.forEach((piece, finding) => piece.ending.push(finding));
  return made;
}

function drawn(model, piece, quoted) {
  let said = model.text.slice(piece.start, piece.end);
  if (quoted) said = said.replace(/""/g, '"');
  let node = piece.part === null ? said : element("span", { class: piece.part }, said);
  if (piece.marks.length) {
    const worst = piece.marks.reduce((one, other) => (other.rank < one.rank ? other : one));
    const isGap = piece.start === piece.end;
    const blank = !isGap && !said.trim();
    node = element(
      "mark",
      {
        class: `${worst.severity}${isGap ? " gap" : ""}${blank ? " blanks" : ""}`,
        title: worst.message,
        "data-note": worst.number,
      },
      isGap ? say("gap") : blank ? "\u00a0".repeat(Math.min(said.length, 3)) : node,
    );
  }
  return [node, ...piece.ending.map((finding) => badge(model, finding))];
}

/** The number of a finding behind what it marks: a link to what is said of it. */
function badge(model, finding) {
  const said = say("mark-label", { number: finding.number, severity: say(finding.severity), message: finding.message });
  return element(
    "a",
    {
      id: `${model.id}-m${finding.number}`,
      class: `badge ${finding.severity}`,
      href: `#${model.id}-n${finding.number}`,
      "aria-label": said,
      title: finding.message,
    },
    finding.number,
  );
}
