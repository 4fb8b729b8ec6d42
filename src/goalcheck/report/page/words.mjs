// What the page says: all its words come with its data, in the language of the report.

let words = {};

export function learnWords(all) {
  words = all;
}

/** The sentence `key` with its figures; where `number` is 1, as it is said of a single thing. */
export function say(key, figures = {}) {
  const one = Number(figures.number) === 1 ? words[`${key}.one`] : undefined;
  const said = one ?? words[key] ?? key;
  return said.replace(/\{(\w+)\}/g, (slot, name) => (name in figures ? String(figures[name]) : slot));
}

/** Several things, one told after the other. */
export function listed(texts) {
  return texts.join(say("list-separator"));
}

export const SEVERITIES = ["error", "warning", "info"];
