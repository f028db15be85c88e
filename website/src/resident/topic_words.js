/** What of a text goes to find its topic: words of letters only, so no phone or flat goes along. */

const MOST_LETTERS = 300;
const LEAST_WORDS = 2;
/** What a text is about stands at its beginning. */
const MOST_READ = 2000;

const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const WORD = /^\p{L}[\p{L}’'ʼ-]+$/u;

/**
 * The words that tell a topic; empty while there are too few of them.
 * @param {string} text
 */
export function topicWords(text) {
  const parts = text.slice(0, MOST_READ).split(/\s+/);
  const words = parts.map((part) => part.replace(EDGES, "")).filter((part) => WORD.test(part));
  if (words.length < LEAST_WORDS) return "";
  return words.join(" ").slice(0, MOST_LETTERS);
}
