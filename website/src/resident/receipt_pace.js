/** How soon a receipt is looked at again: soon at first, then less often; never once it is decided. */

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const SOON_TRIES = 6;

/** What nothing follows: the appeal has its number, or is refused. */
const FINAL = ["registered", "refused"];

/**
 * Milliseconds until the next look; null when there is nothing to wait for.
 * @param {string} status of the receipt; `away` when it could not be read
 * @param {number} tries looks that told the same
 * @returns {number | null}
 */
export function pauseMs(status, tries) {
  if (FINAL.includes(status)) return null;
  if (status === "quarantined") return MINUTE_MS;
  if (tries < SOON_TRIES) return 5 * SECOND_MS;
  return Math.min(MINUTE_MS, 15 * SECOND_MS * (tries - SOON_TRIES + 1));
}
