/** Where a link of a message leads: one button that confirms a subscription, or ends it. */

import { call, newKey, Problem } from "../parts/api.js";
import { byId } from "../parts/dom.js";
import { explain } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";

const WAYS = {
  confirm: (/** @type {string} */ token) => ({ path: "/subscriptions/confirmation", body: { token } }),
  off: (/** @type {string} */ token) => ({ path: `/subscriptions/off/${encodeURIComponent(token)}`, body: {} }),
};

const [deed = "", token = ""] = location.hash.slice(1).split("/");
const ask = byId("ask", HTMLElement);
const state = byId("state", HTMLElement);
const key = newKey();
let busy = false;

/** @param {keyof typeof WAYS} name */
function open(name) {
  byId("about", HTMLElement).textContent = say.text(`js.subscription.${name}`);
  const button = byId("yes", HTMLButtonElement);
  button.textContent = say.text(`js.subscription.${name}.yes`);
  button.addEventListener("click", () => void send(name));
  ask.hidden = false;
}

/** @param {keyof typeof WAYS} name */
async function send(name) {
  if (busy) return;
  busy = true;
  const { path, body } = WAYS[name](token);
  try {
    const done = await call(path, { language: facts.language, body, key });
    ask.hidden = true;
    state.className = "note success";
    state.textContent = say.text(`js.subscription.${name}.done`, { street: done.body.street });
    byId("heading", HTMLElement).focus();
  } catch (error) {
    const gone = error instanceof Problem && error.status === 404;
    state.className = "note warning";
    state.textContent = gone ? say.text("js.subscription.bad_link") : explain(error);
  }
  busy = false;
}

for (const link of document.querySelectorAll("a[data-language]")) {
  if (link instanceof HTMLAnchorElement) link.hash = location.hash;
}
if (token && (deed === "confirm" || deed === "off")) open(deed);
else {
  state.className = "note warning";
  state.textContent = say.text("js.subscription.bad_link");
}
