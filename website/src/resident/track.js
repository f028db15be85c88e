/** The tracking page: an appeal by its number and access code. */

import { call, Problem } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { clearErrors, explain, showErrors } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { DeedForm } from "./appeal_deeds.js";
import { appealView } from "./appeal_view.js";

const form = byId("find", HTMLFormElement);
const number = byId("number", HTMLInputElement);
const code = byId("code", HTMLInputElement);
const view = byId("view", HTMLElement);
const state = byId("state", HTMLElement);
const deeds = new DeedForm();

/** The number and code that the address carries after `#`, which no server ever sees. */
function fromAddress() {
  const [first, second] = location.hash.slice(1).split("/");
  return first && second ? { number: first, code: decodeURIComponent(second) } : null;
}

/**
 * @param {string} wanted number as typed
 * @param {string} given code as typed
 */
async function load(wanted, given) {
  const headers = { "X-Access-Code": given };
  const { body } = await call(`/appeals/${encodeURIComponent(wanted)}`, {
    language: facts.language,
    headers,
  });
  return body;
}

/**
 * @param {string} wanted
 * @param {string} given
 */
async function show(wanted, given) {
  form.before(byId("summary", HTMLElement));
  clearErrors(form);
  if (!/^[\d-]+$/.test(wanted) || !given) return refuse();
  state.textContent = say.text("js.loading");
  try {
    const appeal = await load(wanted, given);
    history.replaceState(null, "", `#${appeal.number}/${given}`);
    byId("ask", HTMLElement).hidden = true;
    const own = {
      number: appeal.number,
      code: given,
      status: appeal.status,
      done: (/** @type {string} */ words, /** @type {string | null} */ repeat) =>
        void done(words, repeat, own),
    };
    view.replaceChildren(appealView(appeal, given, deeds.offer(own), buttons(wanted, given)));
    view.hidden = false;
    view.querySelector("h2")?.focus();
  } catch (error) {
    if (error instanceof Problem && error.status === 404) refuse();
    else showErrors(form, [{ field: "", message: explain(error) }]);
  } finally {
    state.textContent = "";
  }
}

/**
 * Show the appeal anew after something was done, and say what.
 * @param {string} words
 * @param {string | null} repeat number of the repeat appeal
 * @param {{number: string, code: string}} own
 */
async function done(words, repeat, own) {
  await show(own.number, own.code);
  const note = make("span", { class: "note success" }, words);
  if (repeat) note.append(" ", make("a", { href: `#${repeat}/${own.code}` }, repeat));
  state.replaceChildren(note);
  state.scrollIntoView({ block: "center" });
}

function refuse() {
  ask();
  showErrors(form, [{ field: "number", message: say.text("js.track.empty") }]);
}

function ask() {
  byId("ask", HTMLElement).hidden = false;
  view.hidden = true;
}

/**
 * @param {string} wanted
 * @param {string} given
 */
function buttons(wanted, given) {
  const another = make("button", { type: "button", class: "btn link" }, say.text("js.track.another"));
  const refresh = make("button", { type: "button", class: "btn plain" }, say.text("js.track.refresh"));
  refresh.addEventListener("click", () => void show(wanted, given));
  another.addEventListener("click", () => {
    history.replaceState(null, "", location.pathname);
    form.reset();
    ask();
    number.focus();
  });
  return make("p", { class: "row noprint" }, refresh, another);
}

function open() {
  const known = fromAddress();
  if (!known) return;
  number.value = known.number;
  code.value = known.code;
  void show(known.number, known.code);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void show(number.value.trim(), code.value.trim());
});
window.addEventListener("hashchange", open);
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    if (link instanceof HTMLAnchorElement) link.hash = location.hash;
  });
}
open();
