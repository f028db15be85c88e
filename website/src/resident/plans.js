/** The public list of appeals that are included in strategic plans. */

import { call } from "../parts/api.js";
import { byId, fact, make } from "../parts/dom.js";
import { explain } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";

/**
 * @typedef {object} Planned
 * @property {string} number
 * @property {{name: string} | null} topic
 * @property {{name: string} | null} executor
 * @property {string} received_at
 * @property {string} street
 * @property {{name: string, year: number, programme: string, funding: string} | null} plan
 */

const list = byId("plans", HTMLUListElement);
const state = byId("state", HTMLElement);
const more = byId("more", HTMLButtonElement);
let cursor = "";

async function load() {
  more.hidden = true;
  state.textContent = say.text("js.loading");
  try {
    const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
    const { body } = await call(`/plans${query}`, { language: facts.language });
    list.append(...body.items.map(row));
    cursor = body.next_cursor ?? "";
    more.hidden = !cursor;
    state.textContent = list.childElementCount > 0 ? "" : say.text("js.plans.empty");
  } catch (error) {
    state.textContent = explain(error);
    more.hidden = false;
  }
}

/** @param {Planned} planned */
function row(planned) {
  const about = [planned.executor?.name, say.text("js.plans.since", { day: say.time(planned.received_at) })];
  return make(
    "li",
    { class: "panel" },
    make("h2", {}, planned.topic?.name ?? planned.number),
    make("p", {}, planned.street),
    ...(planned.plan ? [make("dl", { class: "facts" }, ...inPlan(planned.plan))] : []),
    make("p", { class: "small quiet" }, [planned.number, ...about].filter(Boolean).join(" · ")),
  );
}

/**
 * What the executor entered of the plan, in pairs of a word and its meaning.
 * @param {NonNullable<Planned["plan"]>} plan
 */
function inPlan({ name, programme, year, funding }) {
  return Object.entries({ name, programme, year: String(year), funding })
    .filter(([, value]) => value)
    .map(([name, value]) => fact(say.text(`js.plans.${name}`), value));
}

more.addEventListener("click", () => void load());
void load();
