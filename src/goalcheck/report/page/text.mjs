// The text of a sheet, by offsets that count characters as the report does: code points, not the halves of pairs.

export class Text {
  constructor(text) {
    this.units = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
  }

  get length() {
    return this.units.length;
  }

  slice(start, end) {
    const part = this.units.slice(start, end);
    return typeof part === "string" ? part : part.join("");
  }
}

/** How many cells of a terminal a text would take: Han characters are two wide. */
export function width(text) {
  let wide = 0;
  for (const sign of text) wide += sign > "\u2e7f" ? 2 : 1;
  return wide;
}

const MINUS = "\u2212";

/** An exact amount by thousands, without a sign of currency. */
export function money(amount, decimals = 0) {
  const [, sign, whole, rest = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [null, "", String(amount)];
  const fraction = rest.replace(/0+$/, "").padEnd(decimals, "0");
  return `${sign ? MINUS : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction ? `.${fraction}` : ""}`;
}
