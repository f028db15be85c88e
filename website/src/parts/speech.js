/** Words with values and plurals; dates and terms as people say them. */

/** @typedef {Record<string, string | Record<string, string>>} Words */
/** @typedef {ReturnType<typeof speaker>} Speaker */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * @param {string} language `uk` or `en`
 * @param {string} timezone name of the city's time zone
 * @param {Words} words
 */
export function speaker(language, timezone, words) {
  const locale = language === "en" ? "en-GB" : "uk";
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent" });
  /** @param {Intl.DateTimeFormatOptions} options */
  const format = (options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: timezone });
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: timezone });
  /** @type {Intl.DateTimeFormatOptions} */
  const dayParts = { day: "numeric", month: "long" };
  const days = withYear(dayParts);
  const times = withYear({ ...dayParts, hour: "2-digit", minute: "2-digit" });

  /**
   * Say a date; the year only when it is not this one.
   * @param {Intl.DateTimeFormatOptions} parts
   * @returns {(instant: Date) => string}
   */
  function withYear(parts) {
    const short = format(parts);
    const long = format({ ...parts, year: "numeric" });
    const year = format({ year: "numeric" });
    return (instant) => (year.format(instant) === year.format(new Date()) ? short : long).format(instant);
  }

  /**
   * The words of a key; `n` chooses the plural form.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  function text(key, values = {}) {
    const found = words[key];
    if (found === undefined) return key;
    const form =
      typeof found === "string" ? found : (found[plurals.select(Number(values.n))] ?? found.other ?? key);
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? numbers.format(value) : value;
    });
  }

  /** @param {string} iso */
  const isMidnight = (iso) => clock.format(new Date(iso)) === "00:00";

  return {
    text,
    /** @param {string} key */
    has: (key) => key in words,
    /** @param {number} share 0 to 1 */
    percent: (share) => percents.format(share),
    /** @param {string} iso */
    day: (iso) => days(new Date(iso)),
    /** @param {string} iso */
    time: (iso) => times(new Date(iso)),
    /**
     * A deadline: a midnight ends the day before it, and that day is what people are told.
     * @param {string} iso
     */
    due(iso) {
      if (!isMidnight(iso)) return text("js.due.time", { time: times(new Date(iso)) });
      return text("js.due.day", { day: days(new Date(Date.parse(iso) - MINUTE_MS)) });
    },
    /**
     * How long is left, or how late it is.
     * @param {string} iso
     * @param {number} now milliseconds of the epoch
     */
    left(iso, now) {
      const rest = Date.parse(iso) - now;
      const size = Math.abs(rest);
      const kind = rest < 0 ? "js.late" : "js.left";
      if (size >= 2 * DAY_MS) return text(`${kind}.day`, { n: Math.floor(size / DAY_MS) });
      if (size >= HOUR_MS) return text(`${kind}.hour`, { n: Math.floor(size / HOUR_MS) });
      return text(`${kind}.minute`, { n: Math.max(1, Math.floor(size / MINUTE_MS)) });
    },
  };
}
