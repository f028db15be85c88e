/** What an operator takes in, apart from how the page looks: bodies, keys, drafts, the order of what is near. */

import { appealOf } from "../resident/appeal.js";
import { instantOf } from "./moments.js";

/** @typedef {Record<string, string>} Values by field name */
/** @typedef {import("../resident/appeal.js").Sending} Sending */

/**
 * A call as the address names it: `phone` and `call` are what the telephone exchange knows.
 * @typedef {{id: string, phone: string, callId: string}} Call
 */

/**
 * What is kept of a call on this device until the next one.
 * @typedef {object} Draft
 * @property {Call} call
 * @property {Values} values
 * @property {number} begunAt milliseconds of the epoch; 0 while nothing has begun
 * @property {Sending} [sending] what was sent under which key
 * @property {boolean} [sent] whether that was answered with a card
 * @property {string[]} [told] what happened in the talk: `consultation`, `ended`
 * @property {number} [warnings] given in this call
 * @property {boolean} [mayEnd] whether they are enough to end the talk for abuse
 */

/** @typedef {{owner: string, drafts: Record<string, Draft>}} Book */

/** The id of a talk of which neither phone nor call is known. */
export const NEW = "new";

const PHONE = "phone";
const KEPT_MS = 12 * 60 * 60_000;
const JOINED_TEXT = "intake.join_text";

/**
 * @param {URLSearchParams} filters of the address
 * @returns {Call}
 */
export function callOf(filters) {
  const phone = filters.get("phone") ?? "";
  const callId = filters.get("call") ?? "";
  return { id: filters.get("draft") || callId || phone || NEW, phone, callId };
}

/**
 * The address of the page of a call.
 * @param {Partial<Call>} call
 */
export function callHash({ id = "", phone = "", callId = "" }) {
  const draft = [callId, phone, NEW, ""].includes(id) ? "" : id;
  const query = new URLSearchParams(
    Object.entries({ phone, call: callId, draft }).filter(([, value]) => value),
  ).toString();
  return query ? `#/intake?${query}` : "#/intake";
}

/** @param {string} typed a phone as people write it */
export const dialled = (typed) => typed.replace(/[^\d+]/g, "");

/** @typedef {"file" | "consult" | "join" | "warn" | "end" | "next"} Meaning */

/** @type {Record<string, Meaning>} */
const KEYS = { F2: "consult", F4: "join", F8: "warn", F9: "next", "Shift F8": "end" };

/**
 * What a key means wherever the focus is; letters are left to texts, so any layout will do.
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @returns {Meaning | null}
 */
export function meaningOf({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  if (key === "Enter" && (ctrlKey || metaKey)) return "file";
  if (ctrlKey || metaKey || altKey) return null;
  return KEYS[shiftKey ? `Shift ${key}` : key] ?? null;
}

/**
 * @param {number} seconds
 * @returns {string} minutes and seconds
 */
export function timed(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * The body of `POST /api/operator/appeals`; who gave no name gets a signal, without a guessed home.
 * @param {Values} values
 * @param {Call & {zone: string, join?: {number: string, topic: string}, say: import("./speech.js").Speaker}} besides
 */
export function operatorBody(values, { phone, callId, zone, join, say }) {
  const channel = values.channel || PHONE;
  const spoken = channel === PHONE;
  const unnamed = !values["applicant.name"]?.trim();
  const signal = values.signal || (join && unnamed) ? "on" : "";
  /** @type {Values} */
  const given = { reply_channel: PHONE, same: "on", ...values, signal };
  given["applicant.phone"] = values["applicant.phone"]?.trim() || phone;
  if (join) given.text = values.text?.trim() || say.text(JOINED_TEXT, { number: join.number });
  const topic = values.topic || join?.topic || null;
  const language = values.language || "uk";
  const writing = !spoken && values.received_at ? instantOf(values.received_at, zone) : "";
  const external = spoken ? "" : (values.external_id ?? "").trim();
  return {
    ...appealOf(given, { topic, language, uploads: [] }),
    channel,
    ...(callId && spoken ? { call_id: callId } : {}),
    ...(writing ? { received_at: writing } : {}),
    ...(external ? { external_id: external } : {}),
    ...(join ? { join: join.number } : {}),
  };
}

/**
 * The body of `POST /api/calls`.
 * @param {string} event `consultation`, `warning` or `ended`
 * @param {Call & {seconds: number, values: Values, reason?: string}} of
 */
export function callBody(event, { phone, callId, seconds, values, reason }) {
  const consultation = event === "consultation";
  return {
    event,
    ...(phone ? { phone } : {}),
    ...(callId ? { call_id: callId } : {}),
    ...(reason ? { reason } : {}),
    ...(consultation && values.topic ? { topic: values.topic } : {}),
    ...(consultation && values["place.street"] ? { street: values["place.street"].trim() } : {}),
    ...(consultation && values.text ? { text: values.text.trim().slice(0, 1000) } : {}),
    seconds: Math.floor(seconds),
  };
}

/**
 * What is known of the caller, where the operator has not written otherwise.
 * @param {Values} values
 * @param {{name: string | null, email: string | null, language: string, residence: Values | null}} caller
 * @returns {Values}
 */
export function knownOf(values, { name, email, language, residence }) {
  /** @type {Values} */
  const found = { language, "applicant.name": name ?? "", "applicant.email": email ?? "" };
  if (residence) {
    found.same = "";
    for (const part of ["settlement", "street", "building", "flat"])
      found[`applicant.residence.${part}`] = residence[part] ?? "";
  }
  return Object.fromEntries(
    Object.entries(found).filter(([key, value]) => !(key in values) && (value || key === "same")),
  );
}

/**
 * The appeals around a place, those of the topic first, the API's order within.
 * @template {{topic: {code: string} | null}} R
 * @param {R[]} appeals
 * @param {string | undefined} topic
 * @returns {R[]}
 */
export function ofTopicFirst(appeals, topic) {
  const other = (/** @type {R} */ row) => Number(!topic || row.topic?.code !== topic);
  return [...appeals].sort((one, two) => other(one) - other(two));
}

/**
 * The drafts that somebody may go on with: their own ones, not too old.
 * @param {Book | null} book
 * @param {string} owner
 * @param {number} now
 * @returns {Book}
 */
export function ownBook(book, owner, now) {
  if (book?.owner !== owner) return { owner, drafts: {} };
  const fresh = Object.entries(book.drafts).filter(([, draft]) => now - draft.begunAt < KEPT_MS);
  return { owner, drafts: Object.fromEntries(fresh) };
}
