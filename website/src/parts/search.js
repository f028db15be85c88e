/** Finding words however they were typed: other apostrophes, ґ for г, a wrong keyboard layout. */

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю'";
const KINDS =
  /^(вулиця|вул|проспект|просп|пр-т|провулок|пров|бульвар|бульв|площа|пл|проїзд|street|st|avenue|ave|lane|boulevard|square)\.?\s+/;

/**
 * @param {string} text
 * @returns {string} the text as it is compared
 */
export function plain(text) {
  return text
    .toLowerCase()
    .normalize("NFC")
    .replace(/['’ʼ`"«»]/g, "")
    .replaceAll("ґ", "г")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * What would have been typed on the Ukrainian layout; words without Latin letters stay.
 * @param {string} text
 */
export function otherLayout(text) {
  const words = text.toLowerCase().split(" ");
  return words.map((word) => (/[a-z]/.test(word) ? retyped(word) : word)).join(" ");
}

/** @param {string} word */
function retyped(word) {
  return [...word].map((sign) => UKRAINIAN[LATIN.indexOf(sign)] ?? sign).join("");
}

/**
 * The name of a street without its kind and a house number typed after it.
 * @param {string} text
 */
export function streetWords(text) {
  const words = plain(text).replace(KINDS, "");
  return words.replace(/,?\s*\d+[а-яa-z]?([/-]\d+)?$/, "").trim() || words;
}

/**
 * Rank 0 (starts with) … 2 (within); null when some word is not there.
 * @param {string} text plain text searched in
 * @param {string} query plain words
 */
export function rank(text, query) {
  if (text.startsWith(query)) return 0;
  const words = query.split(" ");
  const at = words.map((word) => text.indexOf(word));
  if (at.some((index) => index < 0)) return null;
  return at.every((index) => index === 0 || /[^\p{L}\p{N}]/u.test(text[index - 1] ?? " ")) ? 1 : 2;
}

/**
 * The items that hold the words, best first.
 * @template T
 * @param {T[]} items
 * @param {string} query plain words
 * @param {(item: T) => string[]} textsOf plain texts, the most telling first
 * @returns {T[]}
 */
export function findIn(items, query, textsOf) {
  return items
    .map((item, order) => ({ item, order, score: bestRank(textsOf(item), query) }))
    .filter(({ score }) => score < Infinity)
    .sort((one, other) => one.score - other.score || one.order - other.order)
    .map(({ item }) => item);
}

/**
 * @param {string[]} texts
 * @param {string} query
 */
function bestRank(texts, query) {
  const ranks = texts.map((text, index) => {
    const found = rank(text, query);
    return found === null ? Infinity : found + (index > 0 ? 0.5 : 0);
  });
  return Math.min(...ranks);
}

/**
 * As `findIn`; when nothing holds the words, they are read as typed on the other layout.
 * @template T
 * @param {T[]} items
 * @param {string} typed
 * @param {(item: T) => string[]} textsOf
 * @param {(text: string) => string} [read]
 * @returns {T[]}
 */
export function search(items, typed, textsOf, read = plain) {
  const found = findIn(items, read(typed), textsOf);
  return found.length > 0 ? found : findIn(items, read(otherLayout(typed)), textsOf);
}
