/** The forms of the actions: which fields each has, and where it is sent. */

import type { Speaker } from "../parts/speech.js";
import type { Field, Option } from "./fields";
import type { Card } from "./types";

export interface Action {
  name: string;
  fields: Field[];
  /** Where it is posted, under the API. */
  path: string;
  /** What belongs to the body besides the fields. */
  besides?: Record<string, unknown>;
}

/** A field before a card and a language are known; its label is the word `field.<label>`. */
interface Draft {
  name: string;
  kind: Field["kind"];
  label?: string;
  hint?: string;
  optional?: boolean;
  ticked?: boolean;
  /** Values to choose from; the words of each are `choice.<value>` or what `words` names. */
  values?: string[];
  words?: Record<string, string>;
  /** Options that come from the card. */
  from?: "people" | "proofs";
}

const RESULTS = ["done", "partly_done", "explained", "not_confirmed", "refused", "planned", "not_needed"];
const CONTACTS = ["reached", "no_answer", "off", "wrong_number", "refused"];
const OUTCOMES = ["confirmed", "not_done", "poor", "unreachable"];
const MARKS = ["5", "4", "3", "2", "1"];

const TEXT: Draft = { name: "text", kind: "long" };
const REASON: Draft = { name: "reason", kind: "long" };
const LATER: Draft = { name: "new_due_at", kind: "moment" };

const FORMS: Record<string, Draft[]> = {
  assign: [{ name: "performer", kind: "suggest", hint: "performer_hint", from: "people" }],
  comment: [TEXT, { name: "public", kind: "tick", ticked: true }],
  "contact-attempt": [
    { name: "outcome", kind: "choice", values: CONTACTS, words: { refused: "refused_to_talk" } },
    { name: "note", kind: "text", optional: true },
  ],
  report: [
    { name: "result", kind: "choice", values: RESULTS },
    { ...TEXT, label: "result_text" },
    { name: "evidence", kind: "ticks", ticked: true, from: "proofs" },
  ],
  survey: [
    { name: "outcome", kind: "choice", values: OUTCOMES },
    { name: "score", kind: "choice", values: MARKS, optional: true },
    { ...REASON, optional: true },
  ],
  decide: [{ name: "decision", kind: "radio", values: ["approve", "refuse"] }, REASON],
  route: [{ name: "executor", kind: "text" }, REASON],
  clarify: [{ ...TEXT, label: "question" }],
  reply: [{ ...TEXT, label: "reply" }],
  submit: [{ name: "signatory", kind: "text", optional: true }],
  "send-back": [REASON],
  revoke: [REASON],
  forward: [{ name: "body", kind: "text" }, REASON],
  reclassify: [{ name: "topic", kind: "text" }, REASON],
  join: [{ name: "to", kind: "text" }],
  unjoin: [REASON],
  "request:closure": [REASON],
  "request:extension": [LATER, REASON],
  "request:change_executor": [{ name: "to_executor", kind: "text" }, REASON],
};

/** Whether the console has a form for an action; contacts are opened where they are shown. */
export function isOffered(name: string, say: Speaker): boolean {
  return say.has(`action.${name}`);
}

/** The fields of an action, in words; an action without a form has none. */
export function fieldsOf(name: string, card: Card | null, say: Speaker): Field[] {
  return (FORMS[name] ?? []).map((draft) => fieldOf(draft, card, say));
}

function fieldOf(draft: Draft, card: Card | null, say: Speaker): Field {
  const { label, hint, values, words, from, ...same } = draft;
  const options =
    from && card ? optionsOf(from, card, say) : (values ?? []).map((value) => choice(value, words, say));
  const told = from === "proofs" && options.length === 0 ? "evidence_none" : hint;
  return {
    ...same,
    label: say.text(`field.${label ?? draft.name}`),
    options,
    ...(told ? { hint: say.text(`field.${told}`) } : {}),
  };
}

function choice(value: string, words: Record<string, string> | undefined, say: Speaker): Option {
  const key = `choice.${words?.[value] ?? value}`;
  return { value, label: say.has(key) ? say.text(key) : value };
}

function optionsOf(from: "people" | "proofs", card: Card, say: Speaker): Option[] {
  if (from === "people") {
    return (card.people ?? []).map(({ name, role }) => ({ value: name, label: say.text(`role.${role}`) }));
  }
  const proofs = card.evidence.filter((item) => item.status === "accepted" && item.about !== "appeal");
  return proofs.map(({ id, caption }, index) => ({
    value: id,
    label: caption || say.text("card.evidence.file", { n: index + 1 }),
  }));
}

/** The action of that name on a card. */
export function actionOf(name: string, card: Card, say: Speaker): Action {
  const fields = fieldsOf(name, card, say);
  if (name.startsWith("request:"))
    return {
      name,
      fields,
      path: `/cards/${card.number}/requests`,
      besides: { kind: name.slice("request:".length) },
    };
  const pending = card.requests.find((request) => request.status === "pending");
  if (name === "decide" && pending) return { name, fields, path: `/requests/${pending.id}/decision` };
  return { name, fields, path: `/cards/${card.number}/${name}` };
}

/** The body of an action from the values of its form; empty fields are left out. */
export function bodyOf(
  action: Action,
  values: FormData,
  people: Card["people"] = [],
): Record<string, unknown> {
  const body: Record<string, unknown> = { ...action.besides };
  for (const field of action.fields) {
    const text = String(values.get(field.name) ?? "").trim();
    if (field.kind === "tick") body[field.name] = values.has(field.name);
    else if (field.kind === "ticks") body[field.name] = values.getAll(field.name).map(String);
    else if (field.kind === "moment" && text) body[field.name] = new Date(text).toISOString();
    else if (field.name === "score" && text) body.score = Number(text);
    else if (field.name === "performer")
      body.performer = people.find((person) => person.name === text)?.id ?? text;
    else if (text) body[field.name] = text;
  }
  return body;
}
