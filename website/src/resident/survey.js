/** The survey page: was the work done, and how well; opened by the link's token. */

import { call, newKey, Problem } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { clearErrors, explain, showProblem } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { sendingKey } from "./appeal.js";

const form = byId("survey", HTMLFormElement);
const state = byId("state", HTMLElement);
const about = byId("about", HTMLElement);
const token = encodeURIComponent(location.hash.slice(1));
/** @type {import("./appeal.js").Sending | undefined} */
let sending;
let busy = false;

/**
 * What the survey was opened for.
 * @typedef {object} Opened
 * @property {string} number
 * @property {{name: string} | string} [topic]
 * @property {string | null} [outcome]
 */

async function open() {
  state.textContent = say.text("js.loading");
  try {
    const { body } = await call(`/surveys/${token}`, { language: facts.language });
    show(body);
  } catch (error) {
    const gone = error instanceof Problem && [403, 404, 409, 410].includes(error.status);
    state.textContent = gone ? say.text("js.survey.bad_link") : explain(error);
  }
}

/** @param {Opened} opened */
function show(opened) {
  const topic = typeof opened.topic === "string" ? opened.topic : (opened.topic?.name ?? "");
  about.textContent = say.text("js.survey.about", { number: opened.number, topic });
  state.textContent = opened.outcome ? say.text("js.survey.answered") : "";
  form.hidden = Boolean(opened.outcome);
}

function answer() {
  const values = new FormData(form);
  const reason = String(values.get("reason") ?? "").trim();
  const score = Number(values.get("score") ?? 0);
  const outcome = values.get("outcome");
  return {
    ...(outcome ? { outcome } : {}),
    ...(score ? { score } : {}),
    ...(reason && outcome !== "confirmed" ? { reason } : {}),
  };
}

async function submit() {
  if (busy) return;
  busy = true;
  clearErrors(form);
  const body = answer();
  sending = sendingKey(body, sending, newKey);
  try {
    const done = await call(`/surveys/${token}`, { language: facts.language, body, key: sending.key });
    thank(done.body.repeat_number ?? null);
  } catch (error) {
    showProblem(form, error);
  }
  busy = false;
}

/** @param {string | null} repeat number of the repeat appeal */
function thank(repeat) {
  const words = repeat ? say.text("js.survey.repeat", { number: repeat }) : say.text("js.survey.thanks_text");
  const box = byId("thanks", HTMLElement);
  const heading = byId("heading", HTMLElement);
  form.hidden = true;
  heading.textContent = say.text("js.survey.thanks");
  box.replaceChildren(make("p", { class: "note success" }, words));
  if (repeat)
    box.append(
      make(
        "p",
        {},
        make(
          "a",
          { class: "btn plain", href: `/${facts.language}/track/` },
          say.text("js.survey.repeat_link"),
        ),
      ),
    );
  box.hidden = false;
  heading.focus();
}

form.addEventListener("change", () => {
  const outcome = new FormData(form).get("outcome");
  byId("reason-field", HTMLElement).hidden = outcome !== "not_done" && outcome !== "poor";
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void submit();
});
for (const link of document.querySelectorAll("a[data-language]")) {
  if (link instanceof HTMLAnchorElement) link.hash = location.hash;
}
if (token) void open();
else state.textContent = say.text("js.survey.bad_link");
