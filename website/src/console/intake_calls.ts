/** The steps of a call: who is calling, what is known around the place, what is told and registered. */

import { useEffect, useRef, useState } from "preact/hooks";
import { sendingKey } from "../resident/appeal.js";
import { newKey, Problem, type Fault } from "../parts/api.js";
import { callBody, dialled, knownOf, operatorBody, type Call } from "../parts/intake.js";
import type { Around, Caller, CallEvent, Filed, Noted } from "./call_types";
import { explain, facts, useDesk } from "./desk";
import { faultsOf } from "./form";
import type { Drafting } from "./intake_draft";
import type { ListedTopic, Page, Row } from "./types";

const SETTLE_MS = 350;
const HINT_MS = 600;
const HINT_FROM_LETTERS = 8;
const HINT_LETTERS = 400;

/** Who is calling; what is known of them is put where nothing was written. */
export function useCaller(phone: string, drafting: Drafting) {
  const { ask, say } = useDesk();
  const [caller, setCaller] = useState<Caller | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    if (!phone) return;
    try {
      const { body } = await ask<Caller>(`/callers/${encodeURIComponent(dialled(phone))}`);
      setCaller(body);
      setFault("");
      const { values } = drafting.draft;
      const known = knownOf(values, body);
      if (Object.keys(known).length > 0) drafting.patch(known);
    } catch (error) {
      const unknown = error instanceof Problem && error.status === 404;
      setFault(unknown ? say.text("intake.not_a_phone") : explain(say, error));
    }
  };
  useEffect(() => void load(), [phone]);
  return { caller, fault, load };
}

/** What is open at and around the place that is being written. */
export function useAround(street: string, building: string): Around | null {
  const { ask } = useDesk();
  const [around, setAround] = useState<Around | null>(null);
  useEffect(() => {
    if (!street.trim()) return setAround(null);
    const query = new URLSearchParams({ street: street.trim(), building: building.trim() });
    return later(SETTLE_MS, async (isLast) => {
      const { body } = await ask<Around>(`/operator/nearby?${query}`);
      if (isLast()) setAround(body);
    });
  }, [street, building]);
  return around;
}

/** Topics that the text may be about: a hint only. */
export function useSuggested(text: string): ListedTopic[] {
  const { ask } = useDesk();
  const [topics, setTopics] = useState<ListedTopic[]>([]);
  useEffect(() => {
    const words = text.trim().slice(0, HINT_LETTERS);
    if (words.length < HINT_FROM_LETTERS) return setTopics([]);
    return later(HINT_MS, async (isLast) => {
      const path = `/topics/suggestions?text=${encodeURIComponent(words)}`;
      const { body } = await ask<Page<ListedTopic>>(path);
      if (isLast()) setTopics(body.items);
    });
  }, [text]);
  return topics;
}

/** Does something once nothing has changed for a while; without an answer the page does without. */
function later(ms: number, act: (isLast: () => boolean) => Promise<void>): () => void {
  let last = true;
  const timer = setTimeout(() => void act(() => last).catch(() => undefined), ms);
  return () => {
    last = false;
    clearTimeout(timer);
  };
}

export interface Talk {
  events: CallEvent[];
  said: string;
  fault: string;
  /** Tells what happened; `ended` with its reason. */
  tell(event: "consultation" | "warning" | "ended", reason?: string): Promise<void>;
}

/** What happens in the talk besides an appeal: counted records, never a card. */
export function useTalk(call: Call, drafting: Drafting): Talk {
  const { ask, say } = useDesk();
  const [events, setEvents] = useState<CallEvent[]>([]);
  const [said, setSaid] = useState("");
  const [fault, setFault] = useState("");
  const last = useRef(Promise.resolve());
  const keep: Talk["tell"] = async (event, reason) => {
    const { draft } = drafting;
    if (draft.told?.includes(event)) return;
    const seconds = draft.begunAt ? (Date.now() - draft.begunAt) / 1000 : 0;
    const body = callBody(event, { ...call, seconds, values: draft.values, ...(reason ? { reason } : {}) });
    try {
      const noted = (await ask<Noted>("/calls", { body, key: newKey() })).body;
      setEvents((before) => [noted, ...before]);
      setSaid(say.text(`intake.told.${event}`, { n: noted.warnings }));
      setFault("");
      if (event === "warning") drafting.note({ warnings: noted.warnings, mayEnd: noted.may_end });
      else drafting.note({ told: [...(drafting.draft.told ?? []), event] });
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  const tell: Talk["tell"] = (event, reason) => {
    last.current = last.current.then(() => keep(event, reason));
    return last.current;
  };
  return { events, said, fault, tell };
}

export interface Filing {
  filed: Filed | null;
  faults: Fault[];
  busy: boolean;
  /** Registers what is written, or joins it to an open appeal. */
  file(join?: Row): Promise<void>;
}

/** Registering: the same words are sent under one key, so a reload shows the same card and code. */
export function useFiling(call: Call, drafting: Drafting): Filing {
  const { ask, say } = useDesk();
  const [filed, setFiled] = useState<Filed | null>(null);
  const [faults, setFaults] = useState<Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const mark = (now: boolean) => {
    sending.current = now;
    setBusy(now);
  };
  const send = async (body: unknown, key: string) => {
    mark(true);
    try {
      setFiled((await ask<Filed>("/operator/appeals", { body, key })).body);
      drafting.note({ sent: true });
    } catch (error) {
      setFaults(faultsOf(error, explain(say, error)));
    }
    mark(false);
  };
  const file = async (join?: Row) => {
    const { values, sending: last } = drafting.draft;
    const missing = values["applicant.name"]?.trim() || values.signal || join ? [] : [unnamed(say)];
    setFaults(missing);
    if (sending.current || filed || missing.length > 0) return;
    const joined = join ? { join: { number: join.number, topic: join.topic?.code ?? "" } } : {};
    const body = operatorBody(values, { ...call, ...joined, zone: facts.timezone, say });
    const now = sendingKey(body, last, newKey);
    drafting.note({ sending: now });
    await send(body, now.key);
  };
  useEffect(() => {
    const { sent, sending: last } = drafting.draft;
    if (sent && last) void send(JSON.parse(last.body), last.key);
  }, []);
  return { filed, faults, busy, file };
}

function unnamed(say: ReturnType<typeof useDesk>["say"]): Fault {
  return { field: "applicant.name", code: "unnamed", message: say.text("intake.unnamed") };
}
