// Makes elements. Every text becomes a text node: nothing that a sheet holds is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes and children; `on` holds listeners, what is null or false is left out. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A button that does `act`. */
export function button(said, act, attributes = {}) {
  return element("button", { type: "button", ...attributes, on: { click: act } }, said);
}

/** A section of the page, which its heading names. */
export function section(id, heading, ...children) {
  const title = element("h2", { id: `${id}-title` }, heading);
  return element("section", { id, "aria-labelledby": `${id}-title`, tabindex: -1 }, title, ...children);
}

/** A table with its caption and its heads; each of `rows` is a list of cells, the first of which names the row. */
export function table(caption, heads, rows, attributes = {}) {
  const head = heads.map((said) => element("th", { scope: "col" }, said));
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    element(
      "table",
      attributes,
      element("caption", { class: "unseen" }, caption),
      element("thead", {}, element("tr", {}, head)),
      element("tbody", {}, rows.map(tableRow)),
    ),
  );
}

function tableRow([first, ...cells]) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, first),
    cells.map((cell) => element("td", {}, cell)),
  );
}
