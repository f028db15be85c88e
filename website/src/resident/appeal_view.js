/** An appeal as its applicant reads it. */

import { fact, make } from "../parts/dom.js";
import { facts, say } from "../parts/page.js";
import { notesOf } from "./appeal_notes.js";

/**
 * @typedef {import("./appeal_notes.js").Special & Card} Appeal
 *
 * @typedef {object} Card
 * @property {string} number
 * @property {string} status
 * @property {string} status_text
 * @property {{name: string}} topic
 * @property {{name: string} | null} executor
 * @property {string} text
 * @property {{street: string, building: string, note: string}} place
 * @property {string} received_at
 * @property {string} due_at
 * @property {boolean} overdue
 * @property {{at: string, event: string, text: string}[]} history
 * @property {{url: string, kind: string, caption?: string}[]} evidence
 * @property {{was_due_at: string | null, due_at: string | null, reason: string}[]} extensions
 * @property {string | null} joined_to
 * @property {string | null} part_of
 * @property {string[]} parts
 * @property {string | null} repeat_of
 * @property {string[]} repeats
 * @property {{token?: string, url?: string, closes_at: string, outcome: string | null} | null} survey
 */

const ENDED = [
  "planned",
  "closed",
  "confirmed",
  "unconfirmed",
  "returned",
  "joined",
  "forwarded",
  "withdrawn",
  "not_considered",
];

/**
 * @param {Appeal} appeal
 * @param {string} code access code, which opens the appeals of the same chain too
 * @param {HTMLElement[]} deeds what the applicant may do now
 * @param {HTMLElement} buttons
 */
export function appealView(appeal, code, deeds, buttons) {
  return make(
    "div",
    { class: "split" },
    main(appeal, deeds, buttons),
    make("aside", { class: "flow" }, ...survey(appeal), factsOf(appeal, code)),
  );
}

/**
 * @param {Appeal} appeal
 * @param {HTMLElement[]} deeds
 * @param {HTMLElement} buttons
 */
function main(appeal, deeds, buttons) {
  const heading = make("h2", { tabindex: "-1" }, appeal.number);
  const tag = make("span", { class: `tag ${toneOf(appeal)}` }, appeal.status_text);
  const steps = appeal.history.map((step) =>
    make("li", {}, make("time", { datetime: step.at }, say.time(step.at)), step.text),
  );
  return make(
    "div",
    { class: "flow" },
    make("div", { class: "row" }, heading, tag),
    make("p", { class: "words" }, appeal.text),
    ...notesOf(appeal),
    ...deeds,
    ...photos(appeal),
    make(
      "section",
      { class: "panel" },
      make("h3", {}, say.text("js.track.history")),
      make("ol", { class: "history" }, ...steps),
    ),
    buttons,
  );
}

/** @param {Appeal} appeal */
function toneOf(appeal) {
  if (appeal.status === "confirmed") return "success";
  if (appeal.status === "returned" || (appeal.overdue && !ENDED.includes(appeal.status))) return "warning";
  return "";
}

/**
 * @param {Appeal} appeal
 * @param {string} code
 */
function factsOf(appeal, code) {
  const list = make("dl", { class: "facts" });
  list.append(fact(say.text("js.track.topic"), appeal.topic?.name ?? ""));
  const { street, building, note } = appeal.place;
  list.append(fact(say.text("js.track.place"), [street, building, note].filter(Boolean).join(", ")));
  if (appeal.executor) list.append(fact(say.text("js.track.executor"), appeal.executor.name));
  list.append(
    fact(say.text("js.track.received"), say.time(appeal.received_at)),
    fact(say.text("js.track.due"), ...due(appeal)),
  );
  for (const one of appeal.extensions) list.append(fact(say.text("js.track.extensions"), extension(one)));
  if (appeal.repeat_of) list.append(fact(say.text("js.track.repeat_of"), chainLink(appeal.repeat_of, code)));
  for (const repeat of appeal.repeats ?? [])
    list.append(fact(say.text("js.track.repeats"), chainLink(repeat, code)));
  if (appeal.part_of) list.append(fact(say.text("js.track.part_of"), chainLink(appeal.part_of, code)));
  for (const one of appeal.parts) list.append(fact(say.text("js.track.parts"), chainLink(one, code)));
  return make("section", { class: "panel" }, list);
}

/** @param {Appeal} appeal */
function due(appeal) {
  const words = [make("span", {}, say.due(appeal.due_at))];
  if (ENDED.includes(appeal.status)) return words;
  const left = make(
    "span",
    { class: appeal.overdue ? "tag danger" : "quiet small" },
    say.left(appeal.due_at, Date.now()),
  );
  return [...words, make("br"), left];
}

/** @param {Appeal["extensions"][number]} one */
function extension({ was_due_at: was, due_at: due, reason }) {
  return say.text("js.track.extension", {
    was: was ? say.due(was) : "",
    day: due ? say.due(due) : "",
    reason,
  });
}

/**
 * @param {string} number
 * @param {string} code
 */
function chainLink(number, code) {
  return make("a", { href: `#${number}/${code}` }, number);
}

/** @param {Appeal} appeal */
function photos(appeal) {
  if (appeal.evidence.length === 0) return [];
  const items = appeal.evidence.map((item, index) => make("li", {}, evidence(item, index + 1)));
  return [
    make(
      "section",
      { class: "panel" },
      make("h3", {}, say.text("js.track.photos")),
      make("ul", { class: "gallery" }, ...items),
    ),
  ];
}

/**
 * @param {{url: string, kind: string, caption?: string}} item
 * @param {number} n
 */
function evidence(item, n) {
  const name =
    item.caption || say.text(item.kind === "photo" ? "js.track.photo" : "js.track.document", { n });
  if (item.kind !== "photo") return make("a", { href: item.url }, name);
  return make(
    "a",
    { href: item.url },
    make("img", { src: item.url, alt: name, width: 320, height: 240, loading: "lazy" }),
  );
}

/** @param {Appeal} appeal */
function survey(appeal) {
  if (!appeal.survey?.token || appeal.survey.outcome) return [];
  const link = make(
    "a",
    { class: "btn", href: `/${facts.language}/survey/#${appeal.survey.token}` },
    say.text("js.track.survey_link"),
  );
  const until = say.text("js.track.survey_until", { day: say.time(appeal.survey.closes_at) });
  return [
    make(
      "section",
      { class: "note warning" },
      make("p", {}, make("b", {}, say.text("js.track.survey"))),
      make("p", { class: "small" }, until),
      make("p", {}, link),
    ),
  ];
}
