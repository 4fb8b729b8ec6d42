// All that is said of one file, section by section.

import { element, section } from "./dom.mjs";
import { say } from "./words.mjs";
import { answer } from "./answer.mjs";
import { FilterBar, isChosen } from "./filter.mjs";
import { ListView } from "./list.mjs";
import { onShowOnly } from "./rules.mjs";
import { pictures } from "./pictures.mjs";
import { SheetView } from "./sheet.mjs";
import { drawAllSums, sumsSection } from "./sums.mjs";

export class FileView {
  constructor(model) {
    this.model = model;
    const { id } = model;
    this.bar = new FilterBar(model, () => this.#refresh());
    this.sheet = new SheetView(model, (finding) => isChosen(model, this.bar.choice, finding));
    this.list = new ListView(model, () => this.bar.chosen);
    onShowOnly((rule) => this.show({ rule }, "list"));
    this.element = element(
      "div",
      { class: "file" },
      answer(model, (choice, where = "list") => this.show(choice, where)),
      pictures(model, (row) => this.goTo(`${id}-r${row}`)),
      element(
        "div",
        { class: "filtered" },
        this.bar.element,
        section(`${id}-sheet`, say("sheet"), element("p", { class: "aside" }, say("sheet-about")), this.sheet.element),
        model.findings.length ? section(`${id}-list`, say("list"), this.list.element) : null,
      ),
      sumsSection(model),
    );
    this.element.addEventListener("click", (event) => {
      const mark = event.target instanceof Element ? event.target.closest("mark[data-note]") : null;
      if (mark) this.goTo(`${id}-n${mark.getAttribute("data-note")}`);
    });
  }

  /** Show the findings of `choice` alone, and go to the list or to the sheet. */
  show(choice, where) {
    this.bar.show(choice);
    this.goTo(`${this.model.id}-${where}`);
  }

  /** Go to the element `id`, drawn if it was not; what is folded around it is opened. */
  goTo(id) {
    const [, kind, number] = /-([nmlr])(\d+)$/.exec(id) ?? [];
    if (kind !== undefined) {
      const finding = this.model.findings[Number(number) - 1];
      if (kind !== "r" && finding && !isChosen(this.model, this.bar.choice, finding)) this.bar.show({});
      if (kind === "l") this.list.reveal(Number(number));
      else this.sheet.reveal(kind === "r" ? Number(number) : finding?.at);
    }
    const target = document.getElementById(id);
    if (target === null) return;
    for (
      let around = target.parentElement?.closest("details");
      around;
      around = around.parentElement?.closest("details")
    )
      around.open = true;
    target.scrollIntoView({ block: kind === undefined ? "start" : "center" });
    target.focus({ preventScroll: true });
    target.classList.remove("reached");
    requestAnimationFrame(() => target.classList.add("reached"));
  }

  drawAll() {
    return [this.sheet.drawAll(), this.list.drawAll(), drawAllSums()].every(Boolean);
  }

  close() {
    onShowOnly(null);
    this.sheet.close();
    this.list.close();
  }

  #refresh() {
    this.sheet.refresh();
    this.list.refresh();
  }
}
