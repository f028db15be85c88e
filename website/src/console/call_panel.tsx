/** One survey call: the phone that is opened for it, what to say, and what was heard. */

import { useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { explain, useDesk } from "./desk";
import type { Field } from "./fields";
import { ActionForm } from "./form";
import { Failure, Loading } from "./notices";
import type { Applicant, Card, Heard, SurveyCall } from "./types";

const OUTCOMES = ["confirmed", "not_done", "poor", "unreachable"] as const;
const MARKS = ["5", "4", "3", "2", "1"];

type Outcome = (typeof OUTCOMES)[number];

interface Props {
  call: SurveyCall;
  heard: (told: Heard) => Promise<void>;
  close: () => void;
}

/** Whoever is called, and what they asked for. */
interface Opened {
  applicant: Applicant;
  card: Card;
}

export function CallPanel({ call, heard, close }: Props) {
  const { say } = useDesk();
  const { opened, fault, open } = useOpened(call.number);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (opened) heading.current?.focus();
  }, [opened]);
  if (!opened) return fault ? <Failure words={fault} retry={() => void open()} /> : <Loading />;
  return (
    <section class="panel call" aria-labelledby={`talk-${call.number}`}>
      <h4 id={`talk-${call.number}`} ref={heading} tabIndex={-1}>
        {say.text("calls.talk", { name: opened.applicant.name || say.text("card.anonymous") })}
      </h4>
      <Phone phone={opened.applicant.phone} />
      <Script call={call} card={opened.card} />
      <div class="group" role="group" aria-label={say.text("calls.heard")}>
        <span class="small quiet">{say.text("calls.heard")}</span>
        <div class="row">
          {OUTCOMES.map((each) => (
            <button
              key={each}
              type="button"
              class={`btn ${outcome === each ? "" : "plain"}`}
              aria-expanded={outcome === each}
              onClick={() => setOutcome(each)}
            >
              {say.text(`calls.outcome.${each}`)}
            </button>
          ))}
          <button type="button" class="btn link" onClick={close}>
            {say.text("desk.cancel")}
          </button>
        </div>
      </div>
      {outcome && <HeardForm key={outcome} call={call} outcome={outcome} heard={heard} />}
    </section>
  );
}

/** The contacts are opened once a call, with an event in the card's history. */
function useOpened(number: string) {
  const { ask, say } = useDesk();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [fault, setFault] = useState("");
  const key = useRef(newKey());
  const open = async () => {
    try {
      const path = `/cards/${number}`;
      const contacts = { method: "POST", body: {}, key: key.current };
      const [applicant, card] = await Promise.all([
        ask<Applicant>(`${path}/open-contacts`, contacts),
        ask<Card>(path),
      ]);
      setOpened({ applicant: applicant.body, card: card.body });
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void open(), [number]);
  return { opened, fault, open };
}

function Phone({ phone }: { phone: string | null }) {
  const { say } = useDesk();
  return (
    <>
      <p class="phone">{phone ? <a href={`tel:${phone}`}>{phone}</a> : say.text("calls.no_phone")}</p>
      <p class="small quiet">{say.text("card.contacts_noted")}</p>
    </>
  );
}

/** What is said, in the order in which it is asked. */
function Script({ call, card }: { call: SurveyCall; card: Card }) {
  const { say, city } = useDesk();
  const place = [call.street, call.building].filter(Boolean).join(", ");
  const topic = call.topic?.name ?? call.excerpt;
  const date = say.date(new Date(card.received_at), { day: "numeric", month: "long" });
  return (
    <>
      <p class="small quiet">{say.text("calls.essence")}</p>
      <p class="essence small">{card.text}</p>
      <ol class="script">
        <li>{say.text("calls.script.hello", { city, topic, place, date })}</li>
        <li>{say.text("calls.script.done", { result: call.result_text })}</li>
        <li>{say.text("calls.script.quality")}</li>
        <li>{say.text("calls.script.reason")}</li>
      </ol>
    </>
  );
}

interface FormProps {
  call: SurveyCall;
  outcome: Outcome;
  heard: Props["heard"];
}

function HeardForm({ call, outcome, heard }: FormProps) {
  const { ask, say } = useDesk();
  const send = async (values: FormData, key: string) => {
    const score = Number(values.get("score") ?? 0);
    const reason = String(values.get("reason") ?? "").trim();
    const body = { outcome, reason, ...(score ? { score } : {}) };
    await heard((await ask<Heard>(`/cards/${call.number}/survey`, { method: "POST", body, key })).body);
  };
  const button = say.text(outcome === "unreachable" ? "calls.save_attempt" : "desk.save");
  return (
    <ActionForm id={`heard-${call.number}`} fields={useFields(outcome)} button={button} send={send}>
      <p class="hint">{say.text(`calls.hint.${outcome}`)}</p>
    </ActionForm>
  );
}

function useFields(outcome: Outcome): Field[] {
  const { say } = useDesk();
  const talked = outcome !== "unreachable";
  const bad = outcome === "not_done" || outcome === "poor";
  const score: Field = {
    name: "score",
    kind: "radio",
    label: say.text("field.score"),
    options: MARKS.map((mark) => ({ value: mark, label: mark })),
    optional: true,
  };
  const reason: Field = {
    name: "reason",
    kind: "long",
    label: say.text(bad ? "calls.reason" : "calls.note"),
    ...(bad ? {} : { optional: true }),
  };
  return [...(talked ? [score] : []), reason];
}
