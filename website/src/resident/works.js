/** The repair works of the city or of one street, and how to be told of them. */

import { call, newKey, Problem } from "../parts/api.js";
import { byId } from "../parts/dom.js";
import { clearErrors, explain, showProblem } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { streetField } from "../parts/streets.js";
import { sendingKey } from "./appeal.js";
import { workItem } from "./work_view.js";

const STATUSES = ["planned", "active", "overdue"];
const ID = /^rw-[0-9a-f]{12}$/;

const list = byId("works", HTMLUListElement);
const state = byId("state", HTMLElement);
const found = byId("found", HTMLElement);
const more = byId("more", HTMLButtonElement);
const form = byId("find", HTMLFormElement);
const asking = byId("subscribe", HTMLFormElement);
let cursor = "";
let turn = 0;
/** @type {import("./appeal.js").Sending | undefined} */
let sending;
let busy = false;

/** What is asked for: works of a street, of which status. */
function wanted() {
  const values = new FormData(form);
  return { street: String(values.get("street") ?? "").trim(), which: String(values.get("status") ?? "current") };
}

/** @param {boolean} further whether the next page is added, or the list begins anew */
async function load(further) {
  const mine = ++turn;
  const { street, which } = wanted();
  const query = new URLSearchParams({ limit: "20" });
  if (street) query.set("street", street);
  if (which !== "current") query.set("status", which);
  if (further) query.set("cursor", cursor);
  state.textContent = say.text("js.loading");
  more.hidden = true;
  try {
    const { body } = await call(`/repair-works?${query}`, { language: facts.language });
    if (mine !== turn) return;
    /** @type {import("./work_view.js").Work[]} */
    const works = body.items;
    const shown = which === "current" ? works.filter(({ status }) => STATUSES.includes(status)) : works;
    const items = shown.map((work) => workItem(work, Date.now()));
    if (further) list.append(...items);
    else list.replaceChildren(...items);
    // The list ends with closed works; the current ones end before the first of them.
    cursor = shown.length === works.length ? (body.next_cursor ?? "") : "";
    more.hidden = !cursor;
    tell(street);
  } catch (error) {
    if (mine !== turn) return;
    state.textContent = explain(error);
  }
}

/** @param {string} street */
function tell(street) {
  const n = list.childElementCount;
  found.textContent = street || say.text("js.works.city");
  state.textContent = n > 0 ? say.text("js.works.found", { n }) : say.text("js.works.none");
}

/** A link of a message leads to one work, also to one that is closed. */
async function openNamed() {
  const id = location.hash.slice(1);
  if (!ID.test(id)) return;
  if (!document.getElementById(id)) {
    const answer = await call(`/repair-works/${id}`, { language: facts.language }).catch(() => null);
    if (answer) list.prepend(workItem(answer.body, Date.now()));
  }
  document.getElementById(id)?.focus();
}

async function subscribe() {
  if (busy) return;
  busy = true;
  clearErrors(asking);
  const values = new FormData(asking);
  const body = {
    street: String(values.get("subscription.street") ?? "").trim(),
    channel: String(values.get("channel") ?? ""),
    address: String(values.get("address") ?? "").trim(),
    language: facts.language,
  };
  sending = sendingKey(body, sending, newKey);
  const said = byId("subscribed", HTMLElement);
  said.textContent = "";
  try {
    await call("/subscriptions", { language: facts.language, body, key: sending.key });
    asking.hidden = true;
    said.className = "note success";
    said.textContent = say.text(`js.works.asked.${body.channel}`);
  } catch (error) {
    showProblem(asking, error instanceof Problem ? renamed(error) : error);
  }
  busy = false;
}

/**
 * The page has two streets: the one that a subscription is about has a name of its own.
 * @param {Problem} problem
 */
function renamed(problem) {
  problem.faults = problem.faults.map((fault) =>
    fault.field === "street" ? { ...fault, field: "subscription.street" } : fault,
  );
  return problem;
}

function fillFromAddress() {
  const street = new URLSearchParams(location.search).get("street");
  if (street) byId("street", HTMLInputElement).value = street;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void load(false).then(() => found.focus());
});
byId("status", HTMLFieldSetElement).addEventListener("change", () => void load(false));
more.addEventListener("click", () => void load(true));
asking.addEventListener("submit", (event) => {
  event.preventDefault();
  void subscribe();
});
window.addEventListener("hashchange", () => void openNamed());
streetField("street");
streetField("subscription-street");
fillFromAddress();
void load(false).then(openNamed);
