// The answer: what must be changed before submission, what should and may be, and what was not read.

import { button, element, section } from "./dom.mjs";
import { SEVERITIES, say } from "./words.mjs";
import { place } from "./model.mjs";
import { instead } from "./note.mjs";

const SHOWN = 20; // of what must be changed, named at once
const SUMMED = ["units", "projects", "indicators", "fixable", "unjudged", "suppressed", "unshown"];
const NAMED = 100; // of what was not read

/** The figures as cards: `act` is called with the severity that is asked for. */
export function cards(counts, omissions, act) {
  const made = SEVERITIES.map((severity) => card(severity, counts[severity], act));
  const unread = element(
    "li",
    { class: `card unread${omissions ? "" : " zero"}` },
    element("b", {}, omissions),
    element("span", {}, say("not-read")),
    element("small", {}, say(omissions ? "not-read-some" : "not-read-none")),
  );
  return element("ul", { class: "cards" }, made, unread);
}

function card(severity, number, act) {
  const inside = [
    element("b", {}, number),
    element("span", {}, say(severity)),
    element("small", {}, say(`means-${severity}`)),
  ];
  const content = number && act ? button(inside, () => act(severity)) : inside;
  return element("li", { class: `card ${severity}${number ? "" : " zero"}` }, content);
}

export function answer(model, show) {
  const { listing, details } = model;
  const errors = model.findings.filter((finding) => finding.severity === "error");
  return section(
    `${model.id}-answer`,
    say("answer"),
    element(
      "p",
      { class: `verdict ${errors.length ? "error" : listing.omissions ? "warning" : "sound"}` },
      verdict(errors.length, listing),
    ),
    cards(listing, listing.omissions, (severity) => show({ severities: new Set([severity]) })),
    element(
      "ul",
      { class: "notices" },
      notices([listing], details).map((said) => element("li", {}, said)),
    ),
    omissions(model),
    errors.length ? musts(model, errors, show) : null,
  );
}

function verdict(errors, listing) {
  if (errors) return say("verdict-error", { number: errors });
  if (listing.omissions) return say("verdict-unread");
  return say(listing.warning + listing.info ? "verdict-none" : "verdict-sound");
}

/** What there is to say of what was read, and of what is not listed, in all of `listings`. */
export function notices(listings, details) {
  const listing = Object.fromEntries(SUMMED.map((key) => [key, listings.reduce((sum, one) => sum + one[key], 0)]));
  const read = ["units", "projects", "indicators"]
    .filter((key) => listing[key])
    .map((key) => say(key, { number: listing[key] }));
  if (details.pages > 1) read.push(say("pages", { number: details.pages }));
  return [
    read.length ? say("read", { what: read.join(say("list-separator")) }) : null,
    listing.fixable ? say("fixable", { number: listing.fixable }) : null,
    listing.unjudged ? say(listings.length > 1 ? "unjudged-in-files" : "unjudged", { number: listing.unjudged }) : null,
    listing.suppressed ? say("suppressed", { number: listing.suppressed }) : null,
    listing.unshown ? say("unshown", { number: listing.unshown }) : null,
    ...(details.remarks ?? []).filter((remark) => !remark.is_gap).map((remark) => remark.message),
  ].filter(Boolean);
}

/** What was not read or judged, each with its place and why. */
function omissions(model) {
  const { details } = model;
  const said = [
    ...(details.unread ?? []).map((one) => [unreadPlace(model, one), one.message]),
    ...(details.remarks ?? []).filter((remark) => remark.is_gap).map((remark) => ["", remark.message]),
    ...(details.failures ?? []).map((failure) => [failure.rule, failure.message]),
  ];
  if (!said.length) return null;
  return notRead(said.map(([where, why]) => [where ? element("b", {}, where, " ") : null, why]));
}

/** A list of what was not read: an item for each of `said`, some of them at the most. */
export function notRead(said) {
  return element(
    "div",
    { class: "omissions" },
    element("h3", {}, say("not-read-title")),
    element(
      "ul",
      {},
      said.slice(0, NAMED).map((parts) => element("li", {}, ...parts)),
    ),
    said.length > NAMED ? element("p", {}, say("more", { number: said.length - NAMED })) : null,
  );
}

/** Where something was not read: a link to its row. */
function unreadPlace(model, stretch) {
  const at = Math.max(place(model.starts, stretch.offset), 0);
  return element("a", { href: `#${model.id}-r${at}` }, say("unread-at", { place: stretch.place }));
}

/** What must be changed, in a table: it fits on the first page of paper. */
function musts(model, errors, show) {
  const rows = errors
    .slice(0, SHOWN)
    .map((finding) =>
      element(
        "li",
        { class: "must" },
        element(
          "a",
          {
            href: `#${model.id}-m${finding.number}`,
            class: "number",
            "aria-label": say("to-sheet", { number: finding.number }),
          },
          finding.number,
        ),
        element(
          "div",
          {},
          element("p", { class: "what" }, finding.message),
          instead(finding),
          element(
            "p",
            { class: "where" },
            [finding.place, finding.project ?? finding.unit].filter(Boolean).join(" · "),
          ),
        ),
      ),
    );
  const left = errors.length - rows.length;
  return element(
    "div",
    { class: "musts" },
    element("h3", {}, say("must-title", { number: errors.length })),
    element("ol", {}, rows),
    left > 0
      ? button(say("more-musts", { number: left }), () => show({ severities: new Set(["error"]) }, "list"))
      : null,
  );
}
