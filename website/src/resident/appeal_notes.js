/** What an applicant has to know or do about an appeal, besides its history. */

import { make } from "../parts/dom.js";
import { facts, say } from "../parts/page.js";

/**
 * @typedef {object} Special
 * @property {string} status
 * @property {{text: string, lack: string, return_by_at: string, answered_at: string | null} | null} clarification
 * @property {{body: string, reason: string, forwarded_at: string, answer: string | null} | null} forwarding
 * @property {{text: string, statement: string, signed_by: string | null, published_at: string} | null} reply
 * @property {string | null} complain
 */

/**
 * The notes that an appeal needs, the most pressing first.
 * @param {Special} appeal
 * @returns {HTMLElement[]}
 */
export function notesOf(appeal) {
  return [
    ...question(appeal),
    ...planned(appeal),
    ...forwarded(appeal),
    ...reply(appeal),
    ...complaint(appeal),
  ];
}

/** @param {Special} appeal */
function question({ clarification: asked }) {
  if (!asked || asked.answered_at) return [];
  return [
    make(
      "section",
      { class: "note warning" },
      make("p", {}, make("b", {}, say.text("js.track.question"))),
      make("p", { class: "words" }, asked.text),
      make(
        "p",
        { class: "small" },
        say.text("js.track.question_until", { due: say.due(asked.return_by_at) }),
      ),
    ),
  ];
}

/** @param {Special} appeal */
function planned({ status }) {
  if (status !== "planned") return [];
  const link = make("a", { href: `/${facts.language}/plans/` }, say.text("js.track.plans"));
  return [make("p", { class: "note" }, say.text("js.track.planned"), " ", link)];
}

/** @param {Special} appeal */
function forwarded({ forwarding: sent }) {
  if (!sent) return [];
  const words = say.text("js.track.forwarded", { body: sent.body, time: say.time(sent.forwarded_at) });
  return [
    panel(
      "js.track.forwarding",
      make("p", {}, words),
      make("p", { class: "quiet" }, sent.reason),
      ...(sent.answer
        ? [
            make("p", {}, make("b", {}, say.text("js.track.answer"))),
            make("p", { class: "words" }, sent.answer),
          ]
        : [make("p", { class: "small" }, say.text("js.track.answer_waits"))]),
    ),
  ];
}

/** @param {Special} appeal */
function reply({ reply: written }) {
  if (!written) return [];
  const signed = say.text("js.track.signed", {
    name: written.signed_by ?? "",
    time: say.time(written.published_at),
  });
  return [
    panel(
      "js.track.reply",
      make("p", { class: "words" }, written.text),
      ...(written.statement ? [make("p", {}, written.statement)] : []),
      make("p", { class: "small quiet" }, signed),
    ),
  ];
}

/** @param {Special} appeal */
function complaint({ complain }) {
  return complain ? [make("p", { class: "note" }, complain)] : [];
}

/**
 * @param {string} title key of its words
 * @param {HTMLElement[]} parts
 */
function panel(title, ...parts) {
  return make("section", { class: "panel flow" }, make("h3", {}, say.text(title)), ...parts);
}
