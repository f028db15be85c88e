/** The card page: all that is known, and what this person may do now. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../parts/api.js";
import { Actions } from "./card_actions";
import { Aside } from "./card_aside";
import { CardFacts, Where } from "./card_facts";
import { CardNotices } from "./card_notices";
import { CardText } from "./card_text";
import { EvidenceList } from "./card_evidence";
import { ReplyPanel } from "./card_reply";
import { Requests } from "./card_requests";
import { Deadline } from "./deadline";
import { explain, useDesk } from "./desk";
import { Flags } from "./flags";
import { useFresh } from "./live";
import { Done, Failure, Loading } from "./notices";
import type { Card } from "./types";

export interface Loaded {
  card: Card;
  etag: string;
}

const INSPECTION_MS = 1000;
/** What this person does is answered sooner than its news is looked into. */
const SETTLE_MS = 700;

export function CardPage({ number }: { number: string }) {
  const { say, city } = useDesk();
  const { loaded, fault, load } = useCard(number);
  const [done, setDone] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${number} – ${city}`;
    void load().then(() => heading.current?.focus());
  }, [number]);
  const finished = async (words: string) => {
    setDone(words);
    await load();
  };
  return (
    <>
      <p>
        <a href="#/queue">← {say.text("card.back")}</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {number}
      </h1>
      <Done words={done} />
      <Newer number={number} loaded={loaded} load={load} />
      <Failure words={fault} retry={() => void load()} />
      {loaded && <CardBody loaded={loaded} reload={load} finished={finished} />}
      {!loaded && !fault && <Loading />}
    </>
  );
}

const lastOf = (loaded: Loaded | null): number => loaded?.card.history.at(-1)?.seq ?? 0;

interface NewerProps {
  number: string;
  loaded: Loaded | null;
  load: () => Promise<void>;
}

/** Says that somebody has changed the card since it was loaded; nothing moves until it is asked for. */
function Newer({ number, loaded, load }: NewerProps) {
  const { ask, say } = useDesk();
  const [latest, setLatest] = useState<Card | "away" | null>(null);
  const look = async () => {
    try {
      setLatest((await ask<Card>(`/cards/${number}`)).body);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) setLatest("away");
    }
  };
  useFresh(() => void look(), { wants: (news) => news.number === number, slower: 4, settleMs: SETTLE_MS });
  const event = latest === null || latest === "away" ? null : latest.history.at(-1);
  const newer = event && loaded && event.seq > lastOf(loaded) ? event : null;
  return (
    <div role="status" class="newer">
      {latest === "away" && <p class="note warning">{say.text("card.away")}</p>}
      {newer && (
        <p class="note warning">
          {say.text("card.newer", { text: newer.text, by: newer.by })}{" "}
          <button type="button" class="btn link" onClick={() => void load()}>
            {say.text("card.show")}
          </button>
        </p>
      )}
    </div>
  );
}

function useCard(number: string) {
  const { ask, say } = useDesk();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      const answer = await ask<Card>(`/cards/${number}`);
      setLoaded({ card: answer.body, etag: answer.etag ?? "" });
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  usePending(loaded, load);
  return { loaded, fault, load };
}

/** While a file is being inspected the card is read again until it is not. */
function usePending(loaded: Loaded | null, load: () => Promise<void>): void {
  useEffect(() => {
    if (!loaded?.card.evidence.some((item) => item.status === "pending")) return;
    const timer = setTimeout(() => void load(), INSPECTION_MS);
    return () => clearTimeout(timer);
  }, [loaded]);
}

interface BodyProps {
  loaded: Loaded;
  reload: () => Promise<void>;
  finished: (words: string) => Promise<void>;
}

function CardBody({ loaded, reload, finished }: BodyProps) {
  const { ask, say } = useDesk();
  const { card, etag } = loaded;
  const send = async (path: string, body: unknown, key: string) => {
    try {
      await ask(path, { method: "POST", body, key, headers: { "If-Match": etag } });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) throw error;
      throw new Problem(412, { detail: say.text("card.changed") });
    }
  };
  return (
    <div class="file">
      <div class="flow">
        <Essence card={card} reload={reload} />
        <Aside card={card} />
        <Actions loaded={loaded} send={send} reload={reload} finished={finished} />
        <ReplyPanel card={card} />
        <Requests card={card} />
        <EvidenceList card={card} />
        <CardNotices card={card} finished={finished} />
        <History card={card} />
      </div>
      <aside>
        <CardFacts card={card} reload={reload} />
      </aside>
    </div>
  );
}

function Essence({ card, reload }: { card: Card; reload: () => Promise<void> }) {
  return (
    <>
      <p class="lead">
        <b>{card.topic?.name}</b> <Where card={card} />
      </p>
      <p class="row">
        <span class="tag">{card.status_text}</span>
        <Deadline dueAt={card.due_at} status={card.status} />
        <Flags urgency={card.topic?.urgency} flags={card.flags} />
      </p>
      <CardText card={card} reload={reload} />
    </>
  );
}

function History({ card }: { card: Card }) {
  const { say } = useDesk();
  return (
    <section class="panel">
      <h2>{say.text("card.history")}</h2>
      <ol class="history">
        {[...card.history].reverse().map((event) => (
          <li key={event.seq}>
            <p class="small quiet">
              <time dateTime={event.at}>{say.time(event.at)}</time> · {event.by}{" "}
              {!event.public && <span class="tag">{say.text("card.internal")}</span>}
            </p>
            <p>{event.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
