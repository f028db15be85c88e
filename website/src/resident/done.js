/** The page after filing: number, access code, deadline and why. */

import { copyWords } from "../parts/copy.js";
import { byId, make } from "../parts/dom.js";
import { facts, say } from "../parts/page.js";

/**
 * @typedef {object} Filed
 * @property {string} number
 * @property {string} access_code
 * @property {string | null} joined_to
 * @property {{name: string}} topic
 * @property {{name: string} | null} executor
 * @property {string} due_at
 * @property {{clause: string, text: string}[]} [explanation]
 * @property {{id: string, summary: string, consequences: string, eta_at: string}[]} [known_works]
 */

/** @param {Filed} filed */
function showFiled(filed) {
  byId("number", HTMLElement).textContent = filed.number;
  byId("code", HTMLElement).textContent = filed.access_code;
  byId("joined", HTMLElement).hidden = !filed.joined_to;
  byId("main-number", HTMLElement).textContent = filed.joined_to ?? "";
  byId("follow", HTMLAnchorElement).hash = `${filed.number}/${filed.access_code}`;
  fillFact("due", filed.due_at && `${say.due(filed.due_at)} (${say.left(filed.due_at, Date.now())})`);
  fillFact("executor", filed.executor?.name);
  fillFact("topic", filed.topic?.name);
  showList("why", "explanation", (filed.explanation ?? []).map(clause));
  showList(
    "known",
    "works",
    (filed.known_works ?? []).map(knownWork),
  );
}

/**
 * @param {string} id
 * @param {string | undefined} words
 */
function fillFact(id, words) {
  const element = byId(id, HTMLElement);
  element.textContent = words ?? "";
  if (element.parentElement) element.parentElement.hidden = !words;
}

/** @param {{clause: string, text: string}} reason */
function clause(reason) {
  return make("li", {}, make("b", {}, reason.clause), reason.text);
}

/** @param {{id: string, summary: string, consequences: string, eta_at: string}} work */
function knownWork(work) {
  const page = `/${facts.language}/works/#${work.id}`;
  return make(
    "li",
    {},
    make("a", { href: page }, work.summary),
    make("p", {}, `${work.consequences} `, make("b", {}, say.due(work.eta_at))),
  );
}

/**
 * @param {string} section
 * @param {string} list
 * @param {HTMLElement[]} items
 */
function showList(section, list, items) {
  byId(list, HTMLElement).replaceChildren(...items);
  byId(section, HTMLElement).hidden = items.length === 0;
}

/** @type {Filed | null} */
const filed = JSON.parse(sessionStorage.getItem("filed") ?? "null");
if (filed) {
  byId("nothing", HTMLElement).remove();
  byId("done", HTMLElement).hidden = false;
  showFiled(filed);
  byId("heading", HTMLElement).focus();
}
byId("copy", HTMLButtonElement).addEventListener("click", () => {
  const words = ["number", "code"].map((id) => byId(id, HTMLElement).textContent).join(" ");
  void copyWords(words, byId("copied", HTMLElement));
});
byId("print", HTMLButtonElement).addEventListener("click", () => window.print());
