// One file of the report: its findings numbered in the order of the text, each with the row in which it stands.

import { placeOf } from "./place.mjs";
import { SEVERITIES } from "./words.mjs";
import { Text } from "./text.mjs";

/** How many of `starts`, which are sorted, are not behind `offset`, less one: where `offset` belongs. */
export function place(starts, offset) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export class Model {
  /** `details` is the data of the file, `listing` its entry in the list of files, `rules` are rules by code. */
  constructor(number, listing, details, rules) {
    this.id = `f${number}`;
    this.listing = listing;
    this.details = details;
    this.rules = rules;
    this.text = new Text(details.text);
    this.tables = details.tables;
    this.rows = details.tables.flatMap((table) => table.rows);
    this.rows.forEach((row, at) => {
      row.at = at;
      row.findings = [];
    });
    this.starts = this.rows.map((row) => row.s);
    this.entries = details.entries ?? [];
    this.entryStarts = this.entries.map((entry) => entry[0]);
    this.findings = details.findings.map((finding, at) => this.#numbered(finding, at + 1));
  }

  #numbered(finding, number) {
    const at = Math.max(place(this.starts, finding.offset), 0);
    const made = { ...finding, number, at, rank: SEVERITIES.indexOf(finding.severity) };
    made.text = finding.text ?? this.text.slice(finding.offset, finding.end_offset);
    made.place = placeOf(finding, this.details.layout === "packed");
    made.title = this.rules.get(finding.rule)?.title ?? finding.name;
    this.rows[at]?.findings.push(made);
    return made;
  }

  /** What is searched in a finding. */
  searched(finding) {
    finding.searched ??= [
      finding.rule,
      finding.name,
      finding.title,
      finding.message,
      finding.help,
      finding.suggestion,
      finding.text,
      finding.unit,
      finding.project,
      finding.place,
    ]
      .filter(Boolean)
      .join("\n")
      .toLowerCase();
    return finding.searched;
  }

  /** The number of the cell of `row` in which `offset` lies; the last one where the row ends before it. */
  cell(row, offset) {
    for (let at = 0; at < row.c.length; at += 2) {
      if (offset <= row.c[at + 1]) return at / 2;
    }
    return Math.max(row.c.length / 2 - 1, 0);
  }
}

/** How many there are of each key, in the order of the keys' first appearance. */
export function counted(things, key) {
  const counts = new Map();
  for (const thing of things) {
    const name = key(thing);
    if (name !== null && name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
