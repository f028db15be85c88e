/** The report page: one form, kept as a draft, sent once. */

import { newKey, Problem } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { draftStore } from "../parts/draft.js";
import { clearErrors, showErrors, showProblem } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { PhotoField } from "../parts/photos.js";
import { Retry } from "../parts/retry.js";
import { streetField } from "../parts/streets.js";
import { executors, topicField } from "../parts/topics.js";
import { appealOf, sendingKey, sentBody } from "./appeal.js";
import { Around } from "./around.js";
import { TopicHints } from "./hints.js";
import { placeOf, send } from "./sending.js";

/**
 * @typedef {object} Draft
 * @property {Record<string, string>} values
 * @property {string | null} topic
 * @property {import("../parts/photos.js").Kept[]} uploads
 * @property {import("./appeal.js").Sending} [sending]
 * @property {number} [begun] when the first letter was typed
 * @property {boolean} [unsent] whether sending was asked for and the network was away
 */

const TEXT_MOST = 10_000;
const COUNT_FROM = 9_500;
const LEAST_FILLING_MS = 2100;
/** The field that people do not see. */
const TRAP = "website";

const form = byId("report", HTMLFormElement);
const text = byId("text", HTMLTextAreaElement);
const same = byId("same", HTMLInputElement);
const signal = byId("signal", HTMLInputElement);
const about = byId("complaint_about", HTMLSelectElement);
const status = byId("sending", HTMLElement);
const store = /** @type {ReturnType<typeof draftStore<Draft>>} */ (draftStore("report"));
const photos = new PhotoField(keep);
const topic = topicField(topicChanged);
const around = new Around(changed);
const hints = new TopicHints(text, topic);
/** @type {import("./appeal.js").Sending | undefined} */
let sending;
/** @type {number | undefined} */
let begun;
let busy = false;
let unsent = false;
const again = new Retry(() => void submit());

/** @returns {Record<string, string>} */
function values() {
  const entries = [...new FormData(form)].filter(
    ([name, value]) => name !== TRAP && typeof value === "string" && value !== "",
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function keep() {
  store.write({
    values: values(),
    topic: topic.code(),
    uploads: photos.kept,
    ...(sending ? { sending } : {}),
    ...(begun ? { begun } : {}),
    ...(unsent ? { unsent } : {}),
  });
}

function topicChanged() {
  keep();
  hints.look();
  lookAround();
}

/** What is known at the place is told before the appeal is sent. */
function lookAround() {
  const { "place.street": street = "", "place.building": building = "" } = values();
  around.look({ street: street.trim(), building: building.trim(), topic: topic.code() });
}

/** The appeal that was to be followed may have ended meanwhile. */
function lookAgain() {
  around.forget();
  lookAround();
}

/** What is changed while it waits for the network goes when its writer says so again. */
function changed() {
  begun ??= Date.now();
  if (unsent) {
    again.stop();
    unsent = false;
    tell(say.text("js.report.changed"));
  }
  keep();
}

/**
 * @param {string} words
 * @param {string} [tone]
 */
function tell(words, tone = "") {
  status.textContent = words;
  status.className = tone;
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
    ({ sending, begun } = draft);
    byId("unsent", HTMLElement).hidden = !draft.unsent;
    photos.restore(draft.uploads);
    if (draft.topic) void topic.restore(draft.topic);
    else lookAround();
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
  again.stop();
  unsent = false;
  sending = begun = undefined;
  store.clear();
  void showAbout();
  showPerson();
  showCount();
  byId("unsent", HTMLElement).hidden = true;
  lookAgain();
  tell(say.text("js.report.cleared"));
  byId("topic", HTMLInputElement).focus();
}

/** How long the form has been filled in. */
function filledMs() {
  return begun === undefined ? undefined : Math.max(0, Date.now() - begun);
}

/** Nobody writes an appeal that fast; a machine has to wait as long as a person would. */
function humanTime() {
  const rest = LEAST_FILLING_MS - (filledMs() ?? 0);
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(rest, LEAST_FILLING_MS))));
}

/** The body as it is now, under the key of the last sending of the same one. */
function readied() {
  const trap = byId(TRAP, HTMLInputElement).value;
  const body = appealOf(trap ? { ...values(), website: trap } : values(), {
    topic: topic.code(),
    language: facts.language,
    uploads: photos.kept.map((photo) => photo.upload_id),
  });
  sending = sendingKey(body, sending, newKey, filledMs());
  return sending;
}

async function submit() {
  if (busy) return;
  if (photos.busy && unsent) return again.later();
  if (photos.busy)
    return showErrors(form, [{ field: "uploads", message: say.text("js.report.waiting_photos") }]);
  busy = true;
  byId("unsent", HTMLElement).hidden = true;
  if (!unsent) tell(say.text("js.report.sending"));
  byId("send", HTMLButtonElement).setAttribute("aria-disabled", "true");
  await humanTime();
  await attempt();
  busy = false;
  byId("send", HTMLButtonElement).removeAttribute("aria-disabled");
}

async function attempt() {
  const kept = values();
  const now = readied();
  keep();
  try {
    if (photos.waiting) throw new Problem(0, {});
    const answer = await send(sentBody(now), now.key);
    again.stop();
    remember(answer.body, kept);
    location.assign(`/${facts.language}/${placeOf(answer.body)}`);
  } catch (error) {
    if (error instanceof Problem && error.status === 0) return waitForNetwork();
    again.stop();
    unsent = false;
    if (error instanceof Problem && error.faults.some(({ field }) => field === "join")) lookAgain();
    keep();
    showProblem(form, error);
    tell("");
  }
}

/** Nothing is lost: what was written stays on this device and goes when the network is back. */
function waitForNetwork() {
  unsent = true;
  keep();
  clearErrors(form);
  tell(say.text("js.report.no_network", { phone: facts.phone }), "note warning");
  again.later();
}

/**
 * Hand the answer to the next page and keep only who asks and where for another appeal.
 * @param {object} answer
 * @param {Record<string, string>} kept
 */
function remember(answer, kept) {
  const again = Object.fromEntries(
    Object.entries(kept).filter(([name]) => !["topic", "text", "place.note", "join"].includes(name)),
  );
  if ("receipt" in answer) sessionStorage.removeItem("filed");
  else sessionStorage.setItem("filed", JSON.stringify(answer));
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
form.addEventListener("input", changed);
form.addEventListener("change", changed);
text.addEventListener("input", showCount);
text.addEventListener("input", () => hints.look());
byId("where-fields", HTMLElement).addEventListener("change", lookAround);
same.addEventListener("change", showPerson);
signal.addEventListener("change", showPerson);
byId("kind", HTMLElement).addEventListener("change", () => void showAbout());
byId("clear", HTMLButtonElement).addEventListener("click", clear);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void submit();
});
