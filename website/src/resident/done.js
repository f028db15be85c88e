/** The page after filing: number, access code, deadline and why; or a receipt that waits. */

import { call } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { facts, say } from "../parts/page.js";

const ASK_AGAIN_MS = 5000;

/**
 * @typedef {object} Filed
 * @property {string} [number]
 * @property {string} [access_code]
 * @property {string} [receipt]
 * @property {string} status
 * @property {{name: string}} topic
 * @property {{name: string} | null} executor
 * @property {string} due_at
 * @property {{clause: string, text: string}[]} [explanation]
 * @property {{id: string, summary: string, consequences: string, eta_at: string}[]} [known_works]
 */

/** @param {Filed} filed */
function showFiled(filed) {
  byId("waiting", HTMLElement).hidden = true;
  byId("filed", HTMLElement).hidden = false;
  byId("number", HTMLElement).textContent = filed.number ?? "";
  byId("code", HTMLElement).textContent = filed.access_code ?? "";
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

/**
 * @param {string} receipt
 * @param {string} status
 */
function showWaiting(receipt, status) {
  const words = say.text(status === "quarantined" ? "js.done.quarantined" : "js.done.queued");
  const box = byId("waiting", HTMLElement);
  byId("heading", HTMLElement).textContent = say.text("js.done.waiting");
  box.replaceChildren(
    make("p", { class: "quiet" }, say.text("js.done.receipt")),
    make("p", { class: "number" }, receipt),
    make("p", {}, words),
  );
  box.hidden = false;
  setTimeout(() => void askReceipt(receipt), ASK_AGAIN_MS);
}

/** @param {string} receipt */
async function askReceipt(receipt) {
  const path = `/receipts/${encodeURIComponent(receipt)}`;
  const answer = await call(path, { language: facts.language }).catch(() => null);
  if (answer?.body.number) return openAppeal(answer.body);
  if (answer?.body.status === "refused") {
    byId("waiting", HTMLElement).replaceChildren(
      make("p", {}, say.text("js.done.refused", { reason: answer.body.reason ?? "" })),
    );
    return;
  }
  setTimeout(() => void askReceipt(receipt), ASK_AGAIN_MS);
}

/** @param {{number: string, access_code: string}} known */
async function openAppeal(known) {
  const headers = { "X-Access-Code": known.access_code };
  const { body } = await call(`/appeals/${known.number}`, { language: facts.language, headers });
  const filed = { ...body, ...known };
  sessionStorage.setItem("filed", JSON.stringify(filed));
  byId("heading", HTMLElement).textContent = say.text("js.done.title");
  showFiled(filed);
}

async function copy() {
  const words = `${byId("number", HTMLElement).textContent} ${byId("code", HTMLElement).textContent}`;
  const done = await navigator.clipboard.writeText(words).then(
    () => true,
    () => false,
  );
  byId("copied", HTMLElement).textContent = say.text(done ? "js.done.copied" : "js.done.not_copied");
}

/** @type {Filed | null} */
const filed = JSON.parse(sessionStorage.getItem("filed") ?? "null");
if (filed) {
  byId("nothing", HTMLElement).remove();
  byId("done", HTMLElement).hidden = false;
  if (filed.receipt && !filed.number) showWaiting(filed.receipt, filed.status);
  else showFiled(filed);
  byId("heading", HTMLElement).focus();
}
byId("copy", HTMLButtonElement).addEventListener("click", () => void copy());
byId("print", HTMLButtonElement).addEventListener("click", () => window.print());
