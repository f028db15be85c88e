/** What was typed, kept on this device for a day. */

const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * @template {object} T
 * @param {string} name
 */
export function draftStore(name) {
  return {
    /** @returns {T | null} */
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(name) ?? "null");
        return kept && Date.now() - kept.at < KEPT_MS ? kept.value : null;
      } catch {
        return null;
      }
    },
    /** @param {T} value */
    write(value) {
      try {
        localStorage.setItem(name, JSON.stringify({ at: Date.now(), value }));
      } catch {
        return; // A full or forbidden store must not stop anyone from writing to the city.
      }
    },
    clear() {
      localStorage.removeItem(name);
    },
  };
}
