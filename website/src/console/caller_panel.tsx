/** Who is calling: the block, the warnings, the last cards, and what was told in the talk. */

import { useState } from "preact/hooks";
import type { Call, Draft } from "../parts/intake.js";
import { cardHash } from "./address";
import { BlockFacts } from "./blocks";
import type { Block, Caller, CallEvent } from "./call_types";
import { useDesk } from "./desk";
import { ActionForm } from "./form";
import type { Talk } from "./intake_calls";
import { Deed } from "./intake_fields";
import { Done } from "./notices";
import type { Row } from "./types";

const BLOCKERS = ["operator", "coordinator"];
const OTHER_ENDS = ["silent_line", "wrong_number"];
const MOST_EVENTS = 4;

interface Props {
  call: Call;
  caller: Caller | null;
  draft: Draft;
  talk: Talk;
  reload: () => Promise<void>;
}

export function CallerPanel({ call, caller, draft, talk, reload }: Props) {
  const { say } = useDesk();
  return (
    <section class="panel caller">
      <h2>{caller?.name || say.text(caller ? "intake.new_caller" : "intake.caller")}</h2>
      {caller && <p class="phone">{caller.phone}</p>}
      {!call.phone && <p class="quiet">{say.text("intake.no_phone")}</p>}
      {caller?.block && <BlockNote block={caller.block} />}
      {caller && caller.warnings > 0 && (
        <p class="tag warning">{say.text("intake.warnings", { n: caller.warnings })}</p>
      )}
      {caller && <LastCards cards={caller.cards} />}
      <TalkEnd call={call} draft={draft} talk={talk} />
      <Events events={[...talk.events, ...(caller?.calls ?? [])]} />
      {caller && !caller.blocked && <BlockForm call={call} phone={caller.phone} reload={reload} />}
    </section>
  );
}

function BlockNote({ block }: { block: Block }) {
  const { say } = useDesk();
  return (
    <div class="note danger">
      <p>
        <b>{say.text("intake.blocked", { time: say.time(block.until) })}</b>
      </p>
      <BlockFacts block={block} />
      <p class="small">{say.text("intake.blocked_emergency")}</p>
      <p class="small">{block.complain}</p>
    </div>
  );
}

function LastCards({ cards }: { cards: Row[] }) {
  const { say } = useDesk();
  if (cards.length === 0) return <p class="quiet">{say.text("intake.no_cards")}</p>;
  return (
    <>
      <h3>{say.text("intake.last_cards")}</h3>
      <ul class="told">
        {cards.map((row) => (
          <li key={row.number}>
            <p>
              <a href={cardHash(row.number)}>{row.number}</a>{" "}
              <span class={`tag ${row.overdue ? "danger" : ""}`}>{row.status_text}</span>
            </p>
            <p class="small">
              {[row.topic?.name, [row.street, row.building].filter(Boolean).join(", ")].filter(Boolean).join(" · ")}
            </p>
            <p class="small quiet">
              {[row.executor?.name, say.due(row.due_at)].filter(Boolean).join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Warning one, warning two, the end of the talk: records, never a card (K-3.4). */
function TalkEnd({ call, draft, talk }: Pick<Props, "call" | "draft" | "talk">) {
  const { say } = useDesk();
  const over = Boolean(draft.told?.includes("ended"));
  const known = Boolean(call.phone || call.callId);
  const spoken = (draft.values.channel || "phone") === "phone";
  if (!spoken) return null;
  const warning = say.text("intake.warn", { n: (draft.warnings ?? 0) + 1 });
  return (
    <div class="talk">
      <Done words={talk.said} />
      {talk.fault && <p class="note danger" role="alert">{talk.fault}</p>}
      <p class="row">
        <Deed name="warn" keys="F8" label={warning} off={over || !known} act={() => void talk.tell("warning")} />
        {draft.mayEnd && (
          <Deed
            name="end"
            keys="Shift+F8"
            label={say.text("intake.end")}
            tone="danger"
            off={over}
            act={() => void talk.tell("ended", "abuse")}
          />
        )}
      </p>
      {known && !over && (
        <p class="row small ends">
          {say.text("intake.end.other")}
          {OTHER_ENDS.map((reason) => (
            <button key={reason} type="button" class="btn link" onClick={() => void talk.tell("ended", reason)}>
              {say.text(`intake.end.${reason}`)}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

function Events({ events }: { events: CallEvent[] }) {
  const { say } = useDesk();
  if (events.length === 0) return null;
  return (
    <>
      <h3>{say.text("intake.events")}</h3>
      <ul class="told small">
        {events.slice(0, MOST_EVENTS).map((event) => (
          <li key={`${event.at}${event.event}`}>
            <span class="quiet">
              <time dateTime={event.at}>{say.time(event.at)}</time> · {event.by}
            </span>{" "}
            {event.event_text} {event.text}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Takes no more calls of a phone: which abuse it was, what proves it; when it ends is the city's. */
function BlockForm({ call, phone, reload }: { call: Call; phone: string; reload: () => Promise<void> }) {
  const { ask, say, session } = useDesk();
  const [open, setOpen] = useState(false);
  if (!BLOCKERS.includes(session.role)) return null;
  if (!open) {
    return (
      <p>
        <button type="button" class="btn link" onClick={() => setOpen(true)}>
          {say.text("intake.block")}
        </button>
      </p>
    );
  }
  const evidence = call.callId ? say.text("intake.block.call", { call: call.callId }) : "";
  const send = async (values: FormData, key: string) => {
    const body = { phone, reason: String(values.get("reason")), evidence: String(values.get("evidence")) };
    await ask("/blocks", { body, key });
    await reload();
    setOpen(false);
  };
  return (
    <ActionForm
      id="block"
      fields={[
        { name: "reason", kind: "text", label: say.text("intake.block.reason") },
        { name: "evidence", kind: "text", label: say.text("intake.block.evidence"), value: evidence },
      ]}
      button={say.text("intake.block.send")}
      send={send}
      onCancel={() => setOpen(false)}
    >
      <p class="small">{say.text("intake.block.hint")}</p>
    </ActionForm>
  );
}
