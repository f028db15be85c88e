/** The operator's page of a call: address first, then the words, the topic and the person; no mouse needed. */

import { useEffect, useState } from "preact/hooks";
import { callHash, callOf, meaningOf, NEW, timed, type Call, type Meaning } from "../parts/intake.js";
import { CallerPanel } from "./caller_panel";
import { useDesk } from "./desk";
import { useCaller, useFiling, useTalk } from "./intake_calls";
import { useDraft, useLeft } from "./intake_draft";
import { FORM } from "./intake_fields";
import { FiledPanel } from "./intake_filed";
import { IntakeForm } from "./intake_form";
import { Start } from "./intake_start";

const SECOND_MS = 1000;

export function IntakePage({ filters }: { filters: URLSearchParams }) {
  const call = callOf(filters);
  const [turn, setTurn] = useState(0);
  const next = () => {
    const empty = callHash({});
    if (location.hash === empty) setTurn(turn + 1);
    else location.hash = empty;
  };
  return <CallPage key={`${call.id} ${call.phone} ${turn}`} call={call} next={next} />;
}

function CallPage({ call, next }: { call: Call; next: () => void }) {
  const { say } = useDesk();
  const drafting = useDraft(call);
  const { draft } = drafting;
  const known = useCaller(call.phone, drafting);
  const talk = useTalk(call, drafting);
  const filing = useFiling(call, drafting);
  const end = () => {
    drafting.end();
    next();
  };
  const consult = () => void talk.tell("consultation");
  const warn = () => void talk.tell("warning");
  const stop = () => void (draft.mayEnd && talk.tell("ended", "abuse"));
  useStart(call);
  useShortcuts({ next: end, ...(isSpoken(draft.values.channel) ? { consult, warn, end: stop } : {}) });
  const phone = draft.values["applicant.phone"] || (known.caller?.phone ?? call.phone);
  const own = { call, drafting, caller: known.caller };
  return (
    <>
      <div class="row between">
        <h1>{say.text("intake.title")}</h1>
        <Timer begunAt={draft.begunAt} />
      </div>
      <div class="file intake">
        <div class="flow">
          {filing.filed ? (
            <FiledPanel filed={filing.filed} draft={draft} phone={phone} next={end} />
          ) : (
            <>
              <Start call={call} drafting={drafting} fault={known.fault} faults={filing.faults} />
              <IntakeForm {...own} filing={filing} consult={consult} next={end} />
            </>
          )}
        </div>
        <aside>
          <CallerPanel call={call} caller={known.caller} draft={draft} talk={talk} reload={known.load} />
          <LeftDrafts here={call.id} />
        </aside>
      </div>
    </>
  );
}

export const isSpoken = (channel: string | undefined): boolean => (channel || "phone") === "phone";

function useStart(call: Call): void {
  const { say, city } = useDesk();
  useEffect(() => {
    document.title = `${say.text("intake.title")} – ${city}`;
    document.getElementById(call.id === NEW ? "caller" : `${FORM}-place.street`)?.focus();
  }, []);
}

type Deeds = Partial<Record<Meaning, () => void>>;

/** What keys do wherever the focus is. */
export function useShortcuts(deeds: Deeds): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const meaning = meaningOf(event);
      const deed = meaning && deeds[meaning];
      if (!deed) return;
      event.preventDefault();
      if (!event.repeat) deed();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

/** How long the call has lasted. */
function Timer({ begunAt }: { begunAt: number }) {
  const { say } = useDesk();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="timer" role="timer" aria-label={say.text("intake.timer")}>
      {timed(begunAt ? (now - begunAt) / SECOND_MS : 0)}
    </p>
  );
}

/** What was begun in other calls and not registered. */
function LeftDrafts({ here }: { here: string }) {
  const { say } = useDesk();
  const { left, drop } = useLeft(here);
  if (left.length === 0) return null;
  return (
    <section class="panel">
      <h2>{say.text("intake.left")}</h2>
      <ul class="told">
        {left.map(({ id, draft, hash }) => (
          <li key={id}>
            <a href={hash}>
              {draft.call.phone || draft.values["applicant.name"] || say.text("intake.no_phone")}
            </a>{" "}
            <span class="small quiet">{say.time(new Date(draft.begunAt).toISOString())}</span>
            <p class="small">{draft.values.text || draft.values["place.street"]}</p>
            <button type="button" class="btn link" onClick={() => drop(id)}>
              {say.text("intake.left.drop")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
