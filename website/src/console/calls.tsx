/** Survey calls: whom to phone now, and who waits for another day and hour. */

import { useEffect, useRef, useState } from "preact/hooks";
import { CallPanel } from "./call_panel";
import { explain, useDesk } from "./desk";
import { useFresh } from "./live";
import { Done, Failure, Loading } from "./notices";
import type { Heard, Page, SurveyCall } from "./types";

const MOST = 100;

export function CallsPage() {
  const { say, city } = useDesk();
  const { items, fault, load } = useCalls();
  const [done, setDone] = useState("");
  const [open, setOpen] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${say.text("calls.title")} – ${city}`;
  }, [say]);
  const heard = async (number: string, told: Heard) => {
    setOpen("");
    await load();
    setDone(wordsOf(number, told));
    heading.current?.focus();
  };
  const wordsOf = (number: string, { status, repeat_number: repeat, call_at: next }: Heard) => {
    if (repeat) return say.text("calls.done.returned", { number, repeat });
    if (status === "closed" && next) return say.text("calls.done.later", { number, time: say.time(next) });
    return say.text(`calls.done.${status}`, { number });
  };
  const panel = { open, setOpen, heard };
  const due = items?.filter((call) => call.due) ?? [];
  const later = items?.filter((call) => !call.due) ?? [];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {say.text("calls.title")}
      </h1>
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {items === null && !fault && <Loading />}
      {items?.length === 0 && <p class="panel empty">{say.text("calls.empty")}</p>}
      <Calls title={say.text("calls.due")} calls={due} {...panel} />
      <Calls title={say.text("calls.later")} calls={later} {...panel} />
    </>
  );
}

function useCalls() {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<SurveyCall[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      setItems((await ask<Page<SurveyCall>>(`/survey-calls?limit=${MOST}`)).body.items);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), []);
  useFresh(() => void load(), { slower: 2 });
  return { items, fault, load };
}

interface PanelProps {
  open: string;
  setOpen: (number: string) => void;
  heard: (number: string, told: Heard) => Promise<void>;
}

function Calls({ title, calls, ...panel }: PanelProps & { title: string; calls: SurveyCall[] }) {
  if (calls.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="cards wide">
        {calls.map((call) => (
          <CallItem key={call.number} call={call} {...panel} />
        ))}
      </ul>
    </section>
  );
}

function CallItem({ call, open, setOpen, heard }: PanelProps & { call: SurveyCall }) {
  const { say } = useDesk();
  const { number } = call;
  const isOpen = open === number;
  return (
    <li class={`card ${call.due ? "warning" : ""}`}>
      <div class="row between">
        <h3>{call.topic?.name ?? say.text("calls.no_topic")}</h3>
        <span class="tag">
          {say.text("calls.attempts", { attempts: call.attempts, most: call.attempts_max })}
        </span>
      </div>
      <CallFacts call={call} />
      <p>
        <button
          type="button"
          class={`btn ${isOpen ? "" : "plain"}`}
          aria-expanded={isOpen}
          aria-controls={`call-${number}`}
          aria-label={`${say.text("calls.call")} ${number}`}
          onClick={() => setOpen(isOpen ? "" : number)}
        >
          {say.text("calls.call")}
        </button>
      </p>
      <div id={`call-${number}`}>
        {isOpen && (
          <CallPanel call={call} heard={(told) => heard(number, told)} close={() => setOpen("")} />
        )}
      </div>
    </li>
  );
}

/** Which appeal, where and whose; what came of it, and until when its applicant may answer. */
function CallFacts({ call }: { call: SurveyCall }) {
  const { say } = useDesk();
  const place = [call.street, call.building].filter(Boolean).join(", ");
  const times = [
    call.closed_at && say.text("calls.closed_at", { time: say.time(call.closed_at) }),
    call.closes_at && say.text("calls.closes_at", { time: say.time(call.closes_at) }),
    !call.due && call.call_at && say.text("calls.call_at", { time: say.time(call.call_at) }),
  ];
  return (
    <>
      <p>{[call.number, place, call.executor?.name].filter(Boolean).join(" · ")}</p>
      <p class="small quiet">{[call.result_text, ...times].filter(Boolean).join(" · ")}</p>
    </>
  );
}
