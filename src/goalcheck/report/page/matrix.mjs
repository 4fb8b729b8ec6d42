// Several files: a table of files by families of faults that leads to each, and which rules are broken where.

import { button, element, section } from "./dom.mjs";
import { SEVERITIES, say } from "./words.mjs";
import { LongList, runs } from "./lazy.mjs";
import { cards, notices, notRead } from "./answer.mjs";
import { openRule } from "./rules.mjs";

const TOGETHER = 50;
const HEIGHT = 34;
const NAMED = 40; // files of a rule

/** All that is said of several files together. */
export class Overview {
  constructor(files, rules) {
    this.files = files.map((file, number) => ({ ...file, number }));
    this.rules = rules;
    this.families = familiesOf(files, rules);
    this.order = "gravity";
    this.words = "";
    const failed = this.files.filter((file) => file.omissions || file.status !== "checked");
    this.body = element("table", { class: "matrix" });
    this.told = element("output", { class: "told", "aria-live": "polite" });
    const sums = Object.fromEntries(
      SEVERITIES.map((severity) => [severity, files.reduce((sum, file) => sum + file[severity], 0)]),
    );
    const omissions = files.reduce((sum, file) => sum + file.omissions, 0);
    this.element = element(
      "div",
      {},
      section(
        "all-answer",
        say("answer"),
        element(
          "p",
          { class: `verdict ${sums.error ? "error" : omissions ? "warning" : "sound"}` },
          verdict(files, sums, omissions),
        ),
        cards(sums, omissions, null),
        element(
          "ul",
          { class: "notices" },
          notices(this.files, {}).map((said) => element("li", {}, said)),
        ),
        failed.length ? notReadFiles(failed) : null,
      ),
      section(
        "all-files",
        say("files-title"),
        this.#controls(),
        element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("files-title") }, this.body),
      ),
      byRule(this.files, rules),
    );
    this.refresh();
  }

  drawAll() {
    return this.list.drawAll();
  }

  refresh() {
    this.list?.close();
    const shown = this.files
      .filter((file) => file.path.toLowerCase().includes(this.words))
      .sort((one, other) => this.#before(one, other));
    this.told.textContent = say("files-shown", { number: shown.length, all: this.files.length });
    const groups = runs(shown, TOGETHER).map((part) => ({
      size: part.length,
      element: element("tbody"),
      content: () => part.map((file) => this.#row(file)),
      empty: (height) => {
        const gap = element("td", { colspan: this.families.length + 5 });
        gap.style.height = `${height}px`;
        return [element("tr", {}, gap)];
      },
    }));
    this.list = new LongList(this.body, groups, HEIGHT);
    this.body.prepend(element("caption", { class: "unseen" }, say("files-caption")), this.#head());
  }

  #before(one, other) {
    if (this.order === "name") return one.number - other.number;
    const failed = (file) => (file.status === "failed" ? 1 : 0);
    const grave =
      failed(other) - failed(one) || other.error - one.error || other.warning - one.warning || other.info - one.info;
    return grave || one.number - other.number;
  }

  #controls() {
    const search = element("input", {
      type: "search",
      placeholder: say("file-search"),
      autocomplete: "off",
      on: {
        input: () => {
          this.words = search.value.trim().toLowerCase();
          this.refresh();
        },
      },
    });
    const orders = ["gravity", "name"].map((name) =>
      element(
        "label",
        { class: "choice" },
        element("input", {
          type: "radio",
          name: "file-order",
          value: name,
          checked: name === this.order,
          on: {
            change: () => {
              this.order = name;
              this.refresh();
            },
          },
        }),
        say(`order-${name}`),
      ),
    );
    return element(
      "form",
      {
        class: "filters",
        role: "search",
        "aria-label": say("file-search"),
        on: { submit: (event) => event.preventDefault() },
      },
      element("label", {}, element("span", { class: "unseen" }, say("file-search")), search),
      element("fieldset", {}, element("legend", { class: "unseen" }, say("order")), orders),
      this.told,
    );
  }

  #head() {
    const heads = [
      say("file"),
      ...SEVERITIES.map((severity) => say(severity)),
      say("not-read"),
      ...this.families.map(([, title]) => title),
    ];
    return element(
      "thead",
      {},
      element(
        "tr",
        {},
        heads.map((said) => element("th", { scope: "col" }, said)),
      ),
    );
  }

  #row(file) {
    const link =
      file.status === "failed" ? element("span", {}, file.path) : element("a", { href: `#f${file.number}` }, file.path);
    const counts = SEVERITIES.map((severity) => figure(file[severity], severity));
    const families = this.families.map(([family]) => family).map((family) => cell(countsOf(file, this.rules, family)));
    const unread = figure(file.omissions, "unread");
    return element(
      "tr",
      { class: file.status },
      element(
        "th",
        { scope: "row", lang: "zh-CN" },
        link,
        file.status === "failed" ? element("small", {}, file.reason) : null,
      ),
      counts,
      unread,
      families,
    );
  }
}

