/** What the build wrote into the page: language, city facts, words. */

import { Speaker } from "./speech.js";

/**
 * @typedef {object} PageFacts
 * @property {string} language
 * @property {string} timezone
 * @property {string} phone
 * @property {string} streets address of the street registry
 * @property {import("./speech.js").Words} words
 */

/** @type {PageFacts} */
export const facts = JSON.parse(document.getElementById("page")?.textContent ?? "{}");

/** The page's words, numbers and dates. */
export const say = new Speaker(facts.language, facts.timezone, facts.words ?? {});
