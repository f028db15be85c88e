/** The forms of the actions: which fields each has, and where it is sent. */

import type { Speaker } from "../parts/speech.js";
import type { Field, Option } from "./form";
import type { Card } from "./types";

export interface Action {
  name: string;
  fields: Field[];
  /** Where it is posted, under the API. */
  path: string;
  /** What belongs to the body besides the fields. */
  besides?: Record<string, unknown>;
}

const CONTACTS = ["reached", "no_answer", "off", "wrong_number", "refused"];
const RESULTS = ["done", "partly_done", "explained", "not_confirmed", "refused", "planned", "not_needed"];
const OUTCOMES = ["confirmed", "not_done", "poor", "unreachable"];
const MARKS = ["5", "4", "3", "2", "1"];

/** Whether the console has a form for an action; contacts are opened where they are shown. */
export function isOffered(name: string, say: Speaker): boolean {
  return say.has(`action.${name}`);
}

const NO_FIELDS: Field[] = [];

function choices(say: Speaker, values: string[], words: Record<string, string> = {}): Option[] {
  return values.map((value) => ({ value, label: say.text(`choice.${words[value] ?? value}`) }));
}

function fieldsOf(name: string, card: Card, say: Speaker): Field[] {
  const label = (key: string) => say.text(`field.${key}`);
  const people = (card.people ?? []).map((person) => ({
    value: person.name,
    label: say.text(`role.${person.role}`),
  }));
  const accepted = card.evidence.filter((item) => item.status === "accepted" && item.about !== "appeal");
  const proofs = accepted.map((item, index) => ({
    value: item.id,
    label: item.caption || say.text("card.evidence.file", { n: index + 1 }),
  }));
  const reason: Field = { name: "reason", kind: "long", label: label("reason") };
  const forms: Record<string, Field[]> = {
    assign: [
      {
        name: "performer",
        kind: "suggest",
        label: label("performer"),
        hint: label("performer_hint"),
        options: people,
      },
    ],
    comment: [
      { name: "text", kind: "long", label: label("text") },
      { name: "public", kind: "tick", label: label("public"), ticked: true },
    ],
    "contact-attempt": [
      {
        name: "outcome",
        kind: "choice",
        label: label("outcome"),
        options: choices(say, CONTACTS, { refused: "refused_to_talk" }),
      },
      { name: "note", kind: "text", label: label("note"), optional: true },
    ],
    report: [
      { name: "result", kind: "choice", label: label("result"), options: choices(say, RESULTS) },
      { name: "text", kind: "long", label: label("result_text") },
      {
        name: "evidence",
        kind: "ticks",
        label: label("evidence"),
        options: proofs,
        ticked: true,
        ...(proofs.length ? {} : { hint: label("evidence_none") }),
      },
    ],
    route: [{ name: "executor", kind: "text", label: label("executor") }, reason],
    decide: [
      {
        name: "decision",
        kind: "radio",
        label: label("decision"),
        options: choices(say, ["approve", "refuse"]),
      },
      reason,
    ],
    survey: [
      { name: "outcome", kind: "choice", label: label("outcome"), options: choices(say, OUTCOMES) },
      {
        name: "score",
        kind: "choice",
        label: label("score"),
        options: MARKS.map((mark) => ({ value: mark, label: mark })),
        optional: true,
      },
      { name: "reason", kind: "long", label: label("reason"), optional: true },
    ],
    clarify: [{ name: "text", kind: "long", label: label("question") }],
    reply: [{ name: "text", kind: "long", label: label("reply") }],
    submit: [{ name: "signatory", kind: "text", label: label("signatory"), optional: true }],
    "send-back": [reason],
    revoke: [reason],
    forward: [{ name: "body", kind: "text", label: label("body") }, reason],
    reclassify: [{ name: "topic", kind: "text", label: label("topic") }, reason],
    join: [{ name: "to", kind: "text", label: label("to") }],
    unjoin: [reason],
    "request:closure": [reason],
    "request:extension": [{ name: "new_due_at", kind: "moment", label: label("new_due_at") }, reason],
    "request:change_executor": [{ name: "to_executor", kind: "text", label: label("to_executor") }, reason],
  };
  return forms[name] ?? NO_FIELDS;
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
