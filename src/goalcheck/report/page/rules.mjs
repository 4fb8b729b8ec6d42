// A rule's own page: why it is, where that is written, wrong and right examples. It opens above the report.

import { button, element } from "./dom.mjs";
import { say } from "./words.mjs";

let rules = new Map();
let showOnly = null;
const dialog = element("dialog", { class: "rule-page", "aria-labelledby": "rule-title" });

/** Make the rules known; gives the dialog, which is part of the page once. */
export function ruleDialog(known) {
  rules = known;
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}

/** What shows the findings of a rule alone, as long as a file is open. */
export function onShowOnly(act) {
  showOnly = act;
}

export function openRule(code) {
  const rule = rules.get(code);
  const close = button(say("close"), () => dialog.close(), { class: "close" });
  const only =
    showOnly === null
      ? null
      : button(say("only-this-rule"), () => {
          dialog.close();
          showOnly(code);
        });
  dialog.replaceChildren(
    element(
      "div",
      { class: "inside" },
      element("h2", { id: "rule-title", tabindex: -1 }, rule ? `${rule.code} ${rule.title}` : code),
      ...(rule ? told(rule) : []),
      element("div", { class: "buttons" }, only, close),
    ),
  );
  dialog.showModal();
  dialog.scrollTop = 0;
  document.getElementById("rule-title").focus();
}

function told(rule) {
  return [
    element(
      "p",
      { class: "facts" },
      [say(rule.severity), ...rule.facts.slice(1)].join(" · "),
      " · ",
      element("code", {}, rule.name),
    ),
    part("rule-why", element("p", {}, rule.why)),
    part("rule-source", element("p", {}, rule.source)),
    part(
      "rule-help",
      rule.help.length === 1
        ? element("p", {}, rule.help[0])
        : element(
            "ul",
            {},
            rule.help.map((said) => element("li", {}, said)),
          ),
    ),
    part("rule-bad", rule.bad.map(example)),
    part("rule-good", rule.good.map(example)),
    rule.note ? element("p", { class: "aside" }, rule.note) : null,
    part(
      "rule-switch",
      element(
        "ul",
        {},
        rule.switch.map(([how, ...lines]) =>
          element(
            "li",
            {},
            how,
            " ",
            lines.map((line) => element("code", {}, line)),
          ),
        ),
      ),
    ),
  ];
}

function part(key, ...children) {
  return element("section", {}, element("h3", {}, say(key)), ...children);
}

function example(made) {
  const shown = element("pre", { lang: "zh-CN", tabindex: 0 }, marked(made.text));
  if (made.fixed === undefined) return shown;
  return [
    shown,
    element(
      "div",
      { class: "fixed" },
      element("p", { class: "aside" }, say("rule-fixed")),
      element("pre", { lang: "zh-CN", tabindex: 0 }, made.fixed),
    ),
  ];
}

/** A text in which `⟦…⟧` marks what is wrong. */
function marked(text) {
  return text
    .split(/(\u27e6[^\u27e7]*\u27e7)/)
    .map((piece) =>
      piece.startsWith("\u27e6") ? element("mark", { class: "error" }, piece.slice(1, -1) || say("gap")) : piece,
    );
}
