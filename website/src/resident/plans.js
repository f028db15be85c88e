/** The public list of appeals that are included in strategic plans. */

import { call } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { explain } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";

/**
 * @typedef {object} Planned
 * @property {string} number
 * @property {{name: string} | null} topic
 * @property {{name: string} | null} executor
 * @property {string} received_at
 * @property {string} street
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
    make("p", { class: "small quiet" }, [planned.number, ...about].filter(Boolean).join(" · ")),
  );
}

more.addEventListener("click", () => void load());
void load();
