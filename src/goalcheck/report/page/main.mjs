// Reads the data of the page and shows it: one file at once, several by way of their list. The place is in the address.

import { element } from "./dom.mjs";
import { learnWords, say } from "./words.mjs";
import { Model } from "./model.mjs";
import { announcer } from "./copy.mjs";
import { FileView } from "./file.mjs";
import { Overview } from "./matrix.mjs";
import { printMenu } from "./print.mjs";
import { ruleDialog } from "./rules.mjs";

function data(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

learnWords(data("words"));
const index = data("index");
const files = data("files");
const rules = new Map(data("rules").map((rule) => [rule.code, rule]));
const main = element("main", { id: "main", tabindex: -1 });
const nav = element("nav", { "aria-label": say("contents") });
const heading = element("h1", {});
const { menu, left } = printMenu(() => (view === null ? true : view.drawAll()));
let view = null;
let shown = null; // the number of the file that is open, or "all"

document.body.append(
  element(
    "a",
    {
      class: "skip",
      href: "#main",
      on: {
        click: (event) => {
          event.preventDefault();
          main.focus();
        },
      },
    },
    say("skip"),
  ),
  element(
    "header",
    {},
    element("div", { class: "masthead" }, element("p", { class: "kind" }, say("kind")), heading),
    nav,
  ),
  main,
  element(
    "footer",
    {},
    left,
    element("p", {}, say("made-by", { version: index.tool.version, rules: index.tool.rules })),
    element("p", {}, say("stays-here")),
  ),
  ruleDialog(rules),
  announcer(),
);

function route() {
  const hash = decodeURIComponent(location.hash.slice(1));
  const wanted = /^f(\d+)(?:-|$)/.exec(hash);
  const number = wanted && files[Number(wanted[1])] ? Number(wanted[1]) : files.length === 1 ? 0 : "all";
  if (number !== shown) open(number);
  if (wanted && hash.includes("-")) view.goTo?.(hash);
  else if (wanted && number !== "all" && files.length > 1) scrollTo(0, 0);
  else if (hash.startsWith("all-")) document.getElementById(hash)?.scrollIntoView();
}

function open(number) {
  view?.close?.();
  shown = number;
  const file = number === "all" ? null : files[number];
  heading.textContent = file === null ? say("files", { number: files.length }) : file.path;
  heading.lang = file === null ? "" : "zh-CN";
  const inside = file === null || file.status === "failed" ? null : document.getElementById(`file-${number}`);
  if (file === null) view = new Overview(files, rules);
  else if (inside === null) view = { element: failed(file), drawAll: () => true };
  else view = new FileView(new Model(number, file, JSON.parse(inside.textContent), rules));
  main.replaceChildren(view.element);
  contents();
}

function failed(file) {
  return element(
    "section",
    { "aria-labelledby": "failed-title" },
    element("h2", { id: "failed-title" }, say("failed")),
    element("p", { class: "verdict warning" }, file.reason),
  );
}

function contents() {
  const links = [...main.querySelectorAll("section[id]")].map((part) =>
    element("a", { href: `#${part.id}` }, part.querySelector("h2").textContent),
  );
  if (files.length > 1 && shown !== "all")
    links.unshift(element("a", { href: "#all", class: "back" }, say("all-files")));
  nav.replaceChildren(
    element(
      "ul",
      {},
      links.map((link) => element("li", {}, link)),
      element("li", { class: "printing" }, menu),
    ),
  );
}

addEventListener("hashchange", route);
route();
document.documentElement.dataset.ready = Math.round(performance.now()); // in milliseconds: what a test looks at
