/** Where a body outside the system answers once on an appeal sent to it; opened by the link's token. */

import { call, newKey, Problem } from "../parts/api.js";
import { byId, fact } from "../parts/dom.js";
import { clearErrors, explain, showProblem } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { sendingKey } from "./appeal.js";

/**
 * @typedef {object} Forwarded
 * @property {string} number
 * @property {{name: string} | null} topic
 * @property {string} text
 * @property {{street: string, building: string, note: string}} place
 * @property {string} body
 * @property {string} reason
 * @property {string} forwarded_at
 * @property {string | null} answered_at
 */

const form = byId("outside", HTMLFormElement);
const state = byId("state", HTMLElement);
const matter = byId("matter", HTMLElement);
const token = encodeURIComponent(location.hash.slice(1));
/** @type {import("./appeal.js").Sending | undefined} */
let sending;
let busy = false;

async function open() {
  state.textContent = say.text("js.loading");
  try {
    show((await call(`/outside/${token}`, { language: facts.language })).body);
  } catch (error) {
    const gone = error instanceof Problem && [403, 404].includes(error.status);
    state.textContent = gone ? say.text("js.outside.bad_link") : explain(error);
  }
}

/** @param {Forwarded} sent */
function show(sent) {
  const { street, building, note } = sent.place;
  byId("essence", HTMLElement).textContent = sent.text;
  byId("facts", HTMLElement).replaceChildren(
    fact(say.text("js.outside.number"), sent.number),
    fact(say.text("js.outside.body"), sent.body),
    fact(say.text("js.outside.topic"), sent.topic?.name ?? ""),
    fact(say.text("js.outside.place"), [street, building, note].filter(Boolean).join(", ")),
    fact(say.text("js.outside.sent"), say.time(sent.forwarded_at)),
    fact(say.text("js.outside.reason"), sent.reason),
  );
  matter.hidden = false;
  form.hidden = Boolean(sent.answered_at);
  state.textContent = sent.answered_at ? say.text("js.outside.answered") : "";
}

async function submit() {
  if (busy) return;
  busy = true;
  clearErrors(form);
  const body = { text: byId("text", HTMLTextAreaElement).value.trim() };
  sending = sendingKey(body, sending, newKey);
  try {
    const done = await call(`/outside/${token}`, { language: facts.language, body, key: sending.key });
    show(done.body);
    byId("heading", HTMLElement).focus();
  } catch (error) {
    showProblem(form, error);
  }
  busy = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void submit();
});
for (const link of document.querySelectorAll("a[data-language]")) {
  if (link instanceof HTMLAnchorElement) link.hash = location.hash;
}
if (token) void open();
else state.textContent = say.text("js.outside.bad_link");
