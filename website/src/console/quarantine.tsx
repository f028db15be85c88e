/** Texts that wait for people, and the journal of those decided (K-3.4). */

import { useEffect, useRef, useState } from "preact/hooks";
import { cardHash, placeHash } from "./address";
import { Deadline } from "./deadline";
import { explain, useDesk } from "./desk";
import { Judging } from "./quarantine_forms";
import { useFresh } from "./live";
import { Done, Failure, Loading } from "./notices";
import type { Page, Topic } from "./types";

interface Verdict {
  by: string;
  at: string;
  reason: string;
}

/** A text as those who judge it read it: without who wrote it. */
export interface Held {
  receipt: string;
  state: "waiting" | "registered" | "released" | "refused";
  topic: Topic | null;
  street: string;
  building: string;
  channel: string;
  text: string;
  pieces: { text: string; label: string | null }[];
  labels: string[];
  lexicon: string;
  received_at: string;
  review_by_at: string;
  release_at: string;
  overdue: boolean;
  refusal: Verdict | null;
  decision: Verdict | null;
  decided_at: string | null;
  needs_another_person: boolean;
  number: string | null;
}

const MOST = 50;
const LISTS = ["waiting", "decided"];
const TONES = { waiting: "warning", registered: "success", released: "success", refused: "danger" };

export function QuarantinePage({ filters }: { filters: URLSearchParams }) {
  const { say, city } = useDesk();
  const status = filters.get("status") === "decided" ? "decided" : "waiting";
  const { items, fault, load, loadMore, more } = useHeld(status);
  const [done, setDone] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${say.text("quarantine.title")} – ${city}`;
  }, [say]);
  const judged = async (held: Held) => {
    await load();
    setDone(say.text(`quarantine.done.${held.state}`, { number: held.number ?? "" }));
    heading.current?.focus();
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {say.text("quarantine.title")}
      </h1>
      <p class="lead">{say.text("quarantine.lead")}</p>
      <Lists here={status} />
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {items === null && !fault && <Loading />}
      {items?.length === 0 && <p class="panel empty">{say.text(`quarantine.empty.${status}`)}</p>}
      <ul class="cards wide">
        {items?.map((held) => (
          <HeldItem key={held.receipt} held={held} judged={judged} />
        ))}
      </ul>
      {more && (
        <p>
          <button type="button" class="btn plain" onClick={() => void loadMore()}>
            {say.text("queue.more")}
          </button>
        </p>
      )}
    </>
  );
}

function Lists({ here }: { here: string }) {
  const { say } = useDesk();
  return (
    <nav class="tabs" aria-label={say.text("quarantine.lists")}>
      {LISTS.map((name) => (
        <a
          key={name}
          href={placeHash("quarantine", new URLSearchParams(name === "waiting" ? {} : { status: name }))}
          aria-current={here === name ? "page" : undefined}
        >
          {say.text(`quarantine.list.${name}`)}
        </a>
      ))}
    </nav>
  );
}

/** The list; what is decided stays in its journal, so later pages of it are kept. */
function useHeld(status: string) {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<Held[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [fault, setFault] = useState("");
  const read = async (after: string) => {
    try {
      const { body } = await ask<Page<Held>>(`/quarantine?status=${status}&limit=${MOST}${after}`);
      setFault("");
      return body;
    } catch (error) {
      setFault(explain(say, error));
      return null;
    }
  };
  const load = async () => {
    const page = await read("");
    if (!page) return;
    const kept = status === "decided" ? (items ?? []) : [];
    setItems([...page.items, ...kept.filter((old) => page.items.every((one) => one.receipt !== old.receipt))]);
    if (kept.length <= page.items.length) setCursor(page.next_cursor);
  };
  const loadMore = async () => {
    const page = await read(`&cursor=${encodeURIComponent(cursor ?? "")}`);
    if (!page) return;
    setItems([...(items ?? []), ...page.items]);
    setCursor(page.next_cursor);
  };
  useEffect(() => void load(), []);
  useFresh(() => void load(), { slower: 2 });
  return { items, fault, load, loadMore, more: cursor !== null };
}

interface ItemProps {
  held: Held;
  judged: (held: Held) => Promise<void>;
}

function HeldItem({ held, judged }: ItemProps) {
  const { say } = useDesk();
  const waits = held.state === "waiting";
  return (
    <li class={`card ${waits && held.overdue ? "danger" : TONES[held.state]}`}>
      <div class="row between">
        <h2>{held.topic?.name ?? say.text("calls.no_topic")}</h2>
        {waits ? (
          <span>
            {say.text("quarantine.review")} <Deadline dueAt={held.review_by_at} status={held.state} />
          </span>
        ) : (
          <span class={`tag ${TONES[held.state]}`}>{say.text(`quarantine.state.${held.state}`)}</span>
        )}
      </div>
      <p class="row">
        {held.labels.map((label) => (
          <span key={label} class={`tag ${label === "hate" || label === "threat" ? "danger" : "warning"}`}>
            {say.text(`label.${label}`)}
          </span>
        ))}
      </p>
      <HeldText held={held} />
      <HeldFacts held={held} />
      <Verdicts held={held} />
      {waits && <Judging held={held} judged={judged} />}
    </li>
  );
}

/** The text with what was found in it; each mark says what it is in words as well as in colour. */
function HeldText({ held }: { held: Held }) {
  const { say } = useDesk();
  if (held.number)
    return (
      <p>
        <a href={cardHash(held.number)}>{say.text("requests.open", { number: held.number })}</a>
      </p>
    );
  const pieces = held.pieces.length > 0 ? held.pieces : [{ text: held.text, label: null }];
  return (
    <p class="essence">
      {pieces.map(({ text, label }, at) =>
        label === null ? (
          text
        ) : (
          <mark key={at} class={label}>
            {text}
            <span class="hidden-visually"> ({say.text(`label.${label}`)})</span>
          </mark>
        ),
      )}
    </p>
  );
}

function HeldFacts({ held }: { held: Held }) {
  const { say } = useDesk();
  const place = [held.street, held.building].filter(Boolean).join(", ");
  const parts = [
    place,
    say.text(`channel.${held.channel}`),
    say.text("quarantine.received", { time: say.time(held.received_at) }),
    held.state === "waiting" && say.text("quarantine.release", { time: say.time(held.release_at) }),
    say.text("quarantine.lexicon", { edition: held.lexicon }),
  ];
  return <p class="small quiet">{parts.filter(Boolean).join(" · ")}</p>;
}

/** Who decided first, who decided at last, and why. */
function Verdicts({ held }: { held: Held }) {
  const { say } = useDesk();
  const { refusal, decision, state } = held;
  return (
    <>
      {refusal && (
        <div class="note danger">
          <p>
            <b>{say.text("quarantine.first_refusal")}</b> {refusal.by}, {say.time(refusal.at)}
          </p>
          <p class="words">{refusal.reason}</p>
          {state === "waiting" && (
            <p class="small">
              {say.text(held.needs_another_person ? "quarantine.you_refused" : "quarantine.second_needed")}
            </p>
          )}
        </div>
      )}
      {decision && (
        <div class={`note ${TONES[state]}`}>
          <p>
            <b>{say.text(`quarantine.decided.${state}`)}</b> {decision.by}, {say.time(decision.at)}
          </p>
          <p class="words">{decision.reason}</p>
        </div>
      )}
    </>
  );
}
