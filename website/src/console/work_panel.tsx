/** One repair work on the desk: what was told of it, its deeds, and the appeals linked to it. */

import { useState } from "preact/hooks";
import { explain, facts, useDesk } from "./desk";
import { cardHash } from "./address";
import { Facts } from "./facts";
import type { Option } from "./fields";
import { ActionForm } from "./form";
import { Failure } from "./notices";
import type { LinkedCard, Page, Work } from "./types";
import { addressOf, fieldsOf, workBody, type Deed } from "./work_forms";

const TONES: Record<Work["status"], string> = { planned: "", active: "", overdue: "danger", closed: "success" };

type Saved = (deed: Deed, work: Work) => Promise<void>;

interface Props {
  work: Work;
  /** Whether the work is the reader's own to change. */
  keeps: boolean;
  services: Option[];
  saved: Saved;
}

export function WorkPanel({ work, keeps, services, saved }: Props) {
  const { say } = useDesk();
  const [deed, setDeed] = useState<Deed | null>(null);
  const done: Saved = async (name, after) => {
    setDeed(null);
    await saved(name, after);
  };
  const offered: Deed[] = keeps && work.status !== "closed" ? ["term", "edit", "close"] : [];
  return (
    <li class={`card ${TONES[work.status]}`} id={work.id}>
      <div class="row between">
        <h2>{work.summary}</h2>
        <span class={`tag ${TONES[work.status]}`}>{work.status_text}</span>
      </div>
      <WorkFacts work={work} />
      <p class="row" role="group" aria-label={work.summary}>
        {offered.map((name) => (
          <button key={name} type="button" class="btn plain" aria-expanded={deed === name} onClick={() => setDeed(name)}>
            {say.text(`works.${name}`)}
          </button>
        ))}
      </p>
      {deed && (
        <WorkForm
          key={deed}
          deed={deed}
          work={work}
          services={services}
          saved={done}
          close={() => setDeed(null)}
        />
      )}
      <Linked work={work} saved={saved} />
    </li>
  );
}

function WorkFacts({ work }: { work: Work }) {
  const { say } = useDesk();
  const places = work.places.map(({ street, building, known }) => (
    <span key={street + building} class="another">
      {[street, building].filter(Boolean).join(", ")}{" "}
      {!known && <span class="tag warning">{say.text("queue.flag.place_unknown")}</span>}
    </span>
  ));
  return (
    <Facts
      of={[
        [say.text("field.eta_at"), work.closed_at ? null : `${say.due(work.eta_at)} (${say.left(work.eta_at, Date.now())})`],
        [say.text("field.starts_at"), work.status === "planned" ? say.time(work.starts_at) : null],
        [say.text("works.closed_at"), work.closed_at && say.time(work.closed_at)],
        [say.text("field.closing"), work.result],
        [say.text("field.cause"), work.cause],
        [say.text("field.consequences"), work.consequences],
        [say.text("field.places"), places],
        [say.text("card.executor"), work.executor?.name],
      ]}
    />
  );
}

interface FormProps {
  deed: Deed;
  work: Work | null;
  services: Option[];
  saved: Saved;
  close: () => void;
}

export function WorkForm({ deed, work, services, saved, close }: FormProps) {
  const { ask, say } = useDesk();
  const making = { say, zone: facts.timezone, services };
  const fields = fieldsOf(deed, work, making);
  const send = async (values: FormData, key: string) => {
    const { path, method } = addressOf(deed, work);
    const versioned = work && deed !== "answer" ? { headers: { "If-Match": `"${work.version}"` } } : {};
    const body = workBody(deed, fields, values, making);
    const answer = await ask<Work>(path, { method, body, key, ...versioned });
    await saved(deed, deed === "answer" && work ? work : answer.body);
  };
  return (
    <ActionForm
      id={`work-${deed}-${work?.id ?? "new"}`}
      fields={fields}
      button={say.text(`works.${deed}.send`)}
      send={send}
      onCancel={close}
    >
      {deed === "close" && <p class="hint">{say.text("works.close_hint")}</p>}
    </ActionForm>
  );
}

/** The appeals that were told of the work; one answer goes to all of them. */
function Linked({ work, saved }: { work: Work; saved: Saved }) {
  const { ask, say } = useDesk();
  const [cards, setCards] = useState<LinkedCard[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      setCards((await ask<Page<LinkedCard>>(`/repair-works/${work.id}/cards`)).body.items);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  const answered: Saved = async (deed) => {
    await load();
    await saved(deed, work);
  };
  return (
    <details class="linked" onToggle={(event) => event.currentTarget.open && !cards && void load()}>
      <summary>
        {say.text("works.linked")}
        <span class="hidden-visually">: {work.summary}</span>
      </summary>
      <Failure words={fault} retry={() => void load()} />
      {cards?.length === 0 && <p class="quiet">{say.text("works.linked_none")}</p>}
      <ul class="plain">
        {cards?.map((card) => (
          <li key={card.number}>
            <a href={cardHash(card.number)}>{card.number}</a> {card.topic?.name} · {card.street} {card.building}{" "}
            <span class={`tag ${card.answered ? "success" : ""}`}>
              {card.answered ? say.text("works.answered") : card.status_text}
            </span>
          </li>
        ))}
      </ul>
      {cards !== null && cards.length > 0 && (
        <WorkForm deed="answer" work={work} services={[]} saved={answered} close={() => setCards(null)} />
      )}
    </details>
  );
}
