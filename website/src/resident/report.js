/** The report page: one form, kept as a draft, sent once. */

import { call, newKey, Problem } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { draftStore } from "../parts/draft.js";
import { clearErrors, showErrors, showProblem } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { PhotoField } from "../parts/photos.js";
import { streetField } from "../parts/streets.js";
import { executors, topicField } from "../parts/topics.js";
import { appealOf, sendingKey } from "./appeal.js";

/** @typedef {{values: Record<string, string>, topic: string | null, uploads: import("../parts/photos.js").Kept[], sending?: import("./appeal.js").Sending}} Draft */

const TEXT_MOST = 10_000;
const COUNT_FROM = 9_500;
const LEAST_FILLING_MS = 1500;
const TRIES = 4;
const BETWEEN_TRIES_MS = 1200;

const form = byId("report", HTMLFormElement);
const text = byId("text", HTMLTextAreaElement);
const same = byId("same", HTMLInputElement);
const signal = byId("signal", HTMLInputElement);
const about = byId("complaint_about", HTMLSelectElement);
const status = byId("sending", HTMLElement);
const store = /** @type {ReturnType<typeof draftStore<Draft>>} */ (draftStore("report"));
const photos = new PhotoField(keep);
const topic = topicField(keep);
/** @type {import("./appeal.js").Sending | undefined} */
let sending;
let busy = false;

/** @returns {Record<string, string>} */
function values() {
  const entries = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function keep() {
  store.write({
    values: values(),
    topic: topic.code(),
    uploads: photos.kept,
    ...(sending ? { sending } : {}),
  });
}

function showPerson() {
  byId("name-field", HTMLElement).hidden = signal.checked;
  byId("applicant-residence", HTMLElement).hidden = signal.checked;
  byId("residence", HTMLElement).hidden = same.checked;
  byId("further", HTMLElement).hidden = signal.checked;
}

/** Whom a complaint is about is asked of complaints only; the list is loaded when it is needed. */
async function showAbout() {
  const asked = new FormData(form).get("kind") === "complaint";
  byId("about-field", HTMLElement).hidden = !asked;
  if (!asked || about.options.length > 1) return;
  const chosen = store.read()?.values.complaint_about ?? "";
  const found = await executors();
  about.append(...found.map(({ id, name }) => make("option", { value: id }, name)));
  about.value = chosen;
}

function showCount() {
  const rest = TEXT_MOST - [...text.value].length;
  const count = byId("text-count", HTMLElement);
  count.classList.toggle("over", rest < 0);
  count.textContent = say.text(rest < 0 ? "js.report.count_over" : "js.report.count", { n: Math.abs(rest) });
  byId("text-status", HTMLElement).textContent = TEXT_MOST - rest > COUNT_FROM ? count.textContent : "";
}

/** @param {Record<string, string>} kept */
function fill(kept) {
  for (const [name, value] of Object.entries(kept)) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = true;
    else if (control && "value" in control) control.value = value;
  }
}

function restore() {
  const draft = store.read();
  if (draft) {
    fill(draft.values);
    sending = draft.sending;
    photos.restore(draft.uploads);
    if (draft.topic) void topic.restore(draft.topic);
  }
  void showAbout();
  showPerson();
  showCount();
}

function clear() {
  form.reset();
  topic.clear();
  photos.clear();
  clearErrors(form);
  sending = undefined;
  store.clear();
  void showAbout();
  showPerson();
  showCount();
  status.textContent = say.text("js.report.cleared");
  byId("topic", HTMLInputElement).focus();
}

/**
 * Send, and again while the first sending is still being worked on.
 * @param {object} body
 * @param {string} key
 */
async function send(body, key) {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await call("/appeals", { language: facts.language, body, key });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409 || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
    }
  }
}

/** Nobody writes an appeal that fast; a machine has to wait as long as a person would. */
function humanTime() {
  const rest = LEAST_FILLING_MS - performance.now();
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
}

/** Whether the field that people do not see was filled; it is emptied, so a person can send again. */
function trapped() {
  const trap = byId("website", HTMLInputElement);
  const filled = trap.value !== "";
  trap.value = "";
  return filled;
}

async function submit() {
  if (busy) return;
  if (trapped()) return showErrors(form, [{ field: "", message: say.text("js.report.again") }]);
  if (photos.busy)
    return showErrors(form, [{ field: "uploads", message: say.text("js.report.waiting_photos") }]);
  busy = true;
  status.textContent = say.text("js.report.sending");
  byId("send", HTMLButtonElement).setAttribute("aria-disabled", "true");
  const kept = values();
  const body = appealOf(kept, {
    topic: topic.code(),
    language: facts.language,
    uploads: photos.kept.map((photo) => photo.upload_id),
  });
  sending = sendingKey(body, sending, newKey);
  keep();
  await humanTime();
  try {
    const answer = await send(body, sending.key);
    remember(answer.body, kept);
    location.assign(`/${facts.language}/done/`);
  } catch (error) {
    showProblem(form, error);
    status.textContent = "";
  }
  busy = false;
  byId("send", HTMLButtonElement).removeAttribute("aria-disabled");
}

/**
 * Hand the answer to the next page and keep only who asks and where for another appeal.
 * @param {object} answer
 * @param {Record<string, string>} kept
 */
function remember(answer, kept) {
  const again = Object.fromEntries(
    Object.entries(kept).filter(([name]) => !["topic", "text", "website", "place.note"].includes(name)),
  );
  sessionStorage.setItem("filed", JSON.stringify(answer));
  sessionStorage.setItem("again", JSON.stringify(again));
  store.clear();
}

/** Start from the last appeal's place and person when the address asks so. */
function startAgain() {
  const again = sessionStorage.getItem("again");
  if (location.hash !== "#again" || !again) return;
  fill(JSON.parse(again));
  history.replaceState(null, "", location.pathname);
}

streetField("place-street");
streetField("applicant-residence-street");
restore();
startAgain();
showPerson();
form.addEventListener("input", keep);
form.addEventListener("change", keep);
text.addEventListener("input", showCount);
same.addEventListener("change", showPerson);
signal.addEventListener("change", showPerson);
byId("kind", HTMLElement).addEventListener("change", () => void showAbout());
byId("clear", HTMLButtonElement).addEventListener("click", clear);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void submit();
});
