// All findings that are chosen, one by one, in groups: by project, by rule, by severity or as they stand in the sheet.

import { button, element } from "./dom.mjs";
import { SEVERITIES, say } from "./words.mjs";
import { LongList, runs } from "./lazy.mjs";
import { note } from "./note.mjs";
import { openRule } from "./rules.mjs";

const TOGETHER = 40;
const HEIGHT = 96;
const SHORT = 60; // the sheet above says the same: it need not be drawn twice before anybody looks

const GROUPINGS = {
  project: (model, finding) => finding.project ?? finding.unit ?? say("sheet-itself"),
  rule: (model, finding) => `${finding.rule} ${finding.title}`,
  severity: (model, finding) => say(finding.severity),
  row: () => "",
};

export class ListView {
  constructor(model, chosen) {
    this.model = model;
    this.chosen = chosen;
    this.grouping = "project";
    this.home = element("div", { class: "findings" });
    this.empty = element("p", { class: "aside", hidden: true }, say("none-chosen"));
    const choices = Object.keys(GROUPINGS).map((name) => this.#choice(name));
    const legend = element("legend", {}, say("group-by"));
    this.element = element(
      "div",
      {},
      element("fieldset", { class: "groupings" }, legend, choices),
      this.empty,
      this.home,
    );
    this.refresh();
  }

  refresh() {
    this.list?.close();
    const findings = this.chosen();
    this.empty.hidden = findings.length > 0;
    this.list = new LongList(this.home, this.#groups(findings), HEIGHT, SHORT);
  }

  reveal(number) {
    const at = this.list.groups.findIndex((group) => group.findings.some((finding) => finding.number === number));
    this.list.reveal(at);
  }

  drawAll() {
    return this.list.drawAll();
  }

  close() {
    this.list.close();
  }

  #choice(name) {
    const box = element("input", {
      type: "radio",
      name: `${this.model.id}-grouping`,
      value: name,
      checked: name === this.grouping,
      on: {
        change: () => {
          this.grouping = name;
          this.refresh();
        },
      },
    });
    return element("label", { class: "choice" }, box, say(`by-${name}`));
  }

  #groups(findings) {
    const gathered = new Map();
    for (const finding of this.#sorted(findings)) {
      const name = GROUPINGS[this.grouping](this.model, finding);
      const those = gathered.get(name);
      if (those === undefined) gathered.set(name, [finding]);
      else those.push(finding);
    }
    const made = [];
    for (const [name, those] of gathered) {
      runs(those, TOGETHER).forEach((part, at) => made.push(this.#group(at === 0 ? name : "", those, part)));
    }
    return made;
  }

  #sorted(findings) {
    if (this.grouping === "rule")
      return [...findings].sort(
        (one, other) =>
          one.rank - other.rank || (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : one.number - other.number),
      );
    if (this.grouping === "severity")
      return [...findings].sort((one, other) => one.rank - other.rank || one.number - other.number);
    return findings;
  }

  #group(name, all, findings) {
    return {
      findings,
      size: findings.length,
      element: element("div", { class: "group" }),
      content: () =>
        [
          name
            ? element(
                "h3",
                {},
                element("span", {}, name),
                element("span", { class: "counts" }, tally(all)),
                this.#more(all),
              )
            : null,
          element(
            "ol",
            {},
            findings.map((finding) => note(this.model, finding, "l")),
          ),
        ].filter(Boolean),
    };
  }

  #more(all) {
    if (this.grouping !== "rule") return null;
    return button(say("about-rule"), () => openRule(all[0].rule), { class: "rule", "aria-haspopup": "dialog" });
  }
}

/** How many there are of each severity, in words. */
export function tally(findings) {
  const said = SEVERITIES.map((severity) => [
    severity,
    findings.filter((finding) => finding.severity === severity).length,
  ]);
  return said
    .filter(([, number]) => number)
    .map(([severity, number]) =>
      element("span", { class: `count ${severity}` }, say("count", { name: say(severity), number })),
    );
}
