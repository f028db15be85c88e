/** Executors and their people: who answers, who replaces whom, who receives nothing. */

import { useEffect, useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { explain, useDesk } from "./desk";
import { DeedForm, type Deed } from "./directory_forms";
import { Done, Failure, Loading } from "./notices";
import type { Executor, Person } from "./directory_types";

const TONES = { active: "success", suspended: "danger", nobody_responsible: "warning" };

export function DirectoryPage() {
  const { say, city, session } = useDesk();
  const { items, fault, load } = useExecutors();
  const [done, setDone] = useState("");
  useEffect(() => {
    document.title = `${say.text("directory.title")} – ${city}`;
  }, [say]);
  const changed = async (name: string) => {
    await load();
    setDone(say.text("directory.changed", { name }));
  };
  const own = session.role === "head" ? session.executor : null;
  const shown = items?.filter(({ id }) => !own || id === own);
  return (
    <>
      <h1>{say.text("directory.title")}</h1>
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {!items && !fault && <Loading />}
      {shown?.map((executor) => (
        <ExecutorPanel key={executor.id} executor={executor} changed={changed} open={shown.length === 1} />
      ))}
    </>
  );
}

function useExecutors() {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<Executor[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      setItems((await ask<{ items: Executor[] }>("/executors")).body.items);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), []);
  return { items, fault, load };
}

/** Everybody of an executor: the posts first, then those who do the work. */
export function peopleOf(executor: Executor): Person[] {
  const posts = [executor.responsible, executor.deputy, executor.head, executor.next_head];
  return [...posts.filter((person) => person !== null), ...executor.performers];
}

interface PanelProps {
  executor: Executor;
  changed: (name: string) => Promise<void>;
  open: boolean;
}

function ExecutorPanel({ executor, changed, open }: PanelProps) {
  const { say, session } = useDesk();
  const [deed, setDeed] = useState<Deed | null>(null);
  const done = async () => {
    setDeed(null);
    await changed(executor.name);
  };
  const start = (name: Deed["name"], person?: Person) => setDeed({ name, ...(person ? { person } : {}) });
  const people = peopleOf(executor);
  return (
    <details class="panel executor" open={open}>
      <summary>
        <b>{executor.name}</b>{" "}
        <span class={`tag ${TONES[executor.status]}`}>{say.text(`directory.status.${executor.status}`)}</span>
      </summary>
      <p class="small">
        {executor.duty_phone} · {executor.email}
      </p>
      {executor.suspension && (
        <p class="note warning small">
          {say.text("directory.since", { time: say.time(executor.suspension.since_at) })}{" "}
          {executor.suspension.reason}
        </p>
      )}
      <ul class="plain people">
        {people.map((person) => (
          <PersonRow key={person.id} person={person} executor={executor} start={start} done={done} />
        ))}
      </ul>
      <ExecutorDeeds executor={executor} start={start} done={done} admin={session.role === "admin"} />
      {deed && (
        <DeedForm
          key={deed.name + deed.person?.id}
          deed={deed}
          executor={executor}
          done={done}
          close={() => setDeed(null)}
        />
      )}
    </details>
  );
}

type Start = (name: Deed["name"], person?: Person) => void;

interface DeedsProps {
  executor: Executor;
  admin: boolean;
  start: Start;
  done: () => Promise<void>;
}

function ExecutorDeeds({ executor, admin, start, done }: DeedsProps) {
  const { say, session } = useDesk();
  if (session.role === "coordinator") return null;
  return (
    <div class="row">
      <button type="button" class="btn plain" onClick={() => start("appoint")}>
        {say.text("directory.appoint")}
      </button>
      {admin && !executor.suspension && (
        <button type="button" class="btn plain" onClick={() => start("suspend")}>
          {say.text("directory.suspend")}
        </button>
      )}
      {admin && executor.suspension && (
        <Removal path={`/executors/${executor.id}/suspension`} words="directory.lift" done={done} />
      )}
    </div>
  );
}

/** A button that ends an absence or a suspension at once. */
function Removal({ path, words, done }: { path: string; words: string; done: () => Promise<void> }) {
  const { ask, say } = useDesk();
  const [fault, setFault] = useState("");
  const remove = async () => {
    try {
      await ask(path, { method: "DELETE", key: newKey() });
      await done();
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <>
      <button type="button" class="btn plain" onClick={() => void remove()}>
        {say.text(words)}
      </button>
      <Failure words={fault} retry={() => void remove()} />
    </>
  );
}

interface RowProps {
  person: Person;
  executor: Executor;
  start: Start;
  done: () => Promise<void>;
}

function PersonRow({ person, executor, start, done }: RowProps) {
  const { say, session } = useDesk();
  const away = executor.substitutes.find((one) => one.person === person.id);
  const instead = peopleOf(executor).find(({ id }) => id === away?.substitute);
  return (
    <li>
      <p>
        <b>{person.name}</b> <span class="quiet">{say.text(`role.${person.post}`)}</span>{" "}
        {away && (
          <span class="tag warning">
            {say.text("directory.away", { until: say.due(away.until_at), who: instead?.name ?? "–" })}
          </span>
        )}
      </p>
      {session.role !== "coordinator" && (
        <p class="row" role="group" aria-label={person.name}>
          <button type="button" class="btn link" onClick={() => start("absence", person)}>
            {say.text("directory.absence")}
          </button>
          {away && <Removal path={`/people/${person.id}/absence`} words="directory.back" done={done} />}
          <button type="button" class="btn link" onClick={() => start("dismiss", person)}>
            {say.text("directory.dismiss")}
          </button>
        </p>
      )}
    </li>
  );
}
