/** From what a city's clock shows to the instant at which it shows that. */

const DAY_MS = 24 * 60 * 60_000;

/**
 * @param {string} timezone
 * @param {number} instant milliseconds of the epoch
 * @returns {number} what the city's clock shows then, read as if it were UTC
 */
function wallClock(timezone, instant) {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  };
  const found = new Intl.DateTimeFormat("en-GB", parts).formatToParts(instant);
  const number = (/** @type {string} */ type) => Number(found.find((part) => part.type === type)?.value);
  return Date.UTC(
    number("year"),
    number("month") - 1,
    number("day"),
    number("hour"),
    number("minute"),
    number("second"),
  );
}

/**
 * The instant at which the city's clock shows a local time; an empty text for what is no time.
 * @param {string} local as `datetime-local` gives it: `2026-03-02T10:15`
 * @param {string} timezone
 * @returns {string} ISO 8601
 */
export function instantOf(local, timezone) {
  const shown = Date.parse(`${local}Z`);
  if (Number.isNaN(shown)) return "";
  const first = 2 * shown - wallClock(timezone, shown);
  return new Date(shown + first - wallClock(timezone, first)).toISOString();
}

/**
 * The instant at which a day of the city ends: the midnight after it.
 * @param {string} day as a date field gives it: `2026-03-02`
 * @param {string} timezone
 */
export function endOfDay(day, timezone) {
  const start = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(start)) return "";
  return instantOf(new Date(start + DAY_MS).toISOString().slice(0, 16), timezone);
}

/**
 * The day of the city at an instant, as a date field takes it.
 * @param {number} instant milliseconds of the epoch
 * @param {string} timezone
 */
export function dayOf(instant, timezone) {
  return new Date(wallClock(timezone, instant)).toISOString().slice(0, 10);
}

/**
 * What the city's clock shows at an instant, as `datetime-local` takes it.
 * @param {number} instant milliseconds of the epoch
 * @param {string} timezone
 */
export function localOf(instant, timezone) {
  return new Date(wallClock(timezone, instant)).toISOString().slice(0, 16);
}
