/** The table of forms: which fields each action has, before a card and a language are known. */

import type { Field } from "./fields";
import type { Card, ExecutorRequest } from "./types";

/** Where the options of a field come from, when they are not always the same. */
export type Source =
  "people" | "proofs" | "documents" | "executors" | "any_executor" | "near" | "signatories";

/** A field before a card and a language are known; its label is the word `field.<label>`. */
export interface Draft {
  name: string;
  kind: Field["kind"];
  label?: string;
  hint?: string;
  optional?: boolean;
  ticked?: boolean;
  /** Values to choose from; the words of each are `choice.<value>` or what `words` names. */
  values?: readonly string[];
  words?: Record<string, string>;
  from?: Source;
  /** What stands in the field at first. */
  value?: string;
  /** The field is shown only while another has this value. */
  when?: { name: string; value: string };
}

const RESULTS = ["done", "partly_done", "explained", "not_confirmed", "refused", "planned", "not_needed"];
const CONTACTS = ["reached", "no_answer", "off", "wrong_number", "refused"];
const OUTCOMES = ["confirmed", "not_done", "poor", "unreachable"];
const MARKS = ["5", "4", "3", "2", "1"];
const GROUNDS = ["anonymous", "repeated", "late_complaint", "incapable"];
const REFUSED = { name: "result", value: "refused" };

const TEXT: Draft = { name: "text", kind: "long" };
const REASON: Draft = { name: "reason", kind: "long" };

type Making = (card: Card | null, request?: ExecutorRequest) => Draft[];

const COMMENT: Draft = { ...TEXT, label: "comment", hint: "comment_hint", optional: true };

const CALLED: Draft[] = [
  { name: "outcome", kind: "choice", values: CONTACTS, words: { refused: "refused_to_talk" } },
  { name: "note", kind: "text", optional: true },
];

const SIMPLE: Record<string, Draft[]> = {
  accept: [COMMENT],
  assign: [{ name: "performer", kind: "suggest", hint: "performer_hint", from: "people" }, COMMENT],
  comment: [TEXT, { name: "public", kind: "tick", ticked: true }],
  "contact-attempt": CALLED,
  "duty-call": CALLED,
  report: [
    { name: "result", kind: "choice", values: RESULTS },
    { ...TEXT, label: "result_text" },
    { name: "ground", kind: "text", label: "legal_ground", when: REFUSED },
    { name: "complain_to", kind: "text", hint: "complain_to_hint", when: REFUSED },
    { name: "evidence", kind: "ticks", ticked: true, from: "proofs" },
  ],
  survey: [
    { name: "outcome", kind: "choice", values: OUTCOMES },
    { name: "score", kind: "choice", values: MARKS, optional: true },
    { ...REASON, optional: true },
  ],
  route: [{ name: "executor", kind: "choice", from: "any_executor" }, REASON],
  clarify: [
    {
      name: "lack",
      kind: "radio",
      values: ["data", "form"],
      words: { data: "lack_data", form: "lack_form" },
      value: "data",
    },
    { ...TEXT, label: "question" },
  ],
  submit: [
    { name: "signatory", kind: "choice", from: "signatories", optional: true, hint: "signatory_hint" },
    { name: "without_evidence_reason", kind: "long", optional: true, hint: "without_evidence_hint" },
  ],
  sign: [
    {
      name: "file",
      kind: "choice",
      from: "documents",
      label: "signed_file",
      hint: "signed_file_hint",
      optional: true,
    },
  ],
  "send-back": [REASON],
  revoke: [REASON],
  forward: [{ name: "body", kind: "text" }, REASON],
  reclassify: [{ name: "topic", kind: "topic" }, REASON],
  join: [{ name: "to", kind: "suggest", from: "near", hint: "to_hint" }],
  unjoin: [REASON],
  "not-consider": [
    { name: "ground", kind: "radio", values: GROUNDS },
    {
      name: "earlier",
      kind: "text",
      hint: "earlier_hint",
      optional: true,
      when: { name: "ground", value: "repeated" },
    },
    REASON,
  ],
  "request:closure": [REASON],
  "request:co_executor": [
    { name: "to_executor", kind: "choice", label: "co_executor", from: "executors" },
    REASON,
  ],
  "request:change_executor": [
    { name: "to_executor", kind: "choice", from: "executors", values: ["unknown"], value: "unknown" },
    REASON,
  ],
  "request:strategic_plan": [
    { name: "plan.name", kind: "text", label: "plan_name" },
    { name: "plan.programme", kind: "text", label: "plan_programme", optional: true },
    { name: "plan.year", kind: "number", label: "plan_year" },
    { name: "plan.funding", kind: "text", label: "plan_funding" },
    REASON,
  ],
};

const MADE: Record<string, Making> = {
  "request:extension": extension,
  reply: (card) => [{ ...TEXT, label: "reply", hint: "reply_hint", value: card?.reply?.text ?? "" }],
  decide: (_, request) => [
    { name: "decision", kind: "radio", values: ["approve", "refuse"] },
    ...(request?.kind === "change_executor" ? [appointed(request)] : []),
    REASON,
  ],
};

/** An emergency is due at an hour, everything else at the end of a day. */
function extension(card: Card | null): Draft[] {
  const byHour = card?.topic?.urgency === "emergency";
  const broken = card !== null && card.extensions.length > 0 && Date.parse(card.due_at) <= Date.now();
  return [{ name: "new_due_at", kind: byHour ? "moment" : "day" }, ...(broken ? [responsible] : []), REASON];
}

const responsible: Draft = {
  name: "responsible_person",
  kind: "suggest",
  hint: "responsible_person_hint",
  from: "people",
};

/** Whoever decides may appoint another executor, and must where the request names none. */
function appointed(request: ExecutorRequest): Draft {
  const named = request.to_executor?.id ?? "";
  return {
    name: "to_executor",
    kind: "choice",
    label: "appointed",
    from: "executors",
    value: named,
    when: { name: "decision", value: "approve" },
  };
}

/** The fields of an action; an action without a form has none. */
export function draftsOf(name: string, card: Card | null, request?: ExecutorRequest): Draft[] {
  return MADE[name]?.(card, request) ?? SIMPLE[name] ?? [];
}
