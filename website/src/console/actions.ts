/** What may be done with a card: which actions are offered, their fields in words, their bodies. */

import { endOfDay, instantOf } from "../parts/moments.js";
import type { Speaker } from "../parts/speech.js";
import type { Executor } from "./directory_types";
import type { Field, Option } from "./fields";
import { draftsOf, type Draft, type Source } from "./forms";
import type { Card, ExecutorRequest, Row } from "./types";

/** One action on a card; `request` is the executor's request that it is about. */
export interface Offer {
  name: string;
  label: string;
  request?: ExecutorRequest;
}

/** What the options of some fields are made of, besides the card. */
export interface Lists {
  executors: Executor[];
  near: Row[];
}

export const NO_LISTS: Lists = { executors: [], near: [] };

const ABOUT_REQUESTS = ["decide", "acknowledge"];

/** The actions that the console offers on a card, in the order of the API. */
export function offersOf(card: Card, say: Speaker): Offer[] {
  return card.actions.filter((name) => say.has(`action.${name}`)).flatMap((name) => offers(name, card, say));
}

function offers(name: string, card: Card, say: Speaker): Offer[] {
  const label = say.text(`action.${name}`);
  if (!ABOUT_REQUESTS.includes(name)) return [{ name, label }];
  const found = card.requests.filter((request) => waitsFor(name, request));
  return found.map((request) => ({ name, request, label: `${label}: ${request.kind_text ?? request.kind}` }));
}

/** Whether a request waits for a decision, or first for a head's knowledge. */
export function waitsFor(name: string, request: ExecutorRequest): boolean {
  const unknown = request.level > 0 && !request.acknowledged_at;
  return request.status === "pending" && unknown === (name === "acknowledge");
}

/** Where an action is posted, under the API. */
export function pathOf({ name, request }: Offer, number: string): string {
  if (request) return `/requests/${request.id}/${name === "acknowledge" ? "acknowledgement" : "decision"}`;
  return `/cards/${number}/${name.startsWith("request:") ? "requests" : name}`;
}

/** What the options of a field are found in. */
interface Known {
  card: Card | null;
  request: ExecutorRequest | undefined;
  lists: Lists;
  say: Speaker;
}

/** The fields of an action, in words. */
export function fieldsOf(offer: Offer, card: Card | null, lists: Lists, say: Speaker): Field[] {
  const known = { card, request: offer.request, lists, say };
  return draftsOf(offer.name, card, offer.request).map((draft) => fieldOf(draft, known));
}

function fieldOf(draft: Draft, known: Known): Field {
  const { label, hint, values, words, from, ...same } = draft;
  const { say } = known;
  const fixed = (values ?? []).map((value) => choice(value, words, say));
  const options = [...fixed, ...(from ? SOURCES[from](known) : [])];
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

const SOURCES: Record<Source, (known: Known) => Option[]> = {
  people: ({ card, say }) => peopleOf(card, say),
  signatories: ({ card }) => signatoriesOf(card),
  proofs: ({ card, say }) => filesOf(card, say, ({ about }) => about !== "appeal"),
  documents: ({ card, say }) =>
    filesOf(card, say, ({ about, kind }) => about === "review" && kind === "document"),
  any_executor: ({ card, lists }) => executorsOf(lists, [card?.complaint_about?.id]),
  executors: ({ card, request, lists }) => executorsOf(lists, [...drawnIn(card), request?.executor?.id]),
  near: ({ card, lists }) => nearOf(card, lists),
};

/** Executors that a request cannot name: they have the card, or it complains about them. */
function drawnIn(card: Card | null): (string | null | undefined)[] {
  const together = card?.co_executors.map((one) => one?.id) ?? [];
  return [card?.executor?.id, card?.complaint_about?.id, ...together];
}

function signatoriesOf(card: Card | null): Option[] {
  const people = (card?.people ?? []).filter(({ role }) => role === "signatory");
  return people.map(({ id, name }) => ({ value: id, label: name }));
}

function nearOf(card: Card | null, lists: Lists): Option[] {
  const rows = lists.near.filter((row) => row.number !== card?.number);
  return rows.map(({ number, topic, street, building }) => ({
    value: number,
    label: `${topic?.name ?? ""}, ${street} ${building}`,
  }));
}

/** People by name: they are found by typing, so the name itself is the value. */
function peopleOf(card: Card | null, say: Speaker): Option[] {
  const people = (card?.people ?? []).filter(({ role }) => role !== "signatory");
  return people.map(({ name, role }) => ({ value: name, label: say.text(`role.${role}`) }));
}

function filesOf(
  card: Card | null,
  say: Speaker,
  fits: (item: Card["evidence"][number]) => boolean,
): Option[] {
  const files = (card?.evidence ?? []).filter((item) => item.status === "accepted" && fits(item));
  return files.map(({ id, caption }, index) => ({
    value: id,
    label: caption || say.text("card.evidence.file", { n: index + 1 }),
  }));
}

function executorsOf({ executors }: Lists, without: (string | null | undefined)[]): Option[] {
  const found = executors.filter(({ id, receives }) => receives && !without.includes(id));
  return found.map(({ id, name }) => ({ value: id, label: name }));
}

/** The body of a form: empty fields are left out, dotted names are nested. */
export function bodyOf(fields: Field[], values: FormData, zone: string): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueOf(field, values, zone);
    if (value !== "" && value !== undefined) put(body, field.name.split("."), value);
  }
  return body;
}

function valueOf(field: Field, values: FormData, zone: string): unknown {
  const text = String(values.get(field.name) ?? "").trim();
  if (field.kind === "tick") return values.has(field.name);
  if (field.kind === "ticks") return values.getAll(field.name).map(String);
  if (field.kind === "moment") return instantOf(text, zone);
  if (field.kind === "day") return endOfDay(text, zone);
  if (text && (field.kind === "number" || field.name === "score")) return Number(text);
  return text;
}

function put(into: Record<string, unknown>, path: string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) into[first] = value;
  else {
    const inner = (into[first] ?? {}) as Record<string, unknown>;
    into[first] = inner;
    put(inner, rest, value);
  }
}

/** The body of an action on a card. */
export function actionBody(
  { name }: Offer,
  fields: Field[],
  values: FormData,
  card: Card | null,
  zone: string,
): Record<string, unknown> {
  const body = bodyOf(fields, values, zone);
  if (name.startsWith("request:")) body.kind = name.slice("request:".length);
  const performer = card?.people?.find((person) => person.name === body.performer);
  if (performer) body.performer = performer.id;
  return body;
}
