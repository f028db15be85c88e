/** A repair work on the page: where it stands, until when, what it means, why, where, who. */

import { call } from "../parts/api.js";
import { fact, make } from "../parts/dom.js";
import { explain } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";

/**
 * @typedef {object} Work
 * @property {string} id
 * @property {"planned" | "active" | "overdue" | "closed"} status
 * @property {string} status_text
 * @property {string} kind_text
 * @property {string} summary
 * @property {string} cause
 * @property {string} consequences
 * @property {string} starts_at
 * @property {string} eta_at
 * @property {string | null} closed_at
 * @property {string} result
 * @property {{street: string, building: string, note: string}[]} places
 * @property {{name: string} | null} executor
 */

/** @typedef {{at: string, text: string, comment: string}} Line */

const TONES = { planned: "", active: "warning", overdue: "danger", closed: "success" };

/**
 * @param {Work} work
 * @param {number} now milliseconds of the epoch
 */
export function workItem(work, now) {
  const tone = TONES[work.status];
  return make(
    "li",
    { class: `panel work ${tone}`, id: work.id, tabindex: "-1" },
    make(
      "p",
      { class: "row marks" },
      make("span", { class: `tag ${tone}` }, work.status_text),
      make("span", { class: "quiet small" }, work.kind_text),
    ),
    make("h3", {}, work.summary),
    term(work, now),
    make("p", { class: "means" }, work.consequences),
    make(
      "dl",
      { class: "facts" },
      fact(say.text("js.works.where"), ...places(work)),
      fact(say.text("js.works.cause"), work.cause),
      fact(say.text("js.works.who"), work.executor?.name ?? "–"),
      ...(work.result ? [fact(say.text("js.works.result"), work.result)] : []),
    ),
    history(work),
  );
}

/**
 * @param {Work} work
 * @param {number} now
 */
function term(work, now) {
  if (work.closed_at) return make("p", { class: "term" }, say.text("js.works.closed", { time: say.time(work.closed_at) }));
  const left = `(${say.left(work.eta_at, now)})`;
  const begins =
    work.status === "planned" ? [say.text("js.works.begins", { time: say.time(work.starts_at) }), make("br")] : [];
  return make(
    "p",
    { class: "term" },
    ...begins,
    say.text("js.works.until"),
    " ",
    make("b", {}, say.due(work.eta_at)),
    " ",
    make("span", { class: "left" }, left),
  );
}

/** @param {Work} work */
function places(work) {
  return work.places.map(({ street, building, note }) =>
    make("span", { class: "place" }, [street, building].filter(Boolean).join(", ") + (note ? ` (${note})` : "")),
  );
}

/**
 * The history, read when somebody opens it.
 * @param {Work} work
 */
function history(work) {
  const body = make("div", { class: "flow" });
  const box = make(
    "details",
    { class: "more" },
    make("summary", {}, say.text("js.works.history"), make("span", { class: "hidden-visually" }, `: ${work.summary}`)),
    body,
  );
  box.addEventListener("toggle", () => {
    if (box.open && body.childElementCount === 0) void fill(body, work.id);
  });
  return box;
}

/**
 * @param {HTMLElement} body
 * @param {string} id
 */
async function fill(body, id) {
  try {
    const answer = await call(`/repair-works/${id}`, { language: facts.language });
    body.replaceChildren(make("ol", { class: "history" }, ...answer.body.history.map(line)));
  } catch (error) {
    body.textContent = explain(error);
  }
}

/** @param {Line} change */
function line(change) {
  return make(
    "li",
    {},
    make("time", { datetime: change.at }, say.time(change.at)),
    change.text,
    ...(change.comment ? [make("p", { class: "quiet" }, change.comment)] : []),
  );
}
