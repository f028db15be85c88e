/** Copying words to the clipboard, and saying whether it worked. */

import { say } from "./page.js";

/**
 * @param {string} words
 * @param {HTMLElement} told where the outcome is said
 */
export async function copyWords(words, told) {
  const done = await navigator.clipboard.writeText(words).then(
    () => true,
    () => false,
  );
  told.textContent = say.text(done ? "js.copied" : "js.not_copied");
}
