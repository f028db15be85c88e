/** The topic field: the city's classifier by any words, and what a chosen topic means. */

import { call } from "./api.js";
import { Combobox } from "./combobox.js";
import { byId, make } from "./dom.js";
import { facts, say } from "./page.js";
import { plain, search } from "./search.js";

/**
 * @typedef {object} Topic
 * @property {string} code
 * @property {string} group
 * @property {string} name
 * @property {"emergency" | "normal" | "medium"} urgency
 * @property {{value: number, unit: string} | null} term
 * @property {string | {id: string, name: string} | null} executor
 * @property {string | null} safety_redirect
 * @property {string[]} [keywords]
 */

const ASK_FROM_LETTERS = 3;
/** @type {Promise<Topic[]> | null} */
let classifier = null;

function topics() {
  classifier ??= ask("").catch(() => {
    classifier = null;
    return [];
  });
  return classifier;
}

/**
 * The executors that the city's topics name, each once, in the order of their names.
 * @returns {Promise<{id: string, name: string}[]>}
 */
export async function executors() {
  const named = (await topics()).flatMap(({ executor }) =>
    executor && typeof executor !== "string" ? [executor] : [],
  );
  const once = [...new Map(named.map((executor) => [executor.id, executor])).values()];
  return once.sort((one, other) => one.name.localeCompare(other.name, say.locale));
}

/**
 * @param {string} query
 * @returns {Promise<Topic[]>}
 */
async function ask(query) {
  const { body } = await call(`/topics${query}`, { language: facts.language });
  return body.items;
}

/**
 * The topics that fit by name, group or synonym; when none does, the API is asked.
 * @param {string} typed
 */
async function find(typed) {
  const all = await topics();
  if (!plain(typed)) return all;
  const found = search(all, typed, (topic) =>
    [topic.name, ...(topic.keywords ?? []), topic.group].map(plain),
  );
  if (found.length > 0 || plain(typed).length < ASK_FROM_LETTERS) return found;
  return ask(`?q=${encodeURIComponent(typed)}`).catch(() => []);
}

/** @param {Topic} topic */
function meaning(topic) {
  const urgency = make(
    "span",
    { class: topic.urgency === "emergency" ? "tag danger" : "tag" },
    say.text(`js.report.urgency.${topic.urgency}`),
  );
  const words = [];
  if (topic.term) {
    const term = say.text(`js.report.term.${topic.term.unit}`, { n: topic.term.value });
    words.push(say.text("js.report.term", { term }));
  }
  const executor = typeof topic.executor === "string" ? topic.executor : topic.executor?.name;
  if (executor) words.push(say.text("js.report.executor", { name: executor }));
  return make("p", { class: "small" }, urgency, ` ${words.join(" · ")}`);
}

/** @param {Topic} topic */
function warning(topic) {
  const box = make("div", { class: "note danger", role: "alert" });
  box.append(
    make("p", {}, make("b", {}, say.text("js.report.danger"))),
    make("p", {}, ...callLinks(topic.safety_redirect ?? "")),
  );
  return box;
}

/**
 * The text with its emergency numbers as links.
 * @param {string} text
 */
function callLinks(text) {
  return text
    .split(/\b(1\d\d)\b/)
    .map((part, index) => (index % 2 ? make("a", { href: `tel:${part}` }, part) : part));
}

/** @param {() => void} changed */
export function topicField(changed) {
  const input = byId("topic", HTMLInputElement);
  const chosen = byId("topic-chosen", HTMLElement);
  /** @type {Topic | null} */
  let topic = null;

  /** @param {Topic | null} next */
  function choose(next) {
    topic = next;
    chosen.replaceChildren(
      ...(next ? [...(next.safety_redirect ? [warning(next)] : []), meaning(next)] : []),
    );
    changed();
  }

  new Combobox("topic", {
    find,
    show: (item) => ({ label: item.name, detail: item.group }),
    choose,
    none: say.text("js.options.none"),
  });
  return {
    code: () => topic?.code ?? null,
    /** @param {Topic} picked */
    pick(picked) {
      input.value = picked.name;
      choose(picked);
    },
    /** @param {string} code of a draft */
    async restore(code) {
      const found = (await topics()).find((item) => item.code === code);
      if (found && !topic) {
        this.pick(found);
      }
    },
    clear: () => choose(null),
  };
}
