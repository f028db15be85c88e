/** Repair works on the desk: an executor's own, or all of the city for the coordinator. */

import { useEffect, useState } from "preact/hooks";
import { explain, facts, useDesk } from "./desk";
import type { Option } from "./fields";
import { Done, Failure, Loading } from "./notices";
import type { Page, Topic, Work } from "./types";
import type { Deed } from "./work_forms";
import { WorkForm, WorkPanel } from "./work_panel";

const KEEPERS = ["responsible", "head"];
const MOST = 100;

/** A topic as the classifier's list has it. */
interface Listed extends Topic {
  group_code: string;
  group: string;
  executor: { id: string };
}

export function WorksPage({ filters }: { filters: URLSearchParams }) {
  const { say, city, session } = useDesk();
  const closed = filters.get("status") === "closed";
  const own = KEEPERS.includes(session.role) ? executorOf(session.executor) : "";
  const { items, fault, load } = useWorks(own, closed);
  const services = useServices(own);
  const [done, setDone] = useState("");
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    document.title = `${say.text("works.title")} – ${city}`;
  }, [say]);
  const saved = async (deed: Deed, work: Work) => {
    setAdding(false);
    await load();
    setDone(say.text(`works.done.${deed}`, { summary: work.summary }));
  };
  return (
    <>
      <h1>{say.text("works.title")}</h1>
      <Done words={done} />
      <Tabs closed={closed} />
      {own && !adding && (
        <p>
          <button type="button" class="btn" onClick={() => setAdding(true)}>
            {say.text("works.register")}
          </button>
        </p>
      )}
      {adding && (
        <section class="panel">
          <h2>{say.text("works.register")}</h2>
          <WorkForm deed="register" work={null} services={services} saved={saved} close={() => setAdding(false)} />
        </section>
      )}
      <Failure words={fault} retry={() => void load()} />
      {!items && !fault && <Loading />}
      {items?.length === 0 && <p class="panel empty">{say.text("works.empty")}</p>}
      <ul class="cards wide">
        {items?.map((work) => (
          <WorkPanel key={work.id} work={work} keeps={own !== ""} services={services} saved={saved} />
        ))}
      </ul>
    </>
  );
}

function Tabs({ closed }: { closed: boolean }) {
  const { say } = useDesk();
  return (
    <nav class="tabs" aria-label={say.text("works.tabs")}>
      <a href="#/works" aria-current={closed ? undefined : "page"}>
        {say.text("works.current")}
      </a>
      <a href="#/works?status=closed" aria-current={closed ? "page" : undefined}>
        {say.text("works.closed")}
      </a>
    </nav>
  );
}

/** The id of the executor that somebody belongs to; empty for people of the centre. */
function executorOf(executor: unknown): string {
  if (typeof executor === "string") return executor;
  return (executor as { id?: string } | null)?.id ?? "";
}

function useWorks(own: string, closed: boolean) {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<Work[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    const query = new URLSearchParams({ limit: String(MOST) });
    if (own) query.set("executor", own);
    if (closed) query.set("status", "closed");
    try {
      const { body } = await ask<Page<Work>>(`/repair-works?${query}`);
      setItems(body.items.filter(({ status }) => closed === (status === "closed")));
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), [own, closed]);
  return { items, fault, load };
}

/** The groups of topics of an executor: what a work of theirs may touch. */
function useServices(own: string): Option[] {
  const { list } = useDesk();
  const [services, setServices] = useState<Option[]>([]);
  useEffect(() => {
    if (!own || !facts.features.includes("repair_works")) return;
    void list<Listed>("/topics").then((topics) => {
      const found = topics.filter(({ executor }) => executor.id === own);
      const groups = new Map(found.map(({ group_code, group }) => [group_code, group]));
      setServices([...groups].map(([value, label]) => ({ value, label })));
    });
  }, [own]);
  return services;
}
