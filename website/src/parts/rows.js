/** Rows of a list that changes under its reader: what came, what left, and what stays in sight. */

/**
 * @typedef {object} Row
 * @property {string} number
 * @property {string} due_at
 */

/**
 * Put a fresh first page over the rows on the screen.
 *
 * Rows of later pages stay. A row that has left is kept, marked `left`, while it is `held`: the
 * reader is on it, with the pointer or the keyboard. A row that only moved up from a page that was not loaded has not come.
 *
 * @template {Row} R
 * @param {(R & {left?: boolean})[]} shown
 * @param {R[]} fresh
 * @param {{whole: boolean, wasWhole: boolean, held: string[]}} how
 *   `whole`: the fresh page is all there is; `wasWhole`: the shown rows were
 */
export function merged(shown, fresh, { whole, wasWhole, held }) {
  const coming = new Set(fresh.map((row) => row.number));
  const known = new Set(shown.map((row) => row.number));
  const last = fresh.at(-1);
  const beyond = (/** @type {R} */ row) => !whole && last !== undefined && !before(row, last);
  const stay = shown
    .filter((row) => !coming.has(row.number) && (beyond(row) || held.includes(row.number)))
    .map((row) => (beyond(row) ? row : { ...row, left: true }));
  const end = shown.at(-1);
  const came = fresh.filter(
    (row) => !known.has(row.number) && (wasWhole || end === undefined || before(row, end)),
  );
  /** @type {(R & {left?: boolean})[]} */
  const all = [...fresh, ...stay];
  all.sort((one, other) => Date.parse(one.due_at) - Date.parse(other.due_at));
  return { rows: all, came: came.map((row) => row.number) };
}

/**
 * @param {Row} one
 * @param {Row} other
 */
function before(one, other) {
  return Date.parse(one.due_at) < Date.parse(other.due_at);
}
