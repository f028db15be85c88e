/** The receipt page: looks what became of an appeal that had to wait, until it is known. */

import { call, Problem } from "../parts/api.js";
import { copyWords } from "../parts/copy.js";
import { byId } from "../parts/dom.js";
import { clearErrors, showErrors } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { pauseMs } from "./receipt_pace.js";
import { receiptView } from "./receipt_view.js";

const form = byId("find", HTMLFormElement);
const field = byId("receipt", HTMLInputElement);
const view = byId("view", HTMLElement);
const told = byId("told", HTMLElement);
let token = "";
let shown = "";
let tries = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** The receipt that the address carries after `#`, which no server's log ever has. */
function open() {
  const given = location.hash.slice(1).trim();
  if (!given || given === token) return;
  token = given;
  shown = "";
  tries = 0;
  field.value = given;
  void look();
}

async function look() {
  clearTimeout(timer);
  const asked = token;
  const answer = await call(`/receipts/${encodeURIComponent(asked)}`, { language: facts.language }).catch(
    (error) => error,
  );
  if (asked !== token) return;
  if (answer instanceof Problem && [400, 404].includes(answer.status)) return refuse();
  if (answer instanceof Error && !(answer instanceof Problem)) throw answer;
  show(answer instanceof Problem ? null : answer.body);
}

/**
 * Show what is known; what has not changed is not said again.
 * @param {import("./receipt_view.js").Receipt | null} receipt null when it cannot be read now
 */
function show(receipt) {
  view.hidden = false;
  byId("ask", HTMLElement).hidden = true;
  byId("away", HTMLElement).hidden = receipt !== null;
  if (receipt && receipt.status !== shown) {
    told.hidden = false;
    told.replaceChildren(...receiptView(receipt));
    told.className = `panel ticket flow ${receipt.status}`;
    if (shown === "") told.querySelector("h2")?.focus();
    shown = receipt.status;
    tries = 0;
  }
  told.hidden = shown === "";
  byId("token", HTMLElement).textContent = token;
  wait(receipt ? receipt.status : "away");
}

/** @param {string} status */
function wait(status) {
  const pause = pauseMs(status, tries);
  tries += 1;
  const time = say.date(new Date(), { hour: "2-digit", minute: "2-digit" });
  byId("checked", HTMLElement).textContent = say.text(
    pause === null ? "js.receipt.final" : "js.receipt.checked",
    { time, seconds: Math.round((pause ?? 0) / 1000) },
  );
  byId("again", HTMLButtonElement).hidden = pause === null;
  if (pause !== null) timer = setTimeout(turn, pause);
}

/** A page that nobody looks at asks nothing; it looks when it is looked at. */
function turn() {
  if (token && !document.hidden) void look();
}

function refuse() {
  token = "";
  view.hidden = true;
  byId("ask", HTMLElement).hidden = false;
  showErrors(form, [{ field: "receipt", message: say.text("js.receipt.unknown") }]);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors(form);
  const typed = field.value.trim().split("#").at(-1) ?? "";
  if (!typed) return refuse();
  token = "";
  if (location.hash === `#${typed}`) open();
  else location.hash = typed;
});
addEventListener("hashchange", open);
addEventListener("online", turn);
document.addEventListener("visibilitychange", () => {
  if (token && pauseMs(shown, 0) !== null) turn();
});
byId("again", HTMLButtonElement).addEventListener("click", () => void look());
byId("print", HTMLButtonElement).addEventListener("click", () => window.print());
byId("copy", HTMLButtonElement).addEventListener("click", () =>
  void copyWords(location.href, byId("copied", HTMLElement)),
);
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    if (link instanceof HTMLAnchorElement) link.hash = location.hash;
  });
}
open();
