// The button that copies a text, and the place where the page says what it has just done.

import { button, element } from "./dom.mjs";
import { say } from "./words.mjs";

const status = element("div", { class: "status", role: "status" });
let quiet = 0;

/** Where announcements appear; it is part of the page once. */
export function announcer() {
  return status;
}

export function announce(said) {
  status.textContent = said;
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    status.textContent = "";
  }, 4000);
}

export function copyButton(text) {
  const made = button(
    say("copy"),
    async () => {
      const done = await copied(text);
      announce(done ? say("copied", { text: text.length > 40 ? `${text.slice(0, 40)}…` : text }) : say("not-copied"));
      if (done) {
        made.textContent = say("copied-short");
        setTimeout(() => {
          made.textContent = say("copy");
        }, 2000);
      }
    },
    { class: "copy", "aria-label": say("copy-this", { text }) },
  );
  return made;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text); // where the page may not use the clipboard
  }
}

function copiedBySelection(text) {
  const focused = document.activeElement;
  const area = element("textarea", { class: "unseen", "aria-hidden": "true" });
  document.body.append(area);
  area.value = text;
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}
