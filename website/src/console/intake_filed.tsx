/** What was registered: the number and the code to be read aloud, the due date, the duty officer. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Draft } from "../parts/intake.js";
import { bodyOf, fieldsOf, NO_LISTS } from "./actions";
import { cardHash } from "./address";
import type { Filed } from "./call_types";
import { CardNotices } from "./card_notices";
import { explain, facts, useDesk } from "./desk";
import { DutyPhone } from "./duty_phone";
import { Facts } from "./facts";
import { ActionForm } from "./form";
import { Deed } from "./intake_fields";
import { WorkNote } from "./intake_place";
import { Done, Failure } from "./notices";
import type { Loaded } from "./card";
import type { Card } from "./types";

/** Within which a message to the applicant has usually gone. */
const TOLD_MS = 4000;
const BY_SMS = ["phone", "sms", ""];

interface Props {
  filed: Filed;
  draft: Draft;
  phone: string;
  next: () => void;
}

export function FiledPanel({ filed, draft, phone, next }: Props) {
  const { say } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { number } = filed;
  const key = number ? `intake.filed.${filed.status === "joined" ? "joined" : "card"}` : "intake.filed.waits";
  return (
    <section class="panel filed" aria-labelledby="filed">
      <h2 id="filed" ref={heading} tabIndex={-1}>
        {say.text(key, { number: number ?? "" })}
      </h2>
      <Code filed={filed} />
      {phone && number && BY_SMS.includes(draft.values.reply_channel ?? "") && <p>{say.text("intake.filed.sms", { phone })}</p>}
      {filed.known_works?.map((work) => (
        <WorkNote key={work.id} work={work} />
      ))}
      {number && <FiledFacts filed={filed} />}
      <p class="row">
        <Deed name="next" keys="F9" label={say.text("intake.next")} tone="" act={next} />
        {number && <a href={cardHash(number)}>{say.text("requests.open", { number })}</a>}
      </p>
      {number && <After number={number} urgent={filed.topic?.urgency === "emergency"} />}
    </section>
  );
}

/** In fours, as it is read aloud. */
function Code({ filed }: { filed: Filed }) {
  const { say } = useDesk();
  const code = filed.access_code ?? filed.receipt;
  if (!code) return null;
  return (
    <>
      <p class="small quiet">{say.text(filed.access_code ? "intake.filed.code" : "intake.filed.receipt")}</p>
      <p class="code" id="code">
        {filed.access_code ? code.split("-").map((four) => <span key={four}>{four}</span>) : code}
      </p>
    </>
  );
}

function FiledFacts({ filed }: { filed: Filed }) {
  const { say } = useDesk();
  const { topic, executor, explanation } = filed;
  return (
    <Facts
      of={[
        [say.text("field.topic"), topic?.name],
        [
          say.text("intake.filed.executor"),
          executor?.id && (
            <>
              {executor.name} · <DutyPhone executor={executor.id} />
            </>
          ),
        ],
        [say.text("intake.filed.due"), say.due(filed.due_at)],
        [say.text("intake.filed.why"), explanation.map(({ text }) => text).join(" ")],
      ]}
    />
  );
}

/** The card as it stands: whether its message has gone, and the call to the duty officer. */
function After({ number, urgent }: { number: string; urgent: boolean }) {
  const { ask, say } = useDesk();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [done, setDone] = useState("");
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      const { body, etag } = await ask<Card>(`/cards/${number}`);
      setLoaded({ card: body, etag: etag ?? "" });
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => {
    void load();
    const timer = setTimeout(() => void load(), TOLD_MS);
    return () => clearTimeout(timer);
  }, [number]);
  const finished = async (words: string) => {
    await load();
    setDone(words);
  };
  if (!loaded) return <Failure words={fault} retry={() => void load()} />;
  const handOver = loaded.card.actions.includes("duty-call");
  return (
    <>
      <Done words={done} />
      {handOver && <DutyCall loaded={loaded} open={urgent} finished={finished} />}
      <CardNotices card={loaded.card} finished={finished} />
    </>
  );
}

interface DutyProps {
  loaded: Loaded;
  open: boolean;
  finished: (words: string) => Promise<void>;
}

/** The hand-over by phone, recorded in the card's history (K-5.1.2). */
function DutyCall({ loaded, open, finished }: DutyProps) {
  const { ask, say } = useDesk();
  const [turn, setTurn] = useState(0);
  const { card, etag } = loaded;
  const offer = { name: "duty-call", label: say.text("action.duty-call") };
  const fields = fieldsOf(offer, card, NO_LISTS, say);
  const send = async (values: FormData, key: string) => {
    const body = bodyOf(fields, values, facts.timezone);
    await ask(`/cards/${card.number}/duty-call`, { body, key, headers: { "If-Match": etag } });
    await finished(say.text("card.done", { action: offer.label }));
    setTurn(turn + 1);
  };
  return (
    <details class="linked" open={open}>
      <summary>{offer.label}</summary>
      <p>{card.executor?.id && <DutyPhone executor={card.executor.id} />}</p>
      <ActionForm key={turn} id="do-duty-call" fields={fields} button={say.text("desk.save")} send={send} />
    </details>
  );
}
