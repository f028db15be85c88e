/** Words with values and plurals; dates and terms as people say them. */

/** @typedef {Record<string, string | Record<string, string>>} Words */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** @type {Intl.DateTimeFormatOptions} */
const DAY_PARTS = { day: "numeric", month: "long" };
/** @type {Intl.DateTimeFormatOptions} */
const TIME_PARTS = { ...DAY_PARTS, hour: "2-digit", minute: "2-digit" };

/** Speaks one language, in the time of one city. */
export class Speaker {
  /**
   * @param {string} language `uk` or `en`
   * @param {string} timezone name of the city's time zone
   * @param {Words} words
   */
  constructor(language, timezone, words) {
    this.locale = language === "en" ? "en-GB" : "uk";
    this.timezone = timezone;
    this.words = words;
    this.plurals = new Intl.PluralRules(this.locale);
    this.numbers = new Intl.NumberFormat(this.locale);
    this.percents = new Intl.NumberFormat(this.locale, { style: "percent" });
    this.clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: timezone });
  }

  /** @param {string} key */
  has(key) {
    return key in this.words;
  }

  /**
   * The words of a key; `n` chooses the plural form. An unknown key is shown as it is.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  text(key, values = {}) {
    const found = this.words[key];
    if (found === undefined) return key;
    const form = typeof found === "string" ? found : this.pluralForm(found, Number(values.n));
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? this.numbers.format(value) : value;
    });
  }

  /**
   * @param {Record<string, string>} forms
   * @param {number} n
   */
  pluralForm(forms, n) {
    return forms[this.plurals.select(n)] ?? forms.other ?? "";
  }

  /** @param {number} share 0 to 1 */
  percent(share) {
    return this.percents.format(share);
  }

  /** @param {string} iso */
  time(iso) {
    return this.date(new Date(iso), TIME_PARTS);
  }

  /**
   * A deadline: a midnight ends the day before it, and that day is what people are told.
   * @param {string} iso
   */
  due(iso) {
    const instant = new Date(iso);
    if (this.clock.format(instant) !== "00:00") return this.text("js.due.time", { time: this.time(iso) });
    const lastMinute = new Date(instant.getTime() - MINUTE_MS);
    return this.text("js.due.day", { day: this.date(lastMinute, DAY_PARTS) });
  }

  /**
   * How long is left, or how late it is.
   * @param {string} iso
   * @param {number} now milliseconds of the epoch
   */
  left(iso, now) {
    const rest = Date.parse(iso) - now;
    const size = Math.abs(rest);
    const kind = rest < 0 ? "js.late" : "js.left";
    if (size >= 2 * DAY_MS) return this.text(`${kind}.day`, { n: Math.floor(size / DAY_MS) });
    if (size >= HOUR_MS) return this.text(`${kind}.hour`, { n: Math.floor(size / HOUR_MS) });
    return this.text(`${kind}.minute`, { n: Math.max(1, Math.floor(size / MINUTE_MS)) });
  }

  /**
   * A date in the city's time; its year only when it is not this one.
   * @param {Date} instant
   * @param {Intl.DateTimeFormatOptions} parts
   */
  date(instant, parts) {
    const options = { ...parts, timeZone: this.timezone };
    const long = new Intl.DateTimeFormat(this.locale, { ...options, year: "numeric" });
    const short = new Intl.DateTimeFormat(this.locale, options);
    return (this.yearOf(instant) === this.yearOf(new Date()) ? short : long).format(instant);
  }

  /** @param {Date} instant */
  yearOf(instant) {
    return new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone: this.timezone }).format(instant);
  }
}
