/** Sending an appeal, and the page that shows its answer. */

import { call, Problem } from "../parts/api.js";
import { facts } from "../parts/page.js";

const TRIES = 4;
const BETWEEN_TRIES_MS = 1200;
/** What the API says while the first sending is still being worked on. */
const MEANWHILE = "/changed-meanwhile";

/**
 * Send, and again while the first sending is still being worked on.
 * @param {object} body
 * @param {string} key
 */
export async function send(body, key) {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await call("/appeals", { language: facts.language, body, key });
    } catch (error) {
      if (!(error instanceof Problem) || !error.type.endsWith(MEANWHILE) || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
    }
  }
}

/**
 * Where the answer is shown: an appeal that waits has a receipt instead of a number.
 * @param {{receipt?: string}} answer
 */
export function placeOf({ receipt }) {
  return receipt ? `receipt/#${receipt}` : "done/";
}
