/** From the fields of the form to the body of an appeal. */

/**
 * A body, the key it is sent under, and how long it took to fill in.
 * @typedef {{key: string, body: string, filled_ms?: number}} Sending
 */

const PLACE = ["street", "building", "flat", "note"];
const CONTACTS = ["name", "phone", "email"];
const RESIDENCE = ["settlement", "street", "building", "flat"];

/**
 * @param {Record<string, string>} values
 * @param {string} prefix
 * @param {string[]} names
 */
function part(values, prefix, names) {
  const found = names.map((name) => [name, (values[`${prefix}.${name}`] ?? "").trim()]);
  return Object.fromEntries(found.filter(([, value]) => value !== ""));
}

/**
 * What few people fill in: what the message is, who is it from besides, and how it is treated.
 * @param {Record<string, string>} values
 */
function more(values) {
  if (values.signal) return { kind: "signal" };
  const others = (values.co_applicants ?? "").split("\n").map((name) => name.trim());
  const named = others.filter(Boolean);
  const about = values.kind === "complaint" ? values.complaint_about : "";
  return {
    ...(values.kind && values.kind !== "appeal" ? { kind: values.kind } : {}),
    ...(about ? { complaint_about: about } : {}),
    ...(named.length > 0 ? { co_applicants: named } : {}),
    ...(values.benefit ? { benefit: values.benefit } : {}),
    ...(values.take_part ? { take_part: true } : {}),
    ...(values.hide_identity ? { hide_identity: true } : {}),
  };
}

/**
 * The body of `POST /api/appeals`; empty fields are left out, so the API names what is missing.
 * @param {Record<string, string>} values by field name
 * @param {{topic: string | null, language: string, uploads: string[]}} besides
 */
export function appealOf(values, { topic, language, uploads }) {
  const place = part(values, "place", PLACE);
  const { note: _note, ...samePlace } = place;
  const residence = values.same ? samePlace : part(values, "applicant.residence", RESIDENCE);
  const contacts = part(values, "applicant", values.signal ? CONTACTS.slice(1) : CONTACTS);
  const known = Object.keys(residence).length > 0 && !values.signal;
  const applicant = { ...contacts, ...(known ? { residence } : {}) };
  const text = (values.text ?? "").trim();
  return {
    ...(text ? { text } : {}),
    ...more(values),
    ...(topic ? { topic } : {}),
    place,
    applicant,
    ...(values.join ? { join: values.join } : {}),
    reply_channel: values.reply_channel ?? "none",
    language,
    ...(uploads.length > 0 ? { uploads } : {}),
    ...(values.website ? { website: values.website } : {}),
  };
}

/**
 * The key to send a body under: the same body keeps its key, so sending again makes no second card.
 * How long it took is kept with it, for it is sent too.
 * @param {object} body
 * @param {Sending | undefined} last
 * @param {() => string} newKey
 * @param {number} [filledMs]
 * @returns {Sending}
 */
export function sendingKey(body, last, newKey, filledMs) {
  const words = JSON.stringify(body);
  if (last && last.body === words) return last;
  return { key: newKey(), body: words, ...(filledMs === undefined ? {} : { filled_ms: filledMs }) };
}

/** @param {Sending} sending */
export function sentBody({ body, filled_ms: filledMs }) {
  return { ...JSON.parse(body), ...(filledMs === undefined ? {} : { filled_ms: filledMs }) };
}
