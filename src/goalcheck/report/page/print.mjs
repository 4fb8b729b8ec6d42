// What goes on paper: the parts that are chosen, drawn whole before the browser prints.

import { button, element } from "./dom.mjs";
import { say } from "./words.mjs";

const PARTS = { answer: true, pictures: true, sheet: true, list: false, sums: true };

export function printMenu(drawAll) {
  const left = element("p", { class: "print-left", hidden: true }, say("print-left"));
  const boxes = Object.entries(PARTS).map(([name, isOn]) => {
    const box = element("input", { type: "checkbox", checked: isOn, on: { change: () => choose(name, box.checked) } });
    choose(name, isOn);
    return element("label", { class: "choice" }, box, say(name));
  });
  addEventListener("beforeprint", () => {
    left.hidden = drawAll();
  });
  const menu = element(
    "details",
    { class: "print-menu" },
    element("summary", {}, say("print")),
    element(
      "div",
      { class: "sheet-of-choices" },
      element("fieldset", {}, element("legend", {}, say("print-what")), boxes),
      button(say("print-now"), () => {
        menu.open = false;
        print();
      }),
    ),
  );
  return { menu, left };
}

function choose(name, isOn) {
  document.documentElement.classList.toggle(`without-${name}`, !isOn);
}
