// What is said of one finding: what is wrong, what to write instead, where, and by which rule.

import { button, element } from "./dom.mjs";
import { say } from "./words.mjs";
import { relatedPlaces } from "./place.mjs";
import { copyButton } from "./copy.mjs";
import { openRule } from "./rules.mjs";

/** A note as an item of a list. `kind` begins its id: `n` below the row of the sheet, `l` in the list. */
export function note(model, finding, kind, lead = null) {
  return element(
    "li",
    { id: `${model.id}-${kind}${finding.number}`, class: `note ${finding.severity}`, tabindex: -1 },
    element(
      "p",
      { class: "what" },
      numberLink(model, finding, kind),
      element("span", { class: "tag" }, say(finding.severity)),
      " ",
      lead,
      element("span", { lang: null }, finding.message),
    ),
    instead(finding),
    element(
      "p",
      { class: "where" },
      element("span", {}, finding.place),
      " ",
      ruleButton(model, finding),
      finding.fix?.safety === "safe" ? element("span", { class: "mends" }, say("mends-itself")) : null,
    ),
    related(model, finding),
  );
}

function numberLink(model, finding, kind) {
  const target = kind === "c" ? "n" : "m";
  return element(
    "a",
    {
      class: "number",
      href: `#${model.id}-${target}${finding.number}`,
      "aria-label": say("to-sheet", { number: finding.number }),
    },
    finding.number,
  );
}

/** What to write instead, with a button that copies it; else what to do. */
export function instead(finding) {
  if (finding.suggestion === undefined) return element("p", { class: "instead" }, finding.help);
  return element(
    "p",
    { class: "instead" },
    element("span", { class: "lead" }, say("write")),
    element("ins", { lang: "zh-CN" }, finding.suggestion),
    " ",
    copyButton(finding.suggestion),
  );
}

function ruleButton(model, finding) {
  return button(element("span", {}, `${finding.rule} ${finding.title}`), () => openRule(finding.rule), {
    class: "rule",
    "aria-haspopup": "dialog",
  });
}

function related(model, finding) {
  const said = relatedPlaces(model, finding);
  return said ? element("p", { class: "related" }, say("see-also", { places: said })) : null;
}
