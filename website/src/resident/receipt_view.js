/** What a receipt tells: where the appeal stands, why, how to complain, its number and code. */

import { copyWords } from "../parts/copy.js";
import { make } from "../parts/dom.js";
import { facts, say } from "../parts/page.js";

/**
 * @typedef {object} Receipt
 * @property {"queued" | "quarantined" | "registered" | "refused"} status
 * @property {string} status_text
 * @property {string | null} reason
 * @property {string | null} complain
 * @property {string | null} number
 * @property {string | null} access_code
 */

/** @param {Receipt} receipt */
export function receiptView(receipt) {
  return [
    make("h2", { tabindex: "-1" }, say.text(`js.receipt.${receipt.status}`)),
    ...words(receipt),
    ...(receipt.number ? registered(receipt.number, receipt.access_code ?? "") : []),
    ...(receipt.status === "refused" ? refused(receipt) : []),
  ];
}

/** @param {Receipt} receipt */
function words({ status, status_text: told }) {
  const own = make("p", {}, say.text(`js.receipt.${status}_text`));
  return status === "quarantined" ? [make("p", { class: "lead" }, told), own] : [own];
}

/**
 * @param {string} number
 * @param {string} code
 */
function registered(number, code) {
  const copied = make("p", { role: "status", class: "hint" });
  const copy = make("button", { type: "button", class: "btn plain noprint" }, say.text("js.receipt.copy"));
  copy.addEventListener("click", () => void copyWords(`${number} ${code}`, copied));
  const page = `/${facts.language}/track/#${number}/${code}`;
  return [
    make("div", {}, make("p", { class: "quiet" }, say.text("js.receipt.number")), numberOf(number)),
    make(
      "div",
      {},
      make("p", { class: "quiet" }, say.text("js.receipt.code")),
      make("div", { class: "row" }, make("span", { class: "code", id: "code" }, code), copy),
      copied,
    ),
    make("p", { class: "noprint" }, make("a", { class: "btn", href: page }, say.text("js.receipt.track"))),
  ];
}

/** @param {string} number */
const numberOf = (number) => make("p", { class: "number", id: "number" }, number);

/** @param {Receipt} receipt */
function refused({ reason, complain }) {
  return [
    make("h3", {}, say.text("js.receipt.reason")),
    make("blockquote", { class: "words", id: "reason" }, reason ?? "–"),
    make("h3", {}, say.text("js.receipt.complain")),
    make("p", { class: "paragraphs", id: "complain" }, complain ?? ""),
  ];
}
