/** The street field: the city's registry, old names included; other places as typed. */

import { Combobox } from "./combobox.js";
import { facts, say } from "./page.js";
import { plain, search, streetWords } from "./search.js";

/** @typedef {[id: string, kind: string, uk: string, en: string, old: string, district: string]} Street */

const MOST = 8;
/** @type {Promise<Street[]> | null} */
let registry = null;

/** The registry, loaded once, when first needed; without it any text is taken as typed. */
function streets() {
  registry ??= fetch(facts.streets)
    .then((response) => response.json())
    .catch(() => {
      registry = null;
      return [];
    });
  return registry;
}

/** @param {Street} street */
function textsOf([, kind, uk, en, old]) {
  return [plain(uk), plain(en), ...old.split(";").map(plain), plain(`${kind} ${uk}`)].filter(Boolean);
}

/**
 * The registry as a combobox asks it.
 * @param {import("./speech.js").Speaker} speaker
 * @param {string} language
 */
export function streetSource(speaker, language) {
  return {
    /** @param {string} typed */
    async find(typed) {
      const words = streetWords(typed);
      if (!words) return [];
      const known = await streets();
      return search(known, typed, textsOf, streetWords).slice(0, MOST);
    },
    /** @param {Street} street */
    show([, kind, uk, en, old, district]) {
      const formerly = old ? speaker.text("js.report.formerly", { names: old.replaceAll(";", ", ") }) : "";
      const latin = language === "en" ? en : "";
      return { label: `${kind} ${uk}`, detail: [latin, formerly, district].filter(Boolean).join(" · ") };
    },
    none: speaker.text("js.options.typed"),
  };
}

/**
 * @param {string} id of the input
 */
export function streetField(id) {
  new Combobox(id, { ...streetSource(say, facts.language), choose: () => undefined });
}
