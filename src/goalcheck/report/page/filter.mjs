// Which findings are shown: by severity, rule, unit, project and words. One choice holds for the sheet and the list.

import { button, element } from "./dom.mjs";
import { SEVERITIES, say } from "./words.mjs";
import { counted } from "./model.mjs";

export function everything() {
  return { severities: new Set(SEVERITIES), rule: "", unit: "", project: "", words: "" };
}

/** Whether a finding is chosen. */
export function isChosen(model, choice, finding) {
  return (
    choice.severities.has(finding.severity) &&
    (!choice.rule || finding.rule === choice.rule) &&
    (!choice.unit || finding.unit === choice.unit) &&
    (!choice.project || finding.project === choice.project) &&
    choice.words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => model.searched(finding).includes(word))
  );
}

/** The bar of filters: `change` is called with every new choice. */
export class FilterBar {
  constructor(model, change) {
    this.model = model;
    this.change = change;
    this.choice = everything();
    this.told = element("output", { class: "told", "aria-live": "polite" });
    this.boxes = SEVERITIES.map((severity) => this.#box(severity));
    const titles = (code) => `${code} ${model.rules.get(code)?.title ?? ""}`;
    this.selects = [
      this.#select("rule", "all-rules", (finding) => finding.rule, titles, true),
      this.#select("unit", "all-units", (finding) => finding.unit, String),
      this.#select("project", "all-projects", (finding) => finding.project, String),
    ];
    this.search = element("input", {
      type: "search",
      id: `${model.id}-search`,
      placeholder: say("search-hint"),
      autocomplete: "off",
      spellcheck: "false",
      on: { input: () => this.#set({ words: this.search.value.trim() }) },
    });
    const clear = button(say("show-all"), () => this.show({}));
    this.element = element(
      "form",
      { class: "filters", role: "search", "aria-label": say("filters"), on: { submit: (e) => e.preventDefault() } },
      element("fieldset", {}, element("legend", { class: "unseen" }, say("severity")), this.boxes),
      this.selects,
      element("label", {}, element("span", { class: "unseen" }, say("search")), this.search),
      clear,
      this.told,
    );
    this.tell();
  }

  /** Show what `part` chooses, and nothing else. */
  show(part) {
    this.choice = { ...everything(), ...part };
    for (const box of this.element.querySelectorAll("input[type=checkbox]")) {
      box.checked = this.choice.severities.has(box.value);
    }
    for (const select of this.element.querySelectorAll("select")) select.value = this.choice[select.name];
    this.search.value = this.choice.words;
    this.#set({});
  }

  /** The findings that are chosen. */
  get chosen() {
    return this.model.findings.filter((finding) => isChosen(this.model, this.choice, finding));
  }

  tell() {
    this.told.textContent = say("shown", { number: this.chosen.length, all: this.model.findings.length });
  }

  #set(part) {
    this.choice = { ...this.choice, ...part };
    this.tell();
    this.change(this.choice);
  }

  #box(severity) {
    const number = this.model.findings.filter((finding) => finding.severity === severity).length;
    const box = element("input", {
      type: "checkbox",
      value: severity,
      checked: true,
      disabled: number === 0,
      on: {
        change: () => {
          const severities = new Set(this.choice.severities);
          if (box.checked) severities.add(severity);
          else severities.delete(severity);
          this.#set({ severities });
        },
      },
    });
    return element("label", { class: `choice ${severity}` }, box, say(severity), " ", element("b", {}, number));
  }

  #select(name, all, key, title, sorted = false) {
    const counts = [...counted(this.model.findings, key)];
    if (counts.length < 2) return null;
    if (sorted) counts.sort(([one], [other]) => (one < other ? -1 : 1));
    const options = counts.map(([value, number]) =>
      element("option", { value }, say("option", { name: title(value), number })),
    );
    const select = element(
      "select",
      { name, on: { change: () => this.#set({ [name]: select.value }) } },
      element("option", { value: "" }, say(all)),
      options,
    );
    return element("label", {}, element("span", { class: "unseen" }, say(all)), select);
  }
}