function figure(number, kind) {
  return element("td", { class: `figure ${number ? kind : "zero"}` }, number || "–");
}

/** How many findings of a family there are, with a sign of the gravest. */
function cell(counts) {
  const number = counts.reduce((one, other) => one + other, 0);
  if (!number) return element("td", { class: "figure zero" }, "–");
  const worst = SEVERITIES[counts.findIndex(Boolean)];
  const said = SEVERITIES.map((severity, rank) => [severity, counts[rank]])
    .filter(([, count]) => count)
    .map(([severity, count]) => say("count", { name: say(severity), number: count }));
  return element("td", { class: `figure family ${worst}`, title: said.join(say("list-separator")) }, number);
}

function countsOf(file, rules, family) {
  const counts = [0, 0, 0];
  for (const [code, found] of Object.entries(file.rules)) {
    if ((rules.get(code)?.family ?? code) === family)
      found.forEach((number, rank) => {
        counts[rank] += number;
      });
  }
  return counts;
}

function familiesOf(files, rules) {
  const found = new Map();
  for (const code of [...new Set(files.flatMap((file) => Object.keys(file.rules)))].sort()) {
    const rule = rules.get(code);
    found.set(rule?.family ?? code, rule?.family_title ?? code);
  }
  return [...found];
}

function verdict(files, sums, omissions) {
  if (sums.error)
    return say("verdict-files", { number: sums.error, files: files.filter((file) => file.error > 0).length });
  if (omissions) return say("verdict-unread");
  return say(sums.warning + sums.info ? "verdict-none" : "verdict-sound");
}

function notReadFiles(failed) {
  return notRead(
    failed.map((file) => [
      file.status === "failed"
        ? element("b", { lang: "zh-CN" }, file.path)
        : element("a", { href: `#f${file.number}`, lang: "zh-CN" }, file.path),
      " ",
      file.reason ? file.reason : say("not-read-parts", { number: file.omissions }),
    ]),
  );
}

function byRule(files, rules) {
  const found = new Map();
  for (const file of files) {
    for (const [code, counts] of Object.entries(file.rules)) {
      const rule = found.get(code) ?? { code, counts: [0, 0, 0], files: [] };
      counts.forEach((number, rank) => {
        rule.counts[rank] += number;
      });
      rule.files.push(file);
      found.set(code, rule);
    }
  }
  if (!found.size) return null;
  const order = [...found.values()].sort(
    (one, other) =>
      one.counts.findIndex(Boolean) - other.counts.findIndex(Boolean) ||
      other.files.length - one.files.length ||
      (one.code < other.code ? -1 : 1),
  );
  return section(
    "all-rules",
    say("rules-title"),
    order.map(({ code, counts, files: those }) => {
      const severity = SEVERITIES[counts.findIndex(Boolean)];
      const number = counts.reduce((one, other) => one + other, 0);
      const made = element(
        "details",
        { class: `by-rule ${severity}` },
        element(
          "summary",
          {},
          element("span", { class: "tag" }, say(severity)),
          ` ${code} ${rules.get(code)?.title ?? ""} `,
          element("span", { class: "counts" }, say("rule-count", { number, files: those.length })),
        ),
      );
      made.addEventListener("toggle", () => {
        if (!made.open || made.children.length > 1) return;
        made.append(
          button(say("about-rule"), () => openRule(code), { class: "rule", "aria-haspopup": "dialog" }),
          element(
            "ul",
            { lang: "zh-CN" },
            those
              .slice(0, NAMED)
              .map((file) => element("li", {}, element("a", { href: `#f${file.number}` }, file.path))),
          ),
          ...(those.length > NAMED ? [element("p", {}, say("more", { number: those.length - NAMED }))] : []),
        );
      });
      return made;
    }),
  );
}
